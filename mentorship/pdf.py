"""Papers as PDF: a template and a context in, bytes out; no request, no network.

The same input gives the same bytes, so an approved paper can be proved by its SHA-256. Nothing of the clock gets into
the file: a template that wants a date in the metadata says so, `<meta name="dcterms.created" content="2025-09-01">`;
its `<title>` becomes the title. Templates and styles name static files as `static:css/document.css`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

PAPER_LANGUAGE = "ru"
PAPER_STYLESHEETS = ("css/document.css",)


class PaperError(Exception):
    """The paper cannot be printed: it asks for a picture, font or style that is not the portal's own."""


def render_pdf(
    template_name: str, context: Mapping[str, Any], *, stylesheets: Sequence[str] = PAPER_STYLESHEETS
) -> bytes:
    """The PDF of a template, in Russian whatever the language of the page is; `stylesheets` are static names.

    Raises PaperError when the template or a style names an address outside of the portal's static files.
    """
    with translation.override(PAPER_LANGUAGE):
        html = render_to_string(template_name, dict(context))
    return pdf_from_html(html, stylesheets=stylesheets)


def pdf_from_html(html: str, *, stylesheets: Sequence[str] = PAPER_STYLESHEETS) -> bytes:
    """The PDF of a finished page; see `render_pdf`."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

    fetcher = SealedFetcher()
    result = b""
    # FatalURLFetchingError is not an Exception: it would pass every handler of the callers.
    with suppress(FatalURLFetchingError):
        # With a base, relative addresses reach the fetcher and are refused; without one they would be silently skipped.
        page = HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=fetcher)
        page.etree_element.attrib.setdefault("lang", PAPER_LANGUAGE)
        result = page.write_pdf(stylesheets=[f"{STATIC_SCHEME}{name}" for name in stylesheets], pdf_tags=True)
    if fetcher.refusals:
        raise PaperError("; ".join(fetcher.refusals))
    return result


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits, by which a frozen paper is known."""
    return hashlib.sha256(content).hexdigest()
