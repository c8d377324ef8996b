"""What the rows under a registry's header are: people, or headings, totals, signatures, repeated headers.

The order of the questions matters: a row is taken for a person only when nothing else explains it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from participants.registry_cells import cell_text, shortened
from participants.registry_columns import DERIVED, NAME_FIELDS, NUMBER, UNKNOWN, Kind, fold_header, is_name_header
from participants.registry_header import header_at, others_name_columns
from participants.registry_header_columns import Column, Header
from participants.registry_names import is_person
from participants.registry_report import Sentence
from participants.sheet_files import Cell, Sheet

TOTAL = re.compile(r"^(?:итого|всего|итог|общее количество|количество)(?![а-яё])", re.IGNORECASE)
SIGNATURE = re.compile(
    r"^(?:(?:и\.? ?о\.? )?директор|заведующ|заместител|зам\b|куратор|исполнител|исп\b|составил|ответственн|подпис"
    r"|согласован|утвержд|руководител|секретар|координатор|м\.? ?п\.?$|примечани|дата (?:составлен|заполнен)|\*)",
    re.IGNORECASE,
)
NUMBER_OF_COLUMN = re.compile(r"\(?\d{1,2}\)?\.?")
MAYBE_NAME_HEADER = re.compile(r"ф\W*и|фамил", re.IGNORECASE)


@dataclass
class Table:
    """A sheet with the header in force; a second header further down replaces it."""

    sheet: Sheet
    header: Header
    kind: Kind
    meanings: Mapping[str, str] = field(default_factory=dict)
    is_foreign: bool = False

    def __post_init__(self) -> None:
        self.others_names = others_name_columns(self.header, self.kind)
        self.fields = {column.field for column in self.header.columns}
        self.name_columns = {column.index for column in self.header.of(*NAME_FIELDS)}
        self._titles = {column.index: column.header for column in self.header.columns}
        self._first_letters = {index: _first_letters(title) for index, title in self._titles.items()}
        first_name_column = min(self.name_columns)
        self._continued = {
            row: first
            for first, left, last, right in self.sheet.merged
            if left <= first_name_column <= right and first >= self.header.data_row
            for row in range(first + 1, min(last + 1, len(self.sheet.rows)))
        }

    def continues(self, row: int) -> int | None:
        """The row (from 0) whose merged name cell reaches down to this one."""
        return self._continued.get(row)

    def title(self, index: int) -> str:
        return self._titles.get(index, "")

    def may_repeat_title(self, index: int, text: str) -> bool:
        """Whether a word of the column's title begins as the text does: nearly every value is told by that alone."""
        return text[0].isascii() or text[0].casefold() in self._first_letters.get(index, ())


def why_no_person(table: Table, row: int, texts: list[str]) -> Sentence | None:
    """Why the row, given as texts of its cells, holds no new person; None when it has to be read as one."""
    filled = {index: text for index, text in enumerate(texts) if text}
    if not filled:
        return Sentence(_("The row is empty."))
    first = table.continues(row)
    if first is not None:
        return Sentence(_("The row continues row %(row)s: the cell with the name is merged."), {"row": first + 1})
    values = list(filled.values())
    if _is_row_of_numbers(values, table):
        return Sentence(_("The row holds the numbers of the columns."))
    line = shortened(" ".join(values))
    if TOTAL.match(values[0]) and not _names_person(table, filled):
        return Sentence(_("The row holds a total: “%(text)s”."), {"text": line})
    if _is_signature(table, filled):
        return Sentence(_("The row holds a signature or a note: “%(text)s”."), {"text": line})
    if _is_repeated_header(table, filled):
        return Sentence(_("The header is repeated."))
    if table.is_foreign:
        return Sentence(_("The row belongs to another table: “%(text)s”."), {"text": line})
    return _why_no_own_values(table, filled, line)


