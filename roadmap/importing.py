"""From a document to a roadmap in the database: one way for the browser and the command.

What the document says is kept as written; what was read from deadlines stands beside it; what could not be read or
looks wrong becomes an ImportRemark.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.school_year import SchoolYear
from participants.holdings import words_in
from participants.models import Person
from programs.models import Program
from roadmap.activities import kind_of
from roadmap.blocks import NoRoadmapFound, UnreadableDocument
from roadmap.check_view import CAPS, shown_row
from roadmap.corrections import corrected, day_of, decisions_of, head_of, with_head
from roadmap.deadlines import parse
from roadmap.document_checks import Known
from roadmap.heads import key_of, tables_of
from roadmap.models import (
    Activity,
    ActivityItem,
    DeadlineWindow,
    ImportRemark,
    Roadmap,
    RoadmapImport,
    Stage,
    TableHead,
)
from roadmap.occurring import make_occurrences_of
from roadmap.reading import RoadmapReading, read_document, texts_of
from roadmap.stored_blocks import blocks_from_json, blocks_to_json
from roadmap.table_files import blocks_from_file
from roadmap.terms import calendar_of

CERTAIN = 0.8


def read_file(content, name, *, organization, school_year):
    """Read a document's bytes into a RoadmapReading. Raises UnreadableDocument with a sentence for its owner."""
    return _read(blocks_from_file(content, name), organization=organization, school_year=school_year)


def _read(blocks, *, organization, school_year, corrections=None):
    corrections = corrections or {}
    reading = read_document(
        blocks,
        school_year=school_year,
        own_names=[organization.short_name, organization.full_name],
        calendar=calendar_of(organization, school_year),
        known=known_of(organization),
        roles=corrections.get("roles", []),
        decisions=decisions_of(corrections),
        head=head_of(corrections),
        known_heads=known_heads(organization),
    )
    return corrected(reading, corrections)


def known_of(organization):
    """The head and the people of an organization, to whom the names in its document are compared."""
    names = Person.objects.filter(organization=organization).values_list("last_name", "first_name", "patronymic")
    people = tuple(f"{last} {first[:1]}.{middle[:1]}." for last, first, middle in names)
    return Known(organization.head_position, people, organization.is_office)


def upload_roadmap(file, *, organization, school_year, by):
    """Keep an uploaded file for its check page. Raises UnreadableDocument, and keeps nothing, where it cannot be read.

    A file with tables of which none is recognized is kept: its curator says which one it is (`choose_head`).
    """
    blocks = blocks_from_file(file.read(), file.name)
    try:
        reading = _read(blocks, organization=organization, school_year=school_year)
    except NoRoadmapFound:
        if not tables_of(blocks):
            raise
    else:
        school_year = reading.school_year or school_year  # the year that the document names is the year of its plan
    file.seek(0)
    return RoadmapImport.objects.create(
        organization=organization,
        school_year=school_year,
        file_name=file.name[:200],
        file=file,
        source=blocks_to_json(blocks),
        created_by=by,
    )


def read_import(upload):
    """The reading of an uploaded file with what a person has corrected; it is made anew from the rows kept of the file."""
    return _read(
        _blocks_of(upload),
        organization=upload.organization,
        school_year=upload.school_year,
        corrections=upload.corrections,
    )


def tables_of_import(upload):
    """The first lines of the tables of an uploaded file, as `roadmap.heads.tables_of` gives them."""
    return tables_of(_blocks_of(upload))


def known_heads(organization):
    """{headings: roles} as the organization's curators have said before."""
    return dict(TableHead.objects.filter(organization=organization).values_list("headings", "roles"))


def remember_head(upload):
    """Keep what the columns of the import hold for the next file with such a head."""
    columns = read_import(upload).columns
    key = key_of([heading for _role, heading in columns])
    roles = [role for role, _heading in columns]
    TableHead.objects.update_or_create(organization=upload.organization, headings=key, defaults={"roles": roles})


@transaction.atomic
def choose_head(upload, head):
    """The table begins at the line, its columns hold what is said. Raises ValueError as `roadmap.corrections.with_head`
    does, and ValidationError where the line has no rows under it; nothing is kept then. Returns the saved import.
    """
    upload = correct_import(upload, lambda kept: with_head(kept, head))
    try:
        reading = read_import(upload)
    except NoRoadmapFound as error:
        raise ValidationError(_("There are no activities below this line: choose another one.")) from error
    if not reading.activities:
        raise ValidationError(_("There are no activities below this line: choose another one."))
    if head.is_head:
        remember_head(upload)
    return upload


