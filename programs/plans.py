"""What a mentee, or a mentor, has before him in each of his pairs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from programs.meetings import meeting_state
from programs.models import Meeting, Pair
from programs.reports import next_period
from programs.workplace import pairs_at


@dataclass(frozen=True)
class PairPlan:
    """A pair with its log split by the day: what is planned (the next first), unmarked, and held (the last first)."""

    pair: Pair
    planned: list[Meeting]
    unmarked: list[Meeting]
    held: list[Meeting]
    today: date

    @property
    def next_meeting(self):
        return self.planned[0] if self.planned else None

    @property
    def agreed(self):
        """Held meetings at which something was agreed, the last first."""
        return [meeting for meeting in self.held if meeting.agreed]

    @property
    def due_period(self):
        """The Period of the report that is asked for now, or None; needs the pair's reports."""
        period = next_period(self.pair, self.pair.reports.all())
        return period if period and period.is_due(self.today) else None

    @property
    def returned_reports(self):
        return [report for report in self.pair.reports.all() if report.status == "returned"]

    @property
    def draft_reports(self):
        return [report for report in self.pair.reports.all() if report.status == "draft"]


def plans_at(workspace):
    """A PairPlan for each pair of the workspace, those in force first; the number of queries is constant."""
    pairs = pairs_at(workspace).for_register().prefetch_related("meetings__attendees", "reports")
    order = [Pair.Status.ACTIVE, Pair.Status.PROPOSED, Pair.Status.ENDED]
    plans = [_plan(pair, workspace.today) for pair in pairs]
    return sorted(plans, key=lambda plan: order.index(plan.pair.status))


def _plan(pair, today):
    by_state = defaultdict(list)
    for meeting in pair.meetings.all():  # the latest first
        by_state[meeting_state(meeting, today)].append(meeting)
    return PairPlan(pair, by_state["planned"][::-1], by_state["unmarked"], by_state["held"], today)
