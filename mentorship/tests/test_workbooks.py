import io
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mentorship.workbooks import Column, form_workbook
from participants.registry_reading import read_registry
from participants.tests.registry_books import TODAY

TITLE = "Реестр наставляемых: 2025/26 учебный год"
COLUMNS = [
    Column("ФИО наставляемого", "full_name", 32),
    Column("Контактные данные", lambda row: ", ".join(filter(None, [row.phone, row.email]))),
    Column("Год рождения", "birth_year", 10),
    Column("Основной запрос наставляемого", "request", 40),
    Column("Дата вхождения в программу", "joined_on", 12),
]
SOKOLOVA = SimpleNamespace(
    full_name="Соколова Алёна Игоревна",
    phone="+79271234567",
    email="a@mail.ru",
    birth_year=2011,
    request="Олимпиада;\nуверенность",
    joined_on=date(2025, 9, 15),
)


def written(rows, columns=COLUMNS, title=TITLE):
    return load_workbook(io.BytesIO(form_workbook(rows, columns, title=title))).active


def test_form_workbook_numbers_rows_and_keeps_types():
    sheet = written([SOKOLOVA, SOKOLOVA])

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["№", *(column.header for column in COLUMNS)],
        *(
            [
                number,
                "Соколова Алёна Игоревна",
                "+79271234567, a@mail.ru",
                2011,
                "Олимпиада;\nуверенность",
                datetime(2025, 9, 15),
            ]
            for number in (1, 2)
        ),
    ]
    assert (sheet["A1"].value, sheet["F3"].number_format) == (TITLE, "DD.MM.YYYY")


def test_form_workbook_is_ready_for_print():
    sheet = written([SOKOLOVA])

    assert sheet.title == "Реестр наставляемых 2025 26 уче"
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C3", "$2:$2", "landscape")
    assert (
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) == (
        1,
        0,
        True,
    )
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [5, 32, 20]
    assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[2])
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:F1"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+79271234567", "-5", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")', "#REF!"]
)
def test_form_workbook_never_writes_a_formula(text):
    sheet = written([{"name": text}], [Column("ФИО", "name")], title=text)

    assert (sheet["B3"].value, sheet["B3"].data_type) == (text, "s")
    assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")
    assert sheet["B3"].quotePrefix is not text.startswith("#")


@given(st.text(max_size=80))
def test_form_workbook_writes_any_text(text):
    sheet = written([{"name": text}], [Column("ФИО", "name")], title=text)

    assert sheet.max_row == 3


def test_form_workbook_writes_moments_without_a_zone():
    sheet = written([{"at": datetime(2025, 9, 1, 10, 30, tzinfo=UTC)}], [Column("Когда", "at")])

    assert sheet["B3"].value == datetime(2025, 9, 1, 10, 30)


def test_what_form_workbook_writes_read_registry_reads():
    data = form_workbook([SOKOLOVA], COLUMNS, title=TITLE)

    with override("en"):
        report = read_registry(data, "реестр.xlsx", "mentees", today=TODAY).as_report()

    assert (report["header_row"], report["accepted"], report["refused"], report["remarks"]) == (2, [3], [], [])
    assert {
        name: report["rows"][0][name] for name in ("full_name", "phone", "email", "birth_year", "request", "joined_on")
    } == {
        "full_name": "Соколова Алёна Игоревна",
        "phone": "+79271234567",
        "email": "a@mail.ru",
        "birth_year": 2011,
        "request": "Олимпиада;\nуверенность",
        "joined_on": "2025-09-15",
    }
