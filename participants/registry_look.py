"""A look at a registry file before it is read: its sheets, its header, each column with its guess and some values.

For the page on which a curator says what the columns mean. No database and no clock.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from participants.registry_cells import shortened
from participants.registry_columns import FIELDS, UNKNOWN, Kind, fold_header
from participants.registry_header import (
    AS_READ,
    NO_HEADER,
    SEARCHED_ROWS,
    Choice,
    ChosenSheet,
    MissingColumn,
    NoHeader,
    UnclearHeader,
    WithoutHeader,
    choose_sheet,
    column_letters,
    header_at,
    header_by_values,
)
from participants.registry_header_columns import Header
from participants.registry_report import Sentence
from participants.registry_rows import Table, row_texts, why_no_person
from participants.sheet_files import Sheet

SAMPLES = 3
LOOKED_AT = 200  # rows under the header in which values are looked for
FIRST_ROWS = SEARCHED_ROWS + LOOKED_AT + 40  # of each sheet, enough for a look
WHICH_ROW = _(
    "The headers of this table were not recognized. Say in which row they stand and what each column holds; one of the "
    "columns must hold the names."
)
NO_HEADERS = _(
    "This table has no row of headers: its first row is a person already, and it will be read as one. Look what each "
    "column was taken for; one of them must hold the names."
)
WHICH_COLUMN = _(
    "No column with names was recognized in row %(row)s. Say which column holds them, or in which row the headers stand."
)


@dataclass(frozen=True)
class LookedColumn:
    """A column of the header: its place from 0, its title, up to three of its values, the field it seems to fill."""

    index: int
    header: str
    samples: list[str]
    field: str
    is_remembered: bool


@dataclass(frozen=True)
class Look:
    """What was found in a file. Places are counted from 0; `header_row` is NO_HEADER for a table without headers.

    `rows` are the first rows of the sheet in a few words, for choosing the header; `row_count` counts the rows under
    the header, empty ones included; `fault` says why the file cannot be read as it was understood.
    """

    sheets: list[str]
    sheet: int
    header_row: int
    rows: list[str]
    row_count: int
    columns: list[LookedColumn]
    fault: str = ""

    def as_kept(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "columns": [vars(column) for column in self.columns]}


def look_at(sheets: list[Sheet], kind: Kind | str, choice: Choice = AS_READ) -> Look:
    """Look at the sheets of a file. Raises UnreadableRegistry where there is no table to speak of."""
    kind, fault = Kind(kind), ""
    try:
        chosen = choose_sheet(sheets, kind, choice)
    except UnclearHeader as refusal:
        if refusal.header is None:
            raise
        fault = _fault(refusal, refusal.header)
        chosen = ChosenSheet(refusal.sheet, refusal.header, [], is_titled_otherwise=False)
    header = _chosen_row(chosen, kind, choice)
    place = next(place for place, sheet in enumerate(sheets) if sheet is chosen.sheet)
    names = [sheet.sheet_name for sheet in sheets]
    return Look(
        sheets=names if len(set(names)) == len(names) else [],
        sheet=place,
        header_row=header.row,
        rows=[shortened(" · ".join(filter(None, row_texts(row))), 90) for row in chosen.sheet.rows[:SEARCHED_ROWS]],
        row_count=max(0, chosen.sheet.row_count - header.data_row),
        columns=_columns(chosen.sheet, header, kind, choice),
        fault=fault,
    )


def _fault(refusal: UnclearHeader, header: Header) -> str:
    """Why the file cannot be read as it is, said to somebody who can choose its header and its columns."""
    if isinstance(refusal, WithoutHeader):
        return str(NO_HEADERS)
    if isinstance(refusal, NoHeader):
        return str(WHICH_ROW)
    if isinstance(refusal, MissingColumn):
        return str(Sentence(WHICH_COLUMN, {"row": header.row + 1}))
    return str(refusal)


def _chosen_row(chosen: ChosenSheet, kind: Kind, choice: Choice) -> Header:
    """The header as its words say, whatever a person has said of its columns."""
    row = choice.header_row
    if row == NO_HEADER:
        return header_by_values(chosen.sheet)
    if row is not None and row < len(chosen.sheet.rows):
        return header_at(chosen.sheet, row, kind, choice.meanings)
    return chosen.header


def _columns(sheet: Sheet, header: Header, kind: Kind, choice: Choice) -> list[LookedColumn]:
    titles = {column.index: column for column in header.columns}
    samples = _samples(sheet, header, kind)
    places = sorted(titles.keys() | samples.keys())
    columns = []
    for index in places:
        title = titles[index].header if index in titles else column_letters(index)
        guess = titles[index].field if index in titles else UNKNOWN
        field = choice.fields.get(index, guess if guess in FIELDS[kind] else UNKNOWN)
        is_remembered = header.row != NO_HEADER and fold_header(title) in choice.meanings
        columns.append(LookedColumn(index, title, samples.get(index, []), field, is_remembered))
    return columns


def _samples(sheet: Sheet, header: Header, kind: Kind) -> dict[int, list[str]]:
    """{place of a column: its first different values} from rows that hold people, where that can be told."""
    table = Table(sheet, header, kind) if header.has_name else None
    samples: dict[int, list[str]] = {}
    for row in range(header.data_row, min(len(sheet.rows), header.data_row + LOOKED_AT)):
        texts = row_texts(sheet.rows[row])
        if table is not None and why_no_person(table, row, texts) is not None:
            continue
        for index, text in enumerate(texts):
            values = samples.setdefault(index, []) if text else []
            if text and len(values) < SAMPLES and shortened(text, 60) not in values:
                values.append(shortened(text, 60))
    return samples
