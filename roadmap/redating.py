"""A plan re-dated for another school year or another organization: what the copy to the next year and the taking of an
office's template share. Years inside texts move, phrases are read anew, the leftovers are told.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as replaced

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roadmap.deadlines import parse
from roadmap.document_checks import remarks_on_words
from roadmap.importing import known_of
from roadmap.models import Activity
from roadmap.moved_years import moved, moved_day
from roadmap.reading import remarks_on_names
from roadmap.reading_checks import remarks_on
from roadmap.roadmap_reading import ActivityReading, Remark, RoadmapReading, StageReading
from roadmap.terms import calendar_of

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
    "approver_kept",
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
class RedatedActivity:
    """An activity before and after; `changes` are (label, text before, text after), `source` is where it came from."""

    source: Activity | dict
    before: ActivityReading
    reading: ActivityReading
    changes: list = field(default_factory=list)
    windows: list = field(default_factory=list)
    remarks: list = field(default_factory=list)

    @property
    def is_moved_by_hand(self):
        return bool(self.reading.windows)


@dataclass
class RedatedStage:
    source: object
    title_before: str
    reading: StageReading
    activities: list


def as_it_is(text):
    return text


@dataclass
class Redater:
    """Moves texts and days by `by` years, from a plan of the years `years` (first, last); `own` puts in the names of
    the organization that takes the plan. Counts the lines of what it makes and keeps what is to be said of them.
    """

    years: tuple
    by: int
    own: Callable[[str], str] = as_it_is
    row: int = 0
    remarks: list = field(default_factory=list)

    def text(self, text, *, is_told=True):
        """The text for the other year; a year that was left is told, unless `is_told` is off."""
        if not self.by:
            return self.own(text)
        after, kept = moved(text, self.years, self.by)
        sentence = gettext_lazy("The year was left as it is: “{years}”. Check it.")
        if kept and is_told:
            self.remarks.append(Remark(self.row, "kept_year", format_lazy(sentence, years="; ".join(kept))))
        return self.own(after)

    def stage(self, source, number, title, activities):
        """A stage with its activities, given as (source, ActivityReading)."""
        self.row += 1
        row, after = self.row, self.text(title)
        made = [self.activity(each, reading) for each, reading in activities]
        return RedatedStage(source, title, StageReading(number, after, [each.reading for each in made], row), made)

    def activity(self, source, before):
        """The RedatedActivity of a reading."""
        self.row += 1
        # The deadline has its own checks, which know the period.
        after = {name: self.text(getattr(before, name), is_told=name != "deadline_text") for name in TEXTS}
        windows = before.windows
        if windows is not None and self.by:
            windows = [tuple(day and moved_day(day, self.by) for day in window) for window in windows]
            self.remarks.append(Remark(self.row, "deadline_moved", MOVED_BY_HAND))
        reading = replaced(
            before,
            items=[(number, self.text(text)) for number, text in before.items],
            extra={
                title: self.text(value) if isinstance(value, str) else value for title, value in before.extra.items()
            },
            source_row=self.row,
            source_rows=[self.row],
            windows=windows,
            **after,
        )
        return RedatedActivity(source, before, reading, changes_between(before, reading))


def changes_between(before, after):
    """[(label, text before, text after)] of two readings of one activity."""
    changes = [
        (label, getattr(before, name), getattr(after, name))
        for name, label in TEXTS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    points = zip(before.items, after.items, strict=True)
    changes += [(_("Point"), was, text) for (_number, was), (_same, text) in points if was != text]
    return changes + [
        (title, before.extra[title], text) for title, text in after.extra.items() if before.extra[title] != text
    ]


def reading_of(activity):
    """An activity of a plan as a reading: its texts, points, and the days where a person has set them."""
    windows = None
    if activity.deadline_confirmed_by_id:
        windows = [(each.starts_on, each.ends_on) for each in activity.windows.all()]
    return ActivityReading(
        number=activity.number,
        items=[(item.number, item.text) for item in activity.items.all()],
        extra=activity.extra,
        windows=windows,
        **{name: getattr(activity, name) for name in TEXTS},
    )


def look_through(reading: RoadmapReading, redated, organization, remarks):
    """Read the deadlines of the RedatedActivity rows for their new year, and say what is left of the old plan.

    `reading.remarks` and those of each row are filled.
    """
    calendar = calendar_of(organization, reading.school_year)
    texts = [(stage.source_row, stage.title) for stage in reading.stages]
    for each in redated:
        texts += [(each.reading.source_row, getattr(each.reading, name)) for name in TEXTS]
        texts += [(each.reading.source_row, text) for _number, text in each.reading.items]
        read = parse(each.reading.deadline_text, reading.school_year, reading.period, calendar)
        each.windows = each.reading.windows if each.reading.windows is not None else read.windows
    heading = [(0, reading.title)]
    if reading.approval:
        heading += [(0, reading.approval.position)]
    found = [
        *remarks,
        *remarks_on(reading, calendar),
        *remarks_on_words(reading, texts, known_of(organization)),
        *remarks_on_names([*heading, *texts], [organization.short_name, organization.full_name]),
    ]
    # Days that a person has set say more than the phrase beside them.
    by_hand = {each.reading.source_row for each in redated if each.reading.windows is not None}
    # One name may be found by its words and by its number.
    once = {(remark.row, remark.code, str(remark.text)): remark for remark in found}
    reading.remarks = [
        remark
        for remark in sorted(once.values(), key=lambda remark: remark.row)
        if remark.code in LEFTOVERS
        and not (remark.row in by_hand and remark.code in {"deadline_unread", "deadline_doubtful", "outside_period"})
    ]
    for each in redated:
        each.remarks = [remark for remark in reading.remarks if remark.row == each.reading.source_row]
