"""Bringing a registry file into the portal: columns matched, read, compared with the people who are known, written.

The browser goes `receive_file` → `choose_columns` → `read_import` → `begin_writing` → `write_import`; small files at
once, others by jobs. `manage.py import_registry` reads, matches and stores by the same functions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.jobs import Outcome, Unwatched, start_job
from mentorship.models import StatusEvent
from mentorship.transitions import lock_for_step, move, record
from participants.models import ColumnMatch, Organization, RegistryImport
from participants.registries import ENTRY_MODELS
from participants.registry_columns import fold_header
from participants.registry_header import Choice
from participants.registry_look import FIRST_ROWS, Look, look_at
from participants.registry_matching import (
    AS_NEW,
    FATES,
    REFUSED,
    REPEATED,
    ROW,
    SAME,
    SKIP,
    SKIPPED,
    STORED,
    UNCHANGED,
    UNCLEAR,
    UPDATE,
    Plan,
    match_people,
)
from participants.registry_reading import RegistryReading, RegistryRow, UnreadableRegistry, read_registry, read_table
from participants.registry_storing import store
from participants.sheet_files import Sheet, open_sheets

__all__ = ["FATES", "STORED", "match_people", "store"]

Status = RegistryImport.Status
AT_ONCE_ROWS = 300  # so many rows are done while the page waits
FILE_KEPT = timedelta(days=30)
READ_JOB, WRITE_JOB, UNDO_JOB = (
    "participants.read_registry",
    "participants.write_registry",
    "participants.undo_registry",
)


# --- reading ----------------------------------------------------------------------------------------------------------
def meanings_of(organization, kind) -> dict[str, str]:
    """{folded header: field}: what the curators of the organization have said of the columns of earlier files."""
    said = ColumnMatch.objects.filter(organization=organization, kind=kind)
    return dict(said.values_list("header", "field"))


def read_upload(data: bytes, name: str, kind: str, *, today: date, organization=None) -> RegistryReading:
    """The reading of a file with what is remembered of the organization's columns.

    Raises UnreadableRegistry with a sentence for its owner.
    """
    choice = Choice(meanings=meanings_of(organization, kind)) if organization else Choice()
    return read_registry(data, name, kind, today=today, choice=choice)


def rows_of(report) -> list[RegistryRow]:
    """The accepted rows of a report, as they were read."""
    return [RegistryRow.from_kept(values) for values in report["rows"]]


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


def check_rows(report, plan: Plan) -> list[dict]:
    """The rows of the check page in the order of the sheet: number, name, fate, notes, changes, whom to compare with."""
    remarks: dict[int, list[str]] = {}
    for remark in report["remarks"]:
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
            "candidates": planned.candidates,
        }
        for planned in plan.rows
    ]
    decided = {planned.row.row for planned in plan.rows}
    first_of = {number: numbers[0] for numbers in report["duplicates"] for number in numbers[1:]}
    rows += [_row_without_person(each, REFUSED) for each in report["refused"]]
    rows += [
        {**_row_without_person(each, REPEATED), "candidates": [f"r{first_of[each['row']]}"]}
        if each["row"] in first_of
        else _row_without_person(each, SKIPPED)
        for each in report["skipped"]
        if each["row"] not in decided
    ]
    return sorted(rows, key=lambda each: each["row"])


def _row_without_person(reported, fate):
    text = f"{reported['column']}: {reported['text']}" if reported.get("column") else reported["text"]
    return {
        "row": reported["row"],
        "name": "",
        "fate": fate,
        "person": None,
        "notes": [text],
        "changes": [],
        "candidates": [],
    }


def table_remarks(report) -> list[str]:
    """What is to be said of whole columns and of the sheet."""
    return [
        f"{each['column']}: {each['text']}" if each["column"] else each["text"]
        for each in report["remarks"]
        if each["row"] == report["header_row"]
    ]


# --- the file and its columns -----------------------------------------------------------------------------------------
def receive_file(data: bytes, name: str, *, kind, organization, school_year, by) -> RegistryImport:
    """Keep an uploaded file with what its columns seem to mean; nothing of its rows is read.

    Raises UnreadableRegistry for a file in which there is no table.
    """
    sheets = open_sheets(data, name, first_rows=FIRST_ROWS)
    look = look_at(sheets, kind, Choice(meanings=meanings_of(organization, kind)))
    received = RegistryImport(
        organization=organization,
        school_year=school_year,
        kind=kind,
        file_name=name[-200:],
        report={"look": look.as_kept()},
        created_by=by,
    )
    received.file.save("registry", ContentFile(data), save=False)
    received.save()
    return received


def look_again(registry_import: RegistryImport, *, sheet: int | None, header_row: int | None, by) -> RegistryImport:
    """Look at another sheet of the file, or take another row for its header; places are counted from 0.

    Raises UnreadableRegistry where no table is there; then everything stays as it was.
    """
    meanings = meanings_of(registry_import.organization, registry_import.kind)
    choice = Choice(sheet=sheet, header_row=header_row, meanings=meanings)
    look = look_at(open_file(registry_import), registry_import.kind, choice)
    return _keep_look(registry_import, look, {"sheet": look.sheet, "header_row": look.header_row}, by)


@transaction.atomic
def _keep_look(registry_import, look: Look, mapping, by):
    values = {"mapping": mapping, "report": {"look": look.as_kept()}, "decisions": {}}
    if registry_import.status != Status.UPLOADED:
        return move(registry_import, Status.UPLOADED, by=by, **values)
    RegistryImport.objects.filter(pk=registry_import.pk, status=Status.UPLOADED).update(**values)
    registry_import.refresh_from_db()
    return registry_import


def choose_columns(registry_import: RegistryImport, fields: Mapping[int, str], *, by) -> RegistryImport:
    """Say what each column means, remember what was corrected, and begin to read the file.

    `fields` is {place of the column, from 0: field}. Returns the import: checked already where the file is small,
    being read by its job where not.
    """
    look = registry_import.report["look"]
    mapping = {
        "sheet": look["sheet"],
        "header_row": look["header_row"],
        "fields": {str(index): field for index, field in sorted(fields.items())},
    }
    # A small file is read within the transaction: whatever breaks off, the import is where it was.
    with transaction.atomic():
        reading = move(registry_import, Status.READING, by=by, mapping=mapping, decisions={}, refusal="")
        remember_columns(reading, fields)
        if look["row_count"] > AT_ONCE_ROWS:
            _begin_job(reading, READ_JOB, _("Reading the registry “%(file)s”"), by)
        else:
            read_import(Unwatched(), reading.pk)
    reading.refresh_from_db()
    return reading


def remember_columns(registry_import: RegistryImport, fields: Mapping[int, str]) -> None:
    """Keep for the organization's next file what its curator corrected; a header that stands twice says nothing."""
    columns = registry_import.report["look"]["columns"]
    titles = [fold_header(column["header"]) for column in columns]
    own = ColumnMatch.objects.filter(organization=registry_import.organization, kind=registry_import.kind)
    for column, title in zip(columns, titles, strict=True):
        chosen = fields.get(column["index"], column["field"])
        if chosen != column["field"] and title and titles.count(title) == 1 and len(title) <= 300:
            own.update_or_create(
                organization=registry_import.organization,
                kind=registry_import.kind,
                header=title,
                defaults={"field": chosen},
            )


