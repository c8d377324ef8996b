"""PDF files with a text layer into paragraphs and tables. A scan has no text to read, and is refused with a sentence."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber
from django.utils.translation import gettext_lazy as _
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from roadmap.blocks import Block, Paragraph, Table, TableRow, UnreadableDocument
from roadmap.headings import is_page_number, tells_of_the_page_before
from roadmap.word_breaks import joined_lines

MAX_PAGES = 60
LETTERS_OF_A_SCAN = 20
MARGIN = 0.08
SAME_PLACE = 3


def pdf_blocks(data: bytes) -> list[Block]:
    """Paragraphs and tables of a PDF; the rows of a table that goes over pages are one table. Raises `UnreadableDocument`."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableDocument(
                    _("The PDF has more than 60 pages; save the pages with the roadmap as a file of their own.")
                )
            pages = [_page_parts(page) for page in document.pages]
            letters = sum(len(page.chars) for page in document.pages)
    except UnreadableDocument:
        raise
    except (PDFPasswordIncorrect, PdfminerException) as error:
        if isinstance(error, PDFPasswordIncorrect) or "PasswordIncorrect" in repr(error):
            raise UnreadableDocument(_("The file is encrypted; save it without a password.")) from error
        raise UnreadableDocument(_("The PDF is damaged and cannot be read.")) from error
    except (PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError) as error:
        # What pdfminer meets in a damaged file it reports by whichever error comes first.
        raise UnreadableDocument(_("The PDF is damaged and cannot be read.")) from error
    if letters < LETTERS_OF_A_SCAN:
        raise UnreadableDocument(
            _("The PDF holds pictures of pages and no text: bring the document in Word or Excel, or type it in.")
        )
    return list(_blocks(pages))


Part = tuple[float, "str | list[list[str]]", bool]  # place from the top as a share of the page; line or table; bold


def _page_parts(page: Any) -> list[Part]:
    tables = page.find_tables({"explicit_horizontal_lines": _ends_of_columns(page)})
    parts: list[Part] = []
    boxes = []
    for table in tables:
        rows = [[cell or "" for cell in row] for row in table.extract(x_tolerance=2)]
        if max((len(row) for row in rows), default=0) > 1:
            boxes.append(table.bbox)
            parts.append((table.bbox[1] / float(page.height), rows, False))

    def is_outside(thing: Any) -> bool:
        middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= middle_x <= right and top <= middle_y <= bottom for left, top, right, bottom in boxes)

    words = page.filter(lambda thing: thing["object_type"] != "char" or is_outside(thing)).extract_words(
        x_tolerance=2, extra_attrs=["fontname"], keep_blank_chars=False
    )
    for line in _lines(words):
        bold = all(re.search(r"bold|black|heavy", word["fontname"], re.IGNORECASE) for word in line)
        parts.append((line[0]["top"] / float(page.height), " ".join(word["text"] for word in line), bold))
    page.close()
    return sorted(parts, key=lambda part: part[0])


def _ends_of_columns(page: Any) -> list[float]:
    """Where upright lines begin and end: a table torn by a page break often has no line of its own there."""
    sides = sorted(
        (edge["top"], edge["bottom"])
        for edge in page.edges
        if edge["orientation"] == "v" and edge["height"] > SAME_PLACE
    )
    stretches: list[list[float]] = []
    for top, bottom in sides:
        if stretches and top <= stretches[-1][1] + SAME_PLACE:
            stretches[-1][1] = max(stretches[-1][1], bottom)
        else:
            stretches.append([top, bottom])
    return [end for stretch in stretches for end in stretch]


def _lines(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"]), word["x0"])):
        if lines and abs(lines[-1][0]["top"] - word["top"]) <= SAME_PLACE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _blocks(pages: list[list[Part]]) -> Iterator[Block]:
    furniture = _furniture(pages)
    number = 0
    rows: list[TableRow] = []
    for parts in pages:
        fresh = True  # the first table of a page may go on with the last one of the page before
        for place, content, bold in parts:
            if isinstance(content, str):
                if content in furniture or (_is_margin(place) and is_page_number(content)):
                    continue
                if rows and fresh and tells_of_the_page_before(content):
                    continue
                if rows:
                    yield Table(tuple(rows))
                    rows = []
                number += 1
                yield Paragraph(content, number, bold)
                continue
            if rows and not (fresh and len(rows[-1].cells) == max(map(len, content))):
                yield Table(tuple(rows))
                rows = []
            for at, cells in enumerate(content):
                number += 1
                if any(cell.strip() for cell in cells):
                    rows.append(TableRow(tuple(map(joined_lines, cells)), number, at == 0 and bool(rows)))
            fresh = False
    if rows:
        yield Table(tuple(rows))


def _is_margin(place: float) -> bool:
    return place < MARGIN or place > 1 - MARGIN


def _furniture(pages: list[list[Part]]) -> set[str]:
    """Lines that stand in the margin of most pages: names of files, of the organization."""
    seen: Counter[str] = Counter()
    for parts in pages:
        seen.update({content for place, content, _b in parts if isinstance(content, str) and _is_margin(place)})
    return {text for text, count in seen.items() if len(pages) > 2 and count * 2 > len(pages)}
