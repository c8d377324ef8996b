"""The plan as approved: a copy that stays, and what has become of it since."""

from dataclasses import dataclass
from datetime import date

from roadmap.linking import span_of
from roadmap.models import Activity, Baseline

TEXTS = ("number", "content", "deadline_text", "responsible_text", "document_text")


def approve_baseline(roadmap, *, on, by=None):
    """Keep texts and days of all activities as the plan approved on that day. Returns the Baseline."""
    rows = Activity.objects.filter(stage__roadmap=roadmap).select_related("stage").prefetch_related("windows")
    return Baseline.objects.create(
        roadmap=roadmap, made_on=on, made_by=by, lines=[_line(activity) for activity in rows.in_order()]
    )


def _line(activity):
    span = span_of(activity)
    return {
        "activity": activity.pk,
        "stage": str(activity.stage),
        **{name: getattr(activity, name) for name in TEXTS},
        "is_cancelled": activity.status == Activity.Status.CANCELLED,
        "starts_on": span.starts_on.isoformat() if span else None,
        "ends_on": span.ends_on.isoformat() if span else None,
    }


@dataclass(frozen=True)
class Difference:
    """An activity then and now: `what` is added, removed, cancelled, moved or reworded; `days` counts the shift of its end."""

    what: set
    then: dict
    now: dict
    days: int | None = None
    activity: Activity | None = None

    @property
    def shown(self):
        return self.now or self.then


def differences(baseline):
    """What is not as it was approved, in the order of the plan; removed activities at the end."""
    then = {line["activity"]: line for line in baseline.lines}
    rows = Activity.objects.filter(stage__roadmap=baseline.roadmap_id).select_related("stage")
    found = []
    for activity in rows.prefetch_related("windows").in_order():
        now, old = _with_days(_line(activity)), then.pop(activity.pk, None)
        if old is None:
            found.append(Difference({"added"}, {}, now, activity=activity))
            continue
        old = _with_days(old)
        what = set()
        if (old["starts_on"], old["ends_on"]) != (now["starts_on"], now["ends_on"]):
            what.add("moved")
        if now["is_cancelled"] and not old.get("is_cancelled"):
            what.add("cancelled")
        if any(old[name] != now[name] for name in TEXTS[1:]):
            what.add("reworded")
        if what:
            days = (now["ends_on"] - old["ends_on"]).days if now["ends_on"] and old["ends_on"] else None
            found.append(Difference(what, old, now, days, activity))
    return found + [Difference({"removed"}, _with_days(line), {}) for line in then.values()]


def _with_days(line):
    days = {name: line[name] and date.fromisoformat(line[name]) for name in ("starts_on", "ends_on")}
    return {**line, **days}