def next_table(table: Table, row: int, texts: list[str]) -> Table | None:
    """The table that begins in this row, when the row is a header other than the one in force."""
    if not any(MAYBE_NAME_HEADER.search(text) and is_name_header(fold_header(text)) for text in texts):
        return None
    if _is_repeated_header(table, {index: text for index, text in enumerate(texts) if text}):
        return None
    own = header_at(table.sheet, row, table.kind, table.meanings)
    other = header_at(table.sheet, row, table.kind.other)
    if max(own.score, other.score) < 3 or not (own.has_name or other.has_name):
        return None
    if own.has_name and own.score >= other.score:
        return Table(table.sheet, own, table.kind, table.meanings)
    return Table(table.sheet, table.header, table.kind, table.meanings, is_foreign=True)


def _why_no_own_values(table: Table, filled: dict[int, str], line: str) -> Sentence | None:
    columns = {column.index: column for column in table.header.columns}
    own = {index: text for index, text in filled.items() if not _is_beside(columns.get(index))}
    if not own:
        if any(columns[index].field == DERIVED for index in filled if index in columns):
            return Sentence(
                _("The row has no person of its own, only columns that come from the pairs: “%(text)s”."),
                {"text": line},
            )
        if all(re.fullmatch(r"[\d.]+", text) for text in filled.values()):
            return Sentence(_("The row holds a number and nothing else."))
        return Sentence(_("The row holds a heading: “%(text)s”."), {"text": line})
    if len(own) > 1 or any(index in filled and filled[index][0].isdigit() for index in _number_columns(table)):
        return None
    ((index, text),) = own.items()
    if index in table.name_columns and is_person(text):
        return None
    if index in table.name_columns or index not in columns or columns[index].field == UNKNOWN:
        return Sentence(_("The row holds a heading: “%(text)s”."), {"text": line})
    return Sentence(_("The row has no name, only “%(text)s”."), {"text": line})


def _is_beside(column: Column | None) -> bool:
    """Columns that say nothing about the row's own person."""
    return column is None or column.field in (NUMBER, DERIVED)


def _number_columns(table: Table) -> list[int]:
    return [column.index for column in table.header.of(NUMBER)]


def _is_row_of_numbers(values: list[str], table: Table) -> bool:
    """«1 2 3 4 …» under the header: whole numbers in a row, one for nearly every column."""
    if len(values) < min(3, len(table.header.columns)) or len(values) < 2:
        return False
    if not all(map(NUMBER_OF_COLUMN.fullmatch, values)):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in values]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _names_person(table: Table, filled: dict[int, str]) -> bool:
    return any(is_person(filled[index]) for index in table.name_columns if index in filled)


def _is_signature(table: Table, filled: dict[int, str]) -> bool:
    """«Директор ____ Иванова И. И.»: words of a signature outside the columns where they would describe a person."""
    index, text = next(iter(filled.items()))
    if any("___" in value for value in filled.values()):
        return True
    if not SIGNATURE.match(text):
        return False
    numbers = _number_columns(table)
    if index in numbers:
        return True
    return not _names_person(table, filled) and (index in table.name_columns or len(filled) == 1)


def _is_repeated_header(table: Table, filled: dict[int, str]) -> bool:
    alike = {index for index, text in filled.items() if table.may_repeat_title(index, text)}
    names = [index for index in table.name_columns if index in filled]
    if names and not any(index in alike and _is_part(filled[index], table.title(index)) for index in names):
        return False
    same = sum(1 for index in alike if fold_header(filled[index]) and _is_part(filled[index], table.title(index)))
    return same >= 2 and same * 3 >= len(filled) * 2


def _first_letters(title: str) -> frozenset[str]:
    """The letters with which words of a title begin, «ё» beside «е» since they do not count as different."""
    letters = {word[0] for word in fold_header(title).split()}
    return frozenset(letters | ({"ё"} if "е" in letters else set()))


def _is_part(text: str, title: str) -> bool:
    """Whether the text is the header of its column, or one line of a header in several lines."""
    return bool(title) and f" {fold_header(text)} " in f" {fold_header(title)} " and len(text) > 1


def row_texts(cells: list[Cell]) -> list[str]:
    """The cells of a row as texts on one line."""
    return [cell_text(cell) if cell != "" else "" for cell in cells]
