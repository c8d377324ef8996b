from datetime import date

import pytest

from mentorship.school_year import SchoolYear


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2026, 9, 1), 2026), (date(2027, 8, 31), 2026), (date(2026, 8, 31), 2025), (date(2027, 1, 1), 2026)],
)
def test_school_year_of_a_day(day, start):
    year = SchoolYear.of(day)

    assert year == SchoolYear(start)
    assert day in year


def test_school_year_reads_as_papers_write_it():
    assert str(SchoolYear(2026)) == "2026/2027"


def test_school_year_does_not_hold_the_days_around_it():
    year = SchoolYear(2026)

    assert [date(2026, 8, 31) in year, date(2027, 9, 1) in year] == [False, False]
