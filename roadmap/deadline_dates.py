"""From the points of a deadline phrase to windows of dates, and what is doubtful about them.

The year of a point is the one written beside it; else that of the neighbours; else the school year or the period of the
document. A second reading of a doubtful phrase is named in the remark and never returned as dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.deadline_points import Mark, Point
from roadmap.deadline_spans import Span, anchor_month, calendar_span, lies_in, span_of
from roadmap.school_calendar import SchoolCalendar

Text = str | Promise
Window = tuple[date | None, date | None]
DAY = timedelta(days=1)
APPROXIMATE = frozenset(("begin", "middle", "end", "week"))
MAX_EACH_YEARS = 10


@dataclass
class Doubts:
    """What lowers the confidence: the lowest cap counts, the remarks are said once each."""

    confidence: float = 0.95
    remarks: list[Text] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def add(self, confidence: float, key: str = "", remark: Text = "") -> None:
        self.confidence = min(self.confidence, confidence)
        if key and key not in self.said:
            self.said.add(key)
            self.remarks.append(remark)


@dataclass(frozen=True)
class Years:
    """What is known of the year besides the phrase itself."""

    school_year: int | None = None
    period: Window | None = None
    recurring: bool = False
    calendar: SchoolCalendar | None = None

    def holds(self, window: Window) -> bool:
        """Whether the window lies in the period of the document; open sides hold everything."""
        if not self.period:
            return True
        first, last = self.period
        if first and (first.month, first.day) == (9, 1):
            first = first.replace(month=8)  # August opens the plan of a school year
        return all(
            (first is None or side >= first) and (last is None or side <= last) for side in window if side is not None
        )


def show(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def show_window(window: Window) -> str:
    return " – ".join(show(side) if side else "…" for side in window)


def windows_of(points: list[Point], years: Years, doubts: Doubts) -> list[Window]:
    """The windows of the points in the order of the phrase; neighbouring months are one window."""
    if any(not anchor_month(point) for point in points):
        doubts.add(0.3, "impossible", _("There is no such date."))
        return []
    for point in points:
        _doubt_words(point, doubts)
    plans = _plans(points, years, doubts)
    if not plans:
        return []
    windows = [window for plan in plans for window in _windows(points, plan, doubts, years.calendar)]
    return _checked(_merged(windows), points, years, doubts)


def _doubt_words(point: Point, doubts: Doubts) -> None:
    if point.misspelled:
        doubts.add(
            0.75, f"word {point.misspelled}", format_lazy(_("The word “{word}” is misspelled."), word=point.misspelled)
        )
    if point.part and point.kind == "plain_year":
        doubts.add(0.6, "plain year", _("The school year is taken; the calendar year may be meant."))
    if point.part and point.part[0] in APPROXIMATE and point.prefix not in ("until", "by", "not_later", "through"):
        doubts.add(0.75, "approximate", _("The days are approximate."))


# --- years: a plan is one year for each point -------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    years: tuple[int, ...]
    calendar_year: bool = False


def _plans(points: list[Point], years: Years, doubts: Doubts) -> list[Plan]:
    """One plan as a rule; one for each year of «октябрь 2023, 2024 гг.»; none if the year cannot be known."""
    marked = [(i, point.mark) for i, point in enumerate(points) if point.mark]
    if not marked:
        plan = _plan_without_years(points, years, doubts)
        return [plan] if plan else []
    found: dict[int, list[int]] = {}
    calendar_year = False
    begin = 0
    for end, written in marked:
        group = list(range(begin, end + 1))
        mark = _believable(written, years, doubts)
        if mark is None:
            return []
        values, in_calendar = _group_years([points[i] for i in group], mark, years, doubts)
        calendar_year = calendar_year or in_calendar
        found |= dict(zip(group, values, strict=True))
        begin = end + 1
    for i in range(begin, len(points)):
        found[i] = [_year_after(points[i], anchor_month(points[i - 1]), year) for year in found[i - 1]]
        doubts.add(0.9)
    count = max(len(values) for values in found.values())
    rows = [tuple(found[i][min(k, len(found[i]) - 1)] for i in range(len(points))) for k in range(count)]
    return [Plan(row, calendar_year) for row in rows]


def _believable(mark: Mark, years: Years, doubts: Doubts) -> Mark | None:
    """The mark with a year like 20213 mended when only one year can be meant; `None` when it cannot be told."""
    first, last = (_mended(year, years, doubts) for year in (mark.first, mark.last))
    if first is None or last is None:
        return None
    if last < first:
        doubts.add(0.4, "reversed years", _("The second year is before the first; only the first is used."))
        last = first
    return Mark(first, last, mark.school, mark.plural, mark.each)


def _mended(year: int, years: Years, doubts: Doubts) -> int | None:
    if 2000 <= year <= 2099:
        if years.school_year is not None and abs(year - years.school_year) > 4:
            doubts.add(
                0.6,
                f"far {year}",
                format_lazy(_("The year {year} is far from the school year of the document."), year=year),
            )
        return year
    digits = str(year)
    likely = {years.school_year, years.school_year + 1} if years.school_year is not None else set()
    if years.period:
        likely |= {side.year for side in years.period if side}
    meant = {y for y in likely if _is_one_slip(digits, str(y))}
    if years.school_year in meant and len(meant) > 1:
        meant = {years.school_year}
    if len(meant) != 1:
        doubts.add(0.3, f"odd {year}", format_lazy(_("The year “{year}” is a misprint."), year=digits))
        return None
    (right,) = meant
    doubts.add(
        0.5,
        f"odd {year}",
        format_lazy(_("The year “{year}” is a misprint; it is read as {right}."), year=digits, right=right),
    )
    return right


def _is_one_slip(digits: str, year: str) -> bool:
    shorter = {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
    if len(digits) == len(year):
        return sum(a != b for a, b in zip(digits, year, strict=True)) == 1 or sorted(digits) == sorted(year)
    return year in shorter


def _group_years(group: list[Point], mark: Mark, years: Years, doubts: Doubts) -> tuple[list[list[int]], bool]:
    """Years for the points that stand before a mark (the last one beside it), and whether half-years are the calendar's."""
    if mark.each:
        doubts.add(0.85)
        return [list(range(mark.first, min(mark.last, mark.first + MAX_EACH_YEARS) + 1))] * len(group), True
    if mark.is_span:
        return _span_years(group, mark, doubts), False
    last = group[-1]
    year, calendar_year = _single_year(last, mark, years, doubts)
    chosen = [year]
    for point, following in zip(reversed(group[:-1]), reversed(group[1:]), strict=True):
        before = anchor_month(point) <= anchor_month(following)
        chosen.insert(0, chosen[0] if before else chosen[0] - 1)
        if not before and following.joined != "range" and years.school_year != chosen[0]:
            doubts.add(
                0.7,
                "order",
                format_lazy(
                    _("The months go over the turn of the year; the first ones are read as those of {year}."),
                    year=chosen[0],
                ),
            )
    return [[value] for value in chosen], calendar_year


