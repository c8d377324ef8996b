"""Finding the header of a registry on a sheet: below titles, in one line or in several, merged or not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from participants.registry_cells import cell_text
from participants.registry_columns import (
    DERIVED,
    EVIDENCE,
    NAME_FIELDS,
    Kind,
    column_field,
    fold_header,
    is_name_header,
    speaks_of,
)
from participants.registry_header_columns import (
    HEADER_LINES,
    Column,
    Header,
    attributed,
    field_of,
    header_texts,
    is_others_name,
    is_subheader,
    last_name_alone,
)
from participants.registry_headless import begins_with_person, fields_by_values, is_row_of_person
from participants.registry_report import UnreadableRegistry
from participants.sheet_files import Sheet, open_sheets

SEARCHED_ROWS = 60
NO_HEADER = -1  # in the place of the header's row: the first row of the sheet is a person already
NAME_EXAMPLES = {Kind.MENTORS: "«ФИО наставника»", Kind.MENTEES: "«ФИО наставляемого»"}


@dataclass(frozen=True)
class Choice:
    """What people have said of a file, where the words of its headers do not say enough.

    `sheet` is the place of the sheet in the file and `header_row` the row of its header, both counted from 0, or
    NO_HEADER where the table has none;
    `fields` is {place of the column: field} of that header; `meanings` is {folded header: field}, remembered from
    earlier files. What is empty is found out by the words.
    """

    sheet: int | None = None
    header_row: int | None = None
    fields: Mapping[int, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)


AS_READ = Choice()  # nobody has said anything


@dataclass
class ChosenSheet:
    """The sheet with the registry, its header, and the names of other sheets that hold such a table too.

    `is_titled_otherwise`: the name of the sheet or the lines above the table speak of the other registry alone.
    """

    sheet: Sheet
    header: Header
    others: list[str]
    is_titled_otherwise: bool


def read_sheet(data: bytes, name: str, kind: Kind, choice: Choice = AS_READ) -> ChosenSheet:
    """Open a file and choose the sheet whose header is that of the registry; UnreadableRegistry if none."""
    return choose_sheet(open_sheets(data, name), kind, choice)


def choose_sheet(sheets: list[Sheet], kind: Kind, choice: Choice = AS_READ) -> ChosenSheet:
    """The sheet whose header is that of the registry, or the one that a person has chosen; UnreadableRegistry if none."""
    if choice.sheet is not None and choice.sheet < len(sheets):
        sheet = sheets[choice.sheet]
        return ChosenSheet(sheet, chosen_header(sheet, kind, choice), others=[], is_titled_otherwise=False)
    found: list[tuple[tuple[bool, bool, bool, int, int], Sheet, Header]] = []
    refusals: list[tuple[tuple[int, int], UnreadableRegistry]] = []
    for sheet in sheets:
        try:
            header = find_header(sheet, kind, choice.meanings)
        except UnreadableRegistry as refusal:
            refusals.append((refusal_weight(refusal, sheet), refusal))
        else:
            found.append((_rank(sheet, header, kind), sheet, header))
    if not found:
        raise max(refusals, key=lambda pair: pair[0])[1]
    best, sheet, header = max(found, key=lambda triple: triple[0])
    others = [
        other.sheet_name
        for rank, other, _header in found
        if other.sheet_name != sheet.sheet_name and rank[0] and rank[2] and not other.is_hidden
    ]
    return ChosenSheet(sheet, header, others, is_titled_otherwise=not best[0])


def chosen_header(sheet: Sheet, kind: Kind, choice: Choice) -> Header:
    """The header in the row that a person has chosen, its columns as the person understands them.

    Raises UnreadableRegistry where no column holds the names.
    """
    if choice.header_row is None or choice.header_row >= len(sheet.rows):
        header = find_header(sheet, kind, choice.meanings)
    elif choice.header_row == NO_HEADER:
        header = header_by_values(sheet)
    else:
        header = header_at(sheet, choice.header_row, kind, choice.meanings)
    if choice.fields:
        titles = {column.index: column.header for column in header.columns}
        known = {column.index: column.field for column in header.columns} | dict(choice.fields)
        columns = [Column(index, titles.get(index, column_letters(index)), known[index]) for index in sorted(known)]
        header = Header(header.row, header.data_row, header.is_full, last_name_alone(columns))
    if not header.has_name:
        raise MissingColumn(kind, header, sheet)
    return header


def header_by_values(sheet: Sheet) -> Header:
    """What stands in the place of a header where a table has none: columns by their letters, told by their values."""
    fields = fields_by_values(sheet.rows)
    columns = [Column(index, column_letters(index), field) for index, field in enumerate(fields)]
    return Header(NO_HEADER, 0, is_full=True, columns=columns)


def column_letters(index: int) -> str:
    """The name that Excel shows for the column at that place, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def find_header(sheet: Sheet, kind: Kind, meanings: Mapping[str, str] | None = None) -> Header:
    """The header of a registry of this kind among the first rows of a sheet.

    Raises UnreadableRegistry that names the missing column and the headers that were found, or says that the table
    is the other registry.
    """
    top = Sheet(
        sheet.sheet_name,
        sheet.rows[: SEARCHED_ROWS + HEADER_LINES],
        [area for area in sheet.merged if area[0] < SEARCHED_ROWS],
    )
    candidates: list[Header] = []
    inner_rows: set[int] = set()
    for row in range(min(SEARCHED_ROWS, len(top.rows))):
        if row not in inner_rows:
            header = header_at(top, row, kind, meanings)
            candidates.append(header)
            if header.is_full and _is_convincing(header):
                inner_rows.update(range(row + 1, header.data_row))
    # A cell «учитель» or «школа № 5» of a person's row sounds like a header; the name beside it does not.
    candidates = [header for header in candidates if not is_row_of_person(top.rows[header.row])]
    named = [header for header in candidates if _is_convincing(header)]
    own = [header for header in named if not _is_other_registry(header, kind)]
    if own:
        # The first good header, not the longest: a second table further down may have more columns.
        best_score = max(header.score for header in own)
        enough = [header for header in own if header.score * 5 >= best_score * 3]
        found = next((header for header in enough if header.is_full), enough[0])
        refuse_twice_named(found, sheet)
        return found
    if begins_with_person(top.rows):
        raise WithoutHeader(kind, header_by_values(sheet), sheet)
    for header in candidates:
        refuse_twice_named(header, sheet)
    nameless = max(candidates, key=lambda header: header.score, default=None)
    if named or (nameless is not None and _is_other_registry(nameless, kind)):
        raise WrongKind(kind)
    if nameless is not None and nameless.score >= 2:
        raise MissingColumn(kind, nameless, sheet)
    raise NoHeader(kind, _likely_header(candidates, sheet), sheet)


