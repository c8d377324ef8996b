"""How far a roadmap is: per stage and in all, what is done, due, late."""

from dataclasses import dataclass, field

from roadmap.models import Activity


@dataclass
class Tally:
    """Counts of activities; cancelled ones are not counted in `total`."""

    total: int = 0
    done: int = 0
    due: int = 0
    late: int = 0

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


def stages_of(roadmap, today):
    """StageProgress of each stage, in order; a constant number of queries."""
    stages = roadmap.stages.order_by("position").prefetch_related(
        "activities__windows", "activities__items", "activities__remarks"
    )
    found = []
    for stage in stages:
        activities = list(stage.activities.all())
        progress = StageProgress(stage, activities)
        for activity in activities:
            activity.state_today = state_of(activity, today)
            progress.tally.add(activity, today)
        found.append(progress)
    return found


def state_of(activity, today):
    """What the list shows: the status, or “late” / “due” where time says more."""
    if activity.is_late(today):
        return "late"
    if activity.is_due(today) and activity.status == Activity.Status.PLANNED:
        return "due"
    return activity.status


def sum_of(stages):
    """One Tally over all stages."""
    whole = Tally()
    for progress in stages:
        for name in ("total", "done", "due", "late"):
            setattr(whole, name, getattr(whole, name) + getattr(progress.tally, name))
    return whole
