"""What a printed page may load; imported by `mentorship.pdf` only when something is printed, for WeasyPrint is slow."""

import mimetypes
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from fontTools.ttLib import TTFont
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC_SCHEME = "static:"
PICTURE_SCHEME = "picture:"
JPEG = b"\xff\xd8\xff"


class SealedFetcher(URLFetcher):
    """Gives `data:`, `static:<path>` (a static file of the portal) and `picture:<name>` (bytes that the caller gave).

    Anything else stops the printing.

    So a text typed by a user cannot read files of the server or call other hosts, and no paper depends on the network.
    """

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
        self.pictures = dict(pictures or {})
        self.refusals: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        try:
            if url.startswith(PICTURE_SCHEME):
                return self.fetch_picture(url)
            return self.fetch_static(url) if url.startswith(STATIC_SCHEME) else super().fetch(url, headers)
        except Exception as error:
            # Remembered, because WeasyPrint swallows what is raised while it draws an SVG picture.
            self.refusals.append(f"{shorten(url, 200)}: {error}")
            raise

    def fetch_picture(self, url: str) -> URLFetcherResponse:
        name = url.removeprefix(PICTURE_SCHEME)
        if name not in self.pictures:
            raise ValueError(f"No such picture: {name}")
        content_type = "image/jpeg" if self.pictures[name].startswith(JPEG) else "image/png"
        return URLFetcherResponse(url, self.pictures[name], {"Content-Type": content_type})

    def fetch_static(self, url: str) -> URLFetcherResponse:
        path = static_path(unquote(url.removeprefix(STATIC_SCHEME)))
        content = unpacked_font(path) if path.suffix == ".woff" else path.read_bytes()
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": content_type})


def static_path(name: str) -> Path:
    """The file of a static name («css/document.css»); ValueError when there is none or it lies outside."""
    try:
        found = finders.find(name)
    except SuspiciousFileOperation as error:
        raise ValueError(f"Not a static file: {name}") from error
    if not found or not Path(found).is_file():
        raise ValueError(f"No such static file: {name}")
    return Path(found)


@cache
def unpacked_font(path: Path) -> bytes:
    """The bytes of a WOFF font as TrueType; WeasyPrint's own unpacking writes the current time into the font."""
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = font.flavorData = None
    content = BytesIO()
    font.save(content)
    return content.getvalue()
