"""Rows of a table that a text file has broken at the line breaks inside their cells, put together again.

A text exported from Word keeps the line breaks of a cell, so that one row is several lines. How many tabs a row has
is told by the head of the table. Nothing is joined across a blank line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from roadmap.blocks import TableRow
from roadmap.columns import Columns, names_numbers, plain, read_columns
from roadmap.document_texts import NAME, SIGNED
from roadmap.headings import begins_small, is_page_number, number_parts, roman_heading, stage_heading, unfinished

LINES_OF_HEAD = 6
LINES_OF_ROW = 25
REST_OF_DATE = re.compile(r"20\d\d\b")
LISTED = re.compile(r"[-–—•·▪]\s?\S")
POINT = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)](?!\d)")

NumberedLine = tuple[int, str]


def whole_rows(lines: Iterable[NumberedLine]) -> list[NumberedLine]:
    """The lines with their numbers, those of one row joined by a line feed; the first line gives the number."""
    return BrokenLines(list(lines)).join()


@dataclass(frozen=True)
class Look:
    """What the rows that are whole look like: what their last cells hold, and whether they begin with small letters."""

    last_cells: frozenset[str]
    mostly_small: bool

    @classmethod
    def of(cls, lines: list[str], width: int) -> "Look":
        """By the lines with `width` tabs that have no bare line just above, which they might go on with."""
        pairs = pairwise(["", *lines])
        whole = [line for above, line in pairs if line.count("\t") == width and (not above.strip() or "\t" in above)]
        firsts = [first for line in whole if (first := plain(line.split("\t")[0]))]
        last_cells = frozenset(text for line in whole if (text := plain(line.split("\t")[-1])))
        return cls(last_cells, sum(map(begins_small, firsts)) * 5 > len(firsts))


@dataclass
class BrokenLines:
    lines: list[NumberedLine]
    columns: Columns | None = None
    looks: dict[int, "Look"] = field(default_factory=dict)

    def join(self) -> list[NumberedLine]:
        joined: list[NumberedLine] = []
        at = 0
        while at < len(self.lines):
            count = self._head(at) or self._row(at) or 1
            joined.append((self.lines[at][0], self._text(at, count)))
            at += count
        return joined

    def _text(self, at: int, count: int = 1) -> str:
        return "\n".join(line.strip(" ") if count > 1 else line for _number, line in self.lines[at : at + count])

    def _follows(self, at: int) -> bool:
        return at < len(self.lines) and bool(self.lines[at][1].strip())

    # --- heads

    def _head(self, at: int) -> int:
        """How many lines the head takes that begins here; 0 if none does."""
        first = self.lines[at][1]
        if "\t" not in first and not names_numbers(plain(first)):
            return 0
        count, columns = 0, None
        for length in range(1, LINES_OF_HEAD + 1):
            if length > 1 and not (self._follows(at + length - 1) and _goes_on_in_head(self.lines[at + length - 1][1])):
                break
            found = _columns(self._text(at, length))
            if found and (columns is None or _known(found) > _known(columns)):
                count, columns = length, found
        if columns is None:
            return 0
        self.columns = columns
        ends = self._follows(at + count) and _ends_head(self.lines[at + count][1])
        return count + 1 if ends else count

    # --- rows

    def _row(self, at: int) -> int:
        """How many lines the row takes that begins here; 0 if it is whole, or if it cannot be told."""
        line = self.lines[at][1]
        if self.columns is None or not line.strip():
            return 0
        if "\t" not in line:
            if self._is_heading_half(at):
                return 2
            if not self._opens_row(at):
                return 0
        first = plain(line.split("\t")[0])
        if self._counted and first and not number_parts(first):
            return 0
        width, tabs, count, signs = len(self.columns.roles) - 1, line.count("\t"), 1, []
        while count < LINES_OF_ROW and self._follows(at + count):
            following = self.lines[at + count][1]
            if self._begins_row(following) or tabs + following.count("\t") > width:
                break
            goes_on = _goes_on(self._text(at, count), following) or self._is_last_cell(following)
            if tabs >= width and not (goes_on and self._ends_last_cell(self._text(at, count), following)):
                break
            if tabs < width:
                signs.append(goes_on)
            tabs, count = tabs + following.count("\t"), count + 1
        whole = tabs == width
        told = (all(signs) and (whole or "\t" in line)) or (whole and (self._counted or any(signs)))
        return count if count > 1 and told else 0

    @property
    def _counted(self) -> bool:
        return self.columns is not None and self.columns.roles[0] == "number"

    def _is_heading_half(self, at: int) -> bool:
        """Whether a line and the one below are the text of one merged row: «2-й этап. Формирование» and «базы»."""
        if not self._follows(at + 1):
            return False
        first, *others = self.lines[at + 1][1].split("\t")
        return bool(others) and not any(map(str.strip, others)) and begins_small(plain(first))

    def _opens_row(self, at: int) -> bool:
        """Whether a line without tabs is the beginning of a first cell: «Анкетирование», «педагогов», «май»."""
        width = len(self.columns.roles) - 1 if self.columns else 0
        line = self.lines[at][1]
        if width < 1 or not self._follows(at + 1) or len(line) > 150:
            return False
        number = self._counted and number_parts(plain(line))
        if self._begins_row(line) and not number:
            return False
        following = self.lines[at + 1][1]
        return 0 < following.count("\t") <= width and begins_small(plain(following)) and not self._look.mostly_small

    @property
    def _look(self) -> "Look":
        width = len(self.columns.roles) - 1 if self.columns else 0
        if width not in self.looks:
            self.looks[width] = Look.of([line for _number, line in self.lines], width)
        return self.looks[width]

    def _ends_last_cell(self, row: str, line: str) -> bool:
        """Whether a line under a whole row belongs to its last cell."""
        cells, role = row.split("\t"), self.columns.roles[-1] if self.columns else ""
        if not cells[-1].strip():
            return False
        if REST_OF_DATE.match(line) or self._is_last_cell(line):
            return True
        if line.rstrip().endswith(".") and role in ("responsible", "deadline"):
            return False
        return self._counted or not unfinished(plain(cells[0])) or unfinished(plain(cells[-1]))

    def _is_last_cell(self, line: str) -> bool:
        """Whether a bare line is what the last cells of other rows hold, word for word: «Куратор»."""
        return "\t" not in line and plain(line) in self._look.last_cells

    def _begins_row(self, line: str) -> bool:
        cells = [plain(cell) for cell in line.split("\t")]
        if line.lstrip(" ").startswith(("\t", "**", "<b>", "<strong>")) or stage_heading(cells[0]):
            return True
        if SIGNED.match(cells[0]) and NAME.search(cells[-1]):
            return True
        if roman_heading(cells[0]) or is_page_number(plain(line)) or _columns(line):
            return True
        return self._counted and len(cells) > 1 and bool(number_parts(cells[0]))


def _goes_on(above: str, line: str) -> bool:
    """Whether a line goes on with a cell: a small letter, a year after its month, the next point of a list."""
    text, cell = plain(line), plain(above.split("\t")[-1])
    if begins_small(text) or unfinished(cell) or REST_OF_DATE.match(text) or LISTED.match(text):
        return True
    point, points = POINT.match(text), POINT.findall(cell)
    return point is not None and bool(points) and int(point.group(1)) == int(points[-1]) + 1


def _columns(line: str) -> Columns | None:
    if "\t" not in line or begins_small(plain(line)):
        return None
    return read_columns(TableRow(tuple(line.split("\t"))))


def _known(columns: Columns) -> int:
    return sum(role != "other" for role in columns.roles)


def _goes_on_in_head(line: str) -> bool:
    return begins_small(plain(line)) and not line.startswith("\t")


def _ends_head(line: str) -> bool:
    """The second half of the last heading: «исполнители»."""
    return "\t" not in line and len(line.split()) < 3 and begins_small(plain(line))
