"""A table without a row of headers: nobody of it is lost, the curator says what its columns hold."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import ColumnMatch, MentorEntry
from participants.registry_columns import Kind
from participants.registry_header import NO_HEADER, Choice
from participants.registry_headless import fields_by_values
from participants.registry_look import look_at
from participants.registry_reading import UnreadableRegistry, read_registry, read_table
from participants.sheet_files import open_sheets
from participants.tests.factories import make_curator, make_organization
from participants.tests.registry_books import workbook
from participants.tests.test_registry_columns_page import answers, columns_of, upload

TODAY = date(2026, 10, 5)
PEOPLE = [
    [1, "Иванова Мария Петровна", "8 927 123-45-67", "1984", "учитель"],
    [2, "Орлов Пётр Ильич", "orlov@school.example", "1979", "педагог"],
    [3, "Ким А.В.", "", "", "школа № 5"],
]
APART = [["Иванова", "Мария", "Петровна"], ["Орлов", "Пётр", "Ильич"]]


def look(*rows, choice=None):
    return look_at(open_sheets(workbook(*rows), "a.xlsx"), "mentors", choice or Choice())


def test_columns_are_told_by_their_values():
    assert fields_by_values(PEOPLE) == ["number", "full_name", "contact", "birth_year", ""]
    assert fields_by_values(APART) == ["last_name", "first_name", "patronymic"]
    assert fields_by_values([["Иванова М.П.", "Орлов Пётр Ильич"]]) == ["full_name", ""]
    assert fields_by_values([]) == []


@pytest.mark.parametrize("rows", [PEOPLE, APART, [["Иванова Мария Петровна"], ["Орлов Пётр Ильич"]]])
def test_a_table_without_headers_is_recognized(rows):
    found = look(*rows)

    assert (found.header_row, found.row_count, bool(found.fault)) == (NO_HEADER, len(rows), True)
    assert found.columns[0].header == "A"


def test_titles_above_a_table_without_headers_lose_nobody():
    sheets = open_sheets(workbook(["База наставников"], *PEOPLE), "a.xlsx")

    choice = Choice(sheet=0, header_row=NO_HEADER, fields={1: "full_name", 4: "position"})
    read = read_table(sheets, Kind.MENTORS, today=TODAY, choice=choice)

    assert look_at(sheets, "mentors").header_row == NO_HEADER
    assert [row.row for row in read.rows] == [2, 3, 4]


def test_words_of_a_persons_row_make_no_header():
    rows = [["Иванова Мария Петровна", "учитель", "МБОУ школа № 5", "стаж 5 лет"], *APART]

    assert look(*rows).header_row == NO_HEADER


def test_a_header_below_a_line_with_a_name_is_found_as_before():
    rows = [["", "Иванова М.П."], ["ФИО наставника", "Телефон"], ["Орлов Пётр Ильич", "8 927 123-45-67"]]

    assert (look(*rows).header_row, look(*rows).fault) == (1, "")


def test_unknown_headers_are_not_taken_for_people():
    assert look(["Кто там", "Чем силён"], ["Орлов Пётр Ильич", "методика"]).header_row == 0


def test_without_a_persons_word_such_a_file_is_refused():
    with pytest.raises(UnreadableRegistry):
        read_registry(workbook(*PEOPLE), "a.xlsx", "mentors", today=TODAY)


@pytest.fixture
def curator(client, db):
    curator = make_curator(make_organization())
    client.force_login(curator)
    return curator


def test_the_page_asks_and_the_first_person_is_read(client, curator):
    page = upload(client, workbook(*PEOPLE))

    check = client.post(page.redirect_chain[-1][0], answers(page, **{"column-4": "position"}), follow=True)
    client.post(check.redirect_chain[-1][0] + "confirm/", {"scope": "accepted"})

    assert [field for _title, field in columns_of(page)] == ["number", "full_name", "contact", "birth_year", ""]
    assert [row["row"] for row in check.context["page"]] == [1, 2, 3]
    assert not ColumnMatch.objects.exists()


def test_a_person_may_say_that_there_is_no_header(client, curator):
    page = upload(client, workbook(["Кто там", "Чем силён"], ["Орлов Пётр Ильич", "методика"]))
    pk = page.context["uploaded"].pk

    client.post(reverse("participants:import-header", args=[pk]), {"sheet": 0, "header_row": NO_HEADER})

    assert client.get(reverse("participants:import-columns", args=[pk])).context["look"]["header_row"] == NO_HEADER


def test_refused_rows_of_such_a_file_come_back_without_a_header(client, curator):
    page = upload(client, workbook(*PEOPLE, [4, "Ян Пётр Ильич", "", "1889", ""]))
    check = client.post(page.redirect_chain[-1][0], answers(page), follow=True)

    response = client.get(reverse("participants:import-refused", args=[check.context["checked"].pk]))

    (sheet,) = open_sheets(response.content, "b.xlsx")
    assert (len(sheet.rows), sheet.rows[0][1], MentorEntry.objects.count()) == (1, "Ян Пётр Ильич", 0)
