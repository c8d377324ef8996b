"""Repeated activities: how often a phrase says, and the spans of a period in which each time falls. Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

MOST = 60  # more times in a year are nobody's plan


class Frequency(StrEnum):
    """How often an activity is to be done."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


_WORDS = [
    (
        Frequency.WEEKLY,
        r"еженедел|раз\w*\s+в\s+недел|кажд\w+\s+(?:недел|понедельник|вторник|сред|четверг|пятниц|суббот)",
    ),
    (Frequency.MONTHLY, r"ежемесяч|кажд\w+\s+месяц|раз\w*\s+в\s+месяц"),
    (
        Frequency.QUARTERLY,
        r"ежекварталь|(?:кажд\w+|раз\w*\s+в)\s+(?:квартал|четверть)|по\s+итогам\s+четверт",
    ),
    (Frequency.HALF_YEARLY, r"раз\w*\s+в\s+полугод|кажд\w+\s+полугод|по\s+полугоди"),
]
_KNOWN = [(frequency, re.compile(pattern)) for frequency, pattern in _WORDS]
# School quarters begin in these months; an organization with trimesters or half-years of its own corrects the days.
_SCHOOL_QUARTERS = (9, 11, 1, 4)
_CALENDAR_QUARTERS = (1, 4, 7, 10)
_HALVES = (9, 1)


def frequency_of(text: str) -> Frequency | None:
    """How often a deadline phrase says that an activity is done; None where it does not say."""
    folded = " ".join(text.casefold().replace("ё", "е").split())
    return next((frequency for frequency, pattern in _KNOWN if pattern.search(folded)), None)


def spans_of(
    frequency: Frequency, starts_on: date, ends_on: date, *, is_calendar_quarter: bool = False
) -> list[tuple[date, date]]:
    """The spans (first day, last day) within a period, one for each time; those cut by its ends are kept short.

    No more than MOST. July and August hold none of the monthly ones: nobody is at school.
    """
    starts = sorted({starts_on, *_starts(frequency, starts_on, ends_on, is_calendar_quarter)})
    ends = [*[day - timedelta(days=1) for day in starts[1:]], ends_on]
    spans = list(zip(starts, ends, strict=True))
    if frequency == Frequency.MONTHLY and (ends_on - starts_on).days > 300:
        spans = [span for span in spans if span[0].month not in (7, 8)]
    if frequency == Frequency.WEEKLY and (ends_on - starts_on).days > 300:
        spans = [span for span in spans if span[0].month not in (6, 7, 8)]
    return spans[:MOST]


def _starts(frequency: Frequency, starts_on: date, ends_on: date, is_calendar_quarter: bool) -> Iterator[date]:
    quarters = _CALENDAR_QUARTERS if is_calendar_quarter else _SCHOOL_QUARTERS
    months = {Frequency.MONTHLY: range(1, 13), Frequency.QUARTERLY: quarters, Frequency.HALF_YEARLY: _HALVES}
    if frequency == Frequency.WEEKLY:
        day = starts_on + timedelta(days=-starts_on.weekday() % 7)
        while day <= ends_on:
            yield day
            day += timedelta(days=7)
        return
    for year in range(starts_on.year, ends_on.year + 1):
        for month in months[frequency]:
            if starts_on <= date(year, month, 1) <= ends_on:
                yield date(year, month, 1)
