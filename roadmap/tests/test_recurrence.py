from datetime import date

import pytest

from roadmap.recurrence import frequency_of, spans_of, times_of

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
        ("2 раза в месяц", "half_monthly"),
        ("не реже двух раз в месяц", "half_monthly"),
        ("1 раз в две недели", "half_monthly"),
        ("раз в 2 месяца", "bimonthly"),
        ("по пятницам", "weekly"),
        ("последняя пятница месяца", "monthly"),
        ("в конце каждой четверти", "quarterly"),
        ("1 раз в триместр", "trimesterly"),
        ("три раза в год", "trimesterly"),
        ("2 раза в год", "half_yearly"),
        ("ежегодно", "yearly"),
        ("один раз в учебный год", "yearly"),
        ("5 раз в год", None),
        ("каждую вторую пятницу месяца", "monthly"),
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


def test_parts_of_the_school_year_end_with_the_lessons():
    ends = {frequency: spans_of(frequency, *YEAR)[-1][1] for frequency in ("quarterly", "trimesterly", "half_yearly")}

    assert ends == dict.fromkeys(("quarterly", "trimesterly", "half_yearly"), date(2027, 5, 31))
    assert spans_of("quarterly", date(2027, 5, 1), date(2027, 6, 30)) == [(date(2027, 5, 1), date(2027, 6, 30))]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("каждый понедельник", [(5, 5), (12, 12), (19, 19), (26, 26)]),
        ("по средам", [(7, 7), (14, 14), (21, 21), (28, 28)]),
        ("последняя пятница месяца", [(30, 30)]),
        ("третий вторник каждого месяца", [(20, 20)]),
        ("ежемесячно до 10 числа", [(1, 10)]),
        ("ежемесячно до 10-го числа", [(1, 10)]),
        ("ежемесячно", [(1, 31)]),
        ("2 раза в месяц", [(1, 15), (16, 31)]),
    ],
)
def test_times_of_a_phrase_are_as_exact_as_it_says(text, times):
    found = times_of(text, frequency_of(text), date(2026, 10, 1), date(2026, 10, 31))

    assert [(first.day, last.day) for first, last in found] == times


def test_a_part_of_a_month_may_hold_no_such_day():
    assert times_of("первая пятница месяца", "monthly", date(2026, 10, 5), date(2026, 10, 31)) == []


def test_weeks_begin_on_monday_and_the_first_is_cut():
    spans = spans_of("weekly", date(2026, 10, 1), date(2026, 10, 20))

    assert spans == [
        (date(2026, 10, 1), date(2026, 10, 4)),
        (date(2026, 10, 5), date(2026, 10, 11)),
        (date(2026, 10, 12), date(2026, 10, 18)),
        (date(2026, 10, 19), date(2026, 10, 20)),
    ]
