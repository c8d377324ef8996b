"""Deadline phrases of roadmaps: invented ones here, those of the five documents from the folder beside the checkout."""

import csv
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap.deadline_words import MONTHS, clean, is_one_slip_from
from roadmap.deadlines import parse

CERTAIN = 0.8
KINDS = {"range", "by", "recurring", "ongoing", "unscheduled"}

# phrase → kind, windows as start/end; the school year is 2023
CERTAIN_PHRASES = """
15 сентября 2023 | range | 2023-09-15/2023-09-15
29.08.2023 | range | 2023-08-29/2023-08-29
2024-05-15 | range | 2024-05-15/2024-05-15
09.2023 | range | 2023-09-01/2023-09-30
01.09.2023 - 30.09.2023 | range | 2023-09-01/2023-09-30
01.10.23-31.10.23 | range | 2023-10-01/2023-10-31
01.09–15.09 | range | 2023-09-01/2023-09-15
25.05 – 30.05.2024 | range | 2024-05-25/2024-05-30
с 1 по 15 октября | range | 2023-10-01/2023-10-15
1-15 октября | range | 2023-10-01/2023-10-15
10, 20 октября 2023 | range | 2023-10-10/2023-10-10;2023-10-20/2023-10-20
20 сентября - 5 октября 2023 | range | 2023-09-20/2023-10-05
с 1 сентября по 31 мая | range | 2023-09-01/2024-05-31
с 01 сентября 2023 г. по 25 мая 2024 г. | range | 2023-09-01/2024-05-25
в период с 1 по 15 октября 2023 | range | 2023-10-01/2023-10-15
до 15.09.2023 | by | /2023-09-15
не позднее 10 октября | by | /2023-10-10
к 1 сентября | by | /2023-09-01
до конца октября | by | /2023-10-31
по 31 мая | by | /2024-05-31
в срок до 20 октября 2023 г. | by | /2023-10-20
до 1 октября, до 1 марта | by | /2023-10-01;/2024-03-01
до конца 2023 года | by | /2023-12-31
Сентябрь- октябрь 2023г. | range | 2023-09-01/2023-10-31
сент.-окт. | range | 2023-09-01/2023-10-31
в сентябре-октябре | range | 2023-09-01/2023-10-31
октябрь/ноябрь | range | 2023-10-01/2023-11-30
октябрь, ноябрь, декабрь | range | 2023-10-01/2023-12-31
ноябрь; апрель | range | 2023-11-01/2023-11-30;2024-04-01/2024-04-30
сентябрь, октябрь, март, апрель | range | 2023-09-01/2023-10-31;2024-03-01/2024-04-30
сентябрь 2023 – май 2024 | range | 2023-09-01/2024-05-31
с октября 2023 по май 2024 года | range | 2023-10-01/2024-05-31
октябрь 2023г.-май 2024г. | range | 2023-10-01/2024-05-31
сентябрь-октябрь 2023, май 2024 | range | 2023-09-01/2023-10-31;2024-05-01/2024-05-31
декабрь-февраль 2024 | range | 2023-12-01/2024-02-29
август – сентябрь | range | 2023-08-01/2023-09-30
июнь-август | range | 2024-06-01/2024-08-31
август 2024 | range | 2024-08-01/2024-08-31
октябрь, 2023 | range | 2023-10-01/2023-10-31
2023-2024 учебный год: сентябрь, май | range | 2023-09-01/2023-09-30;2024-05-01/2024-05-31
сентябрь 2023-2024 учебного года | range | 2023-09-01/2023-09-30
сентябрь - май 2023-2024 | range | 2023-09-01/2024-05-31
сентябрь-октябрь 2023/24 | range | 2023-09-01/2023-10-31
ноябрь 23 г. | range | 2023-11-01/2023-11-30
первая декада сентября | range | 2023-09-01/2023-09-10
2-я декада октября | range | 2023-10-11/2023-10-20
III декада мая | range | 2024-05-21/2024-05-31
1-2 декада октября | range | 2023-10-01/2023-10-20
в первой половине октября 2023 года | range | 2023-10-01/2023-10-15
II половина мая | range | 2024-05-16/2024-05-31
I квартал 2024 | range | 2024-01-01/2024-03-31
IV квартал | range | 2023-10-01/2023-12-31
I, III кварталы 2024 г. | range | 2024-01-01/2024-03-31;2024-07-01/2024-09-30
IV квартал 2023 г. – I квартал 2024 г. | range | 2023-10-01/2024-03-31
1 полугодие | range | 2023-09-01/2023-12-31
П полугодие | range | 2024-01-01/2024-05-31
I-II полугодие 2023/2024 уч.г. | range | 2023-09-01/2024-05-31
первая половина учебного года | range | 2023-09-01/2023-12-31
осень 2023 | range | 2023-09-01/2023-11-30
зимой | range | 2023-12-01/2024-02-29
2023 год | range | 2023-01-01/2023-12-31
в течение сентября-октября 2023 года | range | 2023-09-01/2023-10-31
в течение I полугодия | range | 2023-09-01/2023-12-31
октябрь 2023 (по отдельному графику) | range | 2023-10-01/2023-10-31
по плану работы школы, октябрь | range | 2023-10-01/2023-10-31
в течение всего учебного года | ongoing | 2023-09-01/2024-05-31
втечение года | ongoing | 2023-09-01/2024-05-31
в теч. уч. года | ongoing | 2023-09-01/2024-05-31
на протяжении 2023-2024 уч.г. | ongoing | 2023-09-01/2024-05-31
2023-2024 учебный год | ongoing | 2023-09-01/2024-05-31
23-24 уч. год | ongoing | 2023-09-01/2024-05-31
в течение 2023 года | ongoing | 2023-01-01/2023-12-31
2023 - 2024 г.г. | ongoing | 2023-01-01/2024-12-31
постоянно | ongoing | 2023-09-01/2024-05-31
систематически в течение года | ongoing | 2023-09-01/2024-05-31
постоянно (сентябрь-май) | ongoing | 2023-09-01/2024-05-31
сентябрь 2023 года, далее постоянно | ongoing | 2023-09-01/
с сентября 2023 г. | ongoing | 2023-09-01/
весь период | ongoing | 2023-09-01/
в период реализации программы | ongoing | 2023-09-01/
ежемесячно | recurring | 2023-09-01/2024-05-31
один раз в две недели | recurring | 2023-09-01/2024-05-31
не реже 1 раза в месяц | recurring | 2023-09-01/2024-05-31
1р/мес | recurring | 2023-09-01/2024-05-31
каждую четверть | recurring | 2023-09-01/2024-05-31
по окончании каждой четверти | recurring | 2023-09-01/2024-05-31
по пятницам | recurring | 2023-09-01/2024-05-31
до 25 числа каждого месяца | recurring | 2023-09-01/2024-05-31
ежегодно, сентябрь | recurring | 2023-09-01/2023-09-30
ежегодно в августе | recurring | 2024-08-01/2024-08-31
раз в полгода (декабрь, май) | recurring | 2023-12-01/2023-12-31;2024-05-01/2024-05-31
Ежемесячно, с октября по май | recurring | 2023-10-01/2024-05-31
по мере необходимости | unscheduled |
по согласованию | unscheduled |
согласно плану-графику | unscheduled |
по запросу наставляемых | unscheduled |
в соответствии с планом работы на 2023-2024 учебный год | unscheduled |
согласно приказу от 15.09.2023 № 5 | unscheduled |
по итогам полугодия | unscheduled |
в течение двух недель с момента обращения | unscheduled |
в течение 5 рабочих дней со дня приказа | unscheduled |
IX-X 2023 | range | 2023-09-01/2023-10-31
10-11.2023 | range | 2023-10-01/2023-11-30
май 2024 (13-17 мая) | range | 2024-05-13/2024-05-17
I-е полугодие 2023-2024 уч. года | range | 2023-09-01/2023-12-31
ноябрь (1 этап), февраль (2 этап) | range | 2023-11-01/2023-11-30;2024-02-01/2024-02-29
1 этап – ноябрь, 2 этап – февраль | range | 2023-11-01/2023-11-30;2024-02-01/2024-02-29
течение года | ongoing | 2023-09-01/2024-05-31
на всём протяжении программы | ongoing | 2023-09-01/
ежегодно, август-сентябрь | recurring | 2023-09-01/2023-09-30
ежегодно, начиная с 2023 г. | recurring | 2023-09-01/2024-05-31
до 5 числа месяца, следующего за отчётным | recurring | 2023-09-01/2024-05-31
в последний рабочий день месяца | recurring | 2023-09-01/2024-05-31
в конце четверти | recurring | 2023-09-01/2024-05-31
в течение 3-х дней после подписания | unscheduled |
после закрепления пар | unscheduled |
""".strip().splitlines()

