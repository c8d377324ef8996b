"""A roadmap copied to a later school year: its phrases read anew, years inside texts moved, the leftovers told.

Stages, activities, points, roles and links go over; statuses, proofs, occurrences and the approval do not. What a person
has set by hand is moved by whole years and asks to be looked at.
"""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Person
from roadmap.deadlines import parse
from roadmap.document_checks import remarks_on_words
from roadmap.exporting import columns_of
from roadmap.importing import known_of, store_reading
from roadmap.models import Activity, ActivityLink, ActivityOwner, Roadmap
from roadmap.moved_years import moved, moved_day
from roadmap.naming import require_new_title
from roadmap.occurring import make_occurrences
from roadmap.reading import remarks_on_names
from roadmap.reading_checks import remarks_on
from roadmap.roadmap_reading import ActivityReading, Approval, Remark, RoadmapReading, StageReading
from roadmap.terms import calendar_of

DOUBTFUL = 0.5
# The leftovers of another year and of another organization; what else is odd was said when the plan was made.
LEFTOVERS = {
    "other_years",
    "odd_year",
    "kept_year",
    "outside_period",
    "foreign_name",
    "unknown_person",
    "other_head",
    "deadline_unread",
    "deadline_doubtful",
    "deadline_moved",
    "far_from_stage",
}
TEXTS = {
    "content": gettext_lazy("Activity"),
    "group": gettext_lazy("Group of activities"),
    "deadline_text": gettext_lazy("Deadline"),
    "responsible_text": gettext_lazy("Responsible"),
    "document_text": gettext_lazy("Document or result"),
}
MOVED_BY_HAND = gettext_lazy("The days were set by hand and are moved by whole years: check them.")


@dataclass
class CopiedActivity:
    """An activity and what becomes of it: `changes` are (label, text before, text after)."""

    activity: Activity
    reading: ActivityReading
    changes: list = field(default_factory=list)
    windows: list = field(default_factory=list)
    remarks: list = field(default_factory=list)

    @property
    def is_moved_by_hand(self):
        return bool(self.reading.windows)


@dataclass
class CopiedStage:
    title_before: str
    reading: StageReading
    activities: list


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
    mover = _Mover((roadmap.starts_on.year, roadmap.ends_on.year), by)
    period = (moved_day(roadmap.starts_on, by), moved_day(roadmap.ends_on, by))
    stages = []
    for stage in roadmap.stages.order_by("position").prefetch_related(
        "activities__windows", "activities__items", "activities__deadline_confirmed_by"
    ):
        row = mover.next_row()
        title = mover.text(stage.title)
        rows = sorted(stage.activities.all(), key=lambda activity: activity.position)
        copied = [
            mover.activity(activity)
            for activity in rows
            if with_cancelled or activity.status != Activity.Status.CANCELLED
        ]
        readings = [each.reading for each in copied]
        stages.append(CopiedStage(stage.title, StageReading(stage.number, title, readings, row), copied))
    reading = RoadmapReading(
        title=moved(roadmap.title, mover.years, by)[0],
        columns=[(column["role"], column["title"]) for column in columns_of(roadmap)],
        stages=[stage.reading for stage in stages],
        approval=Approval(roadmap.approver_position, roadmap.approver_name),
        school_year=school_year,
        period=period,
    )
    cancelled_count = Activity.objects.filter(stage__roadmap=roadmap, status=Activity.Status.CANCELLED).count()
    copy = ProposedCopy(reading, school_year, stages, cancelled_count)
    _look_through(copy, roadmap.organization, mover.remarks)
    return copy


def _look_through(copy, organization, remarks):
    """Read the deadlines for the new year and say what is left of the old one."""
    reading, calendar = copy.reading, calendar_of(organization, copy.school_year)
    texts = [(stage.source_row, stage.title) for stage in reading.stages]
    for each in copy.activities:
        texts += [(each.reading.source_row, getattr(each.reading, name)) for name in TEXTS]
        texts += [(each.reading.source_row, text) for _number, text in each.reading.items]
        read = parse(each.reading.deadline_text, copy.school_year, reading.period, calendar)
        each.windows = each.reading.windows if each.reading.windows is not None else read.windows
    found = [
        *remarks,
        *remarks_on(reading, calendar),
        *remarks_on_words(reading, texts, known_of(organization)),
        *remarks_on_names([(0, reading.title), *texts], [organization.short_name, organization.full_name]),
    ]
    # Days that a person has set say more than the phrase beside them.
    by_hand = {each.reading.source_row for each in copy.activities if each.reading.windows is not None}
    reading.remarks = [
        remark
        for remark in sorted(found, key=lambda remark: remark.row)
        if remark.code in LEFTOVERS
        and not (remark.row in by_hand and remark.code in {"deadline_unread", "deadline_doubtful", "outside_period"})
    ]
    for each in copy.activities:
        each.remarks = [remark for remark in reading.remarks if remark.row == each.reading.source_row]


