"""On which days an activity is reminded of. Pure."""

from collections.abc import Collection, Iterable
from datetime import date


def is_reminded(due_on: date, days: Iterable[date], *, before: Collection[int], is_weekly_after: bool) -> bool:
    """Whether a reminder falls on one of `days`: today, and the days off before it that were quiet.

    So many days before the end; after it on the first day, then every seventh.
    """
    for day in days:
        left = (due_on - day).days
        if left in before or (is_weekly_after and left < 0 and (-left - 1) % 7 == 0):
            return True
    return False
