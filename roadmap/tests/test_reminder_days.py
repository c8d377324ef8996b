from datetime import date

import pytest

from mentorship.workdays import days_since_work, is_workday
from roadmap.reminder_days import is_reminded

DUE = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        (date(2026, 11, 13), True),  # a week before
        (date(2026, 11, 12), False),
        (date(2026, 11, 19), True),  # the day before
        (DUE, False),
        (date(2026, 11, 21), True),  # the first day after, then each seventh
        (date(2026, 11, 23), False),
        (date(2026, 11, 28), True),
    ],
)
def test_is_reminded_before_and_weekly_after(today, is_told):
    assert is_reminded(DUE, [today], before={7, 1}, is_weekly_after=True) == is_told


def test_nothing_is_said_after_the_end_where_it_is_not_wished():
    assert not is_reminded(DUE, [date(2026, 11, 21)], before={7, 1}, is_weekly_after=False)


def test_monday_says_what_the_weekend_held_back():
    monday = date(2026, 11, 23)

    assert days_since_work(monday) == [date(2026, 11, 21), date(2026, 11, 22), monday]
    assert is_reminded(DUE, days_since_work(monday), before={7, 1}, is_weekly_after=True)


@pytest.mark.parametrize(
    ("day", "is_work"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 4), False),  # the day of national unity
        (date(2027, 1, 5), False),
        (date(2026, 12, 30), True),
    ],
)
def test_workdays_of_russia(day, is_work):
    assert is_workday(day) == is_work
