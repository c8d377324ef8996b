"""What a person corrects of a reading: columns, lines, stages, activities. No database."""

import json
from datetime import date

import pytest

from roadmap.check_view import counts_of, entries_of, with_deadlines
from roadmap.corrections import (
    corrected,
    decisions_of,
    parts_of,
    with_activity,
    with_decision,
    with_facts,
    with_roles,
    with_stage,
    without_activity,
)
from roadmap.reading import read_document
from roadmap.stored_blocks import blocks_from_json, blocks_to_json
from roadmap.table_files import blocks_from_text
from roadmap.tests.test_reading import lines, outline

PLAN = """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный | Отметка
Этап 1. Начало | | | |
1 | Приказ | сентябрь | Директор | да
2 | Опрос педагогов | октябрь | Куратор |
Этап 2. Итоги | | | |
3 | 1. Отчёт 2. Выставка | май | Куратор |
"""


def read(corrections, text=PLAN):
    blocks = blocks_from_json(json.loads(json.dumps(blocks_to_json(blocks_from_text(lines(text))))))
    reading = read_document(blocks, roles=corrections.get("roles", ()), decisions=decisions_of(corrections))
    return corrected(reading, json.loads(json.dumps(corrections)))


def test_blocks_come_back_from_json_as_they_were():
    blocks = blocks_from_text("**План**\n\n1\tа\n\n2\tб\n")

    assert blocks_from_json(json.loads(json.dumps(blocks_to_json(blocks)))) == blocks


def test_a_line_joined_to_the_one_above_gives_it_its_texts():
    reading = read(with_decision({}, 5, "join"))

    first = reading.activities[0]
    assert (first.content, first.deadline_text, first.source_rows) == (
        "Приказ Опрос педагогов",
        "сентябрь октябрь",
        [4, 5],
    )


def test_a_line_is_a_stage_or_left_out_or_an_activity_as_a_person_says():
    corrections = with_decision(with_decision(with_decision({}, 5, "stage"), 4, "drop"), 3, "activity")

    assert outline(read(corrections)) == [
        ("", "", ["Этап 1. Начало"]),
        ("2", "Опрос педагогов", []),
        ("2", "Итоги", ["1. Отчёт 2. Выставка"]),
    ]


def test_a_decision_that_is_taken_back_leaves_no_trace():
    corrections = with_decision(with_decision({}, 5, "drop"), 5, "")

    assert outline(read(corrections)) == outline(read({}))


def test_columns_take_other_roles_at_once():
    before = ["number", "content", "deadline", "responsible", "other"]
    corrections = with_roles({}, before, ["number", "content", "deadline", "other", "responsible"])

    first = read(corrections).activities[0]
    assert (first.responsible_text, first.extra) == ("да", {"Ответственный": "Директор"})


def test_a_role_given_to_another_column_leaves_the_old_one():
    before = ["number", "content", "deadline", "responsible", "other"]

    assert with_roles({}, before, ["number", "content", "deadline", "responsible", "deadline"])["roles"] == [
        "number",
        "content",
        "other",
        "responsible",
        "deadline",
    ]


@pytest.mark.parametrize("roles", [["number", "other"], ["content", "nonsense"]])
def test_columns_without_activities_or_of_no_known_role_are_refused(roles):
    with pytest.raises(ValueError, match=r"no content|unknown"):
        with_roles({}, ["number", "content"], roles)


def test_an_activity_is_corrected_and_restored():
    values = {"content": "Приказ о парах", "windows": [["2024-09-05", None]]}
    corrections = with_activity({}, "4", values)

    first = read(corrections).activities[0]
    assert (first.content, first.windows, first.is_checked) == ("Приказ о парах", [(date(2024, 9, 5), None)], True)
    assert read(without_activity(corrections, "4")).activities[0] == read({}).activities[0]


