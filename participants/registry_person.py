"""Reading one person's row of a registry: its cells become values, remarks and, where it can be no person, refusals."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from participants.names import fold_name, restore_cyrillic, split_full_name
from participants.registry_cells import cell_lines, cell_text, is_absent, read_experience, read_link, shortened
from participants.registry_columns import NAME_FIELDS, REPRESENTATIVE_WORDS, fold_header
from participants.registry_contacts import Contact, read_contact
from participants.registry_days import dates_in, day_not_given, read_birth_year, read_date
from participants.registry_header_columns import Column
from participants.registry_names import (
    NameReading,
    is_person,
    may_be_same_name,
    read_full_name,
    read_name_parts,
)
from participants.registry_report import RegistryRow, Remark, Sentence
from participants.registry_rows import Table
from participants.sheet_files import Cell

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
NAME_SHOWN = 120
ADULT_AGE = 18
# What is said of a number by the header of its column.
LABELS = {
    "раб.": re.compile(r"\b(?:раб|служ)"),
    "дом.": re.compile(r"\bдом(?:\b|ашн)"),
    "мама": re.compile(r"\bмам|\bмат(?:ь|ери)\b"),
    "папа": re.compile(r"\bпап|\bот(?:ец|ца)\b"),
    "бабушка": re.compile(r"\bбабушк"),
    "дедушка": re.compile(r"\bдедушк"),
    "опекун": re.compile(r"\bопекун"),
}
DATE_COLUMNS, EXPERIENCE_COLUMNS = (
    {"period", "joined_on", "completed_on"},
    {"experience_years", "experience_here_years"},
)
ALNUM = re.compile(r"[^\W_]")


class RowReader:
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

    @property
    def written_name(self) -> str:
        """The name as it stands in the row, whether it can be one or not."""
        return " ".join(cell_text(cell) for field in NAME_FIELDS for _column, cell in self._filled(field))[:NAME_SHOWN]

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
        """Ways to reach the person and the legal representative, each in one place.

        The official form has one column for both: of a minor it holds the representative's.
        """
        own, theirs = self._contact("contact"), self._contact("representative_contact", "representative")
        if not (theirs.phone or theirs.email) and self._is_minor and self._speaks_of_representative:
            own, theirs = theirs, own
        columns, result = self.table.header.of("representative"), self.result
        is_named = bool(columns) or (theirs.note[:1].isupper() and is_person(theirs.note))
        for column in (columns or self.table.header.of("contact", "representative_contact"))[:1]:
            result.representative = self._fitted(column, theirs.note if is_named else "", REPRESENTATIVE_LENGTH)
        for column in self.table.header.of("contact", "representative_contact")[:1]:
            notes = [own.note, "" if is_named else theirs.note]
            result.contact_note = self._fitted(column, "; ".join(filter(None, notes)), CONTACT_NOTE_LENGTH)
        result.phone, result.email = own.phone, own.email
        result.representative_phone, result.representative_email = theirs.phone, theirs.email

    def _contact(self, *fields: str) -> Contact:
        contact = Contact()
        if not self.table.fields & set(fields):
            return contact
        for column, cell in self._filled(*fields):
            known = len(contact.remarks)
            read_contact(cell, contact, self._label(column, contact))
            for remark in contact.remarks[known:]:
                self._remark(column, remark)
        return contact

    def _label(self, column: Column, contact: Contact) -> str:
        """What the header says of a number: which line it is, whose it is unless a column names the representative."""
        if column.field == "representative":
            return ""
        header = fold_header(column.header)
        is_named = bool(self.table.header.of("representative")) and not contact.phones
        return next(
            (label for label, words in LABELS.items() if words.search(header) and not (is_named and label[-1] != ".")),
            "",
        )

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
            own = self.result.parts
            for part in re.split("[,;]", text):
                other = split_full_name(restore_cyrillic(part))
                if other.first and may_be_same_name(other, own):
                    message = _("“%(text)s” is the person of the row: nobody is his own mentor. Check who is meant.")
                    self._remark(column, Sentence(message, {"text": shortened(part)}))

    def _read_dates(self) -> None:
        for column, cell in self._filled("period")[:1]:
            text, found = cell_text(cell), dates_in(cell)
            days = [each.within(is_end=place == 1) for place, each in enumerate(found)]
            if not 1 <= len(days) <= 2 or None in days:
                message = _("“%(text)s” is not a period and was left out. Write it as 01.09.2025 – 31.05.2026.")
                self._remark(column, Sentence(message, {"text": shortened(text)}))
                continue
            self.result.joined_on, self.result.completed_on = [*days, None][:2]
            if any(each.is_month for each in found):
                self._remark(column, day_not_given(text, *days))
        self._read_first("joined_on", read_date)
        self._read_first("completed_on", partial(read_date, is_end=True))
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
