from datetime import date

import pytest

from roadmap.recurrence import frequency_of, spans_of

YEAR = (date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("ежемесячно", "monthly"),
        ("1 раз в месяц", "monthly"),
        ("Еженедельно", "weekly"),
        ("каждый понедельник", "weekly"),
        ("1 раз в четверть", "quarterly"),
        ("ежеквартально", "quarterly"),
        ("раз в полугодие", "half_yearly"),
        ("в течение года", None),
        ("четверг, 5 октября", None),
        ("", None),
    ],
)
def test_frequency_of_a_phrase(text, frequency):
    assert frequency_of(text) == frequency


def test_monthly_spans_are_the_months_of_the_school_year_without_the_summer():
    spans = spans_of("monthly", *YEAR)

    assert len(spans) == 10
    assert spans[0] == (date(2026, 9, 1), date(2026, 9, 30))
    assert spans[-1] == (date(2027, 6, 1), date(2027, 6, 30))


def test_quarters_are_of_the_school_or_of_the_calendar():
    school = [start for start, _end in spans_of("quarterly", *YEAR)]
    of_calendar = [start for start, _end in spans_of("quarterly", *YEAR, is_calendar_quarter=True)]

    assert [start.month for start in school] == [9, 11, 1, 4]
    assert [start.month for start in of_calendar] == [9, 10, 1, 4, 7]


def test_weeks_begin_on_monday_and_the_first_is_cut():
    spans = spans_of("weekly", date(2026, 10, 1), date(2026, 10, 20))

    assert spans == [
        (date(2026, 10, 1), date(2026, 10, 4)),
        (date(2026, 10, 5), date(2026, 10, 11)),
        (date(2026, 10, 12), date(2026, 10, 18)),
        (date(2026, 10, 19), date(2026, 10, 20)),
    ]
