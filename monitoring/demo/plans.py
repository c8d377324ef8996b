"""Roadmaps: a document of each kind of organization, imported as its curator would, and what became of it by today."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from monitoring.demo.days import DemoDays, previous_workday
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from participants.models import Organization, Person
from roadmap.activities import set_status, tick_item
from roadmap.editing import add_activity
from roadmap.importing import read_file, store_reading
from roadmap.linking import link_activities, shift_activity, span_of
from roadmap.models import Activity, ActivityLink, Occurrence, Roadmap
from roadmap.occurring import make_occurrences_of, tick_occurrence
from roadmap.owning import propose_owners, set_owners
from roadmap.proofs import add_note

WORK = 6  # the place of the stage in which pairs work, in each of the documents
OF_THIS_WEEK = "Сведения о встречах пар за месяц для совещания при руководителе"
OF_NOBODY = "Фотографии и отзывы для стенда «Наставник рядом»"
FRIDAY = 4
PROOF = "Протокол в папке «Наставничество», лист подписан"
FOLDER = Path(__file__).parent / "roadmaps"
# Of what is over, counted from the latest: these are not done yet, the others are.
LATE_PLACES = {
    Organization.Kind.KINDERGARTEN: {1: Activity.Status.STARTED},
    Organization.Kind.SCHOOL: {1: Activity.Status.STARTED, 4: Activity.Status.PLANNED},
    Organization.Kind.CENTRE: {0: Activity.Status.PLANNED, 1: Activity.Status.STARTED, 4: Activity.Status.PLANNED},
}


def plan_this_year(staff: Staff, days: DemoDays) -> Roadmap:
    """The roadmap of the year: what is over is mostly done, some of it is late, some of the rest has begun."""
    imported_on = days.moment(days.year.starts_on, 14)
    with happening(imported_on, by=staff.curator, now=days.now):
        roadmap = import_document(staff, days)
    Roadmap.objects.filter(pk=roadmap.pk).update(created_at=imported_on)
    stored = Activity.objects.filter(stage__roadmap=roadmap).in_order().prefetch_related("windows", "items")
    activities = list(stored)
    over = [activity for activity in activities if activity.due_on() and activity.due_on() < days.today]
    over.sort(key=Activity.due_on, reverse=True)
    late = LATE_PLACES[staff.place.kind]
    for place, activity in enumerate(over):
        finish(activity, late.get(place, Activity.Status.DONE), staff, days)
    for place, activity in enumerate(activity for activity in activities if activity.is_due(days.today)):
        if place % 2 == 0:
            finish(activity, Activity.Status.STARTED, staff, days)
    enliven(roadmap, staff, days)
    return roadmap


def enliven(roadmap: Roadmap, staff: Staff, days: DemoDays) -> None:
    """What a curator adds within the first weeks: who answers, times, a link, proofs."""
    fixed_on = min(days.today, days.year.starts_on + timedelta(days=7))
    with happening(days.moment(fixed_on, 15), by=staff.curator, now=days.now):
        propose_owners(roadmap)
        curator = Person.objects.get(organization=staff.organization, user=staff.curator)
        waiting = Activity.objects.filter(stage__roadmap=roadmap).exclude(status=Activity.Status.DONE).in_order()
        set_owners(list(waiting)[::2], people=[curator], is_added=True)
        make_occurrences_of(roadmap)
    for occurrence in Occurrence.objects.filter(activity__stage__roadmap=roadmap, ends_on__lt=days.today):
        tick_occurrence(occurrence, done_on=occurrence.ends_on)
    rows = list(Activity.objects.filter(stage__roadmap=roadmap).select_related("stage__roadmap").in_order())
    for activity in [each for each in rows if each.status == Activity.Status.DONE][::3]:
        add_note(activity, PROOF, by=staff.curator)
    dated = [each for each in rows if each.deadline_kind == Activity.DeadlineKind.RANGE and each.is_open]
    spans = [(each, span_of(each)) for each in dated]
    for (leader, first), (follower, second) in pairwise(spans):
        if first and second and 0 < (lag := (second.starts_on - first.ends_on).days) < 60:
            link_activities(leader, follower, kind=ActivityLink.Kind.AFTER, lag_days=lag)
            break


def add_since_approval(roadmap: Roadmap, staff: Staff, days: DemoDays) -> None:
    """What life adds to a plan that is approved: something for this week, something that nobody has taken, a delay."""
    added_on = days.ago(3, not_before=days.year.starts_on)
    this_week = days.today + timedelta(days=max(0, FRIDAY - days.today.weekday()))
    with happening(days.moment(added_on, 16), by=staff.curator, now=days.now):
        curator = Person.objects.get(organization=staff.organization, user=staff.curator)
        set_owners([add_by_hand(roadmap, OF_THIS_WEEK, this_week)], people=[curator])
        add_by_hand(roadmap, OF_NOBODY, this_week + timedelta(days=14))
        coming = Activity.objects.filter(
            stage__roadmap=roadmap, status=Activity.Status.PLANNED, deadline_kind=Activity.DeadlineKind.RANGE
        )
        delayed = coming.filter(windows__starts_on__gt=days.today).in_order().first()
        if delayed:
            shift_activity(delayed, 10, by=staff.curator)


def add_by_hand(roadmap: Roadmap, content: str, day: date) -> Activity:
    """An activity at the end of the stage in which pairs work, numbered on from the last one where those have numbers."""
    stage = roadmap.stages.get(position=WORK)
    last = stage.activities.order_by("position").last()
    number = re.sub(r"\d+(?=\D*$)", lambda found: str(int(found[0]) + 1), last.number)
    return add_activity(stage, {"number": number, "content": content, "deadline_text": f"до {day:%d.%m.%Y}"})


def import_document(staff: Staff, days: DemoDays) -> Roadmap:
    """The document as a user uploads it: text with tabs."""
    name = f"{staff.place.kind}.tsv"
    year = days.year.start
    head = Person.objects.get(organization=staff.organization, user=staff.head)
    text = (FOLDER / name).read_text(encoding="utf-8")
    content = text.format(
        year=year,
        next_year=year + 1,
        short_year=year % 100,
        short_name=staff.organization.short_name,
        head_position=staff.organization.head_position,
        head_signature=head.signature,
    )
    reading = read_file(content.encode(), name, organization=staff.organization, school_year=year)
    file_name = f"Дорожная карта {days.year.start}-{year + 1}.txt"
    return store_reading(
        reading, organization=staff.organization, school_year=year, source_name=file_name, by=staff.curator
    )


def finish(activity: Activity, status: str, staff: Staff, days: DemoDays) -> None:
    """Give the activity the status on the day on which it came to it; points are ticked with it."""
    if status == Activity.Status.PLANNED:
        return
    day = day_of(activity, status, days)
    with happening(days.moment(day, 17), by=staff.curator, now=days.now):
        set_status(activity, status, by=staff.curator, today=day)
    items = list(activity.items.all())
    for item in items if status == Activity.Status.DONE else items[:1]:
        tick_item(item, is_done=True)


def day_of(activity: Activity, status: str, days: DemoDays) -> date:
    """Done a little before the last day, begun a little after the first."""
    if status == Activity.Status.DONE:
        return max(days.year.starts_on, previous_workday(activity.due_on()))
    starts = [window.starts_on for window in activity.windows.all() if window.starts_on]
    begun = min(starts, default=days.year.starts_on) + timedelta(days=3)
    return min(max(begun, days.year.starts_on), days.today)