def _begin_job(registry_import, name, title, by):
    started = start_job(
        name,
        title=title % {"file": registry_import.file_name},
        organization=registry_import.organization,
        by=by,
        arguments={"import_id": registry_import.pk},
    )
    registry_import.job = started
    registry_import.save(update_fields=["job"])


def open_file(registry_import: RegistryImport) -> list[Sheet]:
    """The sheets of the kept file."""
    with registry_import.file.open("rb") as stream:
        return open_sheets(stream.read(), registry_import.file_name, was_checked=True)


def read_import(progress, import_id: int) -> Outcome:
    """Read the file and match its people; the check page shows what would become of each row.

    Safe to run twice: a file that was read already is left alone.
    """
    reading = RegistryImport.objects.select_related("organization", "created_by").get(pk=import_id)
    outcome = Outcome(url=reading.get_absolute_url())
    if reading.status != Status.READING:
        return outcome
    look, mapping = reading.report["look"], reading.mapping
    choice = Choice(
        sheet=mapping["sheet"],
        header_row=mapping["header_row"],
        fields={int(index): field for index, field in mapping["fields"].items()},
        meanings=meanings_of(reading.organization, reading.kind),
    )
    progress.phase(_("Reading the rows"), look["row_count"])
    try:
        read = read_table(
            open_file(reading),
            reading.kind,
            today=timezone.localdate(reading.created_at),
            choice=choice,
            advance=progress.advance,
        )
    except UnreadableRegistry as refusal:
        move(reading, Status.UNREADABLE, by=reading.created_by, refusal=str(refusal))
        return outcome
    kept = {
        **read.without_rows(),
        "rows": [row.as_kept() for row in read.rows],
        "repeated": [row.as_kept() for _first, row in read.repeated],
        "look": look,
    }
    progress.phase(_("Comparing with the people of the portal"), len(read.rows))
    plan = match_people(read.rows, reading.organization, reading.kind, reading.school_year, advance=progress.advance)
    progress.phase(_("Keeping the result"))
    with _step(reading, Status.CHECKED, by=reading.created_by) as values:
        values["report"] = {**kept, **_promise(kept, plan)}
    return outcome


