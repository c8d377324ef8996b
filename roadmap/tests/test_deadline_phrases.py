"""The table of phrases with their readings, and what holds for any phrase: printing, spelling, the organization's calendar."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.deadline_printing import phrase_of
from roadmap.deadlines import parse
from roadmap.school_calendar import SchoolCalendar
from roadmap.tests.test_deadlines import CERTAIN, dates

with (Path(__file__).parent / "deadline_phrases.tsv").open(encoding="utf-8", newline="") as file:
    PHRASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

CALENDAR = SchoolCalendar(
    2023,
    (
        ("term", 1, date(2023, 9, 1), date(2023, 10, 24)),
        ("term", 2, date(2023, 11, 2), date(2023, 12, 28)),
        ("term", 3, date(2024, 1, 10), date(2024, 3, 20)),
        ("term", 4, date(2024, 4, 2), date(2024, 5, 24)),
        ("trimester", 2, date(2023, 11, 20), date(2024, 2, 18)),
    ),
)


def test_there_are_at_least_four_hundred_phrases():
    assert len({row["phrase"] for row in PHRASES}) == len(PHRASES) >= 400


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row["phrase"])
def test_a_phrase_of_the_table_is_read_as_it_says(row):
    reading = parse(row["phrase"], school_year=2023)

    assert (reading.kind, reading.windows, reading.confidence >= CERTAIN, reading.anchor) == (
        row["kind"],
        dates(row["windows"]),
        row["sure"] == "1",
        row["anchor"],
    )


def test_a_doubtful_phrase_says_why_and_an_anchor_is_named():
    readings = [parse(row["phrase"], school_year=2023) for row in PHRASES]

    assert [reading for reading in readings if reading.confidence < CERTAIN and not str(reading.remark)] == []
    assert [reading for reading in readings if reading.anchor and reading.anchor not in str(reading.remark)] == []


SPELLINGS = (
    lambda text: text.upper(),
    lambda text: text.capitalize(),
    lambda text: f"  {text}\u00a0",
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace("-", "–"),
    lambda text: text.replace("–", "—"),
    lambda text: text.replace("е", "ё"),
    lambda text: text.replace(" ", "\n"),
)


@pytest.mark.parametrize("spelling", range(len(SPELLINGS)))
def test_spelling_changes_nothing(spelling):
    changed = [
        row["phrase"]
        for row in PHRASES
        if parse(SPELLINGS[spelling](row["phrase"]), school_year=2023) != parse(row["phrase"], school_year=2023)
    ]

    assert changed == []


# --- the organization's calendar --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("phrase", "windows"),
    [
        ("1 четверть", "2023-09-01/2023-10-24"),
        ("II-III четверть", "2023-11-02/2024-03-20"),
        ("до конца 2 четверти", "/2023-12-28"),
        ("последняя четверть", "2024-04-02/2024-05-24"),
        ("2 триместр 2023-2024 уч. г.", "2023-11-20/2024-02-18"),
        ("осенние каникулы", "2023-10-25/2023-11-01"),
        (
            "1 раз в четверть",
            "2023-09-01/2023-10-24;2023-11-02/2023-12-28;2024-01-10/2024-03-20;2024-04-02/2024-05-24",
        ),
    ],
)
def test_quarters_are_those_of_the_organization(phrase, windows):
    reading = parse(phrase, school_year=2023, calendar=CALENDAR)

    assert (reading.windows, reading.confidence >= CERTAIN) == (dates(windows), True)


@pytest.mark.parametrize("phrase", ["1 триместр", "1 четверть 2022-2023 уч. г.", "1 раз в триместр"])
def test_what_the_calendar_does_not_say_is_read_as_without_it(phrase):
    assert parse(phrase, school_year=2023, calendar=CALENDAR) == parse(phrase, school_year=2023)


# --- printing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "windows", "phrase"),
    [
        ("by", "/2026-10-01", "до 1 октября 2026 г."),
        ("by", "/2026-10-01;/2027-03-01", "до 1 октября 2026 г.; до 1 марта 2027 г."),
        ("range", "2026-10-01/2026-10-31", "октябрь 2026 г."),
        ("range", "2026-10-01/2026-10-31;2026-11-01/2026-11-30", "октябрь – ноябрь 2026 г."),
        ("range", "2026-12-01/2027-06-30", "декабрь 2026 г. – июнь 2027 г."),
        ("range", "2026-10-05/2026-10-05", "5 октября 2026 г."),
        ("range", "2026-10-03/2026-10-15", "3–15 октября 2026 г."),
        ("range", "2026-09-20/2026-10-05", "20 сентября – 5 октября 2026 г."),
        ("range", "2027-02-21/2027-02-28", "третья декада февраля 2027 г."),
        ("range", "2026-10-01/2026-10-31;2027-05-01/2027-05-31", "октябрь 2026 г.; май 2027 г."),
        ("ongoing", "2026-09-01/2027-05-31", "в течение 2026/2027 учебного года"),
        ("ongoing", "2026-01-01/2026-12-31", "в течение 2026 года"),
        ("ongoing", "2026-10-01/", "с 1 октября 2026 г."),
        ("unscheduled", "", "срок не установлен"),
    ],
)
def test_windows_are_printed_in_russian(kind, windows, phrase):
    assert phrase_of(kind, dates(windows)) == phrase


def test_a_recurring_deadline_says_how_often():
    windows = dates("2026-10-01/2027-04-30")

    assert (
        phrase_of("recurring", windows, how_often="1 раз в месяц") == "1 раз в месяц, октябрь 2026 г. – апрель 2027 г."
    )
    with pytest.raises(ValueError, match="often"):
        phrase_of("recurring", windows)


@st.composite
def apart(draw):
    """Windows in order, with at least a day between two."""
    day, windows = draw(st.dates(date(2025, 8, 1), date(2026, 8, 1))), []
    for _n in range(draw(st.integers(min_value=1, max_value=4))):
        last = day + timedelta(days=draw(st.integers(min_value=0, max_value=130)))
        windows.append((day, last))
        day = last + timedelta(days=draw(st.integers(min_value=2, max_value=90)))
    return windows


@given(windows=apart())
def test_printed_spans_read_back(windows):
    reading = parse(phrase_of("range", windows), school_year=2025)

    assert (reading.kind, reading.windows, reading.confidence >= CERTAIN) == ("range", windows, True)


@given(windows=apart())
def test_printed_last_days_read_back(windows):
    days = [(None, last) for _first, last in windows]

    assert (parse(phrase_of("by", days), school_year=2025).kind, parse(phrase_of("by", days)).windows) == ("by", days)


@given(windows=apart())
def test_printed_lasting_deadlines_read_back(windows):
    reading = parse(phrase_of("ongoing", windows[:1]), school_year=2025)

    assert (reading.kind, reading.windows) == ("ongoing", windows[:1])


@given(
    windows=apart(), how_often=st.sampled_from(["ежемесячно", "1 раз в неделю", "2 раза в месяц", "каждый понедельник"])
)
def test_printed_recurring_deadlines_read_back(windows, how_often):
    reading = parse(phrase_of("recurring", windows, how_often=how_often), school_year=2025)

    assert (reading.kind, reading.windows) == ("recurring", windows)
