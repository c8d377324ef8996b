"""How far a roadmap is: per stage and in all, what is done, due, late."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Prefetch

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

    def add(self, activity, today):
        if activity.status == Activity.Status.CANCELLED:
            return
        self.total += 1
        self.done += activity.status == Activity.Status.DONE
        self.due += activity.is_due(today)
        self.late += activity.is_late(today)

    def add_signs(self, signs):
        self.week += "week" in signs
        self.unowned += "unowned" in signs


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

    def holds(self, sign):
        """Whether some activity of the stage is shown under the filter."""
        return any(sign in activity.signs for activity in self.activities)


def for_list():
    """Activities with all that a list shows of them."""
    owners = Prefetch("owners", ActivityOwner.objects.select_related("person"))
    return Activity.objects.order_by("position").prefetch_related(
        "windows", "items", "remarks", "occurrences", "proofs", owners
    )


def shown_activity(pk, today):
    """One activity as `stages_of` gives it."""
    activity = for_list().select_related("stage__roadmap__organization").get(pk=pk)
    activity.state_today = state_of(activity, today)
    activity.signs = signs_of(activity, today)
    return activity


def stages_of(roadmap, today):
    """StageProgress of each stage, in order; a constant number of queries."""
    stages = roadmap.stages.order_by("position").prefetch_related(Prefetch("activities", for_list()))
    found = []
    for stage in stages:
        activities = list(stage.activities.all())
        progress = StageProgress(stage, activities)
        for activity in activities:
            activity.state_today = state_of(activity, today)
            activity.signs = signs_of(activity, today)
            progress.tally.add(activity, today)
            progress.tally.add_signs(activity.signs)
        found.append(progress)
    return found


def state_of(activity, today):
    """What the list shows: the status, or “late” / “due” where time says more."""
    if activity.is_late(today):
        return "late"
    if activity.is_due(today) and activity.status == Activity.Status.PLANNED:
        return "due"
    return activity.status


def signs_of(activity, today):
    """The filters under which an activity is shown: its state, “week” where it ends by Sunday, “unowned”."""
    signs = {activity.state_today}
    if activity.is_due(today):
        signs.add("due")
    if activity.is_open:
        due_on = activity.due_on()
        if due_on and today <= due_on <= today + timedelta(days=6 - today.weekday()):
            signs.add("week")
        if not activity.owners.all():
            signs.add("unowned")
    return signs


def sum_of(stages):
    """One Tally over all stages."""
    whole = Tally()
    for progress in stages:
        for name in ("total", "done", "due", "late", "week", "unowned"):
            setattr(whole, name, getattr(whole, name) + getattr(progress.tally, name))
    return whole