def test_a_split_activity_is_two_and_either_is_corrected_and_split_again():
    corrections = with_activity({}, "7", {"parts": ["Отчёт", "Выставка", "Ярмарка"]})
    corrections = with_activity(corrections, "7.1", {"content": "Выставка работ", "deadline_text": "июнь"})
    corrections = with_activity(corrections, "7.2", {"parts": ["Ярмарка", "Чаепитие"]})

    last = read(corrections).stages[-1].activities
    assert [(activity.key, activity.number, activity.content, activity.deadline_text) for activity in last] == [
        ("7.0", "3", "Отчёт", "май"),
        ("7.1", "", "Выставка работ", "июнь"),
        ("7.2.0", "", "Ярмарка", "май"),
        ("7.2.1", "", "Чаепитие", "май"),
    ]
    assert outline(read(without_activity(corrections, "7.1"))) == outline(read({}))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Отчёт\r\n\r\nВыставка\r\nработ", ["Отчёт", "Выставка работ"]),
        ("1. Отчёт 2. Выставка", ["Отчёт", "Выставка"]),
        ("Отчёт", ["Отчёт"]),
        ("", [""]),
    ],
)
def test_a_text_is_split_at_blank_lines_or_at_its_points(text, parts):
    assert parts_of(text) == parts


def test_a_stage_is_renamed_and_the_facts_are_set():
    corrections = with_facts(
        with_stage({}, 3, "1", "Запуск"), {"title": "План", "school_year": "2025", "order_number": "56"}
    )

    reading = read(corrections)
    assert (reading.stages[0].title, reading.title, reading.school_year) == ("Запуск", "План", 2025)
    assert reading.approval.order_number == "56"


def test_the_check_page_shows_every_line_once_in_the_order_of_the_document():
    reading = read(with_decision({}, 5, "drop"))
    entries = with_deadlines(entries_of(reading, {5: "drop"}), 2024, reading.period, None)

    assert [line.row for entry in entries for line in entry.lines] == [3, 4, 5, 6, 7]
    assert [entry.level for entry in entries if entry.activity] == ["sure", "sure"]
    assert counts_of(entries)["sure"] == 2


def test_what_is_doubtful_says_so_in_its_level():
    entries = entries_of(
        read({}, PLAN.replace("октябрь", "абракадабра").replace("май", "в октябре-ноябре 20255 г.")), {}
    )
    with_deadlines(entries, 2024, None, None)

    assert [entry.level for entry in entries if entry.activity] == ["sure", "unclear", "check"]


INHERITED = """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный
Этап 1. Начало | | |
1 | Приказ | октябрь 20214 года | Директор
2 | Опрос педагогов | | Куратор
3 | Сбор согласий | | Куратор
4 | Итог | май | Куратор
5 | Отчёт | | Куратор
"""


def test_a_corrected_deadline_is_passed_to_the_rows_that_inherited_it():
    corrections = with_activity({}, "4", {"deadline_text": "октябрь 2024 года", "content": "Приказ"})

    deadlines = [(each.deadline_text, each.deadline_inherited) for each in read(corrections, INHERITED).activities]

    assert deadlines == [
        ("октябрь 2024 года", False),
        ("октябрь 2024 года", True),
        ("октябрь 2024 года", True),
        ("май", False),
        ("май", True),
    ]


def test_days_set_for_a_deadline_are_passed_to_the_rows_that_inherited_it():
    days = [["2024-10-01", "2024-10-31"]]
    corrections = with_activity({}, "4", {"deadline_text": "октябрь 20214 года", "windows": days})

    windows = [each.windows for each in read(corrections, INHERITED).activities]

    assert windows == [[(date(2024, 10, 1), date(2024, 10, 31))]] * 3 + [None, None]


def test_a_deadline_of_its_own_that_a_person_gave_is_kept_and_one_looked_through_follows():
    looked = with_activity({}, "5", {"content": "Опрос", "deadline_text": "октябрь 20214 года"})
    own = with_activity(looked, "6", {"deadline_text": "ноябрь"})
    corrections = with_activity(own, "4", {"deadline_text": "октябрь 2024 года"})

    activities = read(corrections, INHERITED).activities

    assert [each.deadline_text for each in activities[:3]] == ["октябрь 2024 года", "октябрь 2024 года", "ноябрь"]
    assert activities[1].content == "Опрос"


def test_a_renamed_section_of_a_month_gives_its_activities_the_new_month():
    text = "Дорожная карта\n№ | Мероприятие | Ответственный\nОктябрь | |\n1 | Приказ | Директор"

    (activity,) = read(with_stage({}, 3, "", "Ноябрь"), text).activities

    assert activity.deadline_text == "Ноябрь"
