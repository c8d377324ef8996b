"""Working days in Russia: weekends and holidays rest, moved days off included as the library knows them. Pure."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("RU", years=year))


def is_workday(day: date) -> bool:
    """Whether people are at work on that day."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)


def days_since_work(day: date) -> list[date]:
    """The days after the last working day before `day`, up to `day` itself: what a quiet weekend has held back."""
    days = [day]
    while not is_workday(days[0] - timedelta(days=1)) and len(days) < 30:
        days.insert(0, days[0] - timedelta(days=1))
    return days
