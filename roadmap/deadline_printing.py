"""From windows of dates to a phrase in good Russian: the inverse of `roadmap.deadlines.parse`.

What is printed here reads back to the same windows. Words are Russian whatever the language of the page: they stand in
papers. Dashes: a span of days within a month is «1–15 октября», other spans have spaces around the dash.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.roadmap_reading import Days

# as «октябрь 2026 г.» and as «5 октября»
NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
DECADES = {(1, 10): "первая", (11, 20): "вторая"}
NO_DEADLINE = "срок не установлен"
DAY = timedelta(days=1)


def phrase_of(kind: str, windows: Sequence[Days], *, how_often: str = "") -> str:
    """«до 1 октября 2026 г.», «октябрь – ноябрь 2026 г.; май 2027 г.», «в течение 2026/2027 учебного года».

    `how_often` («1 раз в месяц») stands first where the deadline recurs. Without windows the answer is that, or that no
    deadline is set. Raises `ValueError` for a recurring deadline of which it is not said how often.
    """
    if kind == "recurring" and not how_often:
        raise ValueError("how often does it recur?")
    told = [window for window in _joined(windows) if window != (None, None)]
    if kind == "unscheduled" or not told:
        return how_often or NO_DEADLINE
    if kind == "ongoing" and len(told) == 1 and (whole := _whole_year(*told[0])):
        return whole
    spans = "; ".join(_window(*window) for window in told)
    if kind == "recurring":
        return f"{how_often}, {spans}"
    if kind == "ongoing" and all(all(window) for window in told):
        return f"постоянно ({'; '.join(f'с {_day(a)} по {_day(b)}' for a, b in told if a and b)})"
    return spans


def _joined(windows: Sequence[Days]) -> list[Days]:
    """In the order of their days; neighbours are one."""
    joined: list[Days] = []
    for first, last in sorted(windows, key=lambda window: (window[0] or date.min, window[1] or date.max)):
        before = joined[-1][1] if joined else None
        if joined and first and before and joined[-1][0] and first <= before + DAY:
            joined[-1] = (joined[-1][0], max(before, last) if last else None)
        else:
            joined.append((first, last))
    return joined


def _whole_year(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"в течение {first.year} года"
    if (first.month, first.day) == (9, 1) and last == date(first.year + 1, 5, 31):
        return f"в течение {first.year}/{last.year} учебного года"
    return ""


def _window(first: date | None, last: date | None) -> str:
    if last is None:
        return f"с {_day(first)}" if first else ""
    if first is None:
        return f"до {_day(last)}"
    if first == last:
        return _day(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return _part_of_month(first, last)
    return f"{_day(first, with_year=first.year != last.year)} – {_day(last)}"


def _months(first: date, last: date) -> str:
    end = f"{NOMINATIVE.split()[last.month - 1]} {last.year} г."
    if (first.year, first.month) == (last.year, last.month):
        return end
    year = f" {first.year} г." if first.year != last.year else ""
    return f"{NOMINATIVE.split()[first.month - 1]}{year} – {end}"


def _part_of_month(first: date, last: date) -> str:
    month = f"{GENITIVE.split()[last.month - 1]} {last.year} г."
    if first.day == 21 and last.day == monthrange(last.year, last.month)[1]:
        return f"третья декада {month}"
    if name := DECADES.get((first.day, last.day)):
        return f"{name} декада {month}"
    return f"{first.day}–{last.day} {month}"


def _day(day: date, *, with_year: bool = True) -> str:
    return f"{day.day} {GENITIVE.split()[day.month - 1]}" + (f" {day.year} г." if with_year else "")
