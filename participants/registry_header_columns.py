"""The columns under a header of a registry: the texts of its cells, in one line or several, and the field of each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from participants.registry_cells import cell_text
from participants.registry_columns import (
    DERIVED,
    FALLBACKS,
    NAME_FIELDS,
    NUMBER,
    PERSONAL_FIELDS,
    SHARED_PERSONAL_FIELDS,
    UNKNOWN,
    Kind,
    column_field,
    fold_header,
    is_name_header,
    speaks_of,
)
from participants.sheet_files import Cell, Sheet

HEADER_LINES = 3
SUBHEADER_WORDS = re.compile(
    r"^(?:дата|№|номер|всего|общий|год|часы|да|начал\w*|окончан\w*|в (?:данн|этой|оу|оо|доу).*)$"
)


@dataclass(frozen=True)
class Column:
    """A column of the table: its place counted from 0, its header on one line, the field that it fills."""

    index: int
    header: str
    field: str


@dataclass
class Header:
    """The header of a table. Rows are counted from 0; the data begin at `data_row`; `row` may be NO_HEADER.

    `is_full`: the first line holds more than one text, as a title does not.
    """

    row: int
    data_row: int
    is_full: bool
    columns: list[Column] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_field: dict[str, list[Column]] = {}
        self._found: dict[tuple[str, ...], list[Column]] = {}
        for column in self.columns:
            self._by_field.setdefault(column.field, []).append(column)

    def of(self, *fields: str) -> list[Column]:
        """The columns that fill one of the fields, from left to right; not to be changed."""
        if len(fields) == 1:
            return self._by_field.get(fields[0], [])
        found = self._found.get(fields)
        if found is None:
            found = self._found[fields] = [column for column in self.columns if column.field in fields]
        return found

    @property
    def score(self) -> int:
        """How many columns were understood."""
        return len({column.header for column in self.columns if column.field != UNKNOWN})

    @property
    def has_name(self) -> bool:
        return bool(self.of("full_name")) or (
            bool(self.of("last_name")) and bool(self.of("first_name", "first_and_patronymic"))
        )


def header_texts(sheet: Sheet, row: int, lines: int) -> list[tuple[str, str]]:
    """For every column its whole header, and the part of it that stands above the last line."""
    block = [_line_texts(sheet, line, row) for line in range(row, row + lines)]
    width = max(map(len, block), default=0)
    block = [line + [""] * (width - len(line)) for line in block]  # lines of a csv file differ in length
    texts: list[tuple[str, str]] = []
    for index in range(width):
        parts = list(dict.fromkeys(line[index] for line in block if line[index]))
        if parts and lines > 1 and block[0][index] != parts[0]:
            parent = _parent_to_the_left(block[0], block[1], index)
            parts = [parent, *parts] if parent else parts
        texts.append((" ".join(parts), " ".join(parts[:-1])))
    return texts


def _line_texts(sheet: Sheet, row: int, top: int) -> list[str]:
    """The cells of a header line as written; a merged area gives its text to all its cells."""
    texts = [_header_text(cell) for cell in sheet.rows[row]]
    for first, left, last, right in sheet.merged:
        if top <= first <= row <= last and left < len(texts):
            source = sheet.rows[first][left] if left < len(sheet.rows[first]) else ""
            for index in range(left, min(right + 1, len(texts))):
                texts[index] = _header_text(source)
    return texts


def _header_text(cell: Cell) -> str:
    """A header cell on one line, words torn by a hyphen at the end of a line put together."""
    return cell_text(re.sub(r"(?<=[а-яё])-[ \t]*[\r\n]+\s*(?=[а-яё])", "", cell) if isinstance(cell, str) else cell)


def _parent_to_the_left(upper: list[str], lower: list[str], index: int) -> str:
    """Without merged areas (csv), «Стаж | | Категория» over «общий | в школе |»: the second column is «Стаж» too."""
    while index > 0 and not upper[index] and lower[index]:
        index -= 1
    return upper[index] if lower[index] else ""


def is_subheader(sheet: Sheet, top: int, row: int, kind: Kind) -> bool:
    """Whether a row continues the header above it: words of headers and nothing of a person."""
    if row >= len(sheet.rows):
        return False
    above = _line_texts(sheet, row - 1, top)
    cells = [(index, cell, cell_text(cell)) for index, cell in enumerate(sheet.rows[row]) if cell_text(cell)]
    if not cells or not all(isinstance(cell, str) for _index, cell, _text in cells):
        return False
    understood = 0
    for index, _cell, text in cells:
        folded = fold_header(text)
        upper = fold_header(above[index]) if index < len(above) else ""
        known = column_field(folded, kind) != UNKNOWN or bool(SUBHEADER_WORDS.match(folded))
        if (
            upper
            and column_field(upper, kind) in NAME_FIELDS
            and not (known and is_name_header(folded))
            and column_field(folded, kind) not in NAME_FIELDS
        ):
            return False
        understood += known
    is_under_a_gap = any(index < len(above) and not above[index] for index, _cell, _text in cells) or any(
        first == row - 1 and right > left for first, left, _last, right in sheet.merged
    )
    return is_under_a_gap and understood * 2 >= len(cells)


def field_of(text: str, parents: str, kind: Kind) -> str:
    folded = fold_header(text)
    found = column_field(folded, kind)
    if found == UNKNOWN and parents:
        # «Сведения о наставляемом» over «Класс»: the lower line alone says what it is.
        lower = fold_header(text[len(parents) :])
        found = UNKNOWN if column_field(lower, kind) == NUMBER else column_field(lower, kind)
    return found


def attributed(columns: list[Column], kind: Kind) -> list[Column]:
    """Columns with their final fields: fallbacks taken or dropped, those of the other party set aside."""
    columns = [*_without_columns_of_others(columns, kind)]
    present = {column.field for column in columns}
    renamed: dict[str, str] = {
        weak: UNKNOWN if strong in present else strong for weak, strong in FALLBACKS.items() if weak in present
    }
    columns = [Column(column.index, column.header, renamed.get(column.field, column.field)) for column in columns]
    first_name_column = next((column for column in columns if column.field == "full_name"), None)
    return [
        Column(column.index, column.header, UNKNOWN)
        if column.field == "full_name" and first_name_column and column.header != first_name_column.header
        else column
        for column in columns
    ]


def last_name_alone(columns: list[Column]) -> list[Column]:
    """«Фамилия» without a column of first names holds the whole name."""
    if {column.field for column in columns} & {"first_name", "first_and_patronymic", "full_name"}:
        return columns
    return [
        Column(column.index, column.header, "full_name") if column.field == "last_name" else column
        for column in columns
    ]


def _without_columns_of_others(columns: list[Column], kind: Kind) -> Iterable[Column]:
    """A bare «Должность» right behind the other party's name belongs to the other party.

    A column about something else, such as the form of mentoring, ends what is said about the other party.
    """
    has_own_name = any(_is_own_name(column) for column in columns)
    ours = [column for column in columns if not _is_behind_others_name(columns, column, kind)]
    for column in columns:
        is_theirs = has_own_name and column not in ours and not speaks_of(fold_header(column.header), kind)
        is_twice = any(other.field == column.field for other in ours)
        if is_theirs and (column.field in PERSONAL_FIELDS or (column.field in SHARED_PERSONAL_FIELDS and is_twice)):
            yield Column(column.index, column.header, DERIVED)
        else:
            yield column


def _is_behind_others_name(columns: list[Column], column: Column, kind: Kind) -> bool:
    """Whether nothing but data of a person stands between the other party's name and the column."""
    for before in reversed(columns[: columns.index(column)]):
        if is_others_name(before, kind):
            return True
        is_theirs = before.field == DERIVED and speaks_of(fold_header(before.header), kind.other)
        if not is_theirs and before.field not in PERSONAL_FIELDS | SHARED_PERSONAL_FIELDS:
            return False
    return False


def _is_own_name(column: Column) -> bool:
    return column.field in NAME_FIELDS or column.field == "person_word"


def is_others_name(column: Column, kind: Kind) -> bool:
    folded = fold_header(column.header)
    return (
        column.field == DERIVED
        and speaks_of(folded, kind.other)
        and (is_name_header(folded) or column_field(folded, kind.other) in NAME_FIELDS | {"person_word"})
    )