def _likely_header(candidates: list[Header], sheet: Sheet) -> Header | None:
    """Where no header is understood: the first row with two texts and something below it; None where is none."""
    for header in candidates:
        texts = {cell_text(cell) for cell in sheet.rows[header.row] if isinstance(cell, str)} - {""}
        if len(texts) > 1 and any(any(row_cell != "" for row_cell in row) for row in sheet.rows[header.data_row :]):
            return header
    return None


class WrongKind(UnreadableRegistry):
    def __init__(self, kind: Kind) -> None:
        if kind is Kind.MENTORS:
            super().__init__(
                _(
                    "This is a registry of mentees, and a registry of mentors was asked for. "
                    "Choose the other kind or file."
                )
            )
        else:
            super().__init__(
                _(
                    "This is a registry of mentors, and a registry of mentees was asked for. "
                    "Choose the other kind or file."
                )
            )


class UnclearHeader(UnreadableRegistry):
    """The columns are not understood, and a person can say what they mean; `header` is None where there is no table."""

    def __init__(self, header: Header | None, sheet: Sheet, message: Any, /, **values: object) -> None:
        self.header, self.sheet = header, sheet
        super().__init__(message, **values)


class MissingColumn(UnclearHeader):
    def __init__(self, kind: Kind, header: Header, sheet: Sheet) -> None:
        texts = list(dict.fromkeys(column.header for column in header.columns if column.header))
        super().__init__(
            header,
            sheet,
            _(
                "There is no column with names (%(column)s). Headers found in row %(row)s: %(headers)s. "
                "Add the column and try again."
            ),
            column=NAME_EXAMPLES[kind],
            row=header.row + 1,
            headers=", ".join(f"«{text[:60]}»" for text in texts[:20]),
        )


class NoHeader(UnclearHeader):
    def __init__(self, kind: Kind, header: Header | None, sheet: Sheet) -> None:
        super().__init__(
            header,
            sheet,
            _(
                "No table header was found on the sheet “%(sheet)s”. "
                "It needs a row of headers with the column %(column)s."
            ),
            sheet=sheet.sheet_name,
            column=NAME_EXAMPLES[kind],
        )


class WithoutHeader(NoHeader):
    """The table begins with a person at once; `header` tells its columns by their values."""


class TwiceNamed(UnclearHeader):
    def __init__(self, header: Header, sheet: Sheet, title: str, columns: list[Column]) -> None:
        super().__init__(
            header,
            sheet,
            _(
                "Two columns with names are called «%(title)s» (columns %(columns)s). "
                "Rename the one that holds other people, or say which one counts."
            ),
            title=title[:60],
            columns=", ".join(column_letters(column.index) for column in columns),
        )


