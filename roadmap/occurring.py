"""Occurrences of repeated activities: made by rule from the days of the activity, ticked one by one."""

from django.db import transaction

from roadmap.models import Activity, Occurrence
from roadmap.recurrence import Frequency, frequency_of, spans_of


@transaction.atomic
def make_occurrences(activity):
    """Bring the occurrences of an activity to its rule: how often it is, chosen by a person or read from its deadline.

    They fill the windows of the activity, or the period of the roadmap where it has none. Those that are done stay,
    whatever the rule says now. Returns how many there are.
    """
    roadmap = activity.stage.roadmap
    frequency = activity.frequency
    if not frequency and activity.deadline_kind == Activity.DeadlineKind.RECURRING:
        frequency = frequency_of(activity.deadline_text)
    wanted = {}
    if frequency:
        windows = [
            (each.starts_on or roadmap.starts_on, each.ends_on or roadmap.ends_on) for each in activity.windows.all()
        ]
        is_calendar = "квартал" in activity.deadline_text.casefold()
        for starts_on, ends_on in windows or [(roadmap.starts_on, roadmap.ends_on)]:
            if starts_on <= ends_on:
                spans = spans_of(Frequency(frequency), starts_on, ends_on, is_calendar_quarter=is_calendar)
                wanted |= dict(spans)
    activity.occurrences.filter(done_on=None).delete()
    kept = list(activity.occurrences.all())
    Occurrence.objects.bulk_create(
        Occurrence(activity=activity, starts_on=starts_on, ends_on=ends_on)
        for starts_on, ends_on in sorted(wanted.items())
        if not any(each.starts_on <= ends_on and starts_on <= each.ends_on for each in kept)
    )
    return activity.occurrences.count()


def make_occurrences_of(roadmap):
    """Occurrences of all repeated activities of a roadmap that have none yet. Returns how many activities got some."""
    rows = Activity.objects.filter(stage__roadmap=roadmap, occurrences=None).select_related("stage__roadmap")
    rows = rows.filter(deadline_kind=Activity.DeadlineKind.RECURRING)
    return sum(make_occurrences(activity) > 0 for activity in rows)


def tick_occurrence(occurrence, *, done_on):
    """Note the day on which one occurrence was done, or None where it was not."""
    occurrence.done_on = done_on
    occurrence.save(update_fields=["done_on"])
