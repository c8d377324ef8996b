"""Bringing a registry file into the portal: read, match with the people who are known, show, confirm once.

The browser and `manage.py import_registry` go the same way: `read_upload` → `match_people` → `store`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentorship.transitions import move
from participants.models import Organization, Person, RegistryImport
from participants.names import fold_name, guess_gender_by_patronymic
from participants.people import KnownPeople, Who, name_of
from participants.registries import ENTRY_MODELS, MENTORS
from participants.registry_cells import shortened
from participants.registry_reading import RegistryReading, RegistryRow, is_completed, read_registry

NEW, JOINS, UPDATES, UNCHANGED = "new", "joins", "updates", "unchanged"
UNCLEAR, REFUSED, REPEATED, SKIPPED = "unclear", "refused", "repeated", "skipped"
# Label, tone of the badge and its icon, in the order in which the check page counts them.
FATES = {
    NEW: {"label": gettext_lazy("new person"), "tone": "good", "icon": "bi-person-plus"},
    JOINS: {"label": gettext_lazy("known person, will be added"), "tone": "good", "icon": "bi-person-check"},
    UPDATES: {"label": gettext_lazy("will be updated"), "tone": "soon", "icon": "bi-pencil"},
    UNCHANGED: {"label": gettext_lazy("is there already"), "tone": "draft", "icon": "bi-check"},
    UNCLEAR: {"label": gettext_lazy("unclear who it is"), "tone": "bad", "icon": "bi-question-circle"},
    REFUSED: {"label": gettext_lazy("refused"), "tone": "bad", "icon": "bi-exclamation-triangle"},
    REPEATED: {"label": gettext_lazy("repeated in the file"), "tone": "draft", "icon": "bi-files"},
    SKIPPED: {"label": gettext_lazy("not a person"), "tone": "draft", "icon": "bi-dash-circle"},
}
STORED = (NEW, JOINS, UPDATES, UNCHANGED)
PUPIL_AGE = 18
# A mentor's data for which the registry has no column of its own, kept in words among the achievements.
KEPT_AMONG_ACHIEVEMENTS = {
    "education": gettext_lazy("Education"),
    "qualification": gettext_lazy("Qualification category"),
    "subject": gettext_lazy("Subject"),
    "courses": gettext_lazy("Courses"),
}
NOT_KEPT_OF_MENTEES = {"education", "qualification", "subject", "courses"}
SAME_FIELDS = ("joined_on", "completed_on", "results", "case_url")
OWN_FIELDS = {
    "mentors": ("competences", "interests", "preferred_age", "time_resource"),
    "mentees": (),
}


@dataclass
class PlannedRow:
    """A row of the file with what will become of it; `person` is empty for a new person."""

    row: RegistryRow
    fate: str
    person: Person | None = None
    entry: object | None = None
    notes: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)

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


# --- reading ----------------------------------------------------------------------------------------------------------
def read_upload(data: bytes, name: str, kind: str, *, today: date) -> RegistryReading:
    """The reading of an uploaded file. Raises UnreadableRegistry with a sentence for its owner."""
    return read_registry(data, name, kind, today=today)


def rows_of(report) -> list[RegistryRow]:
    """The accepted rows of a kept report, as they were read."""
    known = {each.name for each in fields(RegistryRow)}
    dates = {"joined_on", "completed_on"}
    return [
        RegistryRow(
            **{
                name: date.fromisoformat(value) if name in dates and value else value
                for name, value in values.items()
                if name in known
            }
        )
        for values in report["rows"]
    ]


# --- matching ---------------------------------------------------------------------------------------------------------
def match_people(rows: Iterable[RegistryRow], organization: Organization, kind: str, school_year: int) -> Plan:
    """What would become of each row, by the people and the registry as they are now; nothing is written.

    Known is who has the same folded full name and no other birth year, or the same e-mail or phone and a name that
    fits. Cells that are filled replace what is stored, empty cells never erase.
    """
    known = KnownPeople.of(organization)
    model = ENTRY_MODELS[kind]
    entries = {entry.person_id: entry for entry in model.objects.of_year(organization, school_year)}
    taken: dict[int, int] = {}
    planned_rows = []
    for row in rows:
        planned = _match(row, known, taken)
        if planned.fate == NEW:
            planned.person = Person(organization=organization)
            planned.entry = model(school_year=school_year)
            _fill(planned, kind)
            _note_similar(planned, known)
        elif planned.fate == JOINS:
            taken[planned.person.pk] = row.row
            planned.person.organization = organization
            is_there = planned.person.pk in entries
            planned.entry = entries.get(planned.person.pk) or model(school_year=school_year)
            _fill(planned, kind)
            if is_there:
                planned.fate = UPDATES if planned.changes else UNCHANGED
        _refuse_broken(planned)
        planned_rows.append(planned)
    return Plan(kind, planned_rows)


def _match(row, known, taken):
    """The row with its person found: NEW, JOINS, or UNCLEAR with the reason."""
    who = Who(name_of(row), row.birth_year, row.email, row.phone)
    found = known.same(who)
    if len(found) > 1:
        names = ", ".join(f"{person}{f' ({person.birth_year})' if person.birth_year else ''}" for person in found)
        note = _("Several people of the organization fit: %(names)s. Write the birth year or the e-mail in the file.")
        return PlannedRow(row, UNCLEAR, notes=[note % {"names": names}])
    if not found:
        return PlannedRow(row, NEW)
    person = found[0]
    if person.pk in taken:
        note = _(
            "By the portal's data this is the same person as in row %(row)s (%(name)s): one of the rows is enough."
        )
        return PlannedRow(row, UNCLEAR, notes=[note % {"row": taken[person.pk], "name": person}])
    return PlannedRow(row, JOINS, person=person)


def _note_similar(planned, known):
    row = planned.row
    for person in known.similar(Who(name_of(row), row.birth_year, row.email, row.phone)):
        note = _("%(name)s has the same e-mail or phone. If this is one person, mend the name in the portal first.")
        planned.notes.append(note % {"name": person})


def _fill(planned, kind):
    """Put the filled cells into the person and the entry; remember what changes of a known person."""
    row, person, entry = planned.row, planned.person, planned.entry
    is_new = person.pk is None
    for name, value in _person_values(row, person, entry.school_year).items():
        _put(planned, person, name, value, is_new=is_new)
    for name, value in _entry_values(planned, kind).items():
        _put(planned, entry, name, value, is_new=entry.pk is None)


def _put(planned, target, name, value, *, is_new):
    old = getattr(target, name)
    if value in ("", None, False) or value == old:
        return
    if not is_new:
        label = str(target._meta.get_field(name).verbose_name)
        planned.changes.append((label, _in_words(old), _in_words(value)))
    setattr(target, name, value)


def _in_words(value):
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _person_values(row, person, school_year):
    values = {
        "birth_year": row.birth_year,
        "phone": row.phone,
        "email": row.email,
        "contact_note": _contact_note(row),
        "position": row.position or row.class_name,
        "workplace": _workplace(row, person.organization),
    }
    if row.experience_years is not None and person.works_since is None:
        values["works_since"] = school_year - row.experience_years
    if person.pk is None:
        values["kind"] = _kind_of(row, values["workplace"], school_year)
    # «Иванова М. П.» in the files and «Иванова Мария Петровна» in the registry: the full name is kept.
    if len(fold_name(row.full_name)) > len(fold_name(person.full_name)):
        values.update(last_name=row.last_name, first_name=row.first_name, patronymic=row.patronymic)
    if not person.gender:
        values["gender"] = guess_gender_by_patronymic(row.patronymic)
    return values


def _contact_note(row):
    representative = _("representative: %(who)s") % {"who": row.representative} if row.representative else ""
    note = "; ".join(part for part in (row.contact_note, representative) if part)
    return shortened(note, Person._meta.get_field("contact_note").max_length)


def _workplace(row, organization):
    own = {fold_name(organization.short_name), fold_name(organization.full_name)}
    return "" if fold_name(row.workplace) in own else row.workplace


def _kind_of(row, workplace, school_year):
    if row.class_name or (row.birth_year and school_year - row.birth_year < PUPIL_AGE):
        return Person.Kind.PUPIL
    return Person.Kind.OUTSIDE if workplace else Person.Kind.TEACHER


def _entry_values(planned, kind):
    row = planned.row
    values = {name: getattr(row, name) for name in (*SAME_FIELDS, *OWN_FIELDS[kind])}
    if kind == MENTORS:
        kept = [
            f"{label}: {getattr(row, name)}" for name, label in KEPT_AMONG_ACHIEVEMENTS.items() if getattr(row, name)
        ]
        values["achievements"] = "\n".join(part for part in (row.achievements, *kept) if part)
    else:
        values["request"] = "\n".join(part for part in (row.request, row.difficulties) if part)
        values["is_completed"] = is_completed(row.completion_mark)
        for name in sorted(NOT_KEPT_OF_MENTEES):
            if getattr(row, name):
                note = _("“%(text)s” was left out: the registry of mentees has no such column.")
                planned.notes.append(note % {"text": shortened(getattr(row, name), 100)})
    return values


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


# --- the report -------------------------------------------------------------------------------------------------------
def full_report(reading_report, plan: Plan) -> dict:
    """The report of the reading with what the matching adds; rows that stay unclear move to the refused ones."""
    unclear = plan.of_fate(UNCLEAR)
    numbers = {planned.row.row for planned in unclear}
    refused = [{"row": planned.row.row, "column": "", "text": " ".join(planned.notes)} for planned in unclear]
    notes = [
        {"row": planned.row.row, "column": "", "text": note}
        for planned in plan.of_fate(*STORED)
        for note in planned.notes
    ]
    return {
        **reading_report,
        "accepted": [number for number in reading_report["accepted"] if number not in numbers],
        "refused": sorted([*reading_report["refused"], *refused], key=lambda each: each["row"]),
        "remarks": sorted([*reading_report["remarks"], *notes], key=lambda each: each["row"]),
        "rows": [values for values in reading_report["rows"] if values["row"] not in numbers],
        "created": plan.created,
        "updated": plan.updated,
    }


def check_rows(reading_report, plan: Plan) -> list[dict]:
    """The rows of the check page in the order of the sheet: number, name, fate, notes, changes."""
    remarks: dict[int, list[str]] = {}
    for remark in reading_report["remarks"]:
        text = f"{remark['column']}: {remark['text']}" if remark["column"] else remark["text"]
        remarks.setdefault(remark["row"], []).append(text)
    rows = [
        {
            "row": planned.row.row,
            "name": planned.row.full_name,
            "fate": planned.fate,
            "person": planned.person.pk if planned.person else None,
            "notes": [*planned.notes, *remarks.get(planned.row.row, ())],
            "changes": [list(change) for change in planned.changes],
        }
        for planned in plan.rows
    ]
    repeated = {number for numbers in reading_report["duplicates"] for number in numbers[1:]}
    rows += [_row_without_person(each, REFUSED) for each in reading_report["refused"]]
    rows += [
        _row_without_person(each, REPEATED if each["row"] in repeated else SKIPPED)
        for each in reading_report["skipped"]
    ]
    return sorted(rows, key=lambda each: each["row"])


def _row_without_person(reported, fate):
    text = f"{reported['column']}: {reported['text']}" if reported.get("column") else reported["text"]
    return {"row": reported["row"], "name": "", "fate": fate, "person": None, "notes": [text], "changes": []}


def table_remarks(report) -> list[str]:
    """What is to be said of whole columns and of the sheet."""
    return [
        f"{each['column']}: {each['text']}" if each["column"] else each["text"]
        for each in report["remarks"]
        if each["row"] == report["header_row"]
    ]


# --- check and confirmation -------------------------------------------------------------------------------------------
def check_upload_file(data, name, *, kind, organization, school_year, by, today) -> RegistryImport:
    """Read an uploaded file and keep the reading for its check page; the registry itself is not touched.

    Raises UnreadableRegistry for a file that cannot be used.
    """
    reading = read_upload(data, name, kind, today=today).as_report()
    plan = match_people(rows_of(reading), organization, kind, school_year)
    return RegistryImport.objects.create(
        organization=organization,
        school_year=school_year,
        kind=kind,
        file_name=name[-200:],
        report={**reading, **_promise(reading, plan)},
        created_by=by,
    )


def _promise(reading, plan):
    return {"plan": check_rows(reading, plan), "promised": [planned.key for planned in plan.rows]}


class PlanChangedError(Exception):
    """What the check page promised is not what would happen now; `plan` is."""

    def __init__(self, plan):
        self.plan = plan


def confirm_import(registry_import: RegistryImport, *, by) -> Plan:
    """Write what the check page showed, all of it or nothing, once however often the button is pressed.

    Raises ValidationError where it was confirmed already, and where the registry has changed since the check: then
    the check page shows the new fates and asks again.
    """
    try:
        return _confirm(registry_import, by=by)
    except PlanChangedError as changed:
        report = {**registry_import.report, **_promise(registry_import.report, changed.plan)}
        RegistryImport.objects.filter(pk=registry_import.pk).update(report=report)
        message = _("The people or the registry have changed since the file was checked. Look at the rows once more.")
        raise ValidationError(message, code="changed") from changed


@transaction.atomic
def _confirm(registry_import, *, by):
    registry_import = move(registry_import, RegistryImport.Status.CONFIRMED, by=by)
    # Imports of one organization follow each other: two at once would each add the same new people.
    organization = Organization.objects.select_for_update().get(pk=registry_import.organization_id)
    rows = rows_of(registry_import.report)
    plan = match_people(rows, organization, registry_import.kind, registry_import.school_year)
    if [planned.key for planned in plan.rows] != registry_import.report["promised"]:
        raise PlanChangedError(plan)
    store(plan)
    return plan


@transaction.atomic
def store(plan: Plan) -> None:
    """Write the people and the rows of a plan."""
    for planned in plan.of_fate(NEW, JOINS, UPDATES):
        planned.person.save()
        planned.entry.person = planned.person
        planned.entry.save()


def result_in_words(plan: Plan) -> str:
    """«Добавлено: 12. Обновлено: 3. …», one sentence a kind of fate that occurred."""
    counts = plan.counts
    added, updated, same, left = plan.created, plan.updated, counts[UNCHANGED], counts[UNCLEAR]
    sentences = [
        ngettext("%(count)s person was added to the registry.", "%(count)s people were added to the registry.", added)
        % {"count": added},
        updated
        and ngettext("%(count)s row was updated.", "%(count)s rows were updated.", updated) % {"count": updated},
        same
        and ngettext("%(count)s row was there already.", "%(count)s rows were there already.", same) % {"count": same},
        left and ngettext("%(count)s row was left out.", "%(count)s rows were left out.", left) % {"count": left},
    ]
    return " ".join(sentence for sentence in sentences if sentence)