DOUBTFUL_PHRASES = """
август | range | 2023-08-01/2023-08-31
июль-сентябрь | range | 2023-07-01/2023-09-30
до октября | by | /2023-09-30
до 2024 года | by | /2023-12-31
до конца года | by | /2024-05-31
1 четверть | range | 2023-09-01/2023-10-27
осенние каникулы | range | 2023-10-28/2023-11-05
I полугодие 2024 года | range | 2024-01-01/2024-06-30
2 полугодие 2024 | range | 2024-01-01/2024-05-31
Ноябрь 2023-2024 г. | range | 2023-11-01/2023-11-30
ноябрь 2023-2024 гг. | range | 2023-11-01/2023-11-30;2024-11-01/2024-11-30
апрель-май 2023-2024 г. | range | 2024-04-01/2024-05-31
Ноябрь 20233 г. | range | 2023-11-01/2023-11-30
Ноябрь 1924 г. | range |
сентрябрь 2023 | range | 2023-09-01/2023-09-30
октябрьноябрь 2023 | range | 2023-10-01/2023-11-30
сентябрь 2043 | range | 2043-09-01/2043-09-30
31 сентября | range |
45.13.2023 | range |
май 2024 - сентябрь 2023 | range |
начальная - октябрь, итоговая - апрель | range | 2023-10-01/2023-10-31;2024-04-01/2024-04-30
Октябрь 2023 года, педсовет | range | 2023-10-01/2023-10-31
понедельник | unscheduled |
нечто невнятное | unscheduled |
X | unscheduled |
""".strip().splitlines()


