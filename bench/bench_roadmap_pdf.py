"""The PDF of a roadmap of 100 activities beside bare WeasyPrint on the same HTML: at most 15 % over it.

Ours takes the rows from the database, fills the template and prints; the other is given the finished HTML and reads the
styles as the manual of WeasyPrint does. Both are run in turn, so that what the machine does beside falls upon both.
"""

import gc
import statistics
import time

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils.translation import override

ACTIVITY_COUNT, TIMES, LIMIT = 100, 5, 1.15


def measure():
    setup_test_environment(debug=settings.DEBUG)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield _line()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _line():
    from bench.bench_roadmap_plan import _plan
    from mentorship.pdf import PAPER_LANGUAGE
    from roadmap.exporting import Sheet, export_roadmap, paper_context

    roadmap = _plan(ACTIVITY_COUNT)
    with override(PAPER_LANGUAGE):
        html = render_to_string("roadmap/pdf/roadmap.html", paper_context(roadmap, Sheet()))
    ways = {"ours": lambda: export_roadmap(roadmap, "pdf"), "bare": lambda: bare(html)}
    seconds = {way: [] for way in ways}
    for turn in range(1 + TIMES):
        for way, run in ways.items():
            gc.collect()
            started = time.process_time()
            run()
            if turn:  # the first run loads fonts and templates
                seconds[way].append(time.process_time() - started)
    ours, other = (statistics.median(seconds[way]) for way in ways)
    return (
        f"PDF of a roadmap of {ACTIVITY_COUNT} activities: ours {ours * 1000:.0f} ms, bare WeasyPrint on the same HTML "
        f"{other * 1000:.0f} ms, ratio {ours / other:.2f} (at most {LIMIT})"
    )


def bare(html):
    """The finished page printed as the manual of WeasyPrint does it, nothing around it."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from mentorship.pdf import reading_of
    from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

    fetcher, fonts = SealedFetcher(), FontConfiguration()
    style = CSS(url=f"{STATIC_SCHEME}css/document.css", url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=True, **reading_of(html))