def _single_year(point: Point, mark: Mark, years: Years, doubts: Doubts) -> tuple[int, bool]:
    if point.kind == "half_year" and not mark.school:
        school_start = mark.first if anchor_month(point) == 9 else mark.first - 1
        in_school = years.school_year == school_start
        doubts.add(0.7, "half-year", _("The half-year may be the calendar's or the school's; check the dates."))
        if in_school:
            return mark.first, False
        return mark.first, True
    if point.kind == "school_year" or (mark.school and point.kind != "year"):
        doubts.add(0.7, "one year", _("A school year is named by one calendar year; check the dates."))
    if point.kind == "season" and point.name == "winter":
        doubts.add(0.7, "winter", _("Winter belongs to two calendar years; check the dates."))
        return (mark.first - 1 if years.school_year == mark.first - 1 else mark.first), False
    return mark.first, False


def _span_years(group: list[Point], mark: Mark, doubts: Doubts) -> list[list[int]]:
    """Years for points beside «2022-2023»: a school year if that is said or if the months go over the turn of the year."""
    kinds = {point.kind for point in group}
    if kinds <= {"year", "school_year"}:
        return [[mark.first] for _point in group]
    opening = [_in_opening_half(group, i) for i in range(len(group))]
    mapped = [[mark.first if opens else mark.first + 1] for opens in opening]
    crossing = True in opening and False in opening
    winter = any(point.kind == "season" and point.name == "winter" for point in group)
    if mark.last == mark.first + 1:
        if mark.school or kinds & {"half_year", "term", "trimester"}:
            return mapped
        if crossing or winter:
            doubts.add(0.85)
            return mapped
        if mark.plural:
            each = list(range(mark.first, mark.last + 1))
            doubts.add(0.6, "span", _two_readings(mark, _("each of the two calendar years"), _("the school year")))
            return [each for _point in group]
        doubts.add(0.6, "span", _two_readings(mark, _("the school year"), _("each of the two calendar years")))
        return mapped
    doubts.add(0.5, "long span", _("The phrase names more than two years; check the dates."))
    if crossing and not mark.school and not opening[-1]:
        return [[mark.first if opens else mark.last] for opens in opening]
    if mark.plural and mark.last - mark.first < MAX_EACH_YEARS:
        return [list(range(mark.first, mark.last + 1))] * len(group)
    return mapped


