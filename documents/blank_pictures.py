"""The picture of a letterhead: checked by what is inside, made small enough for print, kept by its SHA-256."""

import io
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from documents.models import BlankPicture
from mentorship.pdf import sha256_of

LARGEST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 900  # 38 mm at 600 dots per inch
_NAMED = re.compile(r"\bpicture:([0-9a-f]{64})\b")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


def printable_picture(upload):
    """The bytes of a PNG made of the upload, on white, without anything else that the file held.

    Raises ValidationError with a sentence for what is too large, no PNG or JPEG inside, or damaged. The number of
    pixels is read from the head of the file, before anything is unpacked.
    """
    if upload.size > LARGEST_BYTES:
        raise ValidationError(
            _("The picture is larger than 5 MB. Save it smaller: a letterhead needs 900 dots a side.")
        )
    upload.seek(0)
    try:
        with Image.open(io.BytesIO(upload.read()), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    _("The picture has %(size)s million dots; at most 40 million are taken. Save it smaller."),
                    params={"size": round(picture.width * picture.height / 1_000_000)},
                )
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked at the size that is needed
            return _as_png(picture)
    except UnidentifiedImageError as error:
        raise ValidationError(_("This is no PNG or JPEG inside, whatever its name says.")) from error
    except _BROKEN as error:
        raise ValidationError(_("The picture is damaged and does not open. Save it once more.")) from error


def keep_picture(organization, content):
    """The BlankPicture of the bytes; the same picture is kept once."""
    picture, _is_new = BlankPicture.objects.get_or_create(
        organization=organization, sha256=sha256_of(content), defaults={"content": content}
    )
    return picture


def pictures_in(html):
    """{sha256: bytes} of the pictures that the sheets of a paper name, for the printer."""
    named = set(_NAMED.findall(html))
    if not named:
        return {}
    rows = BlankPicture.objects.filter(sha256__in=named).values_list("sha256", "content")
    return {sha: bytes(content) for sha, content in rows}


def _as_png(picture):
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    whole = picture.convert("RGBA")
    white = Image.new("RGBA", whole.size, "white")
    flat = Image.alpha_composite(white, whole).convert("RGB")
    file = io.BytesIO()
    flat.save(file, "PNG", optimize=True)
    return file.getvalue()
