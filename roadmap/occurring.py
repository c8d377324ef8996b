"""Occurrences of repeated activities: made by rule from the days of the activity, ticked one by one."""

from django.db import transaction
from django.db.models import Count, Q

from roadmap.models import Activity, Occurrence
from roadmap.recurrence import Frequency, frequency_of, times_of

SEVERAL = {Activity.DeadlineKind.RANGE, Activity.DeadlineKind.BY}


@transaction.atomic
def make_occurrences(activity):
    """Bring the occurrences of an activity to its rule: how often it is, chosen by a person or read from its deadline.

    They fill the windows of the activity, or the period of the roadmap where it has none. Several windows without a rule
    («сентябрь, март») are times themselves. Those that are done stay, whatever the rule says now. Returns how many there are.
    """
    wanted = _wanted(activity)
    activity.occurrences.filter(done_on=None).delete()
    kept = list(activity.occurrences.all())
    Occurrence.objects.bulk_create(
        Occurrence(activity=activity, starts_on=starts_on, ends_on=ends_on)
        for starts_on, ends_on in sorted(wanted.items())
        if not any(each.starts_on <= ends_on and starts_on <= each.ends_on for each in kept)
    )
    return activity.occurrences.count()


def _wanted(activity):
    """{first day: last day} of each time by the rule of the activity."""
    roadmap, text = activity.stage.roadmap, activity.deadline_text
    frequency = activity.frequency
    if not frequency and activity.deadline_kind == Activity.DeadlineKind.RECURRING:
        frequency = frequency_of(text)
    windows = [(each.starts_on, each.ends_on) for each in activity.windows.all()]
    if not frequency:
        is_several = len(windows) > 1 and activity.deadline_kind in SEVERAL
        return {starts_on or ends_on: ends_on for starts_on, ends_on in windows if ends_on} if is_several else {}
    found = {}
    for starts_on, ends_on in windows or [(None, None)]:
        first, last = starts_on or roadmap.starts_on, ends_on or roadmap.ends_on
        if first <= last:
            found |= dict(times_of(text, Frequency(frequency), first, last))
    return found


def make_occurrences_of(roadmap):
    """Occurrences of all repeated activities of a roadmap that have none yet. Returns how many activities got some."""
    rows = Activity.objects.filter(stage__roadmap=roadmap, occurrences=None).select_related("stage__roadmap")
    rows = rows.annotate(window_count=Count("windows")).prefetch_related("windows")
    is_several = Q(deadline_kind__in=SEVERAL, window_count__gt=1)
    rows = rows.filter(Q(deadline_kind=Activity.DeadlineKind.RECURRING) | ~Q(frequency="") | is_several)
    return sum(make_occurrences(activity) > 0 for activity in rows)


def tick_occurrence(occurrence, *, done_on):
    """Note the day on which one occurrence was done, or None where it was not."""
    occurrence.done_on = done_on
    occurrence.save(update_fields=["done_on"])
