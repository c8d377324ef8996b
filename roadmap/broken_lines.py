"""Rows of a table that a text file has broken at the line breaks inside their cells, put together again.

A text exported from Word keeps the line breaks of a cell, so that one row is several lines. How many tabs a row has
is told by the head of the table. Nothing is joined across a blank line.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap.blocks import TableRow
from roadmap.columns import Columns, names_numbers, plain, read_columns
from roadmap.headings import begins_small, number_parts, roman_heading, stage_heading, unfinished

LINES_OF_HEAD = 6
LINES_OF_ROW = 25

NumberedLine = tuple[int, str]


def whole_rows(lines: Iterable[NumberedLine]) -> list[NumberedLine]:
    """The lines with their numbers, those of one row joined by a line feed; the first line gives the number."""
    return BrokenLines(list(lines)).join()


@dataclass
class BrokenLines:
    lines: list[NumberedLine]
    columns: Columns | None = None

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
        if self.columns is None or "\t" not in line:
            return 0
        counted = self.columns.roles[0] == "number"
        first = plain(line.split("\t")[0])
        if counted and first and not number_parts(first):
            return 0
        width, tabs, count, small = len(self.columns.roles) - 1, line.count("\t"), 1, True
        while count < LINES_OF_ROW and self._follows(at + count):
            following = self.lines[at + count][1]
            goes_on = begins_small(plain(following)) or unfinished(plain(self.lines[at + count - 1][1]))
            if self._begins_row(following, counted) or tabs + following.count("\t") > width:
                break
            if (tabs >= width or not counted) and not goes_on:
                break
            if tabs >= width and (not counted or not line.split("\t")[-1].strip() or following.rstrip().endswith(".")):
                break
            small = small and goes_on
            tabs, count, line = tabs + following.count("\t"), count + 1, following
        return count if count > 1 and (tabs >= width or small) else 0

    def _begins_row(self, line: str, counted: bool) -> bool:
        cells = [plain(cell) for cell in line.split("\t")]
        if line.lstrip(" ").startswith(("\t", "**", "<b>", "<strong>")) or stage_heading(cells[0]):
            return True
        if roman_heading(cells[0]) or _columns(line):
            return True
        return counted and len(cells) > 1 and bool(number_parts(cells[0]))


def _columns(line: str) -> Columns | None:
    return read_columns(TableRow(tuple(line.split("\t")))) if "\t" in line else None


def _known(columns: Columns) -> int:
    return sum(role != "other" for role in columns.roles)


def _goes_on_in_head(line: str) -> bool:
    return begins_small(plain(line)) and not line.startswith("\t")


def _ends_head(line: str) -> bool:
    """The second half of the last heading: «исполнители»."""
    return "\t" not in line and len(line.split()) < 3 and begins_small(plain(line))
