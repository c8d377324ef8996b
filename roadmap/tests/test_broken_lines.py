"""Rows that a text file has broken at the line breaks inside their cells: invented tables, «|» stands for a tab."""

import re

import pytest

from roadmap.broken_lines import whole_rows

HEAD = "№ | Мероприятие | Срок | Ответственный"


def joined(text):
    """The lines that have tabs, cell by cell."""
    lines = re.sub(r" ?\| ?", "\t", text.strip("\n")).split("\n")
    rows = whole_rows(enumerate(lines, start=1))
    return [[" ".join(cell.split()) for cell in line.split("\t")] for _number, line in rows if line.strip()]


def test_cells_with_line_breaks_are_one_row():
    rows = joined(
        f"""
{HEAD}
1 | Приказ о
запуске | сентябрь
2024 г. | Директор
2 | Подготовка:
1. Беседа.
2. Опрос. | октябрь | Зам. директора
по работе
3
| Итоги | май | Куратор
"""
    )

    assert rows[1:3] == [
        ["1", "Приказ о запуске", "сентябрь 2024 г.", "Директор"],
        ["2", "Подготовка: 1. Беседа. 2. Опрос.", "октябрь", "Зам. директора по работе"],
    ]


def test_a_head_with_line_breaks_is_one_row():
    rows = joined(
        """
№
п/п | Название
мероприятия | Срок
исполнения | Ответственный
исполнитель
1 | Приказ | май | Директор
"""
    )

    assert rows == [
        ["№ п/п", "Название мероприятия", "Срок исполнения", "Ответственный исполнитель"],
        ["1", "Приказ", "май", "Директор"],
    ]


def test_rows_without_numbers_are_joined_by_small_letters():
    rows = joined(
        """
Мероприятие | Срок | Ответственный
Запуск программы
Опрос молодых
педагогов | октябрь | Куратор
Встречи | ноябрь | Наставники,
куратор
Отчёт | май | Куратор
"""
    )

    assert rows[1:] == [
        ["Запуск программы"],
        ["Опрос молодых педагогов", "октябрь", "Куратор"],
        ["Встречи", "ноябрь", "Наставники, куратор"],
        ["Отчёт", "май", "Куратор"],
    ]


@pytest.mark.parametrize(
    "below",
    [
        "2 | Опрос",
        "Этап 2. Работа пар",
        "II. Работа пар",
        "**Работа пар**",
        " | Опрос | май | Куратор",
        "- 7 -",
        "Директор | И.И. Первый",
    ],
)
def test_a_short_row_takes_nothing_that_begins_anew(below):
    rows = joined(f"{HEAD}\n1 | Приказ | май\n{below}")

    assert rows[1] == ["1", "Приказ", "май"]


def test_nothing_is_joined_across_a_blank_line_or_without_a_head():
    torn = joined(f"{HEAD}\n1 | Приказ о\n\nзапуске | май | Директор")
    bare = joined("1 | Приказ о\nзапуске | май | Директор")

    assert (torn[1], bare[0]) == (["1", "Приказ о"], ["1", "Приказ о"])
