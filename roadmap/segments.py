"""Where in a document the roadmap is: tables with a roadmap's head, and the texts before and between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from roadmap.blocks import Block, Paragraph, Table, TableRow
from roadmap.columns import Columns, first_word, is_foreign_head, is_row_of_column_numbers, plain, read_columns
from roadmap.deadlines import parse
from roadmap.headings import (
    Heading,
    begins_small,
    is_page_number,
    number_parts,
    numbered_heading,
    roman_heading,
    stage_heading,
)
from roadmap.heads import ChosenHead, by_memory

TITLE_WORDS = re.compile(
    r"дорожн\w+ карт|план\w* мероприятий|комплекс\w* мер|план\w* (?:по )?(?:реализаци|внедрени)|программ\w* мероприятий|"
    r"план\w* работы|план\w* по |план\w* действий|календарн\w+ план",
    re.IGNORECASE,
)
OTHER_PAPER = re.compile(
    r"\W*(?:приложение|приказ\b|положение|соглашение|договор|реестр|анкета|журнал|список|согласие|заявление|отч[её]т|"
    r"индивидуальн|персонализированн|показатели|лист регистрации|протокол|форма\b)",
    re.IGNORECASE,
)
PERSONAL_PLAN = re.compile(
    r"индивидуальн|персонализированн|план\w* (?:работы|деятельности) наставник|журнал", re.IGNORECASE
)
APPROVAL = re.compile(r"\W*(?:утвержд|согласован|принят|рассмотрен)", re.IGNORECASE)
MAX_TEXTS_BETWEEN = 8
LINES_OF_TITLE = 15


@dataclass(frozen=True)
class Row:
    """A table row inside the roadmap: cells as in the file and as read, by the columns in force."""

    raw: tuple[str, ...]
    cells: tuple[str, ...]
    row: int
    after_gap: bool
    columns: Columns
    after_head: bool = False

    def cell(self, role: str) -> str:
        return self.columns.cell(self.cells, role)

    @property
    def act_place(self) -> int | None:
        """Where the activity stands: in its column or, where that is empty, in another one of the same name."""
        place = self.columns.index("content")
        if place is None or self.cells[place]:
            return place
        name = first_word(self.columns.headings[place])
        others = (
            at
            for at, role in enumerate(self.columns.roles)
            if role == "other" and self.cells[at] and first_word(self.columns.headings[at]) == name
        )
        return next(others, place) if name else place

    @property
    def act(self) -> str:
        return self.cells[self.act_place] if self.act_place is not None else ""

    @property
    def filled(self) -> list[tuple[int, str]]:
        return [(i, text) for i, text in enumerate(self.cells) if text]

    @property
    def number(self) -> tuple[int, ...]:
        return number_parts(self.cell("number"))


Line = Row | Paragraph


@dataclass
class Segment:
    """A roadmap candidate: `before` are the texts above its first head."""

    columns: Columns
    before: list[Paragraph]
    row: int
    lines: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [line for line in self.lines if isinstance(line, Row)]

    @property
    def is_headed(self) -> bool:
        """Whether something stands between the head and the first row, or in place of it."""
        return not self.lines or not isinstance(self.lines[0], Row)

    def with_roles(self, roles: Sequence[str]) -> "Segment":
        """The same lines under columns whose roles a person has set; tables with other headings keep their own."""
        if len(roles) != len(self.columns.roles):
            return self
        columns = Columns(tuple(roles), self.columns.headings)
        lines: list[Line] = [
            replace(line, columns=columns)
            if isinstance(line, Row) and line.columns.headings == self.columns.headings
            else line
            for line in self.lines
        ]
        return replace(self, columns=columns, lines=lines)

    @property
    def likeness(self) -> float:
        """How much it looks like the roadmap of an organization: its title, its size, its columns."""
        title = " ".join(line.text for line in self.before[-LINES_OF_TITLE:])
        score = min(len(self.rows), 60) / 2 + 3 * len({"deadline", "responsible", "stage"} & set(self.columns.roles))
        score += 10 if TITLE_WORDS.search(title) else 0
        return score - (15 if PERSONAL_PLAN.search(" ".join(line.text for line in self.before[-4:])) else 0)


@dataclass
class Segments:
    """Walks through a document; `found` are the candidates, `ignored` the first rows of tables that are none."""

    found: list[Segment] = field(default_factory=list)
    ignored: list[TableRow] = field(default_factory=list)
    current: Segment | None = None
    columns: Columns | None = None
    head: list[list[str]] = field(default_factory=list)
    texts: list[Paragraph] = field(default_factory=list)
    after_head: bool = False
    # What a person says: where the roadmap begins, and what heads met before hold.
    chosen: ChosenHead | None = None
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def walk(self, blocks: list[Block]) -> "Segments":
        for block in blocks:
            if isinstance(block, Paragraph):
                if self.current and is_page_number(plain(block.text)):
                    continue
                self.texts.append(Paragraph(plain(block.text), block.row, block.bold))
            else:
                self._table(block)
        for segment in self.found:
            self._end_before_another_paper(segment)
        return self

    def _end_before_another_paper(self, segment: Segment) -> None:
        """A sheet may hold an agreement below the roadmap: its lines, each alone in its row, are no stages."""
        start = len(segment.lines)
        while start and _is_alone(segment.lines[start - 1]):
            start -= 1
        for at, line in enumerate(segment.lines[start:], start):
            text = line.filled[0][1] if isinstance(line, Row) and line.filled else ""
            if OTHER_PAPER.match(text) and not text[:1].islower() and isinstance(line, Row):
                self.ignored.append(TableRow(line.raw, line.row))
                del segment.lines[at:]
                return

    def _table(self, table: Table) -> None:
        skip_to = 0
        foreign = False
        noted = len(self.ignored)
        for at, row in enumerate(table.rows):
            if at < skip_to:
                continue
            if self.chosen and row.row == self.chosen.row:
                self._begin(table, at)
                skip_to, foreign = at + 1, False
                continue
            columns, height = self._head(table.rows[at:])
            if columns and self.current and at and self.columns and not _same_table(self.columns, columns):
                columns = columns if is_foreign_head(row) else None
            if columns:
                if all(map(_is_text, table.rows[:at])):
                    del self.ignored[noted:]  # the title of a sheet, above its table
                self.head = _texts_of(table.rows[at : at + height])
                self._open(columns, row)
                skip_to, foreign = at + height, False
            elif foreign:
                self._between(row)
            elif self.current and not (at == 0 and self._is_foreign(row, len(table.rows))):
                self._append(row)
            else:
                foreign = self.current is not None or is_foreign_head(row)
                self._close(row, foreign=foreign, first=at == 0, rows=len(table.rows))

    def _begin(self, table: Table, at: int) -> None:
        """The roadmap begins at this line, as a person has said; what was found above is another one."""
        if self.chosen is None:
            raise ValueError("nothing was chosen")
        self.current = None
        self.head = _texts_of(table.rows[at : at + 1]) if self.chosen.is_head else []
        self._open(self.chosen.columns(table.rows[at]), table.rows[at])
        if not self.chosen.is_head:
            self._append(table.rows[at])

    def _head(self, rows: Sequence[TableRow]) -> tuple[Columns | None, int]:
        """The columns of a head that begins here and how many rows it takes; the same head is as high as before."""
        height = len(self.head)
        if self.current and self.columns and height and _texts_of(rows[:height]) == self.head:
            return self.columns, height
        below = rows[1] if len(rows) > 1 and _texts_of(rows[1:2]) != self.head[:1] else None
        columns, height = _head(rows[0], below)
        columns = by_memory(rows[0], columns, self.known)
        return (_with_number(columns, rows[height:]) if columns else None), height

    def _open(self, columns: Columns, row: TableRow) -> None:
        between = self.texts
        same = self.current is not None and self.columns is not None and _same_table(self.columns, columns)
        if self.current and same and not _breaks(between):
            if len(between) == 1 and not self.current.is_headed and _is_like(between[0], self.current.before[-2:]):
                self.current.lines.insert(0, self.current.before.pop())
            self.current.lines += between
        else:
            above, headings = _without_headings(between)
            self.current = Segment(columns, above, row.row, [*headings])
            self.found.append(self.current)
        self.columns, self.texts, self.after_head = columns, [], True

    def _append(self, row: TableRow) -> None:
        _required(self.current).lines += self.texts
        self.texts = []
        columns = self.columns
        cells = tuple(plain(cell) for cell in row.cells)
        if columns is None or is_row_of_column_numbers(cells):
            return
        raw, missing = row.cells, len(columns.roles) - len(cells)
        if missing > 0 and _lacks_first_cell(cells, columns):
            raw, cells, missing = ("", *raw), ("", *cells), missing - 1
        empty = ("",) * missing
        _required(self.current).lines.append(
            Row(raw + empty, cells + empty, row.row, row.after_gap, columns, self.after_head)
        )
        self.after_head = False

    def _between(self, row: TableRow) -> None:
        """A line alone in its row, under a foreign table of the same sheet, may be the title of the next table."""
        if row.cells and row.cells[0].strip() and not any(cell.strip() for cell in row.cells[1:]):
            self.texts.append(Paragraph(plain(row.cells[0]), row.row))

    def _is_foreign(self, row: TableRow, rows: int) -> bool:
        """Whether a table without a head of its own does not go on with the roadmap."""
        width = len(self.columns.roles) if self.columns else 0
        filled = [place for place, cell in enumerate(row.cells, start=1) if cell.strip()]
        narrow = rows > 1 and len(filled) > 1 and len(row.cells) < width - 1
        return is_foreign_head(row) or max(filled, default=0) > width + 1 or narrow or _breaks(self.texts)

    def _close(self, row: TableRow, *, foreign: bool, first: bool, rows: int) -> None:
        if first and rows > 1 and len(row.cells) > 1 and not APPROVAL.match(plain(row.cells[0])):
            self.ignored.append(row)
        self.current = None
        if not foreign:
            texts = [text for cell in row.cells for line in cell.split("\n") if (text := plain(line))]
            heading = stage_heading(texts[0]) if len(texts) == 2 else None
            if heading and heading.number and not heading.title:
                texts = [" ".join(texts)]
            self.texts += [Paragraph(text, row.row) for text in texts]


def _is_text(row: TableRow) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) < 2


def _is_alone(line: Line) -> bool:
    return not isinstance(line, Row) or len(line.filled) < 2


def _required(segment: Segment | None) -> Segment:
    if segment is None:
        raise ValueError("a row outside every roadmap")
    return segment


def _head(row: TableRow, below: TableRow | None) -> tuple[Columns | None, int]:
    """The columns of a head and how many rows it takes."""
    single = read_columns(row)
    if below is not None and _goes_on_below(row, below) and (single or not read_columns(below)):
        double = read_columns(row, below)
        if double and (single is None or _known(double) >= _known(single)):
            return double, 2
    return single, 1


def _texts_of(rows: Sequence[TableRow]) -> list[list[str]]:
    return [[text.casefold() for cell in row.cells if (text := plain(cell))] for row in rows]


def _with_number(columns: Columns, rows: Sequence[TableRow]) -> Columns:
    """A first column without a heading is that of numbers if numbers are what stands in it."""
    if columns.headings[0] or "number" in columns:
        return columns
    first = [text for row in rows if row.cells and (text := plain(row.cells[0]))]
    counted = [text for row in rows if len(row.cells) > 1 and number_parts(text := plain(row.cells[0]))]
    if not counted or len(counted) * 2 < len(first):
        return columns
    return Columns(("number", *columns.roles[1:]), columns.headings)


def _known(columns: Columns) -> int:
    return sum(role != "other" for role in columns.roles)


def _goes_on_below(row: TableRow, below: TableRow) -> bool:
    lower = [plain(cell) for cell in below.cells]
    filled = [i for i, text in enumerate(lower) if text]
    if not filled or any(len(lower[i]) > 60 or number_parts(lower[i]) or _says_when(lower[i]) for i in filled):
        return False
    upper = [plain(cell) for cell in row.cells] + [""] * len(lower)
    under_merged = all(not upper[i] or not upper[i + 1] for i in filled) and len(filled) > 1
    return all(begins_small(lower[i]) for i in filled) or (under_merged and any(not upper[i] for i in filled))


def _says_when(text: str) -> bool:
    return parse(text, school_year=2023).confidence >= 0.5


def _same_table(one: Columns, other: Columns) -> bool:
    known = [{role for role in columns.roles if role != "other"} for columns in (one, other)]
    return known[0] == known[1] or len(known[0] ^ known[1]) <= 1


def _without_headings(texts: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The texts above a table, and the heading of its first stage if that is their last line."""
    last = texts[-1].text if texts else ""
    heading = stage_heading(last) or roman_heading(last) or _first_heading(last)
    if heading and not TITLE_WORDS.search(last) and not OTHER_PAPER.match(last):
        return texts[:-1], texts[-1:]
    return texts, []


