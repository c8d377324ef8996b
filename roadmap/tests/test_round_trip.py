"""What was imported comes out cell for cell: the five real documents, stored and exported in the format they came in."""

import csv
import io

import pytest

from participants.tests.factories import make_organization
from roadmap.exporting import export_roadmap
from roadmap.importing import headings_of, store_reading
from roadmap.models import Activity
from roadmap.printed_tables import table_of
from roadmap.reading import blocks_from_file, read_document
from roadmap.tests.made_documents import FORMATS
from roadmap.tests.test_formats import COLUMNS, rows_of
from roadmap.tests.test_reading import lines

pytestmark = [pytest.mark.django_db, pytest.mark.files]
SEEDS = ["000", "001", "002", "003", "004"]


def stored(reading):
    organization = make_organization(head_position="", short_name="Организация")
    return store_reading(reading, organization=organization, school_year=2023, source_name="план")


def everything_of(reading):
    """Title, columns, all cells of the activities, those of other columns too, and the lines that name stages."""
    return {
        "title": reading.title,
        "period": reading.period_text,
        "columns": reading.columns,
        "cells": rows_of(reading),
        "others": [activity.extra for activity in reading.activities],
        "points": [activity.items for activity in reading.activities],
        "stages": [(stage.number, stage.title) for stage in reading.stages],
    }


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_comes_out_as_it_was(seeds, seed, file_format):
    source = FORMATS[file_format](blocks_from_file(next(seeds.glob(f"{seed}_*.txt"))))
    before = read_document(blocks_from_file(source, f"plan.{file_format}"))

    exported = export_roadmap(stored(before), file_format)

    after = read_document(blocks_from_file(exported, f"plan.{file_format}"))
    assert everything_of(after) == everything_of(before)
    assert headings_in(after) == headings_in(before)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_table_comes_out_as_it_was(seeds, seed):
    reading = read_document(blocks_from_file(next(seeds.glob(f"{seed}_*.txt"))))

    rows = csv.DictReader(io.StringIO(export_roadmap(stored(reading), "tsv").decode()), delimiter="\t")

    assert [tuple(row[name] for name in COLUMNS) for row in rows] == rows_of(reading)


def headings_in(reading):
    """The lines that name stages, letter for letter."""
    return list(headings_of(reading).values())


# --- documents in which something stands otherwise than in the five ---------------------------------------------------
OTHERS = {
    "no stages": """
План работы на 2024-2025 учебный год
№ | Мероприятие | Срок | Ответственный
1 | Приказ | май | Директор
2 | Опрос | июнь | Психолог
""",
    "two columns of time": """
Дорожная карта на 2024-2025 учебный год
№ | Мероприятие | Начало | Окончание | Ответственный
I. Подготовка условий | | | |
1 | Приказ | 01.09.2024 | 10.09.2024 | Директор
2 | Посещение уроков | 01.10.2024 | | Наставники
3 | Конференция | | 23.05.2025 | Методист
""",
    "months beside days": """
План работы на 2024-2025 учебный год
Месяц | Дата | Тема встречи | Ответственный
Сентябрь | 05.09 | Знакомство | Куратор
Октябрь | | Урок | Завуч
""",
    "numbers in a column of stages": """
Дорожная карта на 2024-2025 учебный год
Этап | № | Мероприятие | Срок
1. Подготовительный | 1 | Приказ | май
 | 2 | Опрос | июнь
2-й этап. Основной | 3 | Встречи | октябрь
""",
    "a group in a row of its own": """
План мероприятий на 2025 год
№ | Мероприятие | Сроки | Исполнители
I. Сопровождение | | |
1.1. | Семинар | май | УО
1.2. | Конкурс «Лучшая пара»: | |
1.2.1. | приём заявок | март | ММЦ
1.2.2. | очный этап | апрель | УО
""",
}


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
@pytest.mark.parametrize("name", OTHERS)
def test_every_line_of_a_table_comes_out_as_it_was(name, file_format):
    before = read_document(blocks_from_file(lines(OTHERS[name]).encode(), "a.txt"))

    exported = export_roadmap(stored(before), file_format)

    after = read_document(blocks_from_file(exported, f"plan.{file_format}"))
    assert everything_of(after) == everything_of(before)
    assert [line.cells for line in after.lines] == [line.cells for line in before.lines]


OTHER_COLUMNS = """
План работы на 2024-2025 учебный год
Содержание работы | Форма | Сроки | Ответственные | Примечание
Сентябрь | | | |
знакомство с коллективом | беседа | 1 неделя | наставник | сайт
Октябрь | | | |
помощь в документации | консультация | | наставник |
"""


@pytest.mark.parametrize("text", [*OTHERS.values(), OTHER_COLUMNS])
def test_the_portals_own_text_table_is_brought_back_whole(text):
    before = read_document(blocks_from_file(lines(text).encode(), "plan.txt"))

    exported = export_roadmap(stored(before), "tsv")

    after = read_document(blocks_from_file(exported, "plan.tsv"), school_year=2024)
    assert (rows_of(after), [each.extra for each in after.activities]) == (
        rows_of(before),
        [each.extra for each in before.activities],
    )


def test_a_deadline_that_was_changed_leaves_no_old_last_day_beside_it():
    text = lines(OTHERS["two columns of time"])
    roadmap = stored(read_document(blocks_from_file(text.encode(), "a.txt")))
    Activity.objects.filter(content="Приказ").update(deadline_text="октябрь")

    row = next(row for row in table_of(roadmap) if any(cell.text == "Приказ" for cell in row.cells))

    assert [cell.text for cell in row.cells] == ["1", "Приказ", "октябрь", "", "Директор"]