def refuse_twice_named(header: Header, sheet: Sheet) -> None:
    """Raise TwiceNamed where two columns of names have one title and no merged cell makes them one column."""
    same: dict[str, list[Column]] = {}
    for column in header.of("full_name", "last_name"):
        same.setdefault(column.header, []).append(column)
    for title, columns in same.items():
        one_cell = any(
            left <= columns[0].index and columns[-1].index <= right
            for first, left, last, right in sheet.merged
            if first <= header.data_row - 1 and last >= header.row
        )
        if len(columns) > 1 and not one_cell:
            raise TwiceNamed(header, sheet, title, columns)


def others_name_columns(header: Header, kind: Kind) -> list[Column]:
    """The columns that name the other party of the pair, which the portal fills itself."""
    return [column for column in header.of(DERIVED) if is_others_name(column, kind)]


def refusal_weight(refusal: UnreadableRegistry, sheet: Sheet) -> tuple[int, int]:
    """Which of several sheets' refusals says most: the wrong registry, a missing column, the widest unknown table."""
    if isinstance(refusal, WrongKind):
        return 4, 0
    if isinstance(refusal, NoHeader):
        # The cells of a csv file divided at the wrong sign are fewer.
        return (int(not sheet.is_hidden) * 2, len(refusal.header.columns)) if refusal.header else (0, len(sheet.rows))
    return 3, 0


def header_at(sheet: Sheet, row: int, kind: Kind, meanings: Mapping[str, str] | None = None) -> Header:
    """The table header that would begin in this row, its columns understood for this kind of registry.

    `meanings` is {folded header: field}, what people have said of such headers; it goes before the words.
    """
    lines = max((last - row + 1 for first, _left, last, _right in sheet.merged if first == row), default=1)
    lines = min(lines, HEADER_LINES, len(sheet.rows) - row)
    while lines < HEADER_LINES and is_subheader(sheet, row, row + lines, kind):
        lines += 1
    texts = header_texts(sheet, row, lines)
    columns = [
        Column(index, text, field_of(text, parents, kind)) for index, (text, parents) in enumerate(texts) if text
    ]
    is_full = len({cell_text(cell) for cell in sheet.rows[row]} - {""}) > 1
    columns = last_name_alone(_as_said(attributed(_as_said(columns, meanings), kind), meanings))
    return Header(row, row + lines, is_full, columns)


def _as_said(columns: list[Column], meanings: Mapping[str, str] | None) -> list[Column]:
    if not meanings:
        return columns
    return [
        Column(column.index, column.header, meanings.get(fold_header(column.header), column.field))
        for column in columns
    ]


# --- how convincing -------------------------------------------------------------------------------------------------
def _is_convincing(header: Header) -> bool:
    """A row of headers, not a title that happens to hold the word: a name column and another that is understood."""
    names = [column for column in header.columns if column.field in NAME_FIELDS]
    if not header.has_name:
        return False
    is_bare_word = all(
        not is_name_header(fold_header(column.header)) for column in names if column.field == "full_name"
    )
    if header.of("full_name") and is_bare_word and not header.of("last_name"):
        return header.score >= 3
    return header.score >= 2 or (len(header.columns) == 1 and len(names[0].header) <= 40)


def _is_other_registry(header: Header, kind: Kind) -> bool:
    """Whether the header is that of the other registry: its own columns, its own name first."""
    folded = [fold_header(column.header) for column in header.columns]
    names = [text for text in folded if is_name_header(text) and (speaks_of(text, kind) or speaks_of(text, kind.other))]
    ours, theirs = (_evidence(folded, party) for party in (kind, kind.other))
    if not names:
        neutral_name = bool(header.of(*NAME_FIELDS))
        return theirs >= 2 and ours == 0 and neutral_name
    is_theirs_first = speaks_of(names[0], kind.other) and not speaks_of(names[0], kind)
    has_own_name = header.has_name
    return is_theirs_first and (not has_own_name or theirs > ours)


def _evidence(headers: list[str], kind: Kind) -> int:
    """How many columns only this form has; data about its own party alone count as one."""
    fields = {column_field(header, kind) for header in headers}
    workplaces_of_others = sum(1 for text in headers if re.search(r"\bмест", text) and speaks_of(text, kind.other))
    personal = [text for text in headers if not is_name_header(text) and not re.search(r"\bмест", text)]
    is_about_own_alone = any(speaks_of(text, kind) for text in personal) and not any(
        speaks_of(text, kind.other) for text in personal
    )
    return len(fields & EVIDENCE[kind]) + workplaces_of_others + is_about_own_alone


def _rank(sheet: Sheet, header: Header, kind: Kind) -> tuple[bool, bool, bool, int, int]:
    titles = [sheet.sheet_name] + [cell_text(cell) for row in sheet.rows[: header.row] for cell in row]
    words = fold_header(" ".join(titles)[:2000])
    leaning = int(speaks_of(words, kind)) - int(speaks_of(words, kind.other))
    has_data = any(any(cell_text(cell) for cell in row) for row in sheet.rows[header.data_row : header.data_row + 100])
    return leaning >= 0, not sheet.is_hidden, has_data, leaning, header.score