def _two_readings(mark: Mark, taken: Text, other: Text) -> Text:
    return format_lazy(
        _("“{first}–{last}” has two readings: {taken} (taken here) or {other}."),
        first=mark.first,
        last=mark.last,
        taken=taken,
        other=other,
    )


def _in_opening_half(points: list[Point], i: int) -> bool:
    """Whether the point belongs to the first calendar year of a school year; August opens it unless months go before."""
    month = anchor_month(points[i])
    if month == 8:
        return august_opens(points, i)
    return month >= 9


def august_opens(points: list[Point], i: int) -> bool:
    """August belongs to the year that it opens when September or later follows it, or when nothing goes before it."""
    later = [anchor_month(point) for point in points[i + 1 :]]
    return bool(later and later[0] >= 8) or i == 0 or all(anchor_month(point) == 8 for point in points[:i])


def _year_after(point: Point, month: int, year: int) -> int:
    return year if anchor_month(point) >= month else year + 1


# --- no year in the phrase ----------------------------------------------------------------------------------------------


def _plan_without_years(points: list[Point], years: Years, doubts: Doubts) -> Plan | None:
    if years.school_year is None and not (years.period and all(years.period)):
        doubts.add(0.4, "no year", _("The year is not known."))
        return None
    candidates = list(_candidates(points, years))
    fitting = [plan for plan in candidates if _fits(points, plan, years)]
    if years.school_year is None and len({plan.years for plan in fitting}) > 1:
        doubts.add(0.5, "which year", _("The period of the document has more than one such date; the first is taken."))
    elif years.school_year is not None and fitting and fitting[0] is not candidates[0]:
        doubts.add(0.7, "shifted", _("The year is chosen so that the date lies in the period of the document."))
    plan = (fitting or candidates)[0]
    _doubt_summer(points, years, doubts)
    return plan


def _candidates(points: list[Point], years: Years) -> Iterable[Plan]:
    if years.school_year is not None:
        yield Plan(tuple(_school_years(points, years.school_year, closing_august=years.recurring)))
    first, last = years.period or (None, None)
    if first and last:
        for year in range(first.year, min(last.year, first.year + MAX_EACH_YEARS) + 1):
            if first.year == last.year:
                yield Plan((year,) * len(points), calendar_year=True)
            yield Plan(tuple(_school_years(points, year - 1)))
            yield Plan(tuple(_school_years(points, year)))


def _fits(points: list[Point], plan: Plan, years: Years) -> bool:
    windows = _windows(points, plan, Doubts())
    return bool(windows) and all(years.holds(window) for window in windows)


def _school_years(points: list[Point], start: int, *, closing_august: bool = False) -> list[int]:
    """Years in the school year; what recurs in August alone recurs at its end, since it begins in September."""
    if closing_august and all(anchor_month(point) == 8 for point in points):
        return [start + 1] * len(points)
    chosen = [start if _in_opening_half(points, i) else start + 1 for i in range(len(points))]
    for i, (point, following) in enumerate(pairwise(points)):
        if following.joined == "range" and anchor_month(point) in (6, 7) and anchor_month(following) >= 9:
            chosen[i] = start
        elif following.joined == "range" and chosen[i + 1] < chosen[i]:
            chosen[i + 1] = chosen[i]
    if len(points) == 1 and points[0].kind == "quarter" and anchor_month(points[0]) == 7:
        return [start]
    return chosen


def _doubt_summer(points: list[Point], years: Years, doubts: Doubts) -> None:
    anchors = [anchor_month(point) for point in points]
    if set(anchors) == {8} and not years.recurring and _holds_both_augusts(years):
        doubts.add(0.7, "august", _("August may open or close the school year; it is read as its beginning."))
    elif years.period and all(years.period):
        return
    elif any(a in (5, 6, 7) and b >= 9 for a, b in pairwise(anchors)) or (
        len(anchors) == 1 and points[0].kind == "quarter" and anchors == [7]
    ):
        doubts.add(0.7, "summer", _("The months go over the beginning of the school year; check the year."))


def _holds_both_augusts(years: Years) -> bool:
    if years.school_year is None:
        return False
    return all(
        years.holds((date(year, 8, 1), date(year, 8, 31))) for year in (years.school_year, years.school_year + 1)
    )


