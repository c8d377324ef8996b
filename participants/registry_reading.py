"""Reading a registry of mentors or mentees from the file in which an organization keeps it.

Forms differ: columns are told by the words of their headers, titles and section headings stand where they like, and
the same person is often written twice. Every row gets a fate and a reason; nothing is dropped silently.
No database and no clock: the day comes in as an argument.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from participants.registry_columns import DERIVED, FIELDS, NAME_FIELDS, SINGLE_FIELDS, UNKNOWN, Kind
from participants.registry_header import AS_READ, Choice, ChosenSheet, choose_sheet
from participants.registry_names import (
    may_be_same_name,
    name_key,
    short_key,
)
from participants.registry_person import RowReader
from participants.registry_report import (
    RegistryReading,
    RegistryRow,
    Remark,
    Sentence,
    Skipped,
    UnreadableRegistry,
)
from participants.registry_rows import Table, next_table, row_texts, why_no_person
from participants.sheet_files import Sheet, open_sheets

__all__ = ["Choice", "Kind", "RegistryReading", "RegistryRow", "UnreadableRegistry", "read_registry", "read_table"]


def read_registry(
    data: bytes, name: str, kind: Kind | str, *, today: date, choice: Choice = AS_READ
) -> RegistryReading:
    """Read a registry file (xlsx or csv) of the given kind, "mentors" or "mentees".

    `name` is the file's name as uploaded, `choice` what people have said of the file. Raises UnreadableRegistry when
    the file as a whole cannot be used.
    """
    return read_table(open_sheets(data, name), kind, today=today, choice=choice)


def read_table(
    sheets: list[Sheet],
    kind: Kind | str,
    *,
    today: date,
    choice: Choice = AS_READ,
    advance: Callable[[int], None] | None = None,
) -> RegistryReading:
    """`read_registry` for a file that is open; `advance` is told of every hundred rows that were read."""
    chosen = choose_sheet(sheets, Kind(kind), choice)
    reading = RegistryReading(chosen.sheet.sheet_name, chosen.header.row + 1)
    reading.remarks.extend(_remarks_on_table(chosen, Kind(kind)))
    table = Table(chosen.sheet, chosen.header, Kind(kind), choice.meanings)
    _fill_merged_cells(table)
    people = _People(reading)
    for row, texts in _data_rows(table):
        if advance is not None and row % 100 == 99:
            advance(100)
        beginning = next_table(table, row, texts)
        if beginning is not None:
            table = beginning
            reading.skipped.append(Skipped(row + 1, Sentence(_("The header of another table begins here."))))
            continue
        if row < table.header.data_row and not table.is_foreign:
            continue
        reason = why_no_person(table, row, texts)
        if reason is not None:
            reading.skipped.append(Skipped(row + 1, reason))
        else:
            people.add(RowReader(table, row, texts, today))
    people.finish()
    if not reading.read:
        raise UnreadableRegistry(
            _("Under the header in row %(row)s of the sheet “%(sheet)s” there is no row with a person."),
            row=reading.header_row,
            sheet=reading.sheet,
        )
    return reading


def _data_rows(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Rows under the header as texts, without the empty ones at the end of the sheet."""
    rows = table.sheet.rows
    end = len(rows)
    while end > table.header.data_row and not any(row_texts(rows[end - 1])):
        end -= 1
    for row in range(table.header.data_row, end):
        yield row, row_texts(rows[row])


def _fill_merged_cells(table: Table) -> None:
    """A cell merged over several people, such as the school of a whole group, counts for each of them."""
    rows, indexes = table.sheet.rows, {column.index for column in table.header.columns} - table.name_columns
    for first, left, last, right in table.sheet.merged:
        if first < table.header.data_row or first == last or right > left or left not in indexes:
            continue
        if first < len(rows) and left < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = rows[first][left]


def _remarks_on_table(chosen: ChosenSheet, kind: Kind) -> Iterator[Remark]:
    row = chosen.header.row + 1
    said: set[str] = set()
    for column in chosen.header.columns:
        if column.header in said:
            continue
        said.add(column.header)
        if column.field == DERIVED:
            message = _("The column was recognized and left out: the portal fills it itself from pairs and orders.")
            yield Remark(row, column.header, Sentence(message))
        elif column.field == UNKNOWN:
            message = _("The column was not recognized, and its values were left out.")
            yield Remark(row, column.header, Sentence(message))
        elif column.field not in FIELDS[kind]:
            message = (
                _("The registry of mentors has no such column, and its values were left out.")
                if kind is Kind.MENTORS
                else _("The registry of mentees has no such column, and its values were left out.")
            )
            yield Remark(row, column.header, Sentence(message))
    for name in sorted(SINGLE_FIELDS):
        titles = list(dict.fromkeys(column.header for column in chosen.header.of(name)))
        for title in titles[1:]:
            message = _(
                "“%(field)s” is read from the column “%(column)s”; this one counts only where that one is empty."
            )
            yield Remark(row, title, Sentence(message, {"field": FIELDS[kind][name], "column": titles[0]}))
    if chosen.is_titled_otherwise:
        message = (
            _("The title of the table speaks of mentees, and it was read as a registry of mentors.")
            if kind is Kind.MENTORS
            else _("The title of the table speaks of mentors, and it was read as a registry of mentees.")
        )
        yield Remark(row, "", Sentence(message))
    for name in chosen.others:
        message = _("The sheet “%(sheet)s” holds such a table too and was not read: save it as a file of its own.")
        yield Remark(row, "", Sentence(message, {"sheet": name}))


