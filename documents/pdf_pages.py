"""Pages of PDF files as they look, drawn by PDFium: for the screen, for annexed files, for the codes on scans.

PDFium is not made for threads, and both the web server and the worker have several: whoever asks it for something
holds PDFIUM meanwhile.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pypdfium2

PDFIUM = RLock()
POINTS = 72
DOTS_PER_INCH = 110  # a sheet of A4 is 910 dots wide: sharp enough beside a form, and quickly sent
LONGEST_SIDE = 2600
QUALITY = 80  # of JPEG
MOST_SHOWN = 30  # pages of a paper on the screen; the file has all


@contextmanager
def opened_pdf(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end; nobody else asks PDFium for anything meanwhile."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with opened_pdf(content) as document:
        return len(document)


def page_picture(content: bytes, number: int) -> bytes | None:
    """A page, counted from 1, as JPEG; None where the PDF has no such page."""
    with opened_pdf(content) as document:
        return jpeg_of(document[number - 1]) if 0 < number <= len(document) else None


def words_of_pages(content: bytes, most: int = MOST_SHOWN) -> list[str]:
    """What stands on each of the first pages, for those who cannot see the pictures."""
    with opened_pdf(content) as document:
        return [_words_of(document[place]) for place in range(min(len(document), most))]


def first_pages(content: bytes, most: int) -> list[tuple[bytes, str]]:
    """(JPEG, words) of each of the first pages."""
    with opened_pdf(content) as document:
        pages = [document[place] for place in range(min(len(document), most))]
        return [(jpeg_of(page), _words_of(page)) for page in pages]


def _words_of(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_range()
    return text.replace("\r\n", "\n")


def jpeg_of(page: pypdfium2.PdfPage, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    """The page of an opened document as JPEG, none of its sides longer than LONGEST_SIDE dots."""
    scale = min(dots_per_inch / POINTS, LONGEST_SIDE / max(*page.get_size(), 1))
    file = io.BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
