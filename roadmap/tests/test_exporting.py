import csv
import io
import subprocess
from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from roadmap.exporting import export_roadmap, table_of, widths_of
from roadmap.tests.factories import COLUMNS, make_activity, make_roadmap, make_stage

pytestmark = [pytest.mark.django_db, pytest.mark.files]
WITH_STAGES = [
    {"role": "number", "title": "№"},
    {"role": "stage", "title": "Наименование этапа"},
    {"role": "group", "title": "Мероприятия"},
    {"role": "content", "title": "Содержание деятельности"},
    {"role": "other", "title": "Отметка о выполнении"},
]


def pdf_text(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def test_table_of_a_document_without_a_stage_column_has_rows_for_stages():
    roadmap = make_roadmap(activities=2)

    rows = table_of(roadmap)

    assert [row.heading for row in rows] == ["1. Этап 1", "", ""]
    assert [cell.text for cell in rows[1].cells][2:] == ["октябрь 2026 г.", "Куратор"]


def test_table_of_merged_cells_are_empty_under_the_first():
    roadmap = make_roadmap(columns=WITH_STAGES)
    stage = make_stage(roadmap=roadmap, title="Подготовка")
    for content, group in (("Изучить", "База"), ("Издать", "База"), ("Обсудить", "Формы")):
        make_activity(stage=stage, content=content, group=group, number="", extra={"Отметка о выполнении": "да"})

    rows = [[cell.text for cell in row.cells] for row in table_of(roadmap)]

    assert rows == [
        ["1", "Подготовка", "База", "Изучить", "да"],
        ["", "", "", "Издать", "да"],
        ["", "", "Формы", "Обсудить", "да"],
    ]


def test_table_of_says_what_stands_above_a_row():
    roadmap = make_roadmap(columns=WITH_STAGES)
    stage = make_stage(roadmap=roadmap, title="Подготовка")
    for content, group in (("Изучить", "База"), ("Издать", "База"), ("Обсудить", "Формы")):
        make_activity(stage=stage, content=content, group=group, number="")

    assert [row.continues for row in table_of(roadmap)] == ["", "1. Подготовка – База", "1. Подготовка"]
    assert [row.continues for row in table_of(make_roadmap(activities=1))] == ["", "1. Этап 1"]


@pytest.mark.parametrize("columns", [COLUMNS, WITH_STAGES])
def test_pdf_says_above_a_page_which_stage_goes_on(columns):
    roadmap = make_roadmap(columns=columns)
    first = make_stage(roadmap=roadmap, title="Подготовка")
    for number in range(40):
        make_activity(stage=first, content=f"Провести встречу {number} " + "с наставниками школы " * 8)
    make_activity(stage=make_stage(roadmap=roadmap, title="Завершение"), content="Подвести итоги")

    pages = pdf_text(export_roadmap(roadmap, "pdf")).split("\f")[:-1]

    assert len(pages) > 2
    assert ["Продолжение: 1. Подготовка" in page for page in pages] == [False] + [True] * (len(pages) - 1)


def test_table_of_keeps_a_stage_without_activities():
    roadmap = make_roadmap(columns=WITH_STAGES)
    make_stage(roadmap=roadmap, title="Завершение")

    assert [[cell.text for cell in row.cells] for row in table_of(roadmap)] == [["1", "Завершение", "", "", ""]]


def test_widths_are_together_the_whole_page():
    assert sum(widths_of(WITH_STAGES)) == pytest.approx(100, abs=0.1)


def test_export_tsv_fills_every_row():
    roadmap = make_roadmap()
    stage = make_stage(roadmap=roadmap, title="Подготовка")
    make_activity(stage=stage, content="Изучить\tположение", windows=[(None, date(2026, 9, 1))])
    make_activity(stage=stage, content="Издать приказ")

    table = list(csv.DictReader(io.StringIO(export_roadmap(roadmap, "tsv").decode()), delimiter="\t"))

    assert [(row["stage_no"], row["stage_title"], row["content"], row["windows"]) for row in table] == [
        ("1", "Подготовка", "Изучить\tположение", "/2026-09-01"),
        ("1", "Подготовка", "Издать приказ", "2026-10-01/2026-10-31"),
    ]


def test_export_xlsx_has_the_columns_of_the_document_and_no_formulas():
    roadmap = make_roadmap(title="=Карта")
    make_activity(stage=make_stage(roadmap=roadmap), content="=1+1", number="1.")

    sheet = load_workbook(io.BytesIO(export_roadmap(roadmap, "xlsx"))).active

    title, head, _stage, row = list(sheet.iter_rows())[4:]
    assert [cell.value for cell in head] == [column["title"] for column in COLUMNS]
    assert (title[0].value, title[0].data_type, row[1].value, row[1].data_type) == ("=Карта", "s", "=1+1", "s")


def test_export_docx_has_the_grif_and_the_table():
    roadmap = make_roadmap(activities=1, approver_position="Директор", approver_name="И.И. Осина")

    paper = docx.Document(io.BytesIO(export_roadmap(roadmap, "docx")))

    assert paper.paragraphs[0].text == "УТВЕРЖДАЮ"
    assert [cell.text for cell in paper.tables[0].rows[0].cells] == [column["title"] for column in COLUMNS]
    assert paper.tables[0].rows[1].cells[0].text == "1. Этап 1"


def test_export_pdf_repeats_the_head_on_each_page_and_carries_the_grif():
    roadmap = make_roadmap(activities=45, approver_position="Директор", approver_name="И.И. Осина")

    pages = pdf_text(export_roadmap(roadmap, "pdf")).split("\f")[:-1]

    assert len(pages) > 1
    assert "УТВЕРЖДАЮ" in pages[0]
    assert ["Срок исполнения" in " ".join(page.split()) for page in pages] == [True] * len(pages)
