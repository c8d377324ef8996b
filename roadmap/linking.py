"""Links between activities: one follows another. When the first moves, its followers are proposed to move with it."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from roadmap.links import Span, chain_between, moves_after
from roadmap.models import Activity, ActivityLink, DeadlineWindow, Roadmap
from roadmap.occurring import make_occurrences


@dataclass(frozen=True)
class Move:
    """A proposed move: an activity and the days from it, before and after."""

    activity: Activity
    before: Span
    after: Span
    days: int


@transaction.atomic
def link_activities(leader, follower, *, kind, lag_days):
    """Let `follower` follow `leader`. Raises ValidationError for a circle, with its chain by name, and for a double."""
    if leader.stage.roadmap_id != follower.stage.roadmap_id:
        raise ValidationError(_("Only activities of one roadmap can be linked."))
    Roadmap.objects.select_for_update().get(pk=leader.stage.roadmap_id)
    if leader == follower:
        raise ValidationError(_("An activity cannot follow itself."))
    links = _links_of(leader.stage.roadmap)
    if chain := chain_between(follower.pk, leader.pk, links):
        rows = Activity.objects.in_bulk(chain)
        names = [_short(rows[key]) for key in chain]
        raise ValidationError(
            _("This would close a circle: %(chain)s."), params={"chain": " → ".join([*names, names[0]])}
        )
    link = ActivityLink(leader=leader, follower=follower, kind=kind, lag_days=lag_days)
    link.full_clean()
    link.save()
    return link


def _short(activity):
    text = f"{activity.number} {activity.content}".strip()
    return f"«{text[:60]}…»" if len(text) > 60 else f"«{text}»"


def _links_of(roadmap):
    rows = ActivityLink.objects.filter(leader__stage__roadmap=roadmap)
    return list(rows.values_list("leader", "follower", "kind", "lag_days"))


def span_of(activity):
    """First and last day over all windows, or None where a side is open: such an activity does not move."""
    windows = list(activity.windows.all())
    if not windows:
        return None
    starts = [each.starts_on or each.ends_on for each in windows]
    ends = [each.ends_on or each.starts_on for each in windows]
    return Span(min(starts), max(ends))


def proposed_moves(activity):
    """The Moves that the followers of an activity need to keep their distances, in the order of the plan.

    Those that are done or cancelled stay where they are, and so does what hangs on them.
    """
    links = _links_of(activity.stage.roadmap)
    reached, queue = {activity.pk}, deque([activity.pk])
    while queue:
        here = queue.popleft()
        for leader, follower, _kind, _lag in links:
            if leader == here and follower not in reached:
                reached.add(follower)
                queue.append(follower)
    rows = Activity.objects.filter(pk__in=reached).select_related("stage").prefetch_related("windows").in_order()
    rows = [row for row in rows if span_of(row)]
    spans = {row.pk: span_of(row) for row in rows}
    fixed = {row.pk for row in rows if not row.is_open and row.pk != activity.pk}
    days = moves_after(activity.pk, spans, links, fixed=fixed)
    return [
        Move(row, spans[row.pk], spans[row.pk].shifted(days[row.pk]), days[row.pk]) for row in rows if days.get(row.pk)
    ]


def fingerprint(moves):
    """The moves in one line: what is applied must be what was shown."""
    return ",".join(f"{move.activity.pk}:{move.days}:{move.before.starts_on}" for move in moves)


@transaction.atomic
def move_followers(activity, *, shown, by):
    """Apply the moves that were shown (`fingerprint`). Returns how many activities moved.

    Raises ValidationError where the plan has changed since they were shown.
    """
    Roadmap.objects.select_for_update().get(pk=activity.stage.roadmap_id)
    moves = proposed_moves(activity)
    if fingerprint(moves) != shown:
        raise ValidationError(_("The plan has changed meanwhile: look at the moves once more."))
    for move in moves:
        shift_activity(move.activity, move.days, by=by)
    return len(moves)


def shift_activity(activity, days, *, by):
    """Move all windows of an activity by so many days; the text of the deadline stays as it is written."""
    for window in activity.windows.all():
        for name in ("starts_on", "ends_on"):
            if value := getattr(window, name):
                setattr(window, name, value + timedelta(days=days))
        DeadlineWindow.objects.filter(pk=window.pk).update(starts_on=window.starts_on, ends_on=window.ends_on)
    activity.deadline_confirmed_by = by
    activity.version += 1
    activity.save(update_fields=["deadline_confirmed_by", "version"])
    make_occurrences(Activity.objects.select_related("stage__roadmap").get(pk=activity.pk))
