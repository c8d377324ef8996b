"""A roadmap copied to a later school year: its phrases read anew, years inside texts moved, the leftovers told.

Stages, activities, points, roles and links go over; statuses, proofs, occurrences and the approval do not. What a person
has set by hand is moved by whole years and asks to be looked at.
"""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Person
from roadmap.exporting import approver_of, columns_of
from roadmap.importing import store_reading
from roadmap.models import Activity, ActivityLink, ActivityOwner, Roadmap, Stage
from roadmap.moved_years import moved, moved_day
from roadmap.naming import require_new_title
from roadmap.occurring import make_occurrences_of
from roadmap.redating import MOVED_BY_HAND, Redater, look_through, reading_of
from roadmap.roadmap_reading import Approval, Remark, RoadmapReading

DOUBTFUL = 0.5


@dataclass
class ProposedCopy:
    """What a copy would be: `reading` is stored as it stands here, if `fingerprint` is still the one that was shown."""

    reading: RoadmapReading
    school_year: int
    stages: list
    cancelled_count: int

    @property
    def activities(self):
        return [each for stage in self.stages for each in stage.activities]

    @property
    def fingerprint(self):
        shown = repr([self.reading.stages, self.reading.period, [each.windows for each in self.activities]])
        return hashlib.sha256(shown.encode()).hexdigest()[:24]

    @property
    def other_remarks(self):
        """Remarks that stand on no activity."""
        told = {remark for each in self.activities for remark in each.remarks}
        return [remark for remark in self.reading.remarks if remark not in told]


def propose_copy(roadmap, *, school_year, with_cancelled=False):
    """The ProposedCopy of a roadmap for a later school year; nothing is stored.

    Raises ValidationError for a year that is not later.
    """
    by = school_year - roadmap.school_year
    if not 1 <= by <= 10:
        raise ValidationError(_("A roadmap is copied to a later school year."))
    years = (roadmap.starts_on.year, roadmap.ends_on.year)
    redater = Redater(years, by)
    period = (moved_day(roadmap.starts_on, by), moved_day(roadmap.ends_on, by))
    stages = []
    for stage in roadmap.stages.order_by("position").prefetch_related("activities__windows", "activities__items"):
        rows = sorted(stage.activities.all(), key=lambda activity: activity.position)
        kept = [row for row in rows if with_cancelled or row.status != Activity.Status.CANCELLED]
        stages.append(redater.stage(stage, stage.number, stage.title, [(row, reading_of(row)) for row in kept]))
    reading = RoadmapReading(
        title=moved(roadmap.title, years, by)[0],
        columns=[(column["role"], column["title"]) for column in columns_of(roadmap)],
        stages=[stage.reading for stage in stages],
        approval=_approval_of(roadmap, redater.remarks),
        school_year=school_year,
        period=period,
    )
    cancelled_count = Activity.objects.filter(stage__roadmap=roadmap, status=Activity.Status.CANCELLED).count()
    copy = ProposedCopy(reading, school_year, stages, cancelled_count)
    look_through(reading, copy.activities, roadmap.organization, redater.remarks)
    return copy


def _approval_of(roadmap, remarks):
    """Who is to approve the copy: the head as he is now; where the portal does not know him, the one of the old plan."""
    old = Approval(roadmap.approver_position, roadmap.approver_name)
    if not old.position and not old.name:
        return None  # then papers name the head by themselves
    head = approver_of(Roadmap(organization=roadmap.organization))
    if head["name"]:
        same = "".join(head["name"].split()) == "".join(old.name.split())
        return old if same else Approval(head["position"], head["name"])
    sentence = gettext_lazy("The approver is that of the old plan: {name}. Check that this is still so.")
    remarks.append(Remark(0, "approver_kept", format_lazy(sentence, name=old.name or old.position)))
    return old


@transaction.atomic
def copy_roadmap(roadmap, *, school_year, title, by, shown, with_cancelled=False, approver=None):
    """Make the copy that was shown (its fingerprint), `approver` is (position, name) where a person has changed them.

    Returns the new Roadmap; the copy of a template is a template.
    Raises ValidationError where the plan has changed since, or where the year has a roadmap of this title.
    """
    roadmap = Roadmap.objects.select_for_update(of=("self",)).select_related("organization").get(pk=roadmap.pk)
    copy = propose_copy(roadmap, school_year=school_year, with_cancelled=with_cancelled)
    if copy.fingerprint != shown:
        raise ValidationError(_("The plan has changed meanwhile: look it through once more."))
    require_new_title(roadmap.organization, school_year, title)
    copy.reading.title = title
    if approver is not None:
        copy.reading.approval = Approval(*approver)
    made = store_reading(
        copy.reading, organization=roadmap.organization, school_year=school_year, source_name="", by=by
    )
    made.remarks.update(row=None)  # there is no file whose lines they could name
    _finish_stages(copy.stages, made, roadmap)
    new = list(Activity.objects.filter(stage__roadmap=made).select_related("stage__roadmap").in_order())
    pairs = list(zip(copy.activities, new, strict=True))
    for copied, activity in pairs:
        _finish(copied, activity)
    make_occurrences_of(made)
    _copy_owners(roadmap.organization, pairs)
    _copy_links({copied.source.pk: activity for copied, activity in pairs})
    return made


def _finish_stages(copied, made, roadmap):
    """What the reading of a stage does not carry, and that the copy of a template is one."""
    stages = list(made.stages.order_by("position"))
    for each, stage in zip(copied, stages, strict=True):
        stage.kind = each.source.kind
    Stage.objects.bulk_update(stages, ["kind"])
    if roadmap.is_template:
        made.is_template = True
        made.save(update_fields=["is_template"])


def _finish(copied, activity):
    """What a reading does not carry: how often, where it came from, doubts on days that were set by hand."""
    old = copied.source
    activity.frequency, activity.is_by_hand = old.frequency, old.is_by_hand
    if copied.is_moved_by_hand:
        activity.deadline_kind = old.deadline_kind
        activity.deadline_confidence = DOUBTFUL
        activity.deadline_remark = str(MOVED_BY_HAND)
        activity.deadline_confirmed_by = None
    activity.save(
        update_fields=[
            "frequency",
            "is_by_hand",
            "deadline_kind",
            "deadline_confidence",
            "deadline_remark",
            "deadline_confirmed_by",
        ]
    )


def _copy_owners(organization, pairs):
    """Roles go over; people where the organization still has them."""
    here = set(
        Person.objects.filter(
            organization=organization, depersonalized_on=None, owned_activities__isnull=False
        ).values_list("pk", flat=True)
    )
    new = {copied.source.pk: activity for copied, activity in pairs}
    ActivityOwner.objects.bulk_create(
        ActivityOwner(activity=new[owner.activity_id], role=owner.role, person_id=owner.person_id)
        for owner in ActivityOwner.objects.filter(activity__in=list(new)).order_by("pk")
        if owner.role or owner.person_id in here
    )


def _copy_links(new):
    ActivityLink.objects.bulk_create(
        ActivityLink(leader=new[link.leader_id], follower=new[link.follower_id], kind=link.kind, lag_days=link.lag_days)
        for link in ActivityLink.objects.filter(leader__in=list(new), follower__in=list(new)).order_by("pk")
    )
