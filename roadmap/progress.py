"""How far a roadmap is: per stage and in all, what is done, due, late."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from roadmap.models import Activity, ActivityOwner


@dataclass
class Tally:
    """Counts of activities; cancelled ones are not counted in `total`."""

    total: int = 0
    done: int = 0
    due: int = 0
    late: int = 0
    week: int = 0
    unowned: int = 0

    @property
    def percent(self):
        """Done of all in whole percent, or None where there is nothing to do."""
        return round(100 * self.done / self.total) if self.total else None

    def add(self, activity):
        """Count an activity that has its `signs`."""
        if activity.status == Activity.Status.CANCELLED:
            return
        self.total += 1
        self.done += activity.status == Activity.Status.DONE
        for sign in ("due", "late", "week", "unowned"):
            setattr(self, sign, getattr(self, sign) + (sign in activity.signs))


@dataclass
class StageProgress:
    stage: object
    activities: list
    tally: Tally = field(default_factory=Tally)

    @property
    def state(self):
        """One word for the stage: done, late, due (something is to be worked on now) or planned."""
        if self.tally.total and self.tally.done == self.tally.total:
            return "done"
        if self.tally.late:
            return "late"
        return "due" if self.tally.due else "planned"


def _rows():
    owners = ActivityOwner.objects.filter(activity=OuterRef("pk"))
    return Activity.objects.order_by("position").annotate(is_owned=Exists(owners))


def for_tally():
    """Activities with what their state, their signs and what witnesses see of them need, read as lists.

    Of the hundreds of a long plan a page shows fifty: a queryset for each of the others would cost more than their rows.
    """
    return _rows().prefetch_related(*(Prefetch(name, to_attr=f"read_{name}") for name in Activity.READ_AS_LISTS))


def for_list():
    """Activities with all that a list shows of them."""
    return _rows().prefetch_related(*Activity.READ_AS_LISTS, *_of_a_list())


def complete(activities):
    """Give activities of `for_tally` the rest of what a list shows."""
    prefetch_related_objects(activities, *_of_a_list())


def _of_a_list():
    return "remarks", "proofs", Prefetch("owners", ActivityOwner.objects.select_related("person"))


def shown_activity(pk, today):
    """One activity as `stages_of` gives it."""
    activity = for_list().select_related("stage__roadmap__organization").get(pk=pk)
    _look_at(activity, today)
    return activity


def stages_of(roadmap, today, *, rows=None):
    """StageProgress of each stage, in order; a constant number of queries. `rows`: `for_tally()` where that suffices."""
    rows = for_list() if rows is None else rows
    stages = roadmap.stages.order_by("position").prefetch_related(Prefetch("activities", rows))
    found = []
    for stage in stages:
        activities = list(stage.activities.all())
        progress = StageProgress(stage, activities)
        for activity in activities:
            _look_at(activity, today)
            progress.tally.add(activity)
        found.append(progress)
    return found


def state_of(activity, today):
    """What the list shows: the status, or “late” / “due” where time says more."""
    return _state(activity, is_late=activity.is_late(today), is_due=activity.is_due(today))


def _state(activity, *, is_late, is_due):
    if is_late:
        return "late"
    return "due" if is_due and activity.status == Activity.Status.PLANNED else activity.status


def _look_at(activity, today):
    """Give the activity its `state_today`, and as `signs` the filters under which it is shown.

    The signs are its state, “due”, “week” where it ends by Sunday, “unowned” where nobody answers for it.
    """
    is_late = activity.is_late(today)
    is_due = not is_late and activity.is_due(today)
    activity.state_today = _state(activity, is_late=is_late, is_due=is_due)
    activity.signs = {activity.state_today}
    if is_due:
        activity.signs.add("due")
    if activity.is_open:
        due_on = activity.due_on()
        if due_on and today <= due_on <= today + timedelta(days=6 - today.weekday()):
            activity.signs.add("week")
        if not activity.is_owned:
            activity.signs.add("unowned")


def sum_of(stages):
    """One Tally over all stages."""
    whole = Tally()
    for progress in stages:
        for name in ("total", "done", "due", "late", "week", "unowned"):
            setattr(whole, name, getattr(whole, name) + getattr(progress.tally, name))
    return whole
