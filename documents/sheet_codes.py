"""Codes on scanned sheets: files in, sheets with the code that stands on each out. No database.

A sheet is drawn in grey at 200 dots per inch, and once more at 300 where nothing was found, then twice as large: a small
code on a poor scan needs it. What is read is thrown away at once, so that a pile of 300 sheets needs no more memory than one.
"""

import io
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from documents.paper_codes import CODE_LENGTH, CONSENT_PREFIX, code_of
from documents.pdf_pages import opened_pdf, page_count

READ_AT = (200, 300)
POINTS = 72
QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LONGEST_SIDE = 5000  # pixels: A4 at 300 dots per inch has 3508; a sheet of another size is not drawn larger
ENLARGED_SIDE = 7100  # pixels
LOOKED_AT_SIDE, EDGE = 300, 0.05  # pixels; part of each side that is not looked at
INK, WRITTEN = 40, 0.0005  # darker than the sheet by so many of 256; part of the sheet
PICTURE_SIDE = 1400
PICTURE_QUALITY = 70


class Sheet(NamedTuple):
    """A sheet of a pile: in which file it stands, on which page (from 0), and what its code says ("" for none)."""

    file: int
    page: int
    code: str
    is_empty: bool = False  # the back of a sheet that was scanned on both sides


class Run(NamedTuple):
    """Sheets one after another that belong together: the first bears the code."""

    code: str
    first: int  # place in the pile, from 0
    sheets: tuple[Sheet, ...]


def sheet_count(kind: str, content: bytes) -> int:
    """How many sheets a checked file has."""
    if kind != "pdf":
        return 1
    return page_count(content)


def sheets_of(file: int, kind: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of a checked file, the one with the number `file` in its pile, in their order."""
    if kind != "pdf":
        picture = _upright(content)
        code = _code_on(picture) or _code_on(_enlarged(picture))
        yield Sheet(file, 0, code, is_empty=not code and _is_empty(picture))
        return
    for number in range(page_count(content)):
        # Opened anew for each: a pile of hundreds of sheets lets others draw theirs in between.
        with opened_pdf(content) as document:
            page = document[number]
            code, is_empty = _looked_at(page)
            page.close()
        yield Sheet(file, number, code, is_empty)


def _looked_at(page: pypdfium2.PdfPage) -> tuple[str, bool]:
    """(the code of a page, whether it is empty)."""
    for resolution in READ_AT:
        picture = _drawn(page, resolution)
        if code := _code_on(picture):
            return code, False
        if _is_empty(picture):
            return "", True
    return _code_on(_enlarged(picture)), False


def code_in(text: str) -> str:
    """The code of a paper in what a QR code says: the end of an address of the check page; "" in what is none."""
    text = text.strip()
    if text.upper().startswith(CONSENT_PREFIX):
        last = text[len(CONSENT_PREFIX) :]
    elif "/check/" in text:
        last = urlsplit(text).path.rstrip("/").rsplit("/", 1)[-1]
    else:
        return ""
    code = code_of(last)
    return code if len(code.replace("-", "")) == CODE_LENGTH else ""


def runs_of(sheets: list[Sheet]) -> list[Run]:
    """A sheet with a code begins a paper, those after it without one belong to it.

    Sheets before the first code stand alone, each by itself: nobody knows whether they belong together.
    """
    runs: list[Run] = []
    for place, sheet in enumerate(sheets):
        if not sheet.code and runs and runs[-1].code:
            last = runs[-1]
            runs[-1] = Run(last.code, last.first, (*last.sheets, sheet))
        else:
            runs.append(Run(sheet.code, place, (sheet,)))
    return runs


def cut_off(run: Run, most: int) -> list[Run]:
    """The run with the sheets that its paper has, `most` of them; those beyond stand alone, each by itself.

    A first sheet whose code cannot be read would else pass for the end of the paper before it. Empty backs count not.
    """
    kept: list[Sheet] = []
    alone: list[Run] = []
    count = 0
    for place, sheet in enumerate(run.sheets, run.first):
        count += not sheet.is_empty
        if count <= most:
            kept.append(sheet)
        elif sheet.is_empty:
            alone[-1] = alone[-1]._replace(sheets=(*alone[-1].sheets, sheet))
        else:
            alone.append(Run("", place, (sheet,)))
    return [run._replace(sheets=tuple(kept)), *alone]


def longest_copy(pdf: bytes, code: str) -> int:
    """How many sheets a copy of a filed paper has at most: each copy begins with the sheet that bears the code."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        begins = [number for number, page in enumerate(document) if code in page.get_textpage().get_text_bounded()]
        ends = [*begins[1:], len(document)]
    finally:
        document.close()
    return max(end - begin for begin, end in zip(begins or [0], ends, strict=True))


def as_pdf(files: list[tuple[str, bytes]], sheets: list[Sheet]) -> bytes:
    """The sheets as a PDF of their own: pages as they were scanned, photos upright."""
    writer = PdfWriter()
    readers: dict[int, PdfReader] = {}
    for sheet in sheets:
        if sheet.file not in readers:
            kind, content = files[sheet.file]
            readers[sheet.file] = PdfReader(io.BytesIO(content if kind == "pdf" else _picture_as_pdf(content)))
        writer.add_page(readers[sheet.file].pages[sheet.page])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_of(pdf: bytes) -> bytes:
    """The first sheet as a small JPEG, to be looked at."""
    with opened_pdf(pdf) as document:
        page = document[0]
        picture = _drawn(page, 110)
        page.close()
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=PICTURE_QUALITY)
    return out.getvalue()


