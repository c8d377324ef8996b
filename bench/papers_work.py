"""The papers that bench_papers.py measures, in a process of their own: fills the database, prints a JSON line each.

Bare WeasyPrint prints the same sheets with the same styles and the same options of PDF/A, tags and enclosure, one after
another in a loop. It reads fonts from the files that the portal keeps unpacked, and keeps nothing from paper to paper.
"""

import gc
import json
import os
import statistics
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django

TIMES = 10
WARM_UP = 2


def main(what, count):
    """`fill` makes the agreements and measures one of them; `many` measures a job in a process as a worker's is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    from django.core.management import call_command

    from documents.models import Order

    if what == "fill":
        call_command("migrate", verbosity=0, interactive=False)
        print(json.dumps(one(fill(count))))
        return
    order = Order.objects.get()
    print(json.dumps(many(order, order.created_by, count)))


def fill(count):
    """An approved order with so many agreements, none of them filed."""
    from documents.orders import approve_order, draft_order, submit_order
    from documents.tests.factories import make_curator, make_head
    from programs.tests.factories import make_form, make_pair, make_program

    program = make_program()
    curator, head = make_curator(program.organization), make_head(program.organization)
    form = make_form()
    pairs = [make_pair(program=program, form=form) for _number in range(count)]
    order = submit_order(draft_order(program, pairs, by=curator), by=curator)
    return approve_order(order, by=head, approved_on=date(2026, 10, 1))


def one(order):
    """An agreement from its data to its file, and bare WeasyPrint on the same sheets, by turns."""
    from documents.contents import agreement_content
    from documents.filing import DATA_NAME, data_of
    from documents.marks import mark_of
    from documents.printing import paper_html
    from documents.text_versions import paper_text
    from mentorship.pdf import Enclosure, pdf_from_html

    agreement = order.agreements.first()
    paper, pair, person = agreement.paper, agreement.pair, agreement.mentee.person

    def ours():
        text = paper_text(order.organization, "agreement")
        content = agreement_content(
            pair, person, order=order, text=text, number=order.number, approved_on=order.approved_on
        )
        sheets = paper_html("agreement", content, mark=mark_of(paper))
        return pdf_from_html(sheets, enclosure=Enclosure(DATA_NAME, data_of(paper), paper.dated_on))

    sheets, data = paper_html("agreement", paper.content, mark=mark_of(paper)), data_of(paper)
    seconds = {"ours": [], "bare": []}
    for turn in range(WARM_UP + TIMES):
        for name, way in (("ours", ours), ("bare", lambda: bare(sheets, data))):
            gc.collect()
            started = time.perf_counter()
            way()
            if turn >= WARM_UP:
                seconds[name].append(time.perf_counter() - started)
    return {"what": "one", **{name: statistics.median(values) for name, values in seconds.items()}}


def bare(sheets, data):
    """The sheets printed as the manual of WeasyPrint does it, nothing around it."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

    fetcher, fonts = SealedFetcher(), FontConfiguration()
    style = CSS(url=f"{STATIC_SCHEME}css/document.css", url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=sheets, base_url=STATIC_SCHEME, url_fetcher=fetcher)
    attachment = Attachment(string=data, name="paper.json", relationship="Data")
    return page.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a", pdf_tags=True, attachments=[attachment]
    )


def many(order, curator, count):
    """One job over so many agreements with its processes, and the bare loop over a part of them."""
    from documents.batches import make_batch, start_batch
    from documents.filing import data_of
    from documents.marks import mark_of
    from documents.models import Paper
    from documents.printing import paper_html
    from mentorship.jobs import Unwatched

    Paper.objects.filter(kind="agreement").update(pdf="", pdf_sha256="", text="")
    batch, _job = start_batch(
        "agreement",
        order.organization,
        by=curator,
        token=f"bench-{count}",
        program=order.program,
        pairs=order.pairs.order_by("pk")[:count],
    )
    gc.collect()
    with watched_memory() as peaks:
        started, spent = time.perf_counter(), of_processes()
        make_batch(Unwatched(), batch=batch.pk)
        job_seconds = time.perf_counter() - started
    own, children = (now - before for now, before in zip(of_processes(), spent, strict=True))
    loop = [each.paper for each in order.agreements.select_related("paper").order_by("pk")[: min(count, 60)]]
    started, spent = time.perf_counter(), time.process_time()
    for paper in loop:
        bare(paper_html(paper.kind, paper.content, mark=mark_of(paper)), data_of(paper))
    bare_seconds = (time.perf_counter() - started) / len(loop) * count
    bare_cpu = (time.process_time() - spent) / len(loop) * count
    cpu = {"bare_cpu": bare_cpu, "own_cpu": own, "children_cpu": children}
    return {"what": "many", "count": count, "ours": job_seconds, "bare": bare_seconds, **cpu, **peaks}


def of_processes():
    """(processor seconds of this process, of those below it): what others do on the machine does not count."""
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children_of(os.getpid())]
    ticks = sum(int(each) for own in fields for each in own[11:15])  # its own and those of its ended children
    return time.process_time(), ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def watched_memory():
    """`with watched_memory() as peaks:` the largest memory of a process of the job, and of this one, in megabytes."""
    peaks, is_over = {"child_mb": 0, "own_mb": 0, "processes": 0}, threading.Event()
    watcher = threading.Thread(target=_watch, args=(peaks, is_over))
    watcher.start()
    try:
        yield peaks
    finally:
        is_over.set()
        watcher.join()


def _watch(peaks, is_over):
    own = os.getpid()
    while not is_over.wait(0.2):
        # The processes are children of the server that forks them.
        children = [each for server in children_of(own) for each in children_of(server)]
        peaks["processes"] = max(peaks["processes"], len(children))
        peaks["own_mb"] = max(peaks["own_mb"], megabytes(own))
        peaks["child_mb"] = max([peaks["child_mb"], *map(megabytes, children)])


def children_of(process):
    """The processes that it has begun; none of one that is gone."""
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def megabytes(process):
    """The memory that a process holds now; nothing of one that is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except OSError:
        return 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