def _first_heading(text: str) -> Heading | None:
    """«1. Подготовка условий» just above the table."""
    heading = numbered_heading(text)
    return heading if heading and heading.number == "1" and len(text) < 160 and not text.endswith((".", ";")) else None


def _is_like(heading: Paragraph, above: list[Paragraph]) -> bool:
    """Whether the line above the first table names a stage, as a line like it names one above the second."""
    if not above or not (first := above[-1]).text:
        return False
    if len(above) > 1 and first.row - above[0].row < 2 and not _is_apart(above[0], first):
        return False
    texts = (heading.text, first.text)
    if any(len(text) > 160 or text.endswith((".", ";", ":")) or TITLE_WORDS.search(text) for text in texts):
        return False
    return (
        first.bold == heading.bold and not re.search(r"20\d\d|[«\"]", first.text) and not OTHER_PAPER.match(first.text)
    )


def _is_apart(title: Paragraph, heading: Paragraph) -> bool:
    """Whether a line with no blank one above is no part of the title: of another type, or after years that end it."""
    return title.bold != heading.bold or re.search(r"20\d\d\s*(?:уч\S*\s*)?г\S*$", title.text) is not None


def _lacks_first_cell(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a short row begins with its second cell, since the first, a merged or a torn one, was left out."""
    if columns.roles[0] not in ("number", "stage") or columns.roles[1:2] == ("other",) or not cells[0]:
        return False
    if sum(map(bool, cells)) < 2 or stage_heading(cells[0]):
        return False
    placed, shifted = _Placed(columns, cells), _Placed(columns, ("", *cells))
    if columns.roles[0] == "number":
        strange = begins_small(cells[0]) and not number_parts(cells[0])
        return strange and not placed.cell("content") and shifted.is_plausible
    return not placed.is_plausible and shifted.is_plausible


@dataclass(frozen=True)
class _Placed:
    """Cells laid under the columns."""

    columns: Columns
    cells: Sequence[str]

    def cell(self, role: str) -> str:
        return self.columns.cell(self.cells, role)

    @property
    def is_plausible(self) -> bool:
        """Whether there is an activity, and what stands in the column of deadlines can be one."""
        deadline = self.cell("deadline")
        return bool(self.cell("content")) and (not deadline or _says_when(deadline))


def _breaks(texts: list[Paragraph]) -> bool:
    """Whether the texts between two tables say that another paper begins."""
    if any(OTHER_PAPER.match(text.text) and not text.text[:1].islower() for text in texts):
        return True
    return len([text for text in texts if not stage_heading(text.text)]) > MAX_TEXTS_BETWEEN
