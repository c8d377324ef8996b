"""Scans of signed papers: a file is what its content says, never what its name says. No database."""

import io
import re
import struct
import zlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dots per inch has 70 million
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_PDF_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_OBJECT = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_TAIL = 2048
_BROKEN = (OSError, SyntaxError, ValueError, struct.error, zlib.error, Image.DecompressionBombError)


def check_scan(upload):
    """The scan as a ContentFile whose name ends as its content is: pdf, jpg or png.

    Raises ValidationError with a sentence for what is empty, larger than 20 MB, of another kind, or cannot be opened.
    """
    if upload.size == 0:
        raise ValidationError(_("“%(name)s” is empty."), params={"name": upload.name})
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 20 MB. Scan it in grey at 200 dots per inch."), params={"name": upload.name}
        )
    upload.seek(0)
    content = upload.read()
    kind = kind_of(content)
    if kind is None:
        raise ValidationError(
            _("“%(name)s” is no PDF, JPEG or PNG inside, whatever its name says. Scan or photograph the paper again."),
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
    """Whether the end of the file points to its table of objects, and there are pages."""
    end = _PDF_END.search(content[-_TAIL:].rstrip(b"\x00"))
    if end is None:
        return False
    start = int(end[1])
    return start < len(content) and bool(_OBJECT.match(content, start)) and b"obj" in content


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
