"""Reading the birth year and the dates in a cell of a registry.

Never raises; what was left out and why stands in the remark. The day is an argument: nothing here asks the clock.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from participants.registry_cells import CellReading, cell_text, is_absent, shortened
from participants.registry_report import Sentence
from participants.sheet_files import Cell

EXCEL_EPOCH = date(1899, 12, 30)
LAST_EXCEL_DAY = 73050  # 31 December 2099
OLDEST_AGE = 100
UNUSUAL_AGE = 80  # beyond it the year is kept, and the curator is asked to look
YOUNGEST_AGE = 6
DATE_YEARS = range(1990, 2101)
MONTHS = ("январ", "феврал", "март", "апрел", "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
# «1 сентября 2025», «1-е сентября 2025», «01» сентября 2025
WORD_DATE = re.compile(r"(?<!\d)(\d{1,2})(?:-?(?:го|ого|ое|е))?[»\"”]?\s+([а-яё]{3,9})\.?\s+(\d{4})(?!\d)")
COMMA_DATE = re.compile(r"(?<!\d)(\d{1,2}),\s?(\d{1,2}),\s?(\d{4})(?!\d)")
MONTH = re.compile(r"(?<![\d./-])(\d{1,2})\s*[./-]\s*(\d{4})(?![\d./-])|(?<![а-яё])([а-яё]{3,9})\.?\s+(\d{4})(?!\d)")


def read_birth_year(cell: Cell, *, today: date) -> CellReading[int]:
    """A birth year from «1985», a date, «12.03.1985», «1985 г.р.», «12 марта 1985»; the day and month are dropped.

    A remark without a value means that what stands there cannot be the birth year of a participant.
    """
    if isinstance(cell, date):
        return _year_of_date(cell, today)
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    if isinstance(cell, bool | time | timedelta):
        return _unreadable_year(text)
    if isinstance(cell, int | float):
        return _year_of_number(cell, text, today)
    if text.startswith("="):  # numbers in a formula are not its value
        return _unreadable_year(text)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):  # a date that lost its format on the way through csv
        return _year_of_number(float(text.replace(",", ".")), text, today)
    return _year_of_text(text, today)


def _year_of_date(day: date, today: date) -> CellReading[int]:
    serial = (date(day.year, day.month, day.day) - EXCEL_EPOCH).days
    if 1920 <= serial <= today.year:
        # Somebody gave the number 1985 the format of a date: Excel shows 07.06.1905.
        remark = Sentence(
            _(
                "The cell shows the date %(date)s because the number %(year)s has the format of a date; "
                "read as the year %(year)s."
            ),
            {"date": day.strftime("%d.%m.%Y"), "year": serial},
        )
        return CellReading(serial, remark)
    return _checked_year(day.year, today)


def _year_of_number(number: float, text: str, today: date) -> CellReading[int]:
    if 1000 <= number <= 9999 and number == int(number):
        return _checked_year(int(number), today)
    if 10000 <= number <= LAST_EXCEL_DAY:  # a date that lost its format
        return _checked_year((EXCEL_EPOCH + timedelta(days=int(number))).year, today)
    return _unreadable_year(text)


def _year_of_text(text: str, today: date) -> CellReading[int]:
    compact = re.sub(r"^(\d)\s(\d{3})(?!\d)", r"\1\2", text)
    years = set(re.findall(r"(?<![\d,])\d{4}(?!\d)", compact))
    dates = NUMERIC_DATE.findall(compact)
    if not years:
        short = [year for _day, _month, year in dates] or re.findall(
            r"^(\d{2})\s*(?:г\.?\s*р\.?|года рождения)$", compact
        )
        if len(set(short)) == 1:
            return _checked_year(_full_year(int(short[0]), today), today)
    if len(years) != 1 or re.search(r"\d{5}", compact):
        return _unreadable_year(text)
    reading = _checked_year(int(years.pop()), today)
    if reading.value is not None and dates and _as_date(int(dates[0][0]), int(dates[0][1]), reading.value) is None:
        return CellReading(
            reading.value, Sentence(_("There is no such day as “%(text)s”; the year alone was read."), {"text": text})
        )
    return reading


def _full_year(year: int, today: date) -> int:
    """Two digits mean the latest year that is not in the future."""
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _checked_year(year: int, today: date) -> CellReading[int]:
    age = today.year - year
    if age < 0:
        return CellReading(
            None, Sentence(_("Birth year %(year)s: check it, this year is still to come."), {"year": year})
        )
    if age > OLDEST_AGE:
        message = ngettext_lazy(
            "Birth year %(year)s: check it, the participant would be %(age)d year old.",
            "Birth year %(year)s: check it, the participant would be %(age)d years old.",
            "age",
        )
        return CellReading(None, Sentence(message, {"year": year, "age": age}))
    if age < YOUNGEST_AGE or age > UNUSUAL_AGE:
        message = ngettext_lazy(
            "Birth year %(year)s was kept, but check it: the participant would be %(age)d year old.",
            "Birth year %(year)s was kept, but check it: the participant would be %(age)d years old.",
            "age",
        )
        return CellReading(year, Sentence(message, {"year": year, "age": age}))
    return CellReading(year)


def _unreadable_year(text: str) -> CellReading[int]:
    return CellReading(
        None,
        Sentence(_("“%(text)s” is not a birth year. Write four digits, for example 1985."), {"text": shortened(text)}),
    )


def read_date(cell: Cell, *, is_end: bool = False) -> CellReading[date]:
    """One date from a date cell, «01.09.2023», «2023-09-01», «1 сентября 2023 г.» or Excel's number of a day.

    «сентябрь 2023», «09.2023» are the first day of the month, or its last where `is_end`.
    """
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    days = dates_in(cell)
    if len(days) == 1 and days[0].day is not None:
        day, is_month = days[0].within(is_end=is_end), days[0].is_month
        if is_month:
            return CellReading(day, day_not_given(text, day))
        if isinstance(cell, str) and not text.isdigit() and _words_beside_dates(text):
            return CellReading(day, Sentence(_("Only the date was read from “%(text)s”."), {"text": shortened(text)}))
        return CellReading(day)
    return CellReading(
        None,
        Sentence(_("“%(text)s” is not a date and was left out. Write it as 01.09.2025."), {"text": shortened(text)}),
    )


class FoundDate(NamedTuple):
    """A date in a text: None for one that does not exist or is out of any plausible year; of a month its first day."""

    day: date | None
    is_month: bool = False

    def within(self, *, is_end: bool) -> date | None:
        """The day, or the last one of a month."""
        if self.day is None or not (self.is_month and is_end):
            return self.day
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])


def day_not_given(text: str, *days: date | None) -> Sentence:
    """The remark on a month without a day."""
    read = " – ".join(day.strftime("%d.%m.%Y") for day in days if day)
    message = _("The day was not given in “%(text)s”; read as %(date)s.")
    return Sentence(message, {"text": shortened(text), "date": read})


def dates_in(cell: Cell) -> list[FoundDate]:
    """All dates of a cell in their order."""
    if isinstance(cell, date):
        return [_found(date(cell.year, cell.month, cell.day))]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [_found(EXCEL_EPOCH + timedelta(days=int(cell)) if 10000 <= cell <= LAST_EXCEL_DAY else None)]
    text = COMMA_DATE.sub(r"\1.\2.\3", cell_text(cell).casefold())
    if re.fullmatch(r"\d{5}", text):
        return dates_in(int(text))
    if text.startswith("="):  # numbers in a formula are not its value
        return []
    found: list[tuple[int, FoundDate]] = []

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], FoundDate]) -> None:
        nonlocal text
        found.extend((match.start(), read(match)) for match in pattern.finditer(text))
        text = pattern.sub(lambda match: " " * len(match[0]), text)

    take(ISO_DATE, lambda match: _found(_as_date(int(match[3]), int(match[2]), int(match[1]))))
    take(NUMERIC_DATE, _of_numbers)
    take(WORD_DATE, lambda match: _found(_as_date(int(match[1]), _month_number(match[2]), int(match[3]))))
    found += [
        (match.start(), _of_month(match)) for match in MONTH.finditer(text) if match[1] or _month_number(match[3])
    ]
    return [day for _start, day in sorted(found, key=lambda pair: pair[0])]


def _of_numbers(match: re.Match[str]) -> FoundDate:
    year = int(match[3])
    return _found(_as_date(int(match[1]), int(match[2]), year if year > 99 else 2000 + year))


def _of_month(match: re.Match[str]) -> FoundDate:
    month, year = (match[1], match[2]) if match[1] else (_month_number(match[3]), match[4])
    return _found(_as_date(1, int(month), int(year)), is_month=True)


def _found(day: date | None, *, is_month: bool = False) -> FoundDate:
    return FoundDate(day if day is not None and day.year in DATE_YEARS else None, is_month)


def _as_date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(word: str) -> int:
    word = "мая" if word == "май" else word
    return next((number for number, stem in enumerate(MONTHS, start=1) if word[:3] == stem[:3]), 0)


def _words_beside_dates(text: str) -> bool:
    rest = text.casefold()
    for pattern in (COMMA_DATE, ISO_DATE, NUMERIC_DATE, WORD_DATE):
        rest = pattern.sub(" ", rest)
    return bool(re.sub(r"\b(?:года|год|г|с|от|по|до)\b|0?0:00(?::00)?|[\s.,t«\"“]", "", rest))
