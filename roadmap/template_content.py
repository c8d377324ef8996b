"""A template as it is kept in an edition: plain data whose stages and activities are known by their keys in the template.

{"title", "school_year", "starts_on", "ends_on", "columns", "stages": [{"key", "number", "title", "kind", "activities":
[{"key", "number", "group", "content", "deadline_text", "responsible_text", "document_text", "extra", "frequency",
"points": [[number, text]], "days": None or [[from, to]]}]}], "links": [[leader, follower, kind, days]]}
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from roadmap.exporting import columns_of
from roadmap.models import Activity, ActivityLink
from roadmap.moved_years import moved_day
from roadmap.own_words import own_words
from roadmap.redating import TEXTS, Redater, reading_of
from roadmap.roadmap_reading import ActivityReading

# What is compared of a template as a whole, beside its stages and activities.
FACTS = {"title": _("Title"), "period": _("Period"), "columns": _("Columns")}
# What is compared of a stage.
STAGE_FACTS = {
    "number": _("Number of the stage"),
    "title": _("Title of the stage"),
    "kind": _("Stage of the target model"),
}
# What is compared of an activity, in the order in which people read it.
FIELDS = {
    "stage": _("Stage"),
    "number": _("Number"),
    "group": _("Group of activities"),
    "content": _("Activity"),
    "points": _("Points"),
    "deadline": _("Deadline"),
    "responsible_text": _("Responsible"),
    "document_text": _("Document or result"),
    "extra": _("Other columns"),
    "frequency": _("How often"),
}


def content_of(roadmap):
    """The content of a template as it stands now; cancelled activities are left out."""
    stages = roadmap.stages.order_by("position").prefetch_related("activities__windows", "activities__items")
    rows = ActivityLink.objects.filter(leader__stage__roadmap=roadmap).order_by("pk")
    return {
        "title": roadmap.title,
        "school_year": roadmap.school_year,
        "starts_on": roadmap.starts_on.isoformat(),
        "ends_on": roadmap.ends_on.isoformat(),
        "columns": columns_of(roadmap),
        "stages": [
            {
                "key": stage.pk,
                "number": stage.number,
                "title": stage.title,
                "kind": stage.kind,
                "activities": [
                    _activity(row)
                    for row in sorted(stage.activities.all(), key=lambda row: row.position)
                    if row.status != Activity.Status.CANCELLED
                ],
            }
            for stage in stages
        ],
        "links": [list(row) for row in rows.values_list("leader", "follower", "kind", "lag_days")],
    }


def _activity(row):
    reading = reading_of(row)
    return {
        "key": row.pk,
        "number": row.number,
        **{name: getattr(row, name) for name in TEXTS},
        "extra": row.extra,
        "frequency": row.frequency,
        "points": [list(point) for point in reading.items],
        "days": None if reading.windows is None else [_days_out(window) for window in reading.windows],
    }


def _days_out(window):
    return [day and day.isoformat() for day in window]


def as_reading(activity):
    """An activity of a content as an ActivityReading."""
    days = activity["days"]
    return ActivityReading(
        number=activity["number"],
        items=[(number, text) for number, text in activity["points"]],
        extra=activity["extra"],
        windows=None if days is None else [tuple(day and date.fromisoformat(day) for day in window) for window in days],
        **{name: activity[name] for name in TEXTS},
    )


def _redater(content, organization, school_year):
    years = (date.fromisoformat(content["starts_on"]).year, date.fromisoformat(content["ends_on"]).year)
    return Redater(years, school_year - content["school_year"], own=own_words(organization))


def facts_of(content, organization=None, school_year=None):
    """What is compared of a template as a whole, by the names of FACTS; as the organization would have it where one is given."""
    title, by = content["title"], 0
    if organization is not None:
        redater = _redater(content, organization, school_year)
        title, by = redater.text(title), redater.by
    return {
        "title": title,
        "period": tuple(moved_day(date.fromisoformat(content[name]), by) for name in ("starts_on", "ends_on")),
        "columns": tuple((column["role"], column["title"]) for column in content["columns"]),
    }


def stage_facts_of(content, organization=None, school_year=None):
    """{key: what is compared of a stage, by the names of STAGE_FACTS}; as the organization would have it where one is given."""
    redater = Redater((0, 0), 0) if organization is None else _redater(content, organization, school_year)
    read = [redater.stage(stage, stage["number"], stage["title"], []) for stage in content["stages"]]
    return {
        stage.source["key"]: {
            "number": stage.reading.number,
            "title": stage.reading.title,
            "kind": stage.source["kind"],
        }
        for stage in read
    }


def links_in(content):
    """{(key of the leader, key of the follower): (kind, days)} of a content."""
    return {(leader, follower): (kind, days) for leader, follower, kind, days in content["links"]}


def redated(content, organization, school_year):
    """(the Redater, [RedatedStage]) of a content as it would be in the organization and year."""
    redater = _redater(content, organization, school_year)
    stages = [
        redater.stage(
            stage, stage["number"], stage["title"], [(each, as_reading(each)) for each in stage["activities"]]
        )
        for stage in content["stages"]
    ]
    return redater, stages


@dataclass(frozen=True)
class TemplateLine:
    """An activity of a template as it is compared: `values` by the names of FIELDS; `stage` is the key of its stage."""

    key: int
    stage: int
    stage_title: str
    values: dict
    frequency: str


def lines_of(content, organization=None, school_year=None):
    """{key: TemplateLine} of a content, in its order; as the organization would have it where one is given."""
    if organization is None:
        stages = Redater((0, 0), 0)
        stages = [
            stages.stage(each, each["number"], each["title"], [(row, as_reading(row)) for row in each["activities"]])
            for each in content["stages"]
        ]
    else:
        _redater, stages = redated(content, organization, school_year)
    return {
        row.source["key"]: TemplateLine(
            row.source["key"],
            stage.source["key"],
            stage.reading.title,
            values_of(row.reading, stage.source["key"], row.source["frequency"]),
            row.source["frequency"],
        )
        for stage in stages
        for row in stage.activities
    }


def values_of(reading, stage_key, frequency):
    """What is compared of an activity, by the names of FIELDS; sequences as tuples."""
    days = None if reading.windows is None else tuple(tuple(window) for window in reading.windows)
    return {
        "stage": stage_key,
        "number": reading.number,
        "group": reading.group,
        "content": reading.content,
        "points": tuple((number, text) for number, text in reading.items),
        "deadline": (reading.deadline_text, days),
        "responsible_text": reading.responsible_text,
        "document_text": reading.document_text,
        "extra": tuple(sorted(reading.extra.items())),
        "frequency": frequency,
    }