def turned(pdf: bytes, degrees: int) -> bytes:
    """The same sheets, each turned clockwise by 90, 180 or 270 degrees."""
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    for page in writer.pages:
        page.rotate(degrees)
    writer.write(out)
    return out.getvalue()


def _drawn(page: pypdfium2.PdfPage, resolution: int) -> Image.Image:
    scale = min(resolution / POINTS, LONGEST_SIDE / max(*page.get_size(), 1))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("L")
    finally:
        bitmap.close()
    return picture


def _enlarged(picture: Image.Image) -> Image.Image:
    """Twice as large, with what is between its dots guessed: noise is smoothed, the squares of a code are not."""
    times = min(2, ENLARGED_SIDE / max(picture.size))
    return picture.resize([round(side * times) for side in picture.size], Image.Resampling.BICUBIC)


def _upright(content: bytes) -> Image.Image:
    """A photo in grey, turned as the camera says."""
    with Image.open(io.BytesIO(content)) as picture:
        return ImageOps.exif_transpose(picture).convert("L")


def _picture_as_pdf(content: bytes) -> bytes:
    """A photo as a page of A4 width, in its own colours."""
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    across = upright.width > upright.height
    out = io.BytesIO()
    upright.save(out, "PDF", resolution=upright.width / (11.69 if across else 8.27), quality=80)
    return out.getvalue()


def _is_empty(picture: Image.Image) -> bool:
    """Whether nothing is written on a sheet: shadows of its edges and the print of the other side are nothing."""
    small = picture.reduce(max(1, round(max(picture.size) / LOOKED_AT_SIDE)))
    edge = [round(side * EDGE) for side in small.size]
    small = small.crop((edge[0], edge[1], small.width - edge[0], small.height - edge[1]))
    counts = small.histogram()
    total, paper, seen = sum(counts), 0, 0
    while seen * 2 < total:  # the usual grey of the sheet
        seen, paper = seen + counts[paper], paper + 1
    return sum(counts[: max(0, paper - INK)]) < total * WRITTEN


def _code_on(picture: Image.Image) -> str:
    for found in zxingcpp.read_barcodes(picture, formats=QR_CODES):
        if code := code_in(found.text):
            return code
    return ""
