"""Repeated activities: how often a phrase says, and the spans of a period in which each time falls. Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

MOST = 60  # more times in a year are nobody's plan


class Frequency(StrEnum):
    """How often an activity is to be done."""

    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    TRIMESTERLY = "trimesterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\w*"
_TWICE = r"(?:2|два|двух|дважды)(?:\s*-?\s*раз\w*)?"
# In this order: «2 раза в месяц» is no «раз в месяц».
_WORDS = [
    (
        Frequency.HALF_MONTHLY,
        rf"{_TWICE}\s+в\s+месяц|(?:раз\w*\s+в|кажд\w+)\s+(?:2|две)\s+недел",
    ),
    (Frequency.BIMONTHLY, r"(?:раз\w*\s+в|кажд\w+)\s+(?:2|два)\s+месяц"),
    (
        Frequency.MONTHLY,
        rf"ежемесяч|кажд\w+\s+месяц|раз\w*\s+в\s+месяц|{_WEEKDAY.replace('?P<weekday>', '?:')}\s+месяц",
    ),
    (
        Frequency.WEEKLY,
        r"еженедел|раз\w*\s+в\s+недел|кажд\w+\s+(?:недел|понедельник|вторник|сред|четверг|пятниц|суббот)"
        r"|\bпо\s+(?:понедельник|вторник|сред|четверг|пятниц|суббот)ам\b",
    ),
    (
        Frequency.QUARTERLY,
        r"ежекварталь|(?:кажд\w+|раз\w*\s+в)\s+(?:учебн\w+\s+)?(?:квартал|четверт(?:ь|и)\b)|по\s+четвертям"
        r"|(?:конц|итог|окончани|завершени)\w*\s+(?:кажд\w+\s+)?(?:учебн\w+\s+)?(?:четверт|квартал)"
        r"|раз\w*\s+в\s+(?:3|три)\s+месяц|(?:4|четыре)\s+раза\s+в\s+(?:учебн\w+\s+)?год",
    ),
    (
        Frequency.TRIMESTERLY,
        r"(?:кажд\w+|раз\w*\s+в)\s+триместр|по\s+триместрам|(?:конц|итог|окончани)\w*\s+(?:кажд\w+\s+)?триместр"
        r"|(?:(?:3|три)\s+раза|трижды)\s+в\s+(?:учебн\w+\s+)?год",
    ),
    (
        Frequency.HALF_YEARLY,
        rf"раз\w*\s+в\s+полугод|кажд\w+\s+полугод|по\s+полугоди|{_TWICE}\s+в\s+(?:учебн\w+\s+)?год",
    ),
    (Frequency.YEARLY, r"ежегодн|кажд\w+\s+год|(?:^|[^\d\s]\s+|\b1\s+)раз\s+в\s+(?:учебн\w+\s+)?год"),
]
_KNOWN = [(frequency, re.compile(pattern)) for frequency, pattern in _WORDS]
_BY_DAY = re.compile(r"\bдо\s+(\d{1,2})(?:\s*-?\s*(?:го|ого))?\s+числ")
_OF_WEEK = re.compile(rf"(?:кажд\w+|\bпо)\s+{_WEEKDAY}")
_OF_MONTH = re.compile(rf"(?P<which>перв|втор|трет|четверт|последн)\w*\s+{_WEEKDAY}\s+(?:кажд\w+\s+)?месяц")
_WHICH = {"перв": 0, "втор": 1, "трет": 2, "четверт": 3, "последн": -1}
# The months in which they begin; school quarters of an organization that has set its own come as windows of the activity.
_SCHOOL_QUARTERS = (9, 11, 1, 4)
_CALENDAR_QUARTERS = (1, 4, 7, 10)
_MONTHS = {
    Frequency.HALF_MONTHLY: tuple(range(1, 13)),
    Frequency.MONTHLY: tuple(range(1, 13)),
    Frequency.BIMONTHLY: (9, 11, 1, 3, 5, 7),
    Frequency.QUARTERLY: _SCHOOL_QUARTERS,
    Frequency.TRIMESTERLY: (9, 12, 3),
    Frequency.HALF_YEARLY: (9, 1),
    Frequency.YEARLY: (),
}
# In a period of a whole year nobody is at school then; parts of the school year end with the lessons.
WHOLE_YEAR = 300  # days
_EMPTY_MONTHS = {
    Frequency.WEEKLY: (6, 7, 8),
    Frequency.HALF_MONTHLY: (7, 8),
    Frequency.MONTHLY: (7, 8),
    Frequency.BIMONTHLY: (7, 8),
}
_OF_LESSONS = {Frequency.QUARTERLY, Frequency.TRIMESTERLY, Frequency.HALF_YEARLY}
LAST_LESSONS = (5, 31)


def frequency_of(text: str) -> Frequency | None:
    """How often a deadline phrase says that an activity is done; None where it does not say."""
    folded = _folded(text)
    return next((frequency for frequency, pattern in _KNOWN if pattern.search(folded)), None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def spans_of(
    frequency: Frequency, starts_on: date, ends_on: date, *, is_calendar_quarter: bool = False
) -> list[tuple[date, date]]:
    """The spans (first day, last day) within a period, one for each time; those cut by its ends are kept short.

    No more than MOST. July and August hold none of the monthly ones: nobody is at school.
    """
    starts = sorted({starts_on, *_starts(frequency, starts_on, ends_on, is_calendar_quarter)})
    ends = [*[day - timedelta(days=1) for day in starts[1:]], ends_on]
    spans = list(zip(starts, ends, strict=True))
    if (ends_on - starts_on).days > WHOLE_YEAR:
        spans = [span for span in spans if span[0].month not in _EMPTY_MONTHS.get(frequency, ())]
        if frequency in _OF_LESSONS and not is_calendar_quarter:
            spans = [_with_lessons(*span) for span in spans]
    return spans[:MOST]


def _starts(frequency: Frequency, starts_on: date, ends_on: date, is_calendar_quarter: bool) -> Iterator[date]:
    if frequency == Frequency.WEEKLY:
        day = starts_on + timedelta(days=-starts_on.weekday() % 7)
        while day <= ends_on:
            yield day
            day += timedelta(days=7)
        return
    months = _CALENDAR_QUARTERS if is_calendar_quarter and frequency == Frequency.QUARTERLY else _MONTHS[frequency]
    for year in range(starts_on.year, ends_on.year + 1):
        for month in months:
            for day_of_month in (1, 16) if frequency == Frequency.HALF_MONTHLY else (1,):
                if starts_on <= date(year, month, day_of_month) <= ends_on:
                    yield date(year, month, day_of_month)


def _with_lessons(starts_on: date, ends_on: date) -> tuple[date, date]:
    last = date(starts_on.year, *LAST_LESSONS)
    return (starts_on, last) if starts_on <= last < ends_on else (starts_on, ends_on)


def times_of(text: str, frequency: Frequency, starts_on: date, ends_on: date) -> list[tuple[date, date]]:
    """The spans of a phrase within a period, as exact as it says: «каждый понедельник» is a day, «до 10 числа» an end."""
    folded = _folded(text)
    spans = spans_of(frequency, starts_on, ends_on, is_calendar_quarter="квартал" in folded)
    if frequency == Frequency.MONTHLY and (found := _OF_MONTH.search(folded)):
        days = (_day_of_month(*span, found["weekday"], _WHICH[found["which"]]) for span in spans)
        return [(day, day) for day in days if day]
    if frequency == Frequency.MONTHLY and (found := _BY_DAY.search(folded)):
        ends = ((first, last, first.day <= int(found[1]) <= last.day) for first, last in spans)
        return [(first, first.replace(day=int(found[1])) if fits else last) for first, last, fits in ends]
    if frequency == Frequency.WEEKLY and (found := _OF_WEEK.search(folded)):
        return [(day, day) for span in spans for day in _days_of(*span, found["weekday"])]
    return spans


def _days_of(first: date, last: date, weekday: str) -> list[date]:
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if day.weekday() == WEEKDAYS.index(weekday)]


def _day_of_month(first: date, last: date, weekday: str, which: int) -> date | None:
    """«Последняя пятница»; None where the part of the month that the period holds has no such day."""
    days = _days_of(first.replace(day=1), last, weekday)
    if not -len(days) <= which < len(days):
        return None
    return days[which] if days[which] >= first else None