def row(line):
    phrase, kind, windows = (part.strip() for part in line.split("|"))
    return phrase, kind, dates(windows)


def dates(text):
    pairs = [window.split("/") for window in text.split(";") if window]
    return [tuple(date.fromisoformat(side) if side else None for side in pair) for pair in pairs]


@pytest.mark.parametrize(("phrase", "kind", "windows"), list(map(row, CERTAIN_PHRASES)))
def test_parse_reads_a_clear_phrase(phrase, kind, windows):
    reading = parse(phrase, school_year=2023)

    assert (reading.kind, reading.windows, reading.confidence >= CERTAIN) == (kind, windows, True)


@pytest.mark.parametrize(("phrase", "kind", "windows"), list(map(row, DOUBTFUL_PHRASES)))
def test_parse_says_what_is_doubtful(phrase, kind, windows):
    reading = parse(phrase, school_year=2023)

    assert (reading.kind, reading.windows, reading.confidence < CERTAIN) == (kind, windows, True)
    assert str(reading.remark)


def test_parse_reads_the_phrases_of_the_five_documents(acceptance):
    with (acceptance / "deadlines.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    wrong = []
    for line in rows:
        reading = parse(line["phrase"], school_year=int(line["school_year"]))
        dated = line["kind"] in ("range", "by")
        right = reading.kind == line["kind"] and (not dated or reading.windows == dates(line["windows"]))
        certain = reading.confidence >= CERTAIN
        if not right or certain == (line["must_be_doubtful"] == "1"):
            wrong.append((line["phrase"], reading))

    assert (len(rows), wrong) == (55, [])


def test_parse_names_both_readings_of_a_year_span():
    remark = str(parse("Ноябрь 2023-2024 г.", school_year=2023).remark)

    assert re.findall(r"\d{4}", remark) == ["2023", "2024"]


def test_parse_of_nothing_is_unscheduled():
    readings = [parse(text, school_year=2023) for text in ("", " \n", "—", "…", None)]

    assert [(reading.kind, reading.windows, reading.confidence) for reading in readings] == [
        ("unscheduled", [], 0.0)
    ] * 5


def test_parse_needs_a_year_from_somewhere():
    reading = parse("октябрь")

    assert (reading.kind, reading.windows, reading.confidence) == ("range", [], 0.4)


@pytest.mark.parametrize(
    ("phrase", "school_year", "period", "windows"),
    [
        ("октябрь", None, (date(2024, 1, 1), date(2024, 12, 31)), "2024-10-01/2024-10-31"),
        ("сентябрь, май", None, (date(2024, 1, 1), date(2024, 12, 31)), "2024-09-01/2024-09-30;2024-05-01/2024-05-31"),
        ("август", 2023, (date(2023, 10, 1), date(2024, 8, 31)), "2024-08-01/2024-08-31"),
        ("октябрь", None, (date(2022, 9, 1), date(2024, 6, 30)), "2022-10-01/2022-10-31"),
        ("в течение всего периода", 2022, (date(2022, 9, 1), date(2024, 6, 30)), "2022-09-01/2024-06-30"),
        ("в течение года", 2023, (date(2023, 10, 1), date(2024, 5, 25)), "2023-10-01/2024-05-25"),
        ("октябрь 2025 г.", 2023, (date(2023, 9, 1), date(2024, 5, 31)), "2025-10-01/2025-10-31"),
    ],
)
def test_parse_uses_the_period_of_the_document(phrase, school_year, period, windows):
    reading = parse(phrase, school_year=school_year, period=period)

    assert reading.windows == dates(windows)


def test_parse_doubts_a_date_outside_the_period():
    reading = parse("октябрь 2025 г.", school_year=2023, period=(date(2023, 9, 1), date(2024, 5, 31)))

    assert (reading.confidence, "01.10.2025" in str(reading.remark)) == (0.6, True)


def test_a_word_is_one_slip_from_another():
    slips = [
        is_one_slip_from(word, "сентябрь")
        for word in ("сентабрь", "сентрябрь", "сентбрь", "снетябрь", "сентябрь", "май")
    ]

    assert slips == [True, True, True, True, False, False]


# --- whatever is typed ------------------------------------------------------------------------------------------------
WORDS = (
    "2023 2024 2023-2024 20213 г. гг. уч. года с по до к не_позднее - , и ; / ( ) 1 15 31 II первая последняя декада"
    " неделя половина начало конец квартал четверть полугодие осень каникулы ежемесячно раз_в в_течение всего_периода"
    " при_необходимости 01.09 30.02.2024 учебного после"
)
PIECES = st.sampled_from([*MONTHS, *(word.replace("_", " ") for word in WORDS.split(" "))])
PHRASES = st.lists(PIECES, max_size=9).map(" ".join)
YEARS = st.none() | st.integers(min_value=2015, max_value=2040)


@given(text=st.text() | PHRASES, school_year=YEARS)
@example(text="1" * 900, school_year=2023)
@example(text="31.02.99999", school_year=None)
@example(text="раз " * 200, school_year=2023)
def test_parse_always_answers(text, school_year):
    reading = parse(text, school_year=school_year)

    assert reading.kind in KINDS
    assert 0 <= reading.confidence <= 1
    assert isinstance(str(reading.remark), str)
    assert [window for window in reading.windows if None not in window and window[0] > window[1]] == []
    assert reading == parse(text, school_year=school_year)


@given(text=PHRASES, start=st.dates(date(2015, 1, 1), date(2040, 1, 1)), days=st.integers(min_value=0, max_value=1500))
def test_parse_with_a_period_always_answers(text, start, days):
    period = (start, date.fromordinal(start.toordinal() + days))

    reading = parse(text, school_year=start.year, period=period)

    assert reading.kind in KINDS
    assert [window for window in reading.windows if None not in window and window[0] > window[1]] == []


@given(school_year=st.sampled_from([-5, 0, 1, 9998, 9999, 10**9]), text=PHRASES)
def test_parse_survives_an_impossible_school_year(school_year, text):
    assert parse(text, school_year=school_year).kind in KINDS


@given(text=PHRASES)
def test_parse_does_not_care_for_spaces_case_and_dashes(text):
    spelled = "\u00a0 " + text.upper().replace("-", "–").replace(" ", " \u00a0\n") + "\t"

    assert parse(spelled, school_year=2023) == parse(text, school_year=2023)


@given(text=PHRASES)
def test_clean_is_settled_after_one_pass(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "phrase", ["Oктябpь 2023", "октябрь\u00a02023", "ок\u00adтябрь 2023", "октябрь2023", "ОКТЯБРЬ 2O23 Г.."]
)
def test_parse_reads_through_wrong_letters(phrase):
    assert parse(phrase, school_year=2020).windows == [(date(2023, 10, 1), date(2023, 10, 31))]
