"""Roadmaps with every required field."""

from datetime import date
from itertools import count

from participants.tests.factories import make_organization
from roadmap.models import Activity, ActivityItem, DeadlineWindow, Roadmap, Stage

_numbers = count(1)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
COLUMNS = [
    {"role": "number", "title": "№ п/п"},
    {"role": "content", "title": "Мероприятие"},
    {"role": "deadline", "title": "Срок исполнения"},
    {"role": "responsible", "title": "Ответственный"},
]


def make_roadmap(*, organization=None, activities=0, **values):
    """A roadmap; with `activities`, one stage with so many activities due in October 2026."""
    roadmap = Roadmap.objects.create(
        **{
            "organization": organization or make_organization(),
            "title": f"Дорожная карта {next(_numbers)}",
            "school_year": 2026,
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2027, 8, 31),
            "columns": COLUMNS,
        }
        | values
    )
    if activities:
        stage = make_stage(roadmap=roadmap)
        for _number in range(activities):
            make_activity(stage=stage)
    return roadmap


def make_stage(*, roadmap=None, **values):
    roadmap = roadmap or make_roadmap()
    position = roadmap.stages.count() + 1
    return Stage.objects.create(
        **{"roadmap": roadmap, "position": position, "number": str(position), "title": f"Этап {position}"} | values
    )


def make_activity(*, stage=None, windows=(OCTOBER,), items=(), **values):
    stage = stage or make_stage()
    position = stage.activities.count() + 1
    activity = Activity.objects.create(
        **{
            "stage": stage,
            "position": position,
            "number": f"{position}.",
            "content": f"Провести собрание {next(_numbers)}",
            "deadline_text": "октябрь 2026 г.",
            "responsible_text": "Куратор",
            "deadline_kind": "range",
            "deadline_confidence": 1,
        }
        | values
    )
    for starts_on, ends_on in windows:
        DeadlineWindow.objects.create(activity=activity, starts_on=starts_on, ends_on=ends_on)
    for place, text in enumerate(items, 1):
        ActivityItem.objects.create(activity=activity, position=place, number=f"{place}.", text=text)
    return activity
