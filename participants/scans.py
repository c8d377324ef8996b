"""Scans of signed papers: a file is what its content says, never what its name says. No database."""

import io
import re
import struct
import zlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

MOST_PAGES = 300  # a pile of papers that was scanned in one go
MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dots per inch has 70 million
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_PDF_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_OBJECT = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_TAIL = 2048
# What pypdf raises on files that were made to break it: its own limits, too deep nesting, values of a wrong type.
_BROKEN_PDF = (PyPdfError, OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
_BROKEN = (OSError, SyntaxError, ValueError, struct.error, zlib.error, Image.DecompressionBombError)


def check_scan(upload, *, most_bytes=None):
    """The scan as a ContentFile whose name ends as its content is: pdf, jpg or png.

    Raises ValidationError with a sentence for what is empty, too large (20 MB, unless `most_bytes` says otherwise), of
    another kind, or cannot be opened.
    """
    if upload.size == 0:
        raise ValidationError(_("“%(name)s” is empty."), params={"name": upload.name})
    most_bytes = most_bytes or settings.UPLOAD_LIMIT_BYTES
    if upload.size > most_bytes:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s. Scan it in grey at 200 dots per inch."),
            params={"name": upload.name, "most": filesizeformat(most_bytes)},
        )
    upload.seek(0)
    content = upload.read()
    kind = kind_of(content)
    if kind is None:
        raise ValidationError(
            _("“%(name)s” is no PDF, JPEG or PNG inside, whatever its name says. Scan or photograph the paper again."),
            params={"name": upload.name},
        )
    if kind == "pdf" and b"/Encrypt" in content and _is_locked(content):
        raise ValidationError(
            _("“%(name)s” is locked by a password. Save it without the password, or scan the paper again."),
            params={"name": upload.name},
        )
    if not (_is_whole_pdf(content) if kind == "pdf" else _is_whole_picture(content, kind)):
        raise ValidationError(
            _("“%(name)s” is damaged and does not open. Save it once more, or scan the paper again."),
            params={"name": upload.name},
        )
    return ContentFile(content, name=f"scan.{kind}")


def kind_of(content: bytes) -> str | None:
    """ "pdf", "jpg", "png" by the first bytes, or None."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "png" if content.startswith(b"\x89PNG\r\n\x1a\n") else None


def _is_whole_pdf(content: bytes) -> bool:
    """Whether the end of the file points to its table of objects, and from there a reader comes to the pages."""
    end = _PDF_END.search(content[-_TAIL:].rstrip(b"\x00"))
    if end is None:
        return False
    start = int(end[1])
    return start < len(content) and bool(_OBJECT.match(content, start)) and page_count(content) > 0


def _is_locked(content: bytes) -> bool:
    try:
        return PdfReader(io.BytesIO(content)).is_encrypted
    except _BROKEN_PDF:
        return False


def page_count(content: bytes) -> int:
    """How many pages a PDF has; 0 for one that does not open, has none, or has more than `MOST_PAGES`.

    The tree of pages is walked here, each node once: a few nodes that name one another would be read as millions.
    """
    try:
        waiting = [PdfReader(io.BytesIO(content)).trailer["/Root"]["/Pages"].get_object()]  # type: ignore[index]
        seen: set[int] = set()
        pages = 0
        while waiting:
            node = waiting.pop()
            if id(node) in seen or not isinstance(node, DictionaryObject):
                return 0
            seen.add(id(node))
            kids = node.get("/Kids")
            if kids is None:
                pages += node.get("/Type") == "/Page"
            else:
                kids = kids.get_object()
                if not isinstance(kids, ArrayObject) or len(kids) + len(waiting) > MOST_PAGES:
                    return 0
                waiting += [kid.get_object() for kid in kids]
    except _BROKEN_PDF:
        return 0
    return pages if pages <= MOST_PAGES else 0


def take_pages(scan: ContentFile, first: int, last: int) -> ContentFile:
    """The pages from `first` to `last` (counted from 1) of a checked PDF, as a PDF of their own.

    Raises ValidationError where it is no PDF, or has no such pages.
    """
    scan.seek(0)
    content = scan.read()
    if not content.startswith(b"%PDF-") or not 1 <= first <= last <= page_count(content):
        raise ValidationError(
            _("There are no pages %(first)s–%(last)s in the file."), params={"first": first, "last": last}
        )
    writer, out = PdfWriter(), io.BytesIO()
    reader = PdfReader(io.BytesIO(content))
    try:
        for number in range(first - 1, last):
            writer.add_page(reader.pages[number])
        writer.write(out)
    except _BROKEN_PDF as broken:
        raise ValidationError(_("These pages of the file cannot be read: scan the paper alone.")) from broken
    return ContentFile(out.getvalue(), name="scan.pdf")


def _is_whole_picture(content: bytes, kind: str) -> bool:
    """Whether the picture can be drawn to its last line, within the memory of the portal.

    The end is looked for here: other libraries of the process make Pillow draw pictures that were cut off.
    """
    try:
        if kind == "png":
            with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
                picture.verify()  # every chunk up to the end
        elif content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda"):  # no end after the last scan of lines
            return False
        with Image.open(io.BytesIO(content), formats=["JPEG" if kind == "jpg" else "PNG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return False
            picture.load()
    except _BROKEN:
        return False
    return True
