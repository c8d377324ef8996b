"""Pictures on which letters of thanks and certificates are printed: what a sheet can carry, and no more."""

import base64
import io
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from participants.scans import check_scan

# A4 at 150 dots per inch: what a printer of a school shows. A larger picture would only make five hundred files heavy.
LONG_SIDE, SHORT_SIDE = 1754, 1240
LEAST_LONG_SIDE = 800
SIDES = 297 / 210
TOLERANCE = 0.12


def check_background(upload, *, layout):
    """The picture as a ContentFile, made as small as a sheet needs. Raises ValidationError with a sentence."""
    scan = check_scan(upload)
    if scan.name.endswith(".pdf"):
        raise ValidationError(_("A background is a picture: JPEG or PNG."))
    with Image.open(scan) as picture:
        width, height = picture.size
        long, short = max(width, height), min(width, height)
        if (width > height) != (layout == "landscape") or abs(long / short / SIDES - 1) > TOLERANCE:
            raise ValidationError(
                _("The picture has the sides %(width)s × %(height)s: it does not fit a sheet of A4 that lies so."),
                params={"width": width, "height": height},
            )
        if long < LEAST_LONG_SIDE:
            raise ValidationError(
                _("The picture is too small to be printed: its long side needs %(least)s dots or more."),
                params={"least": LEAST_LONG_SIDE},
            )
        flat = Image.new("RGB", picture.size, "white")
        drawn = picture.convert("RGBA")
        flat.paste(drawn, mask=drawn.getchannel("A"))
    if long > LONG_SIDE:
        flat.thumbnail((LONG_SIDE, LONG_SIDE))
    content = io.BytesIO()
    flat.save(content, "JPEG", quality=85)
    return ContentFile(content.getvalue(), name=f"{layout}.jpg")


@lru_cache(maxsize=4)
def as_address(name):
    """The kept picture as a `data:` address; files of a name are never written again."""
    with default_storage.open(name) as file:
        return "data:image/jpeg;base64," + base64.b64encode(file.read()).decode()
