"""Word documents into paragraphs and tables, in the order of the page, with numbers that Word itself puts before list items."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from django.utils.translation import gettext_lazy as _
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from roadmap.blocks import Block, Paragraph, Table, TableRow, UnreadableDocument

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def word_blocks(data: bytes) -> list[Block]:
    """Paragraphs and tables of a docx file; rows are counted through the document. Raises `UnreadableDocument`."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (
        KeyError,
        ValueError,
        SyntaxError,
        OSError,
        zipfile.BadZipFile,
        PackageNotFoundError,
    ) as error:
        raise UnreadableDocument(_("The file is damaged or is not a Word or Excel file.")) from error
    reader = WordReader(document)
    blocks = list(reader.blocks(document.element.body))
    if not blocks and next(document.element.body.iter(qn("w:drawing"), qn("w:pict")), None) is not None:
        raise UnreadableDocument(_("The document holds pictures and no text: bring the table as text, or type it in."))
    return blocks


@dataclass
class WordReader:
    document: Any
    row: int = 0
    counters: dict[str, list[int]] = field(default_factory=dict)

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            if element.tag == qn("w:sdt"):
                for content in element.iter(qn("w:sdtContent")):
                    yield from self.blocks(content)
                    break
            elif element.tag == qn("w:p"):
                yield from self._paragraphs(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)

    def _paragraphs(self, element: Any) -> Iterator[Paragraph]:
        text = self._text(element)
        bold = _is_bold(element)
        for line in filter(None, map(str.strip, text.split("\n"))):
            self.row += 1
            yield Paragraph(line, self.row, bold)

    def _table(self, element: Any) -> Iterator[Table]:
        rows = [self._row(row) for row in _rows(element)]
        kept = tuple(row for row in rows if any(cell.strip() for cell in row.cells))
        if kept:
            yield Table(kept)

    def _row(self, element: Any) -> TableRow:
        self.row += 1
        before = element.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        cells = [""] * (_number(before) if before is not None else 0)
        for cell in _cells(element):
            properties = cell.find(qn("w:tcPr"))
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            continues = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
            cells.append("" if continues else self._cell_text(cell))
            cells += [""] * (max(_number(span), 1) - 1 if span is not None else 0)
        return TableRow(tuple(cells), self.row)

    def _cell_text(self, cell: Any) -> str:
        """The lines of a cell; one that is all in bold type keeps a bold tag, for a stage is told by it."""
        lines = []
        bold = True
        for element in cell.iter(qn("w:p")):
            in_text_box = any(ancestor.tag == qn("w:p") for ancestor in element.iterancestors())
            text = "" if in_text_box else self._text(element).strip()
            if text:
                lines.append(text)
                bold = bold and _is_bold(element)
        text = "\n".join(lines)
        return f"<b>{text}</b>" if text and bold else text

    def _text(self, paragraph: Any) -> str:
        pieces = []
        for element in paragraph.iter():
            if _is_fallback(element, paragraph):
                continue
            if element.tag == qn("w:t"):
                pieces.append(element.text or "")
            elif element.tag in (qn("w:br"), qn("w:cr")):
                pieces.append("\n")
            elif element.tag == qn("w:tab"):
                pieces.append(" ")
            elif element.tag == qn("w:noBreakHyphen"):
                pieces.append("-")
        return self._list_mark(paragraph) + "".join(pieces)

    # numbers of lists: Word computes them, the file does not hold them

    def _list_mark(self, paragraph: Any) -> str:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            return ""
        number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        list_id = number.get(qn("w:val")) if number is not None else None
        depth = _number(level) if level is not None else 0
        definition = self._level(list_id, depth) if list_id and 0 <= depth < 9 else None
        if definition is None:
            return ""
        kind, pattern = _value(definition, "w:numFmt"), _value(definition, "w:lvlText")
        if kind == "bullet":
            return "- "
        counters = self.counters.setdefault(str(list_id), [0] * 9)
        counters[depth] = counters[depth] + 1 if counters[depth] else self._first(definition)
        counters[depth + 1 :] = [0] * (8 - depth)
        if kind in ("none", None) or not pattern:
            return ""
        return re.sub(r"%(\d)", lambda place: _numeral(counters[int(place.group(1)) - 1] or 1, kind), pattern) + " "

    def _first(self, definition: Any) -> int:
        start = definition.find(qn("w:start"))
        return _number(start) if start is not None else 1

    def _level(self, list_id: str, depth: int) -> Any:
        try:
            numbering = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return None
        for number in numbering.iter(qn("w:num")):
            if number.get(qn("w:numId")) == list_id:
                abstract_id = _value(number, "w:abstractNumId")
                for abstract in numbering.iter(qn("w:abstractNum")):
                    if abstract.get(qn("w:abstractNumId")) == abstract_id:
                        levels = abstract.iter(qn("w:lvl"))
                        return next((level for level in levels if level.get(qn("w:ilvl")) == str(depth)), None)
        return None


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == qn("w:tr"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from element.iter(qn("w:tr"))


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from element.iter(qn("w:tc"))


def _is_fallback(element: Any, paragraph: Any) -> bool:
    """Old Word versions get a second copy of some text; and a paragraph in a text box is read on its own."""
    for ancestor in element.iterancestors():
        if ancestor is paragraph:
            return False
        if isinstance(ancestor.tag, str) and ancestor.tag.endswith("}Fallback"):
            return True
    return False


def _is_bold(paragraph: Any) -> bool:
    runs = [
        run for run in paragraph.iter(qn("w:r")) if "".join(text.text or "" for text in run.iter(qn("w:t"))).strip()
    ]
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is not None and re.match(r"(?:heading|title|\d$|заголовок)", style.get(qn("w:val"), ""), re.IGNORECASE):
        return True
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false") for mark in marks)


def _value(element: Any, tag: str) -> str | None:
    found = element.find(qn(tag))
    return found.get(qn("w:val")) if found is not None else None


def _number(element: Any) -> int:
    value = element.get(qn("w:val"), "0")
    return min(int(value), 63) if value.isdigit() else 0


def _numeral(number: int, kind: str | None) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        text = ""
        for value, letters in ROMAN:
            text += letters * (number // value)
            number %= value
        return text if kind == "upperRoman" else text.lower()
    if kind in ("upperLetter", "lowerLetter", "russianLower", "russianUpper"):
        letters = "абвгдежзиклмнопрстуфхцчшщэюя" if kind.startswith("russian") else "abcdefghijklmnopqrstuvwxyz"
        letter = letters[(number - 1) % len(letters)]
        return letter.upper() if kind.endswith("Upper") or kind.startswith("upper") else letter
    return str(number)
