"""The first and last day of a piece of a year: a month, its second ten days, a quarter, a school half-year.

A year is given by the calendar year of the piece's first month (`anchor_month`). Dates of school quarters, trimesters and
holidays are the usual ones: an organization sets its own (domain rule: calendar quarters are not school quarters).
"""

import calendar
from datetime import date

from roadmap.deadline_points import Point
from roadmap.school_calendar import SchoolCalendar

Span = tuple[date, date]

SEASON_MONTHS = {"autumn": 9, "winter": 12, "spring": 3, "summer": 6}
TERMS = {1: ((9, 1), (10, 27)), 2: ((11, 5), (12, 29)), 3: ((1, 9), (3, 22)), 4: ((4, 1), (5, 31))}
TRIMESTERS = {1: (9, 11), 2: (12, 2), 3: (3, 5)}
HOLIDAYS = {
    "autumn": ((10, 28), (11, 5)),
    "winter": ((12, 30), (1, 8)),
    "spring": ((3, 23), (3, 31)),
    "summer": ((6, 1), (8, 31)),
}
LAST = {"quarter": 4, "term": 4, "trimester": 3, "half_year": 2}


def anchor_month(point: Point) -> int:
    """The month in which the piece begins; 0 if there is no such piece («5 квартал»)."""
    number = LAST.get(point.kind, 0) if point.number == -1 else point.number
    if point.month is not None:
        return point.month if 1 <= point.month <= 12 else 0
    if point.kind == "quarter":
        return number * 3 - 2 if 1 <= number <= 4 else 0
    if point.kind == "term":
        return TERMS[number][0][0] if number in TERMS else 0
    if point.kind == "trimester":
        return TRIMESTERS[number][0] if number in TRIMESTERS else 0
    if point.kind == "half_year":
        return {1: 9, 2: 1}.get(number, 0)
    if point.kind == "season":
        return SEASON_MONTHS[point.name]
    if point.kind == "holidays":
        return HOLIDAYS[point.name][0][0]
    return {"year": 1, "plain_year": 9, "school_year": 9}.get(point.kind, 0)


def span_of(point: Point, year: int, *, calendar_year: bool = False) -> Span | None:
    """First and last day; `None` for a day or a year that does not exist.

    `calendar_year` makes half-years those of the calendar (January to June) instead of the school's.
    """
    try:
        return _slice(_whole(point, year, calendar_year), point)
    except (ValueError, KeyError, OverflowError):
        return None


def calendar_span(point: Point, year: int, calendar: SchoolCalendar | None) -> Span | None:
    """First and last day by the organization's own calendar; `None` where it does not say, or is of another year."""
    if calendar is None or calendar.school_year != (year if anchor_month(point) >= 8 else year - 1):
        return None
    whole = calendar.holidays(point.name) if point.kind == "holidays" else calendar.span(point.kind, point.number)
    if whole is None:
        return None
    try:
        return _slice(whole, point) if point.part else whole
    except (ValueError, KeyError, OverflowError):
        return None


def _whole(point: Point, year: int, calendar_year: bool) -> Span:
    number = LAST.get(point.kind, 0) if point.number == -1 else point.number
    if point.kind == "day":
        day = date(year, point.month or 0, point.number)
        return day, day
    if point.kind == "month":
        return months(year, point.month or 0, 1)
    if point.kind == "quarter":
        return months(year, number * 3 - 2, 3)
    if point.kind == "half_year" and calendar_year:
        return months(year, number * 6 - 5, 6)
    if point.kind == "half_year":
        return months(year, *{1: (9, 4), 2: (1, 5)}[number])
    if point.kind == "term":
        return _days(year, *TERMS[number])
    if point.kind == "trimester":
        return months(year, TRIMESTERS[number][0], 3)
    if point.kind == "season":
        return months(year, SEASON_MONTHS[point.name], 3)
    if point.kind == "holidays":
        return _days(year, *HOLIDAYS[point.name])
    if point.kind == "year":
        return months(year, 1, 12)
    return months(year, 9, 9)


def _slice(whole: Span, point: Point) -> Span:
    if not point.part:
        return whole
    name, number = point.part
    if point.kind == "month":
        return _slice_of_month(whole, name, number)
    start, end = whole
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if name == "half" and number in (1, 2):
        half = count // 2
        return months(start.year, start.month + (half if number == 2 else 0), count - half if number == 2 else half)
    skipped, length = {"begin": (0, 1), "middle": ((count - 1) // 2, 2 - count % 2), "end": (count - 1, 1)}[name]
    first, last = months(start.year, start.month + skipped, length)
    return max(first, start), min(last, end)  # a quarter of the school year ends before its month does


def _slice_of_month(month: Span, name: str, number: int) -> Span:
    start, end = month
    if name == "decade":
        number = 3 if number == -1 else number
        first, last = {1: (1, 10), 2: (11, 20), 3: (21, end.day)}[number]
    elif name == "week":
        first, last = {-1: (end.day - 6, end.day), 5: (29, end.day)}.get(number, (number * 7 - 6, number * 7))
    elif name == "half":
        first, last = {1: (1, 15), 2: (16, end.day), -1: (16, end.day)}[number]
    else:
        first, last = {"begin": (1, 10), "middle": (11, 20), "end": (21, end.day)}[name]
    return start.replace(day=first), start.replace(day=last)


def months(year: int, month: int, count: int) -> Span:
    """From the first day of the month to the last day of the last of `count` months; a month above 12 is next year's."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def _days(year: int, first: tuple[int, int], last: tuple[int, int]) -> Span:
    return date(year, *first), date(year + (last < first), *last)


def lies_in(part: tuple[date | None, date | None], whole: tuple[date | None, date | None]) -> bool:
    """Whether one stretch is a part of another; stretches with an open side are never compared."""
    (start, end), (first, last) = part, whole
    return bool(start and end and first and last and part != whole and first <= start and end <= last)
