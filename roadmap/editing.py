"""The plan changed by hand: texts of activities, stages, points, their order. What a document said is kept beside."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from roadmap.deadlines import parse
from roadmap.exporting import STANDARD_COLUMNS
from roadmap.models import Activity, ActivityItem, DeadlineWindow, Roadmap, Stage
from roadmap.occurring import make_occurrences
from roadmap.terms import calendar_of

TEXTS = ("content", "deadline_text", "responsible_text", "document_text")
EDITED = ("number", *TEXTS, "frequency")
CERTAIN = 0.8
_ASIDE = 10_000  # places are unique within a stage: rows step aside before they take their new ones
MOST_ACTIVITIES = 5_000


class ChangedMeanwhile(ValidationError):
    """Somebody else has changed the activity since the page was opened; `current` is how it stands now."""

    def __init__(self, current):
        super().__init__(_("Somebody has changed this activity while you were editing it."))
        self.current = current


def make_roadmap(organization, *, school_year, by, **values):
    """A roadmap from scratch, with one stage to begin with. Raises ValidationError for a period that is none."""
    roadmap = Roadmap(
        organization=organization, school_year=school_year, created_by=by, columns=STANDARD_COLUMNS, **values
    )
    roadmap.full_clean()
    with transaction.atomic():
        roadmap.save()
        Stage.objects.create(roadmap=roadmap, position=1, number="1", title=_("Preparation"))
    return roadmap


@transaction.atomic
def change_activity(activity, values, *, version, by):
    """Write new texts into an activity: `values` may hold the fields of EDITED.

    `version` is the one that the person had before his eyes. The first change of a text that came from a document keeps
    the document's words in `source_texts`. A new deadline text is read anew. Returns the saved Activity; raises
    ChangedMeanwhile where it is another version now, ValidationError for an empty activity.
    """
    activity = Activity.objects.select_for_update().select_related("stage__roadmap").get(pk=activity.pk)
    if activity.version != version:
        raise ChangedMeanwhile(activity)
    changed = {name for name in EDITED if name in values and values[name] != getattr(activity, name)}
    if not changed:
        return activity
    for name in changed:
        if name in TEXTS and not activity.is_by_hand:
            activity.source_texts.setdefault(name, getattr(activity, name))
        setattr(activity, name, values[name])
    # Words that are the document's again need no note of what the document said.
    activity.source_texts = {
        name: text for name, text in activity.source_texts.items() if getattr(activity, name) != text
    }
    activity.version += 1
    activity.full_clean()
    activity.save(update_fields=[*changed, "source_texts", "version"])
    if "deadline_text" in changed:
        read_deadline(activity)
    if changed & {"deadline_text", "frequency"}:
        make_occurrences(activity)
    return activity


def read_deadline(activity):
    """Read the deadline text of an activity into days; a person confirms them."""
    roadmap = activity.stage.roadmap
    read = parse(
        activity.deadline_text,
        school_year=roadmap.school_year,
        period=(roadmap.starts_on, roadmap.ends_on),
        calendar=calendar_of(roadmap.organization, roadmap.school_year),
    )
    activity.windows.all().delete()
    DeadlineWindow.objects.bulk_create(
        DeadlineWindow(activity=activity, starts_on=starts_on, ends_on=ends_on)
        for starts_on, ends_on in read.windows
        if starts_on or ends_on
    )
    activity.deadline_kind, activity.deadline_confidence = read.kind, read.confidence
    is_doubtful = activity.deadline_text and read.confidence < CERTAIN
    activity.deadline_remark = str(read.remark)[:500] if is_doubtful else ""
    activity.deadline_confirmed_by = None
    activity.save(update_fields=["deadline_kind", "deadline_confidence", "deadline_remark", "deadline_confirmed_by"])


@transaction.atomic
def add_activity(stage, values):
    """A new activity at the end of a stage, its deadline read. Raises ValidationError without a text."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("roadmap").get(pk=stage.pk)
    if Activity.objects.filter(stage__roadmap=stage.roadmap).count() >= MOST_ACTIVITIES:
        raise ValidationError(_("A roadmap holds no more than 5,000 activities."))
    last = stage.activities.aggregate(last=Max("position"))["last"] or 0
    activity = Activity(stage=stage, position=last + 1, is_by_hand=True, **values)
    activity.full_clean()
    activity.save()
    read_deadline(activity)
    make_occurrences(activity)
    return activity


