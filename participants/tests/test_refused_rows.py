"""The rows that were not taken come back as the workbook they came from, with the reasons beside them."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from participants.models import MentorEntry
from participants.refused_rows import refused_workbook
from participants.registry_columns import REASONS_HEADER
from participants.registry_import import choose_columns, receive_file
from participants.registry_writing import begin_writing
from participants.tests.factories import make_curator, make_organization
from participants.tests.registry_books import workbook

pytestmark = pytest.mark.django_db
HEADER = ["№", "ФИО наставника", "Год рождения", "Телефон", "Дата вхождения в программу", "Что-то ещё"]


@pytest.fixture
def curator():
    return make_curator(make_organization(), last_name="Куратова")


def check(curator, data, name="реестр.xlsx"):
    received = receive_file(
        data,
        name,
        kind="mentors",
        organization=curator.memberships.get().organization,
        school_year=2026,
        by=curator,
    )
    fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
    return choose_columns(received, fields, by=curator)


def cells(data):
    return [list(row) for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


def test_refused_workbook_returns_the_rows_as_they_stood_with_reasons(curator):
    checked = check(
        curator,
        workbook(
            ["База наставников"],
            HEADER,
            [1, "Иванова Мария Петровна", 1985, None, None, None],
            [2, "Петрова", 1889, "8 927 123-45-67", date(2026, 9, 1), 2.5],
        ),
    )

    rows = cells(refused_workbook(checked))

    assert rows[0] == [*HEADER, REASONS_HEADER]
    assert rows[1][:6] == [2, "Петрова", 1889, "8 927 123-45-67", datetime(2026, 9, 1), 2.5]
    assert rows[1][6] == " ".join(checked.report["plan"][-1]["notes"])
    assert len(rows) == 2


def test_refused_workbook_never_holds_a_formula(curator):
    csv = "№;ФИО наставника;Телефон\n1;Петрова;=1+1\n2;=HYPERLINK(1);@x\n3;Орлов Пётр;\n"
    checked = check(curator, csv.encode("cp1251"), "реестр.csv")

    sheet = load_workbook(io.BytesIO(refused_workbook(checked))).active

    written = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert [cell.data_type for cell in written if str(cell.value).startswith(("=", "@"))] == ["s", "s", "s"]
    assert {cell.quotePrefix for cell in written if str(cell.value).startswith(("=", "@"))} == {True}


def test_refused_workbook_returns_a_formula_that_nobody_has_calculated_as_text(curator):
    rows = ([1, "Петрова", 1985, "=A1", "=TODAY()"], [2, "Орлов Пётр", "", "", "=TODAY()"])
    checked = check(curator, workbook(HEADER, *rows))

    sheet = load_workbook(io.BytesIO(refused_workbook(checked))).active

    assert [(sheet.cell(2, column).value, sheet.cell(2, column).data_type) for column in (4, 5)] == [
        ("=A1", "s"),
        ("=TODAY()", "s"),
    ]
    assert any("=TODAY()" in note for note in checked.report["plan"][1]["notes"])


def test_refused_workbook_can_be_mended_and_uploaded_again(curator):
    checked = check(curator, workbook(HEADER, [1, "Петрова", 1985, "8 927 123-45-67", None, "да"]))
    book = load_workbook(io.BytesIO(refused_workbook(checked)))
    book.active.cell(2, 2).value = "Петрова Анна Ильинична"
    mended = io.BytesIO()
    book.save(mended)

    again = check(curator, mended.getvalue())
    begin_writing(again, scope="all_or_nothing", by=curator)

    assert MentorEntry.objects.get().person.full_name == "Петрова Анна Ильинична"
    assert [remark["column"] for remark in again.report["remarks"]] == ["Что-то ещё"]


def test_refused_rows_are_downloaded_from_the_check_and_from_the_result(client, curator):
    checked = check(
        curator, workbook(HEADER, [1, "Петрова", 1985, "8 927 123-45-67"], [2, "Орлов Пётр", None, None, None, ""])
    )
    client.force_login(curator)
    address = reverse("participants:import-refused", args=[checked.pk])

    before = client.get(checked.get_absolute_url()).content.decode().count(address)
    begin_writing(checked, scope="sound_rows", by=curator)
    after = client.get(checked.get_absolute_url()).content.decode().count(address)
    response = client.get(address)

    assert (before, after) == (1, 1)
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert cells(response.content)[1][1] == "Петрова"


def test_refused_rows_are_not_offered_where_there_are_none(client, curator):
    checked = check(curator, workbook(HEADER, [1, "Орлов Пётр Ильич", 1985]))
    client.force_login(curator)

    assert client.get(reverse("participants:import-refused", args=[checked.pk])).status_code == 404