def _promise(report, plan):
    return {"plan": check_rows(report, plan), "promised": plan.promise, "broken": plan.broken}


def give_up_reading(import_id: int) -> None:
    """The columns can be chosen once more."""
    _give_back(import_id, Status.READING, Status.UPLOADED)


def give_up_writing(import_id: int) -> None:
    """The check page can be confirmed once more."""
    _give_back(import_id, Status.WRITING, Status.CHECKED)


@transaction.atomic
def _give_back(import_id, status, former):
    held = RegistryImport.objects.select_for_update().filter(pk=import_id, status=status).first()
    if held:
        held.status = former
        held.save(update_fields=["status"])
        record(held, previous=status, by=None)


# --- decisions --------------------------------------------------------------------------------------------------------
def options_of(checked_row) -> list[str]:
    """What a curator may decide of a row of the check page: «same:12», «update:12», «row:5», «new», «skip»."""
    options = []
    for candidate in checked_row["candidates"]:
        kind, key = candidate[0], candidate[1:]
        options += [f"{SAME}:{key}", f"{UPDATE}:{key}"] if kind == "p" else [f"{ROW}:{key}"]
    return [*options, AS_NEW, SKIP] if options else []


def decide(registry_import: RegistryImport, decisions: Mapping[int, str], *, by) -> RegistryImport:
    """Keep what the curator says of rows that may be somebody known, and match the file anew.

    `decisions` is {row: option}; "" takes a decision back. Raises ValidationError for an option that the row has not.
    """
    rows = {each["row"]: each for each in registry_import.report["plan"]}
    kept = dict(registry_import.decisions)
    for number, decision in decisions.items():
        if decision and decision not in options_of(rows[number]):
            raise ValidationError(_("Row %(row)s has no such choice."), params={"row": number})
        kept[str(number)] = decision
    kept = {number: decision for number, decision in kept.items() if decision}
    plan = _match(registry_import, decisions=kept)
    report = {**registry_import.report, **_promise(registry_import.report, plan)}
    with transaction.atomic():
        locked = RegistryImport.objects.select_for_update().get(pk=registry_import.pk)
        if locked.status != Status.CHECKED:
            raise ValidationError(_("The import is no longer at its check page."), code="wrong_state")
        locked.decisions, locked.report = kept, report
        locked.save(update_fields=["decisions", "report"])
    return locked