# --- windows ------------------------------------------------------------------------------------------------------------


def _windows(points: list[Point], plan: Plan, doubts: Doubts, calendar: SchoolCalendar | None = None) -> list[Window]:
    windows: list[Window] = []
    i = 0
    while i < len(points):
        span = _span(points[i], plan, i, doubts, calendar)
        closing = i + 1 if i + 1 < len(points) and points[i + 1].joined == "range" else None
        end = _span(points[closing], plan, closing, doubts, calendar) if closing else None
        if span is None or (closing and end is None):
            doubts.add(0.3, "impossible", _("There is no such date."))
        elif closing and end:
            windows += _range(points[i], span, points[closing], end, doubts)
        else:
            windows += _single(points[i], span, doubts)
        i = closing + 1 if closing else i + 1
    return windows


def _span(point: Point, plan: Plan, i: int, doubts: Doubts, calendar: SchoolCalendar | None) -> Span | None:
    own = calendar_span(point, plan.years[i], calendar) if not plan.calendar_year else None
    if own is None and point.kind in ("term", "trimester", "holidays") and point.name != "summer":
        doubts.add(
            0.6,
            "calendar",
            _("The usual dates of school quarters and holidays are taken; check them with your calendar."),
        )
    span = own or span_of(point, plan.years[i], calendar_year=plan.calendar_year)
    if span and point.mark and point.mark.is_span and not point.part and point.kind == "year":
        last = span_of(Point("year"), max(point.mark.first, point.mark.last))
        return (span[0], last[1]) if last else None
    return span


def _range(first: Point, span: Span, last: Point, end_span: Span, doubts: Doubts) -> list[Window]:
    start, end = span[0], end_span[1]
    if last.prefix == "until" and last.kind != "day" and not last.part:
        end = end_span[0] - DAY
        doubts.add(0.7, "until", _until_remark(end))
    if end < start:
        doubts.add(0.3, "reversed", _("The end is before the beginning."))
        return []
    return [(None, end)] if first.prefix in ("until", "by", "not_later") else [(start, end)]


def _single(point: Point, span: Span, doubts: Doubts) -> list[Window]:
    start, end = span
    if point.prefix == "from" and not (point.mark and point.mark.is_span):
        return [(start, None)]
    if point.prefix == "after":
        doubts.add(0.7, "after", _("Only the day after which it happens is written."))
        return [(end + DAY, None)]
    if point.prefix in ("not_later", "through"):
        return [(None, end)]
    if point.prefix in ("until", "by"):
        return [(None, _last_day(point, span, doubts))]
    return [(start, end)]


def _last_day(point: Point, span: Span, doubts: Doubts) -> date:
    """«До» and «к»: a day is included; before a month, a quarter or a year its eve is the last day."""
    start, end = span
    part = point.part[0] if point.part else ""
    if point.kind == "day" or part in ("end", "decade", "week", "half"):
        return end
    if part == "middle":
        doubts.add(0.75, "approximate", _("The days are approximate."))
        return start + (end - start) / 2
    last = start if point.prefix == "by" else start - DAY
    doubts.add(0.75, "until", _until_remark(last))
    return last


def _until_remark(day: date) -> Text:
    return format_lazy(_("The last day is read as {day}; a later one may be meant."), day=show(day))


def _merged(windows: list[Window]) -> list[Window]:
    merged: list[Window] = []
    for start, end in windows:
        before = merged[-1][1] if merged else None
        if merged and before and start and end and start == before + DAY:
            merged[-1] = (merged[-1][0], end)
        elif merged and lies_in((start, end), merged[-1]):
            merged[-1] = (start, end)  # «май (13-17 мая)»: the narrower one is meant
        elif (start, end) not in merged:
            merged.append((start, end))
    return merged


def _checked(windows: list[Window], points: list[Point], years: Years, doubts: Doubts) -> list[Window]:
    whole_years = all(point.kind in ("year", "school_year", "plain_year") for point in points)
    begins = [start for start, _end in windows if start]
    if begins != sorted(begins):
        doubts.add(0.7, "unordered", _("The dates do not follow one another; check the years."))
    opens = date(years.school_year, 7, 1) if years.school_year is not None else None
    if opens and begins and begins[0] < opens and points[0].mark is None and not whole_years:
        doubts.add(0.7, "before", _("The dates begin before the school year of the document; check the years."))
    for window in windows:
        if not years.holds(window) and not whole_years:
            doubts.add(
                0.6,
                f"outside {window}",
                format_lazy(_("{dates} is outside the period of the document."), dates=show_window(window)),
            )
    return windows