class _Mover:
    """Moves texts, days and activities; counts the lines of the copy and keeps what is to be said of them."""

    def __init__(self, years, by):
        self.years, self.by = years, by
        self.row = 0
        self.remarks = []

    def next_row(self):
        self.row += 1
        return self.row

    def text(self, text, *, is_told=True):
        after, kept = moved(text, self.years, self.by)
        sentence = gettext_lazy("The year was left as it is: “{years}”. Check it.")
        if kept and is_told:
            self.remarks.append(Remark(self.row, "kept_year", format_lazy(sentence, years="; ".join(kept))))
        return after

    def activity(self, activity):
        row = self.next_row()
        # The deadline has its own checks, which know the period.
        after = {name: self.text(getattr(activity, name), is_told=name != "deadline_text") for name in TEXTS}
        windows = None
        if activity.deadline_confirmed_by_id:
            windows = [
                tuple(self._day(side) for side in (each.starts_on, each.ends_on)) for each in activity.windows.all()
            ]
        reading = ActivityReading(
            number=activity.number,
            items=[(item.number, self.text(item.text)) for item in activity.items.all()],
            extra={
                title: self.text(value) if isinstance(value, str) else value for title, value in activity.extra.items()
            },
            source_row=row,
            source_rows=[row],
            windows=windows,
            **after,
        )
        if windows:
            self.remarks.append(Remark(row, "deadline_moved", MOVED_BY_HAND))
        changes = [
            (label, getattr(activity, name), after[name])
            for name, label in TEXTS.items()
            if getattr(activity, name) != after[name]
        ]
        changes += [
            (_("Point"), item.text, text)
            for item, (_number, text) in zip(activity.items.all(), reading.items, strict=True)
            if item.text != text
        ]
        changes += [
            (title, activity.extra[title], text)
            for title, text in reading.extra.items()
            if activity.extra[title] != text
        ]
        return CopiedActivity(activity, reading, changes)

    def _day(self, day):
        return moved_day(day, self.by) if day else None


@transaction.atomic
def copy_roadmap(roadmap, *, school_year, title, by, shown, with_cancelled=False):
    """Make the copy that was shown (its fingerprint). Returns the new Roadmap.

    Raises ValidationError where the plan has changed since, or where the year has a roadmap of this title.
    """
    roadmap = Roadmap.objects.select_for_update(of=("self",)).select_related("organization").get(pk=roadmap.pk)
    copy = propose_copy(roadmap, school_year=school_year, with_cancelled=with_cancelled)
    if copy.fingerprint != shown:
        raise ValidationError(_("The plan has changed meanwhile: look it through once more."))
    require_new_title(roadmap.organization, school_year, title)
    copy.reading.title = title
    made = store_reading(
        copy.reading, organization=roadmap.organization, school_year=school_year, source_name="", by=by
    )
    made.remarks.update(row=None)  # there is no file whose lines they could name
    new = list(Activity.objects.filter(stage__roadmap=made).select_related("stage__roadmap").in_order())
    pairs = list(zip(copy.activities, new, strict=True))
    for copied, activity in pairs:
        _finish(copied, activity)
    _copy_owners(roadmap.organization, pairs)
    _copy_links({copied.activity.pk: activity for copied, activity in pairs})
    return made


def _finish(copied, activity):
    """What a reading does not carry: how often, where it came from, doubts on days that were set by hand."""
    old = copied.activity
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
    if activity.frequency or activity.deadline_kind == Activity.DeadlineKind.RECURRING:
        make_occurrences(activity)


def _copy_owners(organization, pairs):
    """Roles go over; people where the organization still has them."""
    here = set(
        Person.objects.filter(
            organization=organization, depersonalized_on=None, owned_activities__isnull=False
        ).values_list("pk", flat=True)
    )
    new = {copied.activity.pk: activity for copied, activity in pairs}
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