def _match(registry_import, *, decisions=None, broken=None, progress=None) -> Plan:
    decisions = registry_import.decisions if decisions is None else decisions
    report = registry_import.report
    repeated = [
        RegistryRow.from_kept(values)
        for values in report["repeated"]
        if decisions.get(str(values["row"]), SKIP) != SKIP
    ]
    rows = sorted([*rows_of(report), *repeated], key=lambda row: row.row) if repeated else rows_of(report)
    return match_people(
        rows,
        registry_import.organization,
        registry_import.kind,
        registry_import.school_year,
        decisions=decisions,
        broken=broken,
        advance=progress.advance if progress else None,
    )


# --- confirmation -----------------------------------------------------------------------------------------------------
class PlanChangedError(Exception):
    """What the check page promised is not what would happen now; `plan` is."""

    def __init__(self, plan):
        self.plan = plan


def begin_writing(registry_import: RegistryImport, *, scope: str, by) -> RegistryImport:
    """Confirm what the check page shows: write it at once where the file is small, by a job where not.

    Raises ValidationError where it was confirmed already, where all rows are wanted and some are refused, and, for a
    small file, where the registry has changed since the check: then the check page shows the new fates.
    """
    _check_scope(registry_import, scope)
    try:
        with transaction.atomic():
            with _step(registry_import, Status.WRITING, by=by) as values:
                values["scope"] = scope
            if len(registry_import.report["rows"]) > AT_ONCE_ROWS:
                _begin_job(registry_import, WRITE_JOB, _("Writing the registry “%(file)s”"), by)
            else:
                _write_plan(registry_import, _promised_plan(registry_import), _state_of(registry_import))
    except PlanChangedError as changed:
        raise ValidationError(_ask_again(registry_import, changed.plan), code="changed") from changed
    return registry_import


def _check_scope(registry_import, scope):
    if scope != RegistryImport.Scope.ALL_OR_NOTHING:
        return
    count = sum(each["fate"] in (REFUSED, UNCLEAR) for each in registry_import.report["plan"])
    if count:
        message = ngettext(
            "%(count)s row is refused or unclear, and all rows or none were to be written. Nothing was written.",
            "%(count)s rows are refused or unclear, and all rows or none were to be written. Nothing was written.",
            count,
        )
        raise ValidationError(message, code="not_all", params={"count": count})


def write_import(progress, import_id: int) -> Outcome:
    """Write a confirmed import: match once more, compare with what was promised, write in one transaction.

    Safe to run twice, since the status is written with the rows. Where the registry has changed since the check, the
    check page shows the new fates and nothing is written.
    """
    writing = RegistryImport.objects.select_related("organization", "created_by").get(pk=import_id)
    address = writing.get_absolute_url()
    if writing.status != Status.WRITING:
        return Outcome(result_of(writing), address)
    progress.phase(_("Comparing with the people of the portal"), len(writing.report["rows"]))
    seen = _state_of(writing)
    try:
        plan = _promised_plan(writing, progress)
        count = plan.created + plan.updated
        progress.phase(ngettext("Writing %(count)s row", "Writing %(count)s rows", count) % {"count": count})
        written = _write_plan(writing, plan, seen)
    except PlanChangedError as changed:
        give_up_writing(writing.pk)
        return Outcome(_ask_again(writing, changed.plan), address)
    return Outcome(result_of(written), address)


def _write_plan(writing, plan, seen):
    by = _confirmed_by(writing)
    with _step(writing, Status.CONFIRMED, by=by) as values:
        # Imports of one organization follow each other: two at once would each add the same new people.
        Organization.objects.select_for_update().get(pk=writing.organization_id)
        if _state_of(writing) != seen:
            plan = _promised_plan(writing)
        refused = Counter(each["fate"] for each in writing.report["plan"] if each["fate"] == REFUSED)
        values["written"] = {**store(plan, by=by), "counts": dict(plan.counts + refused)}
    return writing


