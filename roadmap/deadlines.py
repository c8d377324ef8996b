"""What a deadline written by people means in dates: «сентябрь-октябрь 2023 г.», «до 1 сентября», «1 раз в четверть».

The text as written is kept by the caller; a reading stands beside it with a confidence, and a person confirms it.
A pure calculation: the same text, school year and period always give the same reading.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.deadline_dates import Doubts, Text, Window, Years, windows_of
from roadmap.deadline_phrases import NAMELESS, conditions_in, continuity_in, event_of, recurrence_in, unit_of
from roadmap.deadline_points import Point, PointReader
from roadmap.deadline_spans import months
from roadmap.deadline_words import clean, tokenize
from roadmap.school_calendar import SchoolCalendar

MAX_LENGTH = 1000
WHOLE_YEARS = frozenset(("year", "school_year", "plain_year"))
EITHER = re.compile(r"\b(?:или|либо)\b")
TITLES_OF_DAYS = re.compile(r"(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)")


@dataclass(frozen=True)
class Reading:
    """What was read. `windows`: first and last day, both included, `None` where open; `confidence` from 0 to 1."""

    kind: str
    windows: list[Window] = field(default_factory=list)
    confidence: float = 0.0
    remark: Text = ""
    anchor: str = ""


def parse(
    text: str,
    school_year: int | None = None,
    period: Window | None = None,
    calendar: SchoolCalendar | None = None,
) -> Reading:
    """The meaning of a deadline phrase.

    `school_year` is the calendar year in which the school year begins, `period` the first and last day of the document;
    a year written in the phrase wins over both. `calendar` has the organization's own quarters and trimesters: without it
    the usual ones are taken, and that is a doubt. A deadline that counts from an event («через неделю после приказа») has
    no days and names the event in `anchor`. Kinds: `range`, `by` (only a last day), `recurring`, `ongoing`,
    `unscheduled`. A confidence under 0.8 asks a person to check, and then the remark says why. Never raises.
    """
    reading = _parsed(clean(text or ""), school_year, tuple(period) if period else None, calendar)
    return replace(reading, windows=list(reading.windows))


@lru_cache(maxsize=4096)
def _parsed(cleaned: str, school_year: int | None, period: Window | None, calendar: SchoolCalendar | None) -> Reading:
    if not re.search(r"\w", cleaned):
        return Reading("unscheduled", [], 0.0, _("No deadline is written."))
    if len(cleaned) > MAX_LENGTH:
        return Reading("unscheduled", [], 0.1, _("The text is too long to be a deadline."))
    years = Years(
        _if_likely(school_year), period if period and all(map(_is_likely, period)) else None, calendar=calendar
    )
    conditions, rest = conditions_in(cleaned)
    recurrence, rest = recurrence_in(rest)
    continuity, rest = continuity_in(rest)
    read = PointReader(tokenize(rest)).read()
    doubts = Doubts()
    unread = [word for word in read.unread if not (recurrence and word.isdigit())]
    if unread or read.comments:
        doubts.add(0.75 if unread else 0.85, "unread", _unread_remark(unread + read.comments))
    if len(read.points) > 1 and EITHER.search(rest):
        doubts.add(0.7, "either", _("One of several times is meant: choose it."))
    points = [] if conditions and all(point.kind in WHOLE_YEARS for point in read.points) else read.points
    if recurrence:
        return _recurring(points, years, doubts, recurrence)
    if points and not (continuity and all(point.kind == "plain_year" for point in points)):
        return _dated(points, years, doubts, continuity=continuity, conditional=bool(conditions))
    if continuity:
        return _ongoing(continuity, years, doubts)
    if conditions:
        return _conditional(conditions, 0.9 if not unread else 0.8)
    if TITLES_OF_DAYS.search(cleaned):
        return Reading("unscheduled", [], 0.3, _("Only a day of the week is written."))
    return Reading("unscheduled", [], 0.2, _("The deadline could not be read."))


def _if_likely(school_year: int | None) -> int | None:
    return school_year if school_year is not None and 1900 <= school_year <= 2200 else None


def _is_likely(side: date | None) -> bool:
    return side is None or 1900 <= side.year <= 2200


def _dated(points: list[Point], years: Years, doubts: Doubts, *, continuity: str, conditional: bool) -> Reading:
    windows = windows_of(points, years, doubts)
    if conditional:
        doubts.add(0.8, "condition", _("The phrase also names a condition; only the dates are used."))
    kind = _kind(points, windows, continuity)
    if kind == "ongoing" and continuity == "always" and len(windows) == len(points) == 1 and windows[0][0]:
        windows = [(windows[0][0], None)]
    return _reading(kind, windows, doubts)


def _kind(points: list[Point], windows: list[Window], continuity: str) -> str:
    """A year as a whole is time at one's disposal (`ongoing`); a calendar year named alone is a range."""
    alone = points[0] if len(points) == 1 else None
    if continuity in ("always", "year", "period"):
        return "ongoing"
    if alone and alone.kind in WHOLE_YEARS and not alone.part and not alone.prefix:
        spans = alone.mark is None or alone.mark.is_span or alone.kind == "school_year"
        return "ongoing" if continuity or spans else "range"
    if windows and all(start is None for start, _end in windows):
        return "by"
    if alone and alone.prefix == "from" and windows and windows[-1][1] is None:
        return "ongoing"
    if not windows and all(point.prefix in ("until", "by", "not_later", "through") for point in points):
        return "by"
    return "range"


