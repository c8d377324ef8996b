"""Arithmetic of links between activities: circles, and how far followers move. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

AFTER = "after"


class Span(NamedTuple):
    """First and last day of an activity."""

    starts_on: date
    ends_on: date

    def shifted(self, days: int) -> "Span":
        return Span(self.starts_on + timedelta(days=days), self.ends_on + timedelta(days=days))


# (key of the leader, key of the follower, «after» or «with», days between)
Link = tuple[int, int, str, int]


def chain_between(first: int, last: int, links: Sequence[Link]) -> list[int]:
    """The shortest chain of followers from `first` to `last`, both included; nothing where there is none."""
    came_from: dict[int, int | None] = {first: None}
    waiting = [first]
    for here in waiting:
        if here == last:
            chain: list[int] = []
            step: int | None = here
            while step is not None:
                chain.append(step)
                step = came_from[step]
            return chain[::-1]
        for leader, follower, _kind, _lag in links:
            if leader == here and follower not in came_from:
                came_from[follower] = here
                waiting.append(follower)
    return []


def moves_after(
    moved: int, spans: Mapping[int, Span], links: Sequence[Link], *, fixed: Collection[int] = ()
) -> dict[int, int]:
    """By how many days each follower of `moved` has to move, directly or through others; 0 is left out.

    «After» is a floor: the follower begins no earlier than so many days after the end, and is never drawn back.
    «With» is a tie: the follower begins so many days after the beginning, earlier or later than it stood. Where an
    activity follows several, the latest day counts. The links must hold no circle; keys of `fixed` do not move.
    """
    reached = [moved]
    for here in reached:
        reached += [follower for leader, follower, _k, _l in links if leader == here and follower not in reached]
    days = {moved: 0}
    waiting = [key for key in reached if key != moved]
    while waiting:
        # Whoever waits for nobody who waits is next; there is one, as there is no circle.
        here = next(key for key in waiting if not any(link[1] == key and link[0] in waiting for link in links))
        waiting.remove(here)
        days[here] = 0
        if here in spans and here not in fixed:
            days[here] = _days_of(here, spans, links, days)
    return {key: value for key, value in days.items() if value and key != moved}


def _days_of(here: int, spans: Mapping[int, Span], links: Sequence[Link], days: Mapping[int, int]) -> int:
    span, floors, ties = spans[here], [], []
    for leader, follower, kind, lag in links:
        if follower != here or leader not in spans:
            continue
        stands = spans[leader].shifted(days.get(leader, 0))
        if kind == AFTER:
            floors.append(stands.ends_on + timedelta(days=lag))
        else:
            ties.append(stands.starts_on + timedelta(days=lag))
    begins = max([*(ties or [span.starts_on]), *floors])
    return (begins - span.starts_on).days
