"""Papers as PDF: a template and a context in, bytes out; no request, no network.

The same input gives the same bytes, so an approved paper can be proved by its SHA-256. Nothing of the clock gets into
the file: a template that wants a date in the metadata says so, `<meta name="dcterms.created" content="2025-09-01">`;
its `<title>` becomes the title. Templates and styles name static files as `static:css/document.css`.
"""

import atexit
import hashlib
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

PAPER_LANGUAGE = "ru"
PAPER_STYLESHEETS = ("css/document.css",)
MARK_OF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

_of_thread = threading.local()
# Before the interpreter takes WeasyPrint apart: its fonts remove their files when they go.
atexit.register(lambda: vars(_of_thread).clear())


class PaperError(Exception):
    """The paper cannot be printed: it asks for a picture, font or style that is not the portal's own."""


@dataclass(frozen=True)
class Enclosure:
    """The data of a paper, put into its file: a machine reads there what a person reads on the sheets."""

    name: str
    content: bytes
    made_on: date
    description: str = "Данные документа"


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    stylesheets: Sequence[str] = PAPER_STYLESHEETS,
    enclosure: Enclosure | None = None,
) -> bytes:
    """The PDF of a template, in Russian whatever the language of the page is; `stylesheets` are static names.

    With an `enclosure` the file is made to be kept: PDF/A-3a (ISO 19005-3) with the data inside, and the tags and the
    mark of PDF/UA-1 (ISO 14289-1). Raises PaperError when the template or a style names an address outside of the
    portal's static files.
    """
    with translation.override(PAPER_LANGUAGE):
        html = render_to_string(template_name, dict(context))
    return pdf_from_html(html, stylesheets=stylesheets, enclosure=enclosure)


def pdf_from_html(
    html: str,
    *,
    stylesheets: Sequence[str] = PAPER_STYLESHEETS,
    enclosure: Enclosure | None = None,
    files: Sequence[Enclosure] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of a finished page; see `render_pdf`. `pictures` are those that the page names as `picture:<name>`.

    `files` are put beside the `enclosure`, as what the page was made from.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    styles, fonts = _styles(tuple(stylesheets))

    from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

    fetcher = SealedFetcher(pictures)
    result = b""
    # FatalURLFetchingError is not an Exception: it would pass every handler of the callers.
    with suppress(FatalURLFetchingError):
        # With a base, relative addresses reach the fetcher and are refused; without one they would be silently skipped.
        page = HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=fetcher)
        page.etree_element.attrib.setdefault("lang", PAPER_LANGUAGE)
        if enclosure is None:
            result = page.write_pdf(stylesheets=styles, font_config=fonts, pdf_tags=True, **reading_of(html))
        else:
            laid_out = page.render(stylesheets=styles, font_config=fonts, pdf_tags=True, **reading_of(html))
            result = _kept_pdf(laid_out, enclosure, files)
    if fetcher.refusals:
        raise PaperError("; ".join(fetcher.refusals))
    return result


def reading_of(html: str) -> dict[str, bool]:
    """How the printer reads the page: `<col width="20%">` only where there is one, for every element is looked at then."""
    return {"presentational_hints": "<col width=" in html}


def _styles(names: tuple[str, ...]) -> tuple[list[Any], Any]:
    """The styles with their fonts, read once in each thread: a fifth of the time of a paper goes there otherwise.

    Threads do not share them, for Pango's fonts are not made for that. While somebody works on the styles (DEBUG) they
    are read anew. Raises PaperError as `render_pdf` does.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from mentorship.sealed_fetcher import STATIC_SCHEME, SealedFetcher

    known = _of_thread.__dict__.setdefault("styles", {})
    if names in known and not settings.DEBUG:
        return known[names]
    fetcher, fonts = SealedFetcher(), FontConfiguration()
    sheets: list[Any] = []
    with suppress(FatalURLFetchingError):
        sheets = [CSS(url=f"{STATIC_SCHEME}{name}", url_fetcher=fetcher, font_config=fonts) for name in names]
    if fetcher.refusals:
        raise PaperError("; ".join(fetcher.refusals))
    known[names] = sheets, fonts
    return known[names]


def _kept_pdf(document: Any, enclosure: Enclosure, files: Sequence[Enclosure]) -> bytes:
    """The file of a laid out page with the data inside; all its dates are the day of the paper, not of the printing."""
    enclosed = [_attachment(enclosure, "Data"), *(_attachment(file, "Source") for file in files)]
    describe = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *version: _with_mark_of_ua(describe(*version))
    return document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, attachments=enclosed)


def _attachment(enclosure: Enclosure, relationship: str) -> Any:
    from weasyprint import Attachment

    midnight = datetime.combine(enclosure.made_on, time())
    return Attachment(
        string=enclosure.content,
        name=enclosure.name,
        description=enclosure.description,
        created=midnight,
        modified=midnight,
        relationship=relationship,
    )


def _with_mark_of_ua(metadata: bytes) -> bytes:
    """The metadata with «PDF/UA-1»; PDF/A wants the schema of what it does not know described beside it."""
    end = b"</rdf:RDF>"
    if metadata.count(end) != 1:
        raise PaperError("The metadata of the file are not what they were: PDF/UA cannot be noted in them.")
    return metadata.replace(end, MARK_OF_UA + end)


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits, by which a frozen paper is known."""
    return hashlib.sha256(content).hexdigest()
