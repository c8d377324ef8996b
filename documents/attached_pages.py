"""Pages of files that are annexed by hand, put into the PDF of the order behind the sheet that bears their mark.

A picture is printed on the sheet itself; the pages of a PDF follow their sheet as they are. A file is read from the
store by its name and only where its SHA-256 is that of the day on which it was attached.
"""

import base64
import io

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from documents.annex_kinds import FILE
from mentorship.pdf import PaperError, sha256_of
from participants.scans import CONTENT_TYPES, kind_of

MARK = "annex-of-a-file-"  # the name of the place in the PDF where the pages follow


def content_with_pictures(content):
    """The content of an order with the pictures of its annexes as `data:` addresses; the content itself is unchanged."""
    if not any(sheet["kind"] == FILE for sheet in content.get("annexes", ())):
        return content
    return {**content, "annexes": [_with_picture(sheet) for sheet in content["annexes"]]}


def with_attached_pages(pdf, content):
    """The PDF with the pages of annexed PDF files behind the sheets that announce them."""
    files = _attached(content)
    if not files:
        return pdf
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    places = _places_of(PdfReader(io.BytesIO(pdf)))
    added = 0
    for number, sheet in files:
        at = places[f"{MARK}{number}"] + 1 + added
        for page in PdfReader(io.BytesIO(_read(sheet))).pages:
            writer.insert_page(page, at)
            at, added = at + 1, added + 1
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def has_attached_pages(content):
    """Whether pages of annexed PDF files belong to the order."""
    return bool(_attached(content))


def _attached(content):
    """[(number of the annex, its sheet)] of the annexed PDF files."""
    return [
        (number, sheet)
        for number, sheet in enumerate(content.get("annexes", ()), 1)
        if sheet["kind"] == FILE and sheet.get("file", "").endswith(".pdf")
    ]


def _places_of(reader):
    """{name of a mark: number of its page}, from the bookmarks, which the stylesheet makes of the marks."""
    found = {}
    for item in reader.outline:
        if not isinstance(item, list) and str(item.title).startswith(MARK):
            found[str(item.title)] = reader.get_destination_page_number(item)
    return found


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
