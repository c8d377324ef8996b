"""From a document to a roadmap in the database: one way for the browser and the command.

What the document says is kept as written; what was read from deadlines stands beside it; what could not be read or
looks wrong becomes an ImportRemark.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.school_year import SchoolYear
from programs.models import Program
from roadmap.deadlines import parse
from roadmap.models import Activity, ActivityItem, DeadlineWindow, ImportRemark, Roadmap, RoadmapImport, Stage
from roadmap.reading import RoadmapReading, read_document
from roadmap.table_files import blocks_from_file

CERTAIN = 0.8


def read_file(content, name, *, organization, school_year):
    """Read a document's bytes into a RoadmapReading. Raises UnreadableDocument with a sentence for its owner."""
    return read_document(
        blocks_from_file(content, name),
        school_year=school_year,
        own_names=[organization.short_name, organization.full_name],
    )


def upload_roadmap(file, *, organization, school_year, by):
    """Keep an uploaded file for its check page. Raises UnreadableDocument, and keeps nothing, where it cannot be read."""
    reading = read_file(file.read(), file.name, organization=organization, school_year=school_year)
    file.seek(0)
    school_year = reading.school_year or school_year  # the year that the document names is the year of its plan
    return RoadmapImport.objects.create(
        organization=organization, school_year=school_year, file_name=file.name[:200], file=file, created_by=by
    )


def read_import(upload):
    """The reading of an uploaded file, made anew: it depends on nothing but the file."""
    with upload.file.open("rb") as file:
        return read_file(
            file.read(), upload.file_name, organization=upload.organization, school_year=upload.school_year
        )


@transaction.atomic
def confirm_import(upload, *, by):
    """Make the roadmap of an uploaded file; a second call gives the roadmap that the first one made."""
    upload = RoadmapImport.objects.select_for_update().select_related("organization").get(pk=upload.pk)
    if upload.roadmap_id:
        return upload.roadmap
    roadmap = store_reading(
        read_import(upload),
        organization=upload.organization,
        school_year=upload.school_year,
        source_name=upload.file_name,
        by=by,
    )
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
        approved_on=_day_of(approval.date_text) if approval else None,
        source_name=source_name[:200],
        created_by=by,
    )
    roadmap.full_clean()
    roadmap.save()
    activities_by_row = {}
    deadlines_year = reading.school_year or school_year
    for position, stage_reading in enumerate(reading.stages, 1):
        stage = Stage.objects.create(
            roadmap=roadmap, position=position, number=stage_reading.number, title=stage_reading.title
        )
        for place, activity_reading in enumerate(stage_reading.activities, 1):
            activity = _store_activity(stage, place, activity_reading, deadlines_year, (starts_on, ends_on))
            activities_by_row.setdefault(activity_reading.source_row, activity)
    ImportRemark.objects.bulk_create(
        ImportRemark(
            roadmap=roadmap,
            activity=activities_by_row.get(remark.row),
            row=remark.row or None,
            code=remark.code,
            text=str(remark.text),
        )
        for remark in reading.remarks
    )
    return roadmap


def _day_of(text):
    """The one day that «27» апреля 2022 г. names, or None."""
    windows = parse(text.replace("«", "").replace("»", "")).windows
    return windows[0][0] if len(windows) == 1 and windows[0][0] == windows[0][1] else None


def _store_activity(stage, place, reading, school_year, period):
    deadline = parse(reading.deadline_text, school_year=school_year, period=period)
    activity = Activity.objects.create(
        stage=stage,
        position=place,
        number=reading.number,
        group=reading.group,
        content=reading.content,
        deadline_text=reading.deadline_text,
        responsible_text=reading.responsible_text,
        document_text=reading.document_text,
        extra=reading.extra,
        deadline_kind=deadline.kind,
        deadline_confidence=deadline.confidence,
        deadline_remark=str(deadline.remark) if reading.deadline_text and deadline.confidence < CERTAIN else "",
    )
    DeadlineWindow.objects.bulk_create(
        DeadlineWindow(activity=activity, starts_on=starts_on, ends_on=ends_on)
        for starts_on, ends_on in deadline.windows
        if starts_on or ends_on
    )
    ActivityItem.objects.bulk_create(
        ActivityItem(activity=activity, position=position, number=number, text=text)
        for position, (number, text) in enumerate(reading.items, 1)
    )
    return activity