def _blocks_of(upload):
    if upload.source:
        return blocks_from_json(upload.source)
    with upload.file.open("rb") as file:  # uploaded before the rows were kept
        return blocks_from_file(file.read(), upload.file_name)


@transaction.atomic
def correct_import(upload, change):
    """Keep a correction: `change` takes the corrections that stand and gives the new ones; two people at once lose nothing.

    Raises ValidationError where the roadmap is made already, and what `change` raises. Returns the saved RoadmapImport.
    """
    upload = RoadmapImport.objects.select_for_update().select_related("organization").get(pk=upload.pk)
    if upload.roadmap_id:
        raise ValidationError(_("The roadmap is made already: correct it there."))
    upload.corrections = change(upload.corrections or {})
    year = upload.corrections.get("facts", {}).get("school_year")
    upload.school_year = int(year) if year else upload.school_year
    upload.save(update_fields=["corrections", "school_year"])
    return upload


def drop_import(upload):
    """Forget an upload that did not become a roadmap, with its file."""
    if upload.roadmap_id:
        raise ValidationError(_("The roadmap is made already: correct it there."))
    upload.file.delete(save=False)
    upload.delete()


def words_of(upload):
    """Every text of an uploaded file, its name, what was read from it and how that was corrected.

    None where nothing was kept of the reading and the file is gone or cannot be read any more.
    """
    stored = [upload.file_name, *words_in(upload.source), *words_in(upload.corrections)]
    try:
        with upload.file.open("rb") as file:
            blocks = blocks_from_file(file.read(), upload.file_name)
    except (OSError, ValueError):
        return stored if upload.source else None
    return [*stored, *(text for _row, text in texts_of(blocks))]


@transaction.atomic
def confirm_import(upload, *, by):
    """Make the roadmap of an uploaded file; a second call gives the roadmap that the first one made.

    Raises ValidationError with sentences about what cannot be stored.
    """
    upload = RoadmapImport.objects.select_for_update().select_related("organization").get(pk=upload.pk)
    if upload.roadmap_id:
        return upload.roadmap
    try:
        reading = read_import(upload)
    except UnreadableDocument as error:
        raise ValidationError(str(error)) from error
    roadmap = store_reading(
        reading,
        organization=upload.organization,
        school_year=upload.school_year,
        source_name=upload.file_name,
        by=by,
    )
    make_occurrences_of(roadmap)
    upload.roadmap = roadmap
    upload.save(update_fields=["roadmap"])
    return roadmap


@transaction.atomic
def store_reading(reading: RoadmapReading, *, organization, school_year, source_name, by=None):
    """Store a reading whole: roadmap, stages, activities with windows and points, remarks. Returns the Roadmap."""
    starts_on, ends_on = reading.period or (SchoolYear(school_year).starts_on, SchoolYear(school_year).ends_on)
    approval = reading.approval
    roadmap = Roadmap(
        organization=organization,
        program=Program.objects.filter(organization=organization, school_year=school_year).first(),
        title=(reading.title or _("Roadmap for %(year)s") % {"year": SchoolYear(school_year)})[:500],
        school_year=school_year,
        starts_on=starts_on,
        ends_on=ends_on,
        columns=[{"role": role, "title": heading} for role, heading in reading.columns],
        approver_position=approval.position[:250] if approval else "",
        approver_name=approval.name[:150] if approval else "",
        approved_on=day_of(approval.date_text) if approval else None,
        order_number=approval.order_number[:40] if approval else "",
        order_on=day_of(approval.order_date_text) if approval else None,
        source_name=source_name[:200],
        created_by=by,
    )
    roadmap.full_clean()
    roadmap.save()
    stages_by_row, activities_by_row = _store_stages(roadmap, reading, by=by)
    checked = {row for activity in reading.activities if activity.is_checked for row in activity.source_rows}
    ImportRemark.objects.bulk_create(
        ImportRemark(
            roadmap=roadmap,
            activity=activities_by_row.get(remark.row),
            stage=None if remark.row in activities_by_row else stages_by_row.get(remark.row),
            row=shown_row(remark.row) or None,
            code=remark.code,
            text=str(remark.text),
            # a person who looked the line through has answered what the portal asked of its reading
            is_settled=remark.code in CAPS and remark.row in checked,
        )
        for remark in reading.remarks
    )
    return roadmap


