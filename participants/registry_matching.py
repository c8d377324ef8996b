"""What becomes of each row of a registry file, by the people and the registry as they are now; nothing is written.

Known is who has the same folded full name and no other birth year, or the same e-mail or phone and a name that fits.
Cells that are filled replace what is stored, empty cells never erase. Where the data do not tell people apart, and
where a new person may be somebody known, the row carries the people to compare; a curator's decision goes before.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Organization, Person
from participants.names import fold_name, guess_gender_by_patronymic
from participants.people import KnownPeople, Who, name_of
from participants.registries import ENTRY_MODELS, MENTORS
from participants.registry_cells import shortened
from participants.registry_columns import FIELDS, Kind
from participants.registry_names import may_be_same_name
from participants.registry_person import is_completed
from participants.registry_reading import RegistryRow

NEW, JOINS, UPDATES, UNCHANGED, ADDS = "new", "joins", "updates", "unchanged", "adds"
UNCLEAR, REFUSED, REPEATED, SKIPPED, LEFT_OUT = "unclear", "refused", "repeated", "skipped", "left_out"
DIFFERS = "differs"
# Label, tone of the badge and its icon, in the order in which the check page counts them.
FATES = {
    NEW: {"label": gettext_lazy("new person"), "tone": "good", "icon": "bi-person-plus"},
    JOINS: {"label": gettext_lazy("known person, will be added"), "tone": "good", "icon": "bi-person-check"},
    UPDATES: {"label": gettext_lazy("will be updated"), "tone": "soon", "icon": "bi-pencil"},
    ADDS: {"label": gettext_lazy("adds to another row"), "tone": "good", "icon": "bi-intersect"},
    UNCHANGED: {"label": gettext_lazy("is there already"), "tone": "draft", "icon": "bi-check"},
    UNCLEAR: {"label": gettext_lazy("unclear who it is"), "tone": "bad", "icon": "bi-question-circle"},
    DIFFERS: {"label": gettext_lazy("repeated with other data"), "tone": "soon", "icon": "bi-question-circle"},
    REFUSED: {"label": gettext_lazy("refused"), "tone": "bad", "icon": "bi-exclamation-triangle"},
    LEFT_OUT: {"label": gettext_lazy("left out by your choice"), "tone": "draft", "icon": "bi-x"},
    REPEATED: {"label": gettext_lazy("repeated in the file"), "tone": "draft", "icon": "bi-files"},
    SKIPPED: {"label": gettext_lazy("not a person"), "tone": "draft", "icon": "bi-dash-circle"},
}
STORED = (NEW, JOINS, UPDATES, UNCHANGED)
RETURNED = (REFUSED, UNCLEAR, DIFFERS)  # not taken, though nobody has said so
SAME, UPDATE, ROW, AS_NEW, SKIP = "same", "update", "row", "new", "skip"
PUPIL_AGE = 18
NAME_PARTS = ("last_name", "first_name", "patronymic")
# How the columns are called from which these fields of a row come.
CONTACT_FIELDS = dict.fromkeys(("phone", "email", "contact_note"), "contact")
CONTACT_FIELDS |= dict.fromkeys(("representative_phone", "representative_email"), "representative_contact")
EMPTY = ("", None, False)
SAME_FIELDS = ("joined_on", "completed_on", "results", "case_url")
OWN_FIELDS = {
    "mentors": ("competences", "achievements", "interests", "preferred_age", "time_resource", "courses"),
    "mentees": ("request", "difficulties"),
}
PERSON_FIELDS = (
    "birth_year",
    "phone",
    "email",
    "contact_note",
    "education",
    "qualification",
    "subject",
    "representative_phone",
    "representative_email",
)


@dataclass
class PlannedRow:
    """A row of the file with what will become of it; `person` is empty where it is not clear who it is.

    `candidates` are the people to compare with: keys of people of the portal («p12») and rows of the file («r5»).
    `before` holds the values that the row replaces, by the name of the field, of the person and of the entry.
    """

    row: RegistryRow
    fate: str
    person: Person | None = None
    entry: object | None = None
    notes: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    before: tuple[dict, dict] = field(default_factory=lambda: ({}, {}))
    keeps_stored: bool = False

    @property
    def key(self):
        """What the check page promised; when this differs at the confirmation, the page is shown again."""
        return [self.row.row, self.fate, self.person.pk if self.person else None, [list(it) for it in self.changes]]


@dataclass
class Plan:
    """All rows of a file that hold a person and could be read."""

    kind: str
    rows: list[PlannedRow]

    def of_fate(self, *fates):
        return [planned for planned in self.rows if planned.fate in fates]

    @property
    def counts(self):
        return Counter(planned.fate for planned in self.rows)

    @property
    def created(self):
        """How many rows the registry gains."""
        return len(self.of_fate(NEW, JOINS))

    @property
    def updated(self):
        return len(self.of_fate(UPDATES))

    @property
    def promise(self):
        """The keys of all rows in one word: the same word, the same plan."""
        keys = json.dumps([planned.key for planned in self.rows], ensure_ascii=False)
        return blake2b(keys.encode(), digest_size=16).hexdigest()

    @property
    def broken(self):
        """{row: reasons} of the rows that the fields of the portal refuse."""
        return {
            str(planned.row.row): planned.notes for planned in self.rows if planned.fate == UNCLEAR and planned.entry
        }


def match_people(
    rows: Iterable[RegistryRow],
    organization: Organization,
    kind: str,
    school_year: int,
    *,
    first_of: Mapping[int, int] | None = None,
    decisions: Mapping[str, str] | None = None,
    broken: Mapping[str, list[str]] | None = None,
    advance: Callable[[int], None] | None = None,
) -> Plan:
    """What would become of each row.

    `first_of` is {row: the row in which its person stands first}, for rows that repeat a person with other data;
    `decisions` is {row: decision} as RegistryImport keeps it; `broken` are the rows that an earlier plan of the same
    file found refused by the fields: with it the fates are found and nothing else, without it every value is checked
    and the people to compare are named; `advance` is told of every hundred rows.
    """
    matching = _Matching(organization, kind, school_year, decisions or {}, first_of or {}, compares=broken is None)
    planned_rows = []
    for count, row in enumerate(rows, 1):
        planned_rows.append(matching.plan(row))
        if advance is not None and count % 100 == 0:
            advance(100)
    for planned in planned_rows:
        matching.settle(planned)
        if broken is None:
            _refuse_broken(planned)
        elif str(planned.row.row) in broken:
            planned.fate, planned.notes = UNCLEAR, list(broken[str(planned.row.row)])
    return Plan(kind, planned_rows)


class _Matching:
    """Everybody who is known while the rows of a file are gone through one after the other."""

    def __init__(self, organization, kind, school_year, decisions, first_of, *, compares):
        self.organization, self.kind, self.school_year, self.decisions = organization, kind, school_year, decisions
        self._first_of = first_of
        self._compares = compares
        people = list(organization.people.all())
        self._people = {str(person.pk): person for person in people}
        self._known = KnownPeople(people)
        self._in_file = KnownPeople([])
        self._rows_of = {}  # {id of a new person: the row that made it}
        model = ENTRY_MODELS[kind]
        self._entry_model = model
        self._entries = {entry.person_id: entry for entry in model.objects.of_year(organization, school_year)}
        self._taken = {}  # {key of a person: the row that took it}
        self._planned = {}
        self._own_names = {fold_name(organization.short_name), fold_name(organization.full_name)}

    def plan(self, row):
        """The row with its person and its fate, its cells put into both."""
        planned = self._match_repeated(row) if row.row in self._first_of else self._match(row)
        self._planned[row.row] = planned
        if planned.fate == NEW:
            planned.person = Person(organization=self.organization)
            planned.entry = self._entry_model(school_year=self.school_year)
            self._fill(planned, row)
            if self._compares:
                self._rows_of[id(planned.person)] = row.row
                self._in_file.add(planned.person)
        elif planned.fate == JOINS:
            person = planned.person
            self._taken[person.pk] = row.row
            person.organization = self.organization
            planned.entry = self._entries.get(person.pk) or self._entry_model(school_year=self.school_year)
            self._fill(planned, row)
        return planned

    def settle(self, planned):
        """Say of a known person's row whether it changes anything, now that other rows have added to it."""
        if planned.fate == JOINS and planned.entry.pk is not None:
            planned.fate = UPDATES if planned.changes else UNCHANGED

    # --- who it is ----------------------------------------------------------------------------------------------------
    def _match_repeated(self, row):
        """A row that says otherwise than the first one of its person: a question, and nothing is taken from it before.

        Where the first one is a person of the portal with another birth year, this one is not that person.
        """
        first = self._planned[self._first_of[row.row]]
        key, decided = f"r{first.row.row}", self.decisions.get(str(row.row))
        years = {year for year in (row.birth_year, first.person and first.person.birth_year) if year}
        if decided or len(years) > 1:
            planned = self._match(row)
            taken = {key, f"p{first.person.pk}" if first.person else ""}
            planned.candidates = [key, *(each for each in planned.candidates if each not in taken)]
            return planned
        message = _("%(name)s stands already in row %(row)s, and this row says otherwise: %(facts)s.")
        facts = {"name": row.full_name, "row": first.row.row, "facts": self._differences(row, first.row)}
        return PlannedRow(row, DIFFERS, notes=[message % facts], candidates=[key])

    def _differences(self, row, first):
        """«Должность – учитель биологии; …»."""
        labels = FIELDS[Kind(self.kind)]
        facts = [
            f"{labels[CONTACT_FIELDS.get(name, name)]} – {_in_words(getattr(row, name))}"
            for name in row.differences(first)
        ]
        return shortened("; ".join(facts))

    def _match(self, row):
        decision, _colon, target = self.decisions.get(str(row.row), "").partition(":")
        who = Who(name_of(row), row.birth_year, row.email, row.phone)
        if decision == SKIP:
            return PlannedRow(row, LEFT_OUT, candidates=self._candidates(who, self._known.perhaps(who)))
        if decision == ROW:
            return self._add_to(row, target, who)
        if decision in (SAME, UPDATE) and target in self._people:
            planned = self._join(row, self._people[target], who)
            planned.keeps_stored = decision == SAME
            return planned
        perhaps = self._known.perhaps(who)
        found = self._known.same(who) if perhaps and decision != AS_NEW else []
        if len(found) > 1:
            names = ", ".join(f"{person}{f' ({person.birth_year})' if person.birth_year else ''}" for person in found)
            note = _(
                "Several people of the organization fit: %(names)s. Write the birth year or the e-mail in the file."
            )
            candidates = self._candidates(who, perhaps)
            return PlannedRow(row, UNCLEAR, notes=[note % {"names": names}], candidates=candidates)
        if not found:
            planned = PlannedRow(row, NEW, candidates=self._candidates(who, perhaps))
            if perhaps and not decision:
                self._note_same_contact(planned, who)
            return planned
        return self._join(row, found[0], who)

    def _join(self, row, person, who):
        if person.pk in self._taken:
            note = _(
                "By the portal's data this is the same person as in row %(row)s (%(name)s): one of the rows is enough."
            )
            notes = [note % {"row": self._taken[person.pk], "name": person}]
            return PlannedRow(row, UNCLEAR, notes=notes, candidates=[f"r{self._taken[person.pk]}"])
        return PlannedRow(row, JOINS, person=person, candidates=[f"p{person.pk}"])

    def _add_to(self, row, target, who):
        """Put the cells of the row into the person and the entry of another row."""
        other = self._planned.get(int(target)) if target.isdigit() else None
        if other is None or other.fate not in (NEW, JOINS):
            note = _("Row %(row)s, to which this one was to be added, is not written itself.") % {"row": target}
            candidates = self._candidates(who, self._known.perhaps(who))
            return PlannedRow(row, UNCLEAR, notes=[note], candidates=candidates)
        adding = PlannedRow(row, ADDS, candidates=[f"r{target}"])
        self._fill_empty(other, adding)
        return adding

    def _fill_empty(self, other, adding):
        """What the other row leaves empty is taken from the adding one, and a name in full for one with initials."""
        kept = []
        for place, values in enumerate((self._person_values(adding.row, other.person), self._entry_values(adding.row))):
            target = other.entry if place else other.person
            for name, value in values.items():
                old = getattr(target, name)
                if value in EMPTY or value == old or name == "kind":
                    continue
                label = str(target._meta.get_field(name).verbose_name)
                if old in EMPTY or name in NAME_PARTS:
                    _put(other, place, name, value)
                    if getattr(target, name) == value:
                        adding.changes.append((label, _in_words(old), _in_words(value)))
                else:
                    kept.append(label)
        if kept:
            note = _("Not taken, since row %(row)s says otherwise: %(fields)s.")
            adding.notes.append(note % {"row": other.row.row, "fields": ", ".join(kept)})

    def _candidates(self, who, perhaps):
        if not self._compares:
            return []
        known = [f"p{person.pk}" for person in perhaps]
        return known + [f"r{self._rows_of[id(person)]}" for person in self._in_file.perhaps(who)]

    def _note_same_contact(self, planned, who):
        for person in self._known.similar(who):
            note = _("%(name)s has the same e-mail or phone. Compare: it may be one person.")
            planned.notes.append(note % {"name": person})

    # --- what is written ----------------------------------------------------------------------------------------------
    def _fill(self, planned, row):
        """Put the filled cells into the person and the entry; remember what changes of a known person."""
        person, entry = planned.person, planned.entry
        for place, values in enumerate((self._person_values(row, person), self._entry_values(row))):
            for name, value in values.items():
                if value not in EMPTY:
                    _put(planned, place, name, value)
        if person.pk is None and entry.pk is None:
            planned.changes.clear()

    def _person_values(self, row, person):
        values = {name: getattr(row, name) for name in PERSON_FIELDS}
        values["representative_name"] = row.representative
        values["position"] = row.position or row.class_name
        values["workplace"] = "" if not row.workplace or fold_name(row.workplace) in self._own_names else row.workplace
        if row.experience_years is not None and person.works_since is None:
            values["works_since"] = self.school_year - row.experience_years
        if row.experience_here_years is not None and person.works_here_since is None:
            values["works_here_since"] = self.school_year - row.experience_here_years
        if person.pk is None:
            values["kind"] = _kind_of(row, values["workplace"], self.school_year)
        # «Иванова М. П.» in the files and «Иванова Мария Петровна» in the registry: the full name is kept.
        if not person.last_name or _says_more(row, person):
            values.update(last_name=row.last_name, first_name=row.first_name, patronymic=row.patronymic)
        if not person.gender:
            values["gender"] = guess_gender_by_patronymic(row.patronymic)
        return values

    def _entry_values(self, row):
        values = {name: getattr(row, name) for name in (*SAME_FIELDS, *OWN_FIELDS[self.kind])}
        if self.kind != MENTORS:
            values["is_completed"] = is_completed(row.completion_mark)
        return values


