from datetime import date

import pytest

from roadmap.moved_years import moved, moved_day

PLAN = (2025, 2026)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Итоги 2025 года", "Итоги 2026 года"),
        ("на 2025–2026 учебный год", "на 2026–2027 учебный год"),
        ("на 2025 - 2026 уч. год", "на 2026 - 2027 уч. год"),
        ("на 2025/26 учебный год", "на 2026/27 учебный год"),
        ("на 2025/2026 учебный год", "на 2026/2027 учебный год"),
        ("до 25.05.2026", "до 25.05.2027"),
        ("до «25» мая 2026 г.", "до «25» мая 2027 г."),
        ("декабрь 2025 г. – июнь 2026 г.", "декабрь 2026 г. – июнь 2027 г."),
        ("сентябрь 2025 – 25 мая 2026", "сентябрь 2026 – 25 мая 2027"),
        ("1 сентября 2025 – 25 мая 2026", "1 сентября 2026 – 25 мая 2027"),
        ("план, 2025г., 🎉", "план, 2026г., 🎉"),
    ],
)
def test_years_of_the_plan_move(text, expected):
    assert moved(text, PLAN, 1) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "до 25 мая",
        "кабинет № 2025",
        "2025 рублей",
        "Программа развития на 2024–2028 годы",
        "Итоги 2024–2025 учебного года",
        "распоряжение Минпросвещения от 25.12.2019 № Р-145",
        "тел. 8-2025-11",
        "20255",
    ],
)
def test_other_numbers_stay_in_silence(text):
    """Of a span of other years the checks of the plan speak."""
    assert moved(text, PLAN, 1) == (text, [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Итоги 2023 года", ["2023"]),
        ("приказ от 29.08.2025 № 56", ["29.08.2025"]),
        ("по закону от 9 ноября 2025 г. № 381-ФЗ", ["9 ноября 2025"]),
        ("до 25.05.2030", ["25.05.2030"]),
    ],
)
def test_what_is_left_and_asks_for_a_look(text, kept):
    assert moved(text, PLAN, 1) == (text, kept)


def test_leap_day_has_no_fellow_in_an_ordinary_year():
    assert moved("до 29 февраля 2028 г., 29.02.2028", (2027, 2028), 1)[0] == "до 28 февраля 2029 г., 28.02.2029"
    assert moved("до 29 февраля 2028 г.", (2027, 2028), 4)[0] == "до 29 февраля 2032 г."
    assert (moved_day(date(2028, 2, 29), 1), moved_day(date(2028, 2, 29), 4)) == (date(2029, 2, 28), date(2032, 2, 29))
    assert moved_day(date(2027, 2, 28), 1) == date(2028, 2, 28)
