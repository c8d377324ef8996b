"""Reading a registry of mentors or mentees from the file in which an organization keeps it.

Forms differ: columns are told by the words of their headers, titles and section headings stand where they like, and
the same person is often written twice. Every row gets a fate and a reason; nothing is dropped silently.
No database and no clock: the day comes in as an argument.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from participants.names import NameParts, fold_name, restore_cyrillic, split_full_name
from participants.registry_cells import (
    Contact,
    cell_lines,
    cell_text,
    dates_in,
    is_absent,
    read_birth_year,
    read_contact,
    read_date,
    read_experience,
    read_link,
    shortened,
)
from participants.registry_columns import DERIVED, FIELDS, NAME_FIELDS, REPRESENTATIVE_WORDS, UNKNOWN, Kind, fold_header
from participants.registry_header import AS_READ, Choice, ChosenSheet, Column, choose_sheet
from participants.registry_names import (
    NameReading,
    may_be_same_name,
    name_key,
    read_full_name,
    read_name_parts,
    short_key,
)
from participants.registry_report import (
    RegistryReading,
    RegistryRow,
    Remark,
    Sentence,
    Skipped,
    UnreadableRegistry,
)
from participants.registry_rows import Table, next_table, row_texts, why_no_person
from participants.sheet_files import Cell, Sheet, open_sheets

__all__ = ["Choice", "Kind", "RegistryReading", "RegistryRow", "UnreadableRegistry", "read_registry", "read_table"]

# How many letters each text keeps; None: as many as were written, line breaks included.
TEXT_LENGTHS: dict[str, int | None] = {
    "position": 200,
    "class_name": 50,
    "workplace": 250,
    "competences": None,
    "achievements": None,
    "interests": None,
    "preferred_age": 100,
    "time_resource": 150,
    "request": None,
    "difficulties": None,
    "education": 250,
    "qualification": 150,
    "subject": 150,
    "courses": None,
    "results": None,
    "completion_mark": 150,
}
CONTACT_NOTE_LENGTH = 250
REPRESENTATIVE_LENGTH = 200
ADULT_AGE = 18
DATE_COLUMNS, EXPERIENCE_COLUMNS = (
    {"period", "joined_on", "completed_on"},
    {"experience_years", "experience_here_years"},
)
ALNUM = re.compile(r"[^\W_]")


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
            people.add(_RowReader(table, row, texts, today))
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


# --- one person -----------------------------------------------------------------------------------------------------
class _RowReader:
    """Reads the cells of one person's row; collects remarks and, where the row can be no person, refusals."""

    def __init__(self, table: Table, row: int, texts: list[str], today: date) -> None:
        self.table = table
        self.cells = table.sheet.rows[row]
        self.texts = texts
        self.today = today
        self.result = RegistryRow(row + 1)
        self.remarks: list[Remark] = []
        self.refusals: list[Remark] = []

    def read(self) -> RegistryRow:
        """Fill `result`, `remarks` and `refusals` from the row's cells."""
        self._read_name()
        self._read_birth_year()
        self._read_contacts()
        if self.table.fields & DATE_COLUMNS:
            self._read_dates()
        if self.table.fields & EXPERIENCE_COLUMNS:
            self._read_experience()
        self._read_first("case_url", read_link)
        for field, length in TEXT_LENGTHS.items():
            if field in self.table.fields:
                self._read_text(field, length)
        self._remark_on_own_mentor()
        return self.result

    def _filled(self, *fields: str) -> list[tuple[Column, Cell]]:
        """The columns of the fields with their cells, empty cells left out."""
        columns = self.table.header.of(*fields)
        if not columns:
            return []
        return [
            (column, self.cells[column.index])
            for column in columns
            if column.index < len(self.texts) and self.texts[column.index]
        ]

    def _remark(self, column: Column, text: Sentence | None) -> None:
        if text is not None:
            self.remarks.append(Remark(self.result.row, column.header, text))

    def _refuse(self, column: Column, text: Sentence) -> None:
        self.refusals.append(Remark(self.result.row, column.header, text))

    def _read_name(self) -> None:
        column = self.table.header.of(*NAME_FIELDS)[0]
        reading = self._name_reading()
        if reading is None:
            self._refuse(column, Sentence(_("The row has no name.")))
            return
        for remark in reading.remarks:
            self._remark(column, remark)
        if reading.refusal is not None:
            self._refuse(column, reading.refusal)
        self.result.last_name, self.result.first_name, self.result.patronymic = reading.parts

    def _name_reading(self) -> NameReading | None:
        parts = {field: "\n".join(cell_lines(cell) for _column, cell in self._filled(field)) for field in NAME_FIELDS}
        if not any(parts.values()):
            return None
        if (parts["last_name"] and (parts["first_name"] or parts["first_and_patronymic"])) or not parts["full_name"]:
            first, _blank, patronymic = parts["first_and_patronymic"].partition(" ")
            return read_name_parts(parts["last_name"], parts["first_name"] or first, parts["patronymic"] or patronymic)
        return read_full_name(parts["full_name"])

    def _read_birth_year(self) -> None:
        for column, cell in self._filled("birth_year")[:1]:
            reading = read_birth_year(cell, today=self.today)
            self.result.birth_year = reading.value
            if reading.value is None and reading.remark is not None:
                self._refuse(column, reading.remark)
            else:
                self._remark(column, reading.remark)

    def _read_contacts(self) -> None:
        """Ways to reach the person and, for a minor, the representative.

        The official form has one column for both; where the person has no contact of his own, the representative's
        is his.
        """
        own, theirs = self._contact("contact"), self._contact("representative_contact", "representative")
        result = self.result
        notes = [own.note, *([] if self.table.header.of("representative") else [theirs.note])]
        for column in self.table.header.of("contact", "representative_contact")[:1]:
            result.contact_note = self._fitted(column, "; ".join(filter(None, notes)), CONTACT_NOTE_LENGTH)
        for column in self.table.header.of("representative")[:1]:
            result.representative = self._fitted(column, theirs.note, REPRESENTATIVE_LENGTH)
        result.phone, result.email = (own.phone, own.email) if own.phone or own.email else (theirs.phone, theirs.email)
        result.representative_phone, result.representative_email = theirs.phone, theirs.email
        if not (theirs.phone or theirs.email) and self._is_minor and self._speaks_of_representative:
            result.representative_phone, result.representative_email = own.phone, own.email

    def _contact(self, *fields: str) -> Contact:
        contact = Contact()
        if not self.table.fields & set(fields):
            return contact
        for column, cell in self._filled(*fields):
            known = len(contact.remarks)
            read_contact(cell, contact)
            for remark in contact.remarks[known:]:
                self._remark(column, remark)
        return contact

    @property
    def _is_minor(self) -> bool:
        year = self.result.birth_year
        return self.today.year - year < ADULT_AGE if year else bool(self._filled("class_name"))

    @property
    def _speaks_of_representative(self) -> bool:
        return any(
            REPRESENTATIVE_WORDS.search(fold_header(column.header)) for column in self.table.header.of("contact")
        )

    def _remark_on_own_mentor(self) -> None:
        """A row whose other party is the row's own person says that somebody mentors himself."""
        for column in self.table.others_names:
            text = self.texts[column.index] if column.index < len(self.texts) else ""
            if not text or fold_name(self.result.last_name) not in fold_name(text):
                continue
            own = _parts(self.result)
            for part in re.split("[,;]", text):
                other = split_full_name(restore_cyrillic(part))
                if other.first and may_be_same_name(other, own):
                    message = _("“%(text)s” is the person of the row: nobody is his own mentor. Check who is meant.")
                    self._remark(column, Sentence(message, {"text": shortened(part)}))

    def _read_dates(self) -> None:
        for column, cell in self._filled("period")[:1]:
            days = dates_in(cell)
            if not 1 <= len(days) <= 2 or None in days:
                message = _("“%(text)s” is not a period and was left out. Write it as 01.09.2025 – 31.05.2026.")
                self._remark(column, Sentence(message, {"text": shortened(cell_text(cell))}))
            else:
                self.result.joined_on, self.result.completed_on = [*days, None][:2]
        self._read_first("joined_on", read_date)
        self._read_first("completed_on", read_date)
        joined, completed = self.result.joined_on, self.result.completed_on
        if joined and completed and completed < joined:
            column = self.table.header.of("completed_on", "period")[0]
            message = _(
                "The programme was completed on %(completed)s, before it was joined on %(joined)s; "
                "the completion was left out."
            )
            days_written = {"completed": completed.strftime("%d.%m.%Y"), "joined": joined.strftime("%d.%m.%Y")}
            self._remark(column, Sentence(message, days_written))
            self.result.completed_on = None

    def _read_experience(self) -> None:
        for column, cell in self._filled("experience_years")[:1]:
            reading, here = read_experience(cell)
            self.result.experience_years, self.result.experience_here_years = reading.value, here
            self._remark(column, reading.remark)
        for column, cell in self._filled("experience_here_years")[:1]:
            reading, _both = read_experience(cell)
            self.result.experience_here_years = reading.value
            self._remark(column, reading.remark)

    def _read_first(self, field: str, read: Callable[[Cell], tuple[object | None, Sentence | None]]) -> None:
        for column, cell in self._filled(field)[:1]:
            value, remark = read(cell)
            if value is not None:
                setattr(self.result, field, value)
            self._remark(column, remark)

    def _read_text(self, field: str, length: int | None) -> None:
        texts: list[str] = []
        for column, cell in self._filled(field):
            has_lines = length is None and isinstance(cell, str) and len(cell.splitlines()) > 1
            text = cell_lines(cell) if has_lines else self.texts[column.index]
            if ALNUM.search(text) or field == "completion_mark":
                texts.append(text if length is None else self._fitted(column, text, length))
        joined = ("\n" if length is None else "; ").join(dict.fromkeys(texts))
        setattr(self.result, field, joined if length is None else joined[:length])

    def _fitted(self, column: Column, text: str, length: int) -> str:
        if len(text) <= length:
            return text
        message = _("The text is longer than %(length)s letters and was shortened. As written: “%(text)s”.")
        self._remark(column, Sentence(message, {"length": length, "text": shortened(text, 2000)}))
        return shortened(text, length)


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

    def add(self, reader: _RowReader) -> None:
        row = reader.read()
        self.reading.remarks.extend(reader.remarks)
        if reader.refusals:
            self.reading.refused.append(_as_one(reader.refusals))
            return
        name_column = reader.table.header.of(*NAME_FIELDS)[0].header
        namesakes = self._namesakes[_key(row)]
        earlier = namesakes.same(row)
        if earlier is not None:
            self.reading.repeated.append((earlier.row, row))
            self._repeats.setdefault(earlier.row, []).append(row.row)
            message = _("%(name)s stands already in row %(row)s; that row was read, this one was not.")
            self.reading.skipped.append(
                Skipped(row.row, Sentence(message, {"name": row.full_name, "row": earlier.row}))
            )
            return
        self._remark_on_likeness(row, name_column)
        self.reading.rows.append(row)
        namesakes.add(row)
        alike = self._by_initial[short_key(_parts(row))]
        if len(alike) < COMPARED:
            alike.append(row)
        if row.email:
            self._by_email.setdefault(row.email, row)

    def finish(self) -> None:
        """Hand over the lists of rows in which one person stands."""
        self.reading.duplicates = [[first, *later] for first, later in sorted(self._repeats.items())]

    def _remark_on_likeness(self, row: RegistryRow, column: str) -> None:
        for other in self._by_initial[short_key(_parts(row))]:
            if not may_be_same_name(_parts(other), _parts(row)) or _differs(other, row):
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


def _parts(row: RegistryRow) -> NameParts:
    return NameParts(row.last_name, row.first_name, row.patronymic)


def _key(row: RegistryRow) -> str:
    return name_key(_parts(row))


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


def is_completed(mark: str) -> bool:
    """Whether a mark of completion («+», «да», «пройдена», «сертификат № 5») says that the programme was completed."""
    words = mark.casefold().strip(" .")
    if words in {"+", "v", "✓", "✔"}:
        return True
    return (
        bool(words)
        and not is_absent(words)
        and not words.startswith(("не ", "нет", "в процессе", "проходит", "продолж"))
    )