def _says_more(row, person):
    return len(fold_name(row.full_name)) > len(fold_name(person.full_name)) and may_be_same_name(
        name_of(person), name_of(row)
    )


def _kind_of(row, workplace, school_year):
    if row.class_name or (row.birth_year and school_year - row.birth_year < PUPIL_AGE):
        return Person.Kind.PUPIL.value
    return Person.Kind.OUTSIDE.value if workplace else Person.Kind.TEACHER.value


def _put(planned, place, name, value):
    """Put a value of the file into the person (place 0) or the entry (place 1), the stored value kept beside."""
    target = planned.entry if place else planned.person
    old = getattr(target, name)
    if value == old or (planned.keeps_stored and old not in EMPTY):
        return
    if target.pk is not None:
        planned.before[place].setdefault(name, old)
        label = str(target._meta.get_field(name).verbose_name)
        planned.changes.append((label, _in_words(old), _in_words(value)))
    setattr(target, name, value)


def _in_words(value):
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _refuse_broken(planned):
    """A value that no field of the portal takes refuses the row, with the field and the reason."""
    if planned.fate not in (NEW, JOINS, UPDATES):
        return
    for target, given in ((planned.person, {"organization", "user"}), (planned.entry, {"person"})):
        try:
            target.clean_fields(exclude=given)
        except ValidationError as error:
            planned.fate = UNCLEAR
            for name, reasons in error.message_dict.items():
                planned.notes.append(f"{target._meta.get_field(name).verbose_name}: {' '.join(reasons)}")