@contextmanager
def _step(registry_import, status, *, by):
    """`transitions.move` around the work that belongs to the step, for an import whose reading is large.

    Gives a dictionary for the values that are written with the status. What `move` would read and check anew, the
    whole reading, stays as it is: the row is locked, its status is checked by the graph, and the step is recorded.
    """
    values = {}
    with transaction.atomic():
        locked = RegistryImport.objects.select_for_update().defer("report", "written").get(pk=registry_import.pk)
        if status not in locked.NEXT.get(locked.status, ()):
            lock_for_step(registry_import, status)  # says why not
        yield values
        previous, registry_import.status = locked.status, status
        for name, value in values.items():
            setattr(registry_import, name, value)
        registry_import.save(update_fields=["status", *values])
        record(registry_import, previous=previous, by=by)


def _state_of(registry_import):
    """What changes whenever a person or a row of the organization does, told without reading them all."""
    model = ENTRY_MODELS[registry_import.kind]
    last = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    entries = model.objects.of_year(registry_import.organization, registry_import.school_year)
    return last, registry_import.organization.people.count(), entries.count()


def _promised_plan(registry_import, progress=None):
    plan = _match(registry_import, broken=registry_import.report["broken"], progress=progress)
    if plan.promise != registry_import.report["promised"]:
        raise PlanChangedError(_match(registry_import))
    return plan


def _ask_again(registry_import, plan):
    """Put the new fates on the check page; returns the sentence that says so."""
    report = {**registry_import.report, **_promise(registry_import.report, plan)}
    RegistryImport.objects.filter(pk=registry_import.pk).update(report=report)
    return _("The people or the registry have changed since the file was checked. Look at the rows once more.")


def _confirmed_by(registry_import):
    confirmed = registry_import.events.filter(status=Status.WRITING).select_related("actor").first()
    return confirmed.actor if confirmed else registry_import.created_by


def result_of(registry_import: RegistryImport) -> str:
    """What a confirmed import has done, in words."""
    counts = registry_import.written.get("counts", {})
    return _counts_in_words({fate: counts.get(fate, 0) for fate in FATES})


def result_in_words(plan: Plan) -> str:
    """«Добавлено: 12. Обновлено: 3. …», one sentence a kind of fate that occurred."""
    return _counts_in_words(plan.counts)


def _counts_in_words(counts) -> str:
    added, updated = counts["new"] + counts["joins"], counts["updates"]
    same, left = counts[UNCHANGED], counts[UNCLEAR] + counts[REFUSED]
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


# --- files that are not needed any more -------------------------------------------------------------------------------
def remove_old_uploads(now) -> int:
    """A month after an import was confirmed or undone its file and what was read from it go, counts stay; imports that
    nobody finished for a month go as a whole. Returns how many files were removed.
    """
    before = now - FILE_KEPT
    over = [Status.CONFIRMED, Status.UNDONE]
    lately = StatusEvent.objects.filter(content_type=ContentType.objects.get_for_model(RegistryImport), at__gte=before)
    idle = RegistryImport.objects.filter(created_at__lt=before).exclude(pk__in=lately.values("object_id"))
    removed = 0
    for old in _with_files(idle.filter(status__in=over)):
        old.file.delete(save=False)
        counts = {"counts": old.written["counts"]} if "counts" in old.written else {}
        head = {name: old.report[name] for name in ("sheet", "header_row", "read") if name in old.report}
        RegistryImport.objects.filter(pk=old.pk).update(file="", report=head, written=counts, decisions={})
        removed += 1
    for old in _with_files(idle.exclude(status__in=over)):
        old.file.delete(save=False)
        old.delete()
        removed += 1
    return removed


def _with_files(imports) -> Iterable[RegistryImport]:
    return imports.exclude(file="").defer("report", "written").iterator()
