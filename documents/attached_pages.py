"""Files that are annexed by hand, printed in the PDF of the order behind the mark of their annex.

What a foreign PDF is made of is not known: its fonts may be missing, its tags are none. So its pages are printed as
pictures, and the filed order stays PDF/A with its own tags; the annexed file itself lies in it, unchanged. A file is
read from the store by its name and only where its SHA-256 is that of the day on which it was attached.
"""

import base64

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from documents.annex_kinds import FILE
from documents.pdf_pages import jpeg_of, opened_pdf
from mentorship.pdf import Enclosure, PaperError, sha256_of
from participants.scans import CONTENT_TYPES, kind_of

DOTS_PER_INCH = 150


def content_with_pictures(content):
    """The content of an order with the pictures of its annexes as `data:` addresses; the content itself is unchanged."""
    if not any(sheet["kind"] == FILE for sheet in content.get("annexes", ())):
        return content
    return {**content, "annexes": [_with_picture(sheet) for sheet in content["annexes"]]}


def content_with_pages(content):
    """As `content_with_pictures`, and the sheets of annexed PDF files name a picture for each of their pages."""
    content = content_with_pictures(content)
    if not _attached(content):
        return content
    named = {number: {**sheet, "pages": _pages_of(number, sheet)} for number, sheet in _attached(content)}
    sheets = [named.get(number, sheet) for number, sheet in enumerate(content["annexes"], 1)]
    return {**content, "annexes": sheets}


def pictures_of_pages(content):
    """{name: JPEG} of the pages that `content_with_pages` names."""
    pictures = {}
    for number, sheet in _attached(content):
        with opened_pdf(_read(sheet)) as document:
            for place, page in enumerate(document, 1):
                pictures[_name(number, place)] = jpeg_of(page, DOTS_PER_INCH)
    return pictures


def enclosed_files(content, day):
    """The annexed PDF files as Enclosures, as they were attached."""
    return [
        Enclosure(f"annex-{number}.pdf", _read(sheet), day, description=sheet["title"])
        for number, sheet in _attached(content)
    ]


def _attached(content):
    """[(number of the annex, its sheet)] of the annexed PDF files."""
    return [
        (number, sheet)
        for number, sheet in enumerate(content.get("annexes", ()), 1)
        if sheet["kind"] == FILE and sheet.get("file", "").endswith(".pdf")
    ]


def _pages_of(number, sheet):
    with opened_pdf(_read(sheet)) as document:
        sizes = [page.get_size() for page in document]
    return [{"name": _name(number, place), "is_across": size[0] > size[1]} for place, size in enumerate(sizes, 1)]


def _name(number, place):
    return f"annex-{number}-{place}"


def _with_picture(sheet):
    if sheet["kind"] != FILE or not sheet.get("file") or sheet["file"].endswith(".pdf"):
        return sheet
    picture = _read(sheet)
    kind = CONTENT_TYPES[kind_of(picture)]
    return {**sheet, "picture": f"data:{kind};base64,{base64.b64encode(picture).decode()}"}


def _read(sheet):
    with default_storage.open(sheet["file"]) as file:
        content = file.read()
    if sha256_of(content) != sheet["sha256"]:
        raise PaperError(_("The annexed file “%s” is not the one that was attached.") % sheet["title"])
    return content