def _store_stages(roadmap, reading, *, by):
    """Stages with all that belongs to them, each kind in one go; ({line: its stage}, {line: the first activity read from it}).

    Hundreds of rows made one by one would write as many lines of history, which says of the import what its file says.
    """
    headings = headings_of(reading)
    stages = [
        Stage(
            roadmap=roadmap,
            position=position,
            number=stage.number,
            title=stage.title,
            source_heading=headings.get(stage.source_row, ""),
        )
        for position, stage in enumerate(reading.stages, 1)
    ]
    for stage, stage_reading in zip(stages, reading.stages, strict=True):
        _check_lengths(stage, stage_reading.source_row)
    Stage.objects.bulk_create(stages)
    calendar = calendar_of(roadmap.organization, roadmap.school_year)
    read = [
        (*_activity(stage, place, activity, reading.school_year or roadmap.school_year, calendar, by=by), activity)
        for stage, stage_reading in zip(stages, reading.stages, strict=True)
        for place, activity in enumerate(stage_reading.activities, 1)
    ]
    Activity.objects.bulk_create([activity for activity, _windows, _reading in read])
    DeadlineWindow.objects.bulk_create(
        DeadlineWindow(activity=activity, starts_on=starts_on, ends_on=ends_on)
        for activity, windows, _reading in read
        for starts_on, ends_on in windows
        if starts_on or ends_on
    )
    ActivityItem.objects.bulk_create(
        ActivityItem(activity=activity, position=position, number=number, text=text)
        for activity, _windows, activity_reading in read
        for position, (number, text) in enumerate(activity_reading.items, 1)
    )
    by_row = {}
    for activity, _windows, activity_reading in read:
        for row in activity_reading.source_rows or [activity_reading.source_row]:
            by_row.setdefault(row, activity)
    return {each.source_row: stage for stage, each in zip(stages, reading.stages, strict=True)}, by_row


def headings_of(reading):
    """{line: its text} of the lines that name a stage and nothing else."""
    taken = {row for activity in reading.activities for row in activity.source_rows}
    rows = {stage.source_row for stage in reading.stages} - taken
    return {line.row: " ".join(filter(None, line.cells))[:600] for line in reading.lines if line.row in rows}


def _activity(stage, place, reading, school_year, calendar, *, by):
    """(the activity of a reading, not saved; its windows): those of a person, else those read from the deadline."""
    roadmap = stage.roadmap
    deadline = parse(
        reading.deadline_text,
        school_year=school_year,
        period=(roadmap.starts_on, roadmap.ends_on),
        calendar=calendar,
    )
    windows, kind, confidence = deadline.windows, deadline.kind, deadline.confidence
    if reading.windows is not None:
        windows, kind, confidence = reading.windows, kind_of(reading.windows, deadline.kind), 1
    activity = Activity(
        stage=stage,
        position=place,
        number=reading.number,
        group=reading.group,
        content=reading.content,
        deadline_text=reading.deadline_text,
        responsible_text=reading.responsible_text,
        document_text=reading.document_text,
        extra=reading.extra,
        deadline_kind=kind,
        deadline_confidence=confidence,
        deadline_remark=str(deadline.remark)[:500] if reading.deadline_text and reading.windows is None else "",
        deadline_confirmed_by=by if reading.windows is not None else None,
    )
    _check_lengths(activity, reading.source_row)
    return activity, windows


def _check_lengths(subject, row):
    """Raise ValidationError for a text that its field does not hold, and name the line: nothing is cut off in silence."""
    for field in subject._meta.concrete_fields:
        limit = getattr(field, "max_length", None)
        if limit and field.get_internal_type() == "CharField" and len(getattr(subject, field.name) or "") > limit:
            raise ValidationError(
                _("Line %(row)s: “%(field)s” is longer than %(limit)s letters. Shorten it or choose another column.")
                % {"row": shown_row(row), "field": field.verbose_name, "limit": limit}
            )
