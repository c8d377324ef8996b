"""The days of the demo: a school year in full swing, on whatever day it is loaded."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from mentorship.school_year import SchoolYear

HOLIDAYS = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
LAUNCH = (10, 8)  # month and day of the order on pairs in an ordinary year
LAST_DAYS = timedelta(days=14)


class DemoDays:
    """The school year of `now` (an aware moment) and the one before it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = timezone.localdate(now)
        self.year = SchoolYear.of(self.today)
        self.last_year = SchoolYear(self.year.start - 1)

    def launch_of(self, year: SchoolYear) -> date:
        """The day of the first order on pairs; while the year is young, half of it has been preparation."""
        ordinary = date(year.start, *LAUNCH)
        early = year.starts_on + (self.today - year.starts_on) / 2
        day = min(ordinary, early)
        return max(year.starts_on, day if is_workday(day) else previous_workday(day))

    def end_of(self, year: SchoolYear) -> date:
        """The end of the programme: with the lessons, or with the school year where the lessons are over already."""
        is_over = year == self.year and self.today + LAST_DAYS > year.lessons_end_on
        return year.ends_on if is_over else year.lessons_end_on

    def ago(self, days: int, *, not_before: date) -> date:
        """The day so many days ago, within what has been since `not_before`."""
        return max(not_before, self.today - timedelta(days=days))

    def moment(self, day: date, hour: int = 12, minute: int = 0) -> datetime:
        """A time of the day in the portal's zone; never later than now."""
        return min(self.now, timezone.make_aware(datetime.combine(day, time(hour, minute))))


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def previous_workday(day: date) -> date:
    """The last working day before."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def meeting_days(first: date, last: date, *, every: int, rng: Random) -> Iterator[date]:
    """Working days from `first` to `last`, about `every` days apart."""
    day = next_workday(first + timedelta(days=rng.randint(1, 5)))
    while day <= last:
        yield day
        day = next_workday(day + timedelta(days=every + rng.randint(-2, 3)))