def _conditional(conditions: list[str], confidence: float) -> Reading:
    """No date; what counts from an event says from which, and that its day is needed."""
    for condition in conditions:
        if event := event_of(condition):
            if event is NAMELESS:
                return Reading(
                    "unscheduled", [], confidence, _("It counts from a day that is not written; name the day.")
                )
            remark = format_lazy(_("It counts from an event: “{event}”. Name its day."), event=event)
            return Reading("unscheduled", [], confidence, remark, event)
    return Reading("unscheduled", [], confidence, "")


def _recurring(points: list[Point], years: Years, doubts: Doubts, recurrence: list[str]) -> Reading:
    dated = [point for point in points if point.kind not in ("plain_year", "year")]
    if not dated:
        own = years.calendar and years.calendar.school_year == years.school_year and unit_of(recurrence)
        if own and years.calendar and (spans := years.calendar.spans_of(own)):
            return _reading("recurring", [span for span in spans if years.holds(span)] or list(spans), doubts)
        return _reading("recurring", _whole_period(years, to_end_of_lessons=True), doubts)
    windows = windows_of(dated, replace(years, recurring=True), doubts)
    if years.school_year is not None and not any(point.mark for point in dated):
        windows = _within_school_year(windows, years.school_year)
    return _reading("recurring", windows, doubts)


def _within_school_year(windows: list[Window], school_year: int) -> list[Window]:
    """«Ежегодно, август-сентябрь» in this school year: its September; the August before belongs to the last one."""
    first, last = months(school_year, 9, 12)
    clipped = [(max(start, first) if start else None, min(end, last) if end else None) for start, end in windows]
    return [window for window in clipped if not (window[0] and window[1] and window[0] > window[1])]


def _ongoing(continuity: str, years: Years, doubts: Doubts) -> Reading:
    return _reading("ongoing", _whole_period(years, to_end_of_lessons=continuity != "period"), doubts)


def _whole_period(years: Years, *, to_end_of_lessons: bool) -> list[Window]:
    """The period of the document, or else the school year; a plan may outlast lessons, so its own end stays open."""
    first, last = years.period or (None, None)
    if first and last and (years.school_year is None or not to_end_of_lessons or (last - first).days < 400):
        return [(first, last)] if first <= last else []
    if years.school_year is None:
        return []
    try:
        start, end = months(years.school_year, 9, 9)
    except ValueError:
        return []
    return [(start, end if to_end_of_lessons else None)]


def _reading(kind: str, windows: list[Window], doubts: Doubts) -> Reading:
    if not doubts.remarks:
        return Reading(kind, windows, doubts.confidence, "")
    remark = doubts.remarks[0]
    for another in doubts.remarks[1:]:
        remark = format_lazy("{} {}", remark, another)
    return Reading(kind, windows, doubts.confidence, remark)


def _unread_remark(words: list[str]) -> Text:
    return format_lazy(_("Not used: “{words}”."), words=" ".join(words))