@transaction.atomic
def delete_activity(activity):
    """Take an activity out of the plan with all that stands on it; the history keeps that it was there."""
    for proof in activity.proofs.exclude(file=""):
        storage, name = proof.file.storage, proof.file.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    activity.delete()


@transaction.atomic
def place_activity(activity, stage, place):
    """Put an activity into a stage of its roadmap as the `place`-th, counted from 0; the others make room.

    Raises ValidationError for a stage of another roadmap.
    """
    if stage.roadmap_id != activity.stage.roadmap_id:
        raise ValidationError(_("An activity moves within its own roadmap."))
    # All stages in one order, so that two people who move at one moment do not wait for each other.
    list(Stage.objects.select_for_update().filter(roadmap=stage.roadmap_id).order_by("pk"))
    activity.refresh_from_db()
    left = activity.stage_id
    others = list(stage.activities.exclude(pk=activity.pk).order_by("position").values_list("pk", flat=True))
    order = [*others[: max(0, place)], activity.pk, *others[max(0, place) :]]
    Activity.objects.filter(stage__in={left, stage.pk}).update(position=F("position") + _ASIDE)
    Activity.objects.filter(pk=activity.pk).update(stage=stage, position=2 * _ASIDE + MOST_ACTIVITIES)
    _number(order)
    if left != stage.pk:
        _number(Activity.objects.filter(stage=left).order_by("position").values_list("pk", flat=True))


def _number(keys):
    rows = [Activity(pk=key, position=place) for place, key in enumerate(keys, 1)]
    Activity.objects.bulk_update(rows, ["position"], batch_size=500)


def step_activity(activity, step):
    """Move an activity one place up (-1) or down (1); over the edge it goes into the neighbouring stage."""
    keys = list(activity.stage.activities.order_by("position").values_list("pk", flat=True))
    place = keys.index(activity.pk) + step
    if 0 <= place < len(keys):
        return place_activity(activity, activity.stage, place)
    neighbours = activity.stage.roadmap.stages
    if step < 0:
        stage = neighbours.filter(position__lt=activity.stage.position).order_by("-position").first()
        return place_activity(activity, stage, stage.activities.count()) if stage else None
    stage = neighbours.filter(position__gt=activity.stage.position).order_by("position").first()
    return place_activity(activity, stage, 0) if stage else None


@transaction.atomic
def add_stage(roadmap, *, number, title, kind=""):
    """A new stage at the end."""
    roadmap = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    last = roadmap.stages.aggregate(last=Max("position"))["last"] or 0
    stage = Stage(roadmap=roadmap, position=last + 1, number=number, title=title, kind=kind)
    stage.full_clean()
    stage.save()
    return stage


def change_stage(stage, *, number, title, kind=""):
    """Rename a stage; of a roadmap from a document the first title is kept. `kind` is empty where the title says it."""
    if stage.roadmap.source_name and title != stage.title and not stage.source_title:
        stage.source_title = stage.title
    stage.number, stage.title, stage.kind = number, title, kind
    stage.full_clean()
    stage.save(update_fields=["number", "title", "kind", "source_title"])
    return stage


@transaction.atomic
def delete_stage(stage):
    """Take an empty stage away. Raises ValidationError while activities stand in it."""
    if stage.activities.exists():
        raise ValidationError(_("Activities stand in this stage: move or delete them first."))
    stage.delete()


@transaction.atomic
def place_stage(stage, place):
    """Put a stage as the `place`-th of its roadmap, counted from 0; the others make room."""
    stages = list(Stage.objects.select_for_update().filter(roadmap=stage.roadmap_id).order_by("position"))
    others = [each for each in stages if each != stage]
    Stage.objects.filter(roadmap=stage.roadmap_id).update(position=F("position") + _ASIDE)
    ordered = [*others[: max(0, place)], stage, *others[max(0, place) :]]
    for number, each in enumerate(ordered, 1):
        each.position = number
    Stage.objects.bulk_update(ordered, ["position"])


def step_stage(stage, step):
    """Move a stage one place up (-1) or down (1)."""
    place_stage(stage, stage.roadmap.stages.filter(position__lt=stage.position).count() + step)


@transaction.atomic
def add_item(activity, text):
    """A point at the end of an activity. Raises ValidationError for an empty one."""
    last = activity.items.aggregate(last=Max("position"))["last"] or 0
    item = ActivityItem(activity=activity, position=last + 1, text=" ".join(text.split()))
    item.full_clean()
    item.save()
    return item


def delete_item(item):
    """Take a point out of its activity; the history keeps that it was there."""
    item.delete()
