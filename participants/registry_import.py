"""Bringing a registry file into the portal: the file, its columns, its reading.

The browser goes `receive_file` → `choose_columns` → `read_import`, the check page (registry_check), `begin_writing` →
`write_import` (registry_writing); small files at once, others by jobs. `manage.py import_registry` reads, matches and
stores by the same functions.
"""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.jobs import Outcome, Unwatched, start_job
from mentorship.models import StatusEvent
from mentorship.transitions import lock_for_step, move, record
from participants.models import ColumnMatch, RegistryImport
from participants.registry_check import match_reading, promise
from participants.registry_columns import fold_header
from participants.registry_header import NO_HEADER, Choice
from participants.registry_look import FIRST_ROWS, Look, look_at
from participants.registry_reading import RegistryReading, UnreadableRegistry, read_registry, read_table
from participants.sheet_files import Sheet, open_sheets

Status = RegistryImport.Status
AT_ONCE_ROWS = 300  # so many rows are done while the page waits
FILE_KEPT = timedelta(days=30)
READ_JOB = "participants.read_registry"


# --- the file and its columns -----------------------------------------------------------------------------------------
def meanings_of(organization, kind) -> dict[str, str]:
    """{folded header: field}: what the curators of the organization have said of the columns of earlier files."""
    said = ColumnMatch.objects.filter(organization=organization, kind=kind)
    return dict(said.values_list("header", "field"))


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
        if is_done_at_once(look["row_count"]):
            read_import(Unwatched(), reading.pk)
        else:
            begin_job(reading, READ_JOB, _("Reading the registry “%(file)s”"), by)
    reading.refresh_from_db()
    return reading


def remember_columns(registry_import: RegistryImport, fields: Mapping[int, str]) -> None:
    """Keep for the organization's next file what its curator corrected; a header that stands twice says nothing, and
    the letters of a table without headers say as little.
    """
    if registry_import.report["look"]["header_row"] == NO_HEADER:
        return
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


def is_done_at_once(row_count: int) -> bool:
    """Whether a step over so many rows is done while its page waits."""
    return row_count <= AT_ONCE_ROWS


def begin_job(registry_import, name, title, by) -> None:
    """Give a step of the import to the worker; `registry_import.job` is watched on its page."""
    started = start_job(
        name,
        title=title % {"file": registry_import.file_name},
        organization=registry_import.organization,
        by=by,
        arguments={"import_id": registry_import.pk},
        url=registry_import.get_absolute_url(),
    )
    registry_import.job = started
    registry_import.save(update_fields=["job"])


def open_file(registry_import: RegistryImport) -> list[Sheet]:
    """The sheets of the kept file."""
    with registry_import.file.open("rb") as stream:
        return open_sheets(stream.read(), registry_import.file_name, was_checked=True)


# --- reading ----------------------------------------------------------------------------------------------------------
def read_upload(data: bytes, name: str, kind: str, *, today: date, organization=None) -> RegistryReading:
    """The reading of a file with what is remembered of the organization's columns.

    Raises UnreadableRegistry with a sentence for its owner.
    """
    choice = Choice(meanings=meanings_of(organization, kind)) if organization else Choice()
    return read_registry(data, name, kind, today=today, choice=choice)


def read_import(progress, import_id: int) -> Outcome:
    """Read the file and match its people; the check page shows what would become of each row.

    Safe to run twice: a file that was read already is left alone.
    """
    reading = RegistryImport.objects.select_related("organization", "created_by").get(pk=import_id)
    outcome = Outcome(url=reading.get_absolute_url())
    if reading.status != Status.READING:
        return outcome
    try:
        report = _report_of(reading, progress)
    except UnreadableRegistry as refusal:
        move(reading, Status.UNREADABLE, by=reading.created_by, refusal=str(refusal))
        return outcome
    progress.phase(_("Keeping the result"))
    with step_with_reading(reading, Status.CHECKED, by=reading.created_by) as values:
        values["report"] = report
    return outcome


def _report_of(reading, progress):
    """What is kept of the file: its rows as read, the fate of each. The rows and people in memory go with this function."""
    look, mapping = reading.report["look"], reading.mapping
    choice = Choice(
        sheet=mapping["sheet"],
        header_row=mapping["header_row"],
        fields={int(index): field for index, field in mapping["fields"].items()},
        meanings=meanings_of(reading.organization, reading.kind),
    )
    progress.phase(_("Reading the rows"), look["row_count"])
    read = read_table(
        open_file(reading),
        reading.kind,
        today=timezone.localdate(reading.created_at),
        choice=choice,
        advance=progress.advance,
    )
    kept = {
        **read.without_rows(),
        "rows": [row.as_kept() for row in read.rows],
        "repeated": [row.as_kept() for _first, row in read.repeated],
        "names": {str(row): name for row, name in read.names.items()},
        "look": look,
    }
    progress.phase(_("Comparing with the people of the portal"), len(read.rows))
    plan = match_reading(read, reading.organization, reading.kind, reading.school_year, advance=progress.advance)
    return {**kept, **promise(kept, plan)}


def give_up_reading(import_id: int) -> None:
    """The columns can be chosen once more."""
    give_back(import_id, Status.READING, Status.UPLOADED)


@transaction.atomic
def give_back(import_id, status, former) -> None:
    """Put an import whose job was given up back to where its person can begin the step again."""
    held = RegistryImport.objects.select_for_update().filter(pk=import_id, status=status).first()
    if held:
        held.status = former
        held.save(update_fields=["status"])
        record(held, previous=status, by=None)


@contextmanager
def step_with_reading(registry_import, status, *, by):
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
