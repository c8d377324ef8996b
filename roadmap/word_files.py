"""Word documents into paragraphs and tables, in the order of the page, with numbers that Word itself puts before list items."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any

import docx
from django.utils.translation import gettext_lazy as _
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from roadmap.blocks import Block, Paragraph, Table, TableRow, UnreadableDocument
from roadmap.headings import is_page_number

MAX_STYLES = 10  # a style is based on another, that on a third
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
    body = list(reader.blocks(document.element.body))
    blocks = [*reader.page_head(), *body]
    if not body and next(document.element.body.iter(qn("w:drawing"), qn("w:pict")), None) is not None:
        raise UnreadableDocument(_("The document holds pictures and no text: bring the table as text, or type it in."))
    return blocks


@dataclass
class WordReader:
    document: Any
    row: int = 0
    counters: dict[str, list[int]] = field(default_factory=dict)

    def page_head(self) -> Iterator[Paragraph]:
        """What stands at the top of the first page, where «Приложение к приказу …» is often put; of no line of the text."""
        section = next(iter(self.document.sections), None)
        if section is None:
            return
        head = section.first_page_header if section.different_first_page_header_footer else section.header
        for element in () if head.is_linked_to_previous else head._element.iter(qn("w:p")):
            for line in filter(None, map(str.strip, self._text(element).split("\n"))):
                if not is_page_number(line):
                    yield Paragraph(line, 0)

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
            if _is_fallback(element, paragraph) or _is_unseen(element, paragraph):
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
        list_id, depth = self._list_of(paragraph)
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

    def _list_of(self, paragraph: Any) -> tuple[str | None, int]:
        """(number of the list that a paragraph belongs to, its depth there): by itself, or by its style and those below it."""
        list_id, depth = _list_in(paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
        style = _value(properties, "w:pStyle") if (properties := paragraph.find(qn("w:pPr"))) is not None else None
        for _step in range(MAX_STYLES):
            if (list_id is not None and depth is not None) or style not in self.styles:
                break
            found = self.styles[style]
            by_style = _list_in(found.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
            list_id = by_style[0] if list_id is None else list_id
            depth = by_style[1] if depth is None else depth
            style = _value(found, "w:basedOn")
        return (None if list_id == "0" else list_id), depth or 0

    @cached_property
    def styles(self) -> dict[str | None, Any]:
        return {style.get(qn("w:styleId")): style for style in self.document.styles.element.iter(qn("w:style"))}

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


def _list_in(properties: Any) -> tuple[str | None, int | None]:
    """(number of the list, depth) as properties of a paragraph or a style say; `None` for what they leave open."""
    if properties is None:
        return None, None
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    return (
        number.get(qn("w:val")) if number is not None else None,
        _number(level) if level is not None else None,
    )


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


def _is_unseen(element: Any, paragraph: Any) -> bool:
    """Whether a text is hidden, or was moved away while changes are tracked."""
    if element.tag not in (qn("w:t"), qn("w:br"), qn("w:tab")):
        return False
    run = element.getparent()
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if run is not None else None
    if vanish is not None and vanish.get(qn("w:val"), "1") not in ("0", "false"):
        return True
    ancestors = element.iterancestors()
    return any(
        ancestor.tag == qn("w:moveFrom") for ancestor in takewhile(lambda each: each is not paragraph, ancestors)
    )


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
