"""The registries as the official forms have them: «База наставников», «База наставляемых».

Titles and headers are the form's own words and stay Russian in every language of the portal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorship.school_year import SchoolYear
from participants.models import MenteeEntry, MentorEntry
from participants.registries import MENTEES, MENTORS, PairCells, pair_cells
from participants.registry_writing import RegistryColumn, write_registry

FORM_TITLES = {MENTORS: "База наставников", MENTEES: "База наставляемых"}
NO_PAIR = PairCells("", "", "")


@dataclass(frozen=True)
class Line:
    """A printed row: the entry of the registry and the pairs that this row tells of."""

    entry: MentorEntry | MenteeEntry
    pairs: Sequence[PairCells]

    @property
    def person(self):
        return self.entry.person

    @property
    def contacts(self):
        return ", ".join(filter(None, [self.person.phone_for_reading, self.person.email, self.person.contact_note]))

    @property
    def partners(self):
        return _lines(pair.partner for pair in self.pairs)

    @property
    def forms(self):
        return _lines(dict.fromkeys(pair.form for pair in self.pairs))

    @property
    def partner_places(self):
        return _lines(dict.fromkeys(pair.affiliation for pair in self.pairs))

    @property
    def completion_mark(self):
        return "да" if self.entry.is_completed else ""


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _of_entry(name):
    return lambda line: getattr(line.entry, name)


def _of_person(name):
    return lambda line: getattr(line.person, name)


COLUMNS = {
    MENTORS: [
        RegistryColumn("ФИО наставника", _of_person("full_name"), 28),
        RegistryColumn("Контактные данные для связи", "contacts", 26),
        RegistryColumn("Место работы/учёбы наставника", _of_person("affiliation"), 24),
        RegistryColumn("Основные компетенции наставника", _of_entry("competences"), 32),
        RegistryColumn("Важные для программы достижения наставника", _of_entry("achievements"), 32),
        RegistryColumn("Интересы наставника", _of_entry("interests"), 24),
        RegistryColumn("Желаемый возраст наставляемых", _of_entry("preferred_age"), 14),
        RegistryColumn("Ресурс времени на программу наставничества", _of_entry("time_resource"), 16),
        RegistryColumn("Дата вхождения в программу", _of_entry("joined_on"), 13),
        RegistryColumn("ФИО наставляемого (наставляемых)", "partners", 28),
        RegistryColumn("Форма наставничества", "forms", 18),
        RegistryColumn("Место работы/учёбы наставляемого", "partner_places", 24),
        RegistryColumn("Дата завершения программы", _of_entry("completed_on"), 13),
        RegistryColumn("Результаты программы", _of_entry("results"), 30),
        RegistryColumn("Ссылка на кейс/отзыв наставника, размещённые на сайте организации", _of_entry("case_url"), 24),
    ],
    MENTEES: [
        RegistryColumn("ФИО наставляемого", _of_person("full_name"), 28),
        RegistryColumn("Контактные данные для связи (данные представителя)", "contacts", 26),
        RegistryColumn("Год рождения наставляемого", _of_person("birth_year"), 12),
        RegistryColumn("Основной запрос наставляемого", _of_entry("request"), 36),
        RegistryColumn("Дата вхождения в программу", _of_entry("joined_on"), 13),
        RegistryColumn("ФИО наставника", "partners", 28),
        RegistryColumn("Форма наставничества", "forms", 18),
        RegistryColumn("Место работы/учёбы наставника", "partner_places", 24),
        RegistryColumn("Дата завершения программы", _of_entry("completed_on"), 13),
        RegistryColumn("Результаты программы", _of_entry("results"), 30),
        RegistryColumn(
            "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации", _of_entry("case_url"), 24
        ),
        RegistryColumn("Отметка о прохождении программы", "completion_mark", 14),
    ],
}


def export_registry(kind, entries, *, organization, school_year) -> bytes:
    """The entries as xlsx in the columns of the official form; the columns about pairs come from the pairs.

    A mentee with two mentors prints two rows, a mentor one row with all mentees, as the headers of the forms say.
    """
    entries = list(entries)
    pairs = pair_cells(kind, entries)
    title = f"{FORM_TITLES[kind]}. {organization.short_name}, {SchoolYear(school_year)} учебный год"
    return write_registry(_printed(kind, entries, pairs), COLUMNS[kind], title=title)


def _printed(kind, entries, pairs):
    for entry in entries:
        own = pairs.get(entry.pk) or [NO_PAIR]
        if kind == MENTEES:
            yield from (Line(entry, [pair]) for pair in own)
        else:
            yield Line(entry, own)