COMPARED = 50  # people with one last name and one initial beyond these are not compared one by one


# --- all people -----------------------------------------------------------------------------------------------------
class _People:
    """The people of a file: gives each row its fate, finds those who stand in it twice."""

    def __init__(self, reading: RegistryReading) -> None:
        self.reading = reading
        self._namesakes: dict[str, _Namesakes] = defaultdict(_Namesakes)
        self._by_initial: dict[str, list[RegistryRow]] = defaultdict(list)
        self._by_email: dict[str, RegistryRow] = {}
        self._repeats: dict[int, list[int]] = {}

    def add(self, reader: RowReader) -> None:
        row = reader.read()
        self.reading.remarks.extend(reader.remarks)
        if reader.refusals:
            self.reading.refused.append(_as_one(reader.refusals))
            self.reading.names[row.row] = reader.written_name
            return
        name_column = reader.table.header.of(*NAME_FIELDS)[0].header
        namesakes = self._namesakes[_key(row)]
        earlier = namesakes.same(row)
        if earlier is not None:
            self.reading.repeated.append((earlier.row, row))
            self.reading.names[row.row] = row.full_name
            self._repeats.setdefault(earlier.row, []).append(row.row)
            message = (
                _("%(name)s stands already in row %(row)s, with other data; that row was read, this one was not.")
                if row.differences(earlier)
                else _("%(name)s stands already in row %(row)s; that row was read, this one was not.")
            )
            self.reading.skipped.append(
                Skipped(row.row, Sentence(message, {"name": row.full_name, "row": earlier.row}))
            )
            return
        self._remark_on_likeness(row, name_column)
        self.reading.rows.append(row)
        namesakes.add(row)
        alike = self._by_initial[short_key(row.parts)]
        if len(alike) < COMPARED:
            alike.append(row)
        if row.email:
            self._by_email.setdefault(row.email, row)

    def finish(self) -> None:
        """Hand over the lists of rows in which one person stands."""
        self.reading.duplicates = [[first, *later] for first, later in sorted(self._repeats.items())]

    def _remark_on_likeness(self, row: RegistryRow, column: str) -> None:
        for other in self._by_initial[short_key(row.parts)]:
            if not may_be_same_name(other.parts, row.parts) or _differs(other, row):
                continue
            if _key(other) == _key(row) or _shares(other, row):
                message = _("Perhaps the same person as in row %(row)s (%(name)s). Both rows were read: check them.")
                self._remark(row, column, message, other)
                return
        if row.email and row.email in self._by_email:
            message = _("The e-mail stands also in row %(row)s (%(name)s).")
            self._remark(row, column, message, self._by_email[row.email])

    def _remark(self, row: RegistryRow, column: str, message: object, other: RegistryRow) -> None:
        text = Sentence(message, {"row": other.row, "name": other.full_name})
        self.reading.remarks.append(Remark(row.row, column, text))


def _as_one(refusals: list[Remark]) -> Remark:
    """One entry a row: all reasons in it, the column of the first."""
    first = refusals[0]
    if len(refusals) == 1:
        return first
    reasons = {f"reason{place}": refusal.text for place, refusal in enumerate(refusals)}
    return Remark(first.row, first.column, Sentence(" ".join(f"%({name})s" for name in reasons), reasons))


def _key(row: RegistryRow) -> str:
    return name_key(row.parts)


def _shares(one: RegistryRow, other: RegistryRow) -> bool:
    """Whether the birth year, the e-mail or the phone is the same."""
    return any(
        mine and mine == theirs
        for mine, theirs in (
            (one.birth_year, other.birth_year),
            (one.email, other.email),
            (one.phone, other.phone),
        )
    )


def _differs(one: RegistryRow, other: RegistryRow) -> bool:
    """Whether both birth years are known and are not the same."""
    return bool(one.birth_year and other.birth_year and one.birth_year != other.birth_year)


class _Namesakes:
    """The accepted rows with one folded name: the first of them that is the person of another row, without a search.

    One person is who has the same birth year, e-mail or phone, or whom nothing tells apart from the other.
    """

    def __init__(self) -> None:
        self._by_mark: dict[tuple[str, object], RegistryRow] = {}
        self._by_filled: dict[tuple[int | None, bool, bool], RegistryRow] = {}

    def add(self, row: RegistryRow) -> None:
        for mark in _marks(row):
            self._by_mark.setdefault(mark, row)
        self._by_filled.setdefault((row.birth_year, bool(row.email), bool(row.phone)), row)

    def same(self, row: RegistryRow) -> RegistryRow | None:
        """The earliest row with the same person; None where there is none."""
        found = [self._by_mark[mark] for mark in _marks(row) if mark in self._by_mark]
        for (year, has_email, has_phone), other in self._by_filled.items():
            years_differ = year and row.birth_year and year != row.birth_year
            if not (years_differ or (has_email and row.email) or (has_phone and row.phone)):
                found.append(other)
        return min(found, key=lambda other: other.row, default=None)


def _marks(row: RegistryRow) -> list[tuple[str, object]]:
    marks = (("year", row.birth_year), ("email", row.email), ("phone", row.phone))
    return [(name, value) for name, value in marks if value]
