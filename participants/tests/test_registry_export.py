"""How a registry leaves the portal: its lines, xlsx, csv, PDF; all of what the filter shows."""

import csv
import io
import re
import subprocess
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from participants import registries
from participants.registries import PairCells, entries_of
from participants.registry_export import (
    NOT_PUBLISHED,
    as_csv,
    as_pdf,
    as_xlsx,
    lines_of,
    phone_on_paper,
    print_registry,
    shares_of,
)
from participants.registry_layouts import Chosen, layout_for, make_layout, ready_layout, save_layout
from participants.tests.factories import (
    make_consent,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
)
from participants.views.printable import AT_ONCE

TODAY = date(2026, 10, 5)
IVANOVA = PairCells("Иванова Мария Петровна", "педагог – педагог", "МОУ СШ № 1", "/p/1/", 1)
ORLOV = PairCells("Орлов Пётр Ильич", "ученик – ученик", "МОУ СШ № 1", "/p/2/", 2)


@pytest.fixture
def organization(db):
    return make_organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7")


@pytest.fixture
def pairs(monkeypatch):
    """`pairs([…])`: the cells of the pairs of every row."""
    return lambda cells: monkeypatch.setattr(
        registries, "_builder", [lambda kind, entries: {entry.pk: cells for entry in entries}]
    )


def printed(kind, organization, key="official", entries=None):
    return print_registry(
        kind,
        entries if entries is not None else entries_of(kind, organization, 2026),
        organization=organization,
        school_year=2026,
        layout=layout_for(organization, kind, key),
        day=TODAY,
    )


def pages_of(content):
    """The text of each page of a PDF."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode().removesuffix("\f").split("\f")


# --- what is published ------------------------------------------------------------------------------------------------
CASE = "https://school.example/case"


@pytest.mark.parametrize(
    ("statuses", "cell"),
    [
        ({"publication": "given"}, CASE),
        ({}, NOT_PUBLISHED),
        ({"publication": "withdrawn"}, NOT_PUBLISHED),
        ({"publication": "given", "processing": "withdrawn"}, NOT_PUBLISHED),
    ],
)
def test_the_link_to_a_case_is_printed_only_with_the_consent_to_publication(organization, time_machine, statuses, cell):
    time_machine.move_to("2026-10-05 12:00")
    entry = make_mentor_entry(organization=organization, case_url=CASE)
    for kind, status in statuses.items():
        make_consent(person=entry.person, kind=kind, status=status)

    (line,) = lines_of("mentors", [entry], ["case_url"])

    assert line.case_url == cell


def test_a_row_without_a_case_says_nothing_of_consents(organization):
    (line,) = lines_of("mentees", [make_mentee_entry(organization=organization)], ["case_url"])

    assert line.case_url == ""


# --- lines ------------------------------------------------------------------------------------------------------------
def test_a_mentee_with_two_mentors_is_two_rows(organization, pairs):
    make_mentee_entry(organization=organization)
    pairs([IVANOVA, ORLOV])

    lines = list(lines_of("mentees", entries_of("mentees", organization, 2026)))

    assert [(line.partners, line.forms) for line in lines] == [
        ("Иванова Мария Петровна", "педагог – педагог"),
        ("Орлов Пётр Ильич", "ученик – ученик"),
    ]


def test_a_mentor_with_two_pairs_is_one_row(organization, pairs):
    make_mentor_entry(organization=organization)
    pairs([IVANOVA, ORLOV])

    (line,) = lines_of("mentors", entries_of("mentors", organization, 2026))

    assert (line.partners, line.forms, line.partner_places) == (
        "Иванова Мария Петровна\nОрлов Пётр Ильич",
        "педагог – педагог\nученик – ученик",
        "МОУ СШ № 1",
    )


def test_the_order_of_a_pair_is_read_only_for_a_layout_that_prints_it(organization, pairs, monkeypatch):
    make_mentor_entry(organization=organization)
    pairs([IVANOVA])
    asked = []
    monkeypatch.setitem(
        registries._pair_columns, "order", lambda keys: asked.append(keys) or {1: "№ 56-од от 03.10.2026"}
    )

    found = {key: printed("mentors", organization, key).lines[0].orders for key in ("official", "teachers")}

    assert (found, asked) == ({"official": "", "teachers": "№ 56-од от 03.10.2026"}, [{1}])


def test_a_line_counts_full_years_of_teaching(organization):
    person = make_person(organization=organization, works_since=2014, works_here_since=2027)
    make_mentor_entry(person=person)

    (line,) = lines_of("mentors", entries_of("mentors", organization, 2026))

    assert (line.experience, line.experience_here) == (12, 0)


def test_contacts_of_a_minor_name_the_representative(organization):
    person = make_person(
        organization=organization,
        email="",
        phone="",
        representative_name="Белова Анна Сергеевна",
        representative_phone="+79270000001",
    )
    make_mentee_entry(person=person)

    (line,) = lines_of("mentees", entries_of("mentees", organization, 2026))

    assert line.contacts == "Белова Анна Сергеевна, 8 (927) 000-00-01"


# --- files ------------------------------------------------------------------------------------------------------------
def test_csv_is_what_excel_opens_right(organization):
    make_mentor_entry(
        person=make_person(organization=organization, last_name="Белова", phone="+79270000001", email="", position=""),
        competences='=HYPERLINK("http://x")\nметодика; "урок"',
        joined_on=date(2026, 9, 15),
    )

    content = as_csv(printed("mentors", organization))

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert content.startswith(b"\xef\xbb\xbf" + '"№";"ФИО наставника";'.encode())
    assert (content.count(b"\r\n"), content.endswith(b"\r\n")) == (2, True)
    assert (rows[1][0], rows[1][1], rows[1][9]) == ("1", "Белова Мария Петровна", "15.09.2026")
    assert (rows[1][2], rows[1][4]) == ("8 (927) 000-00-01", '\'=HYPERLINK("http://x")\nметодика; "урок"')


def test_xlsx_has_the_headers_order_and_widths_of_the_layout(organization):
    make_mentor_entry(organization=organization, results="Готово")
    row = make_layout(organization, "mentors", start="official", name="Наша")
    columns = [Chosen("results", "Итоги", 25), Chosen("name", "Имя", 33)]
    save_layout(row, name="Наша", title="Реестр", chosen=columns, is_default=False)

    sheet = load_workbook(io.BytesIO(as_xlsx(printed("mentors", organization, str(row.pk))))).active

    assert sheet["A1"].value == "Реестр. МОУ СШ № 7, 2026/2027 учебный год"
    assert [cell.value for cell in sheet[2]] == ["№", "Итоги", "Имя"]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [5, 25, 33]


def test_pdf_of_300_rows_is_numbered_with_its_head_on_every_page(organization):
    person = make_person(organization=organization, last_name="Константинопольская")
    entry = make_mentor_entry(person=person, competences="Методика урока, подготовка к олимпиадам")
    make_curator(organization, last_name="Соколова")
    row = make_layout(organization, "mentors", start="official", name="Наша")
    columns = [Chosen("name", "Имя и фамилия", 40), Chosen("competences", "Что умеет", 60)]
    save_layout(row, name="Наша", title="", chosen=columns, is_default=True)

    pages = pages_of(as_pdf(printed("mentors", organization, str(row.pk), entries=[entry] * 300)))

    lines = [page.strip().splitlines() for page in pages]
    numbers = [int(number) for page in pages for number in re.findall(r"^ *(\d+) +Констант", page, re.MULTILINE)]
    assert numbers == list(range(1, 301))
    assert [page.count("Имя и фамилия") for page in pages] == [1] * len(pages)
    assert [each[-1].replace(" ", "") for each in lines] == [
        f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)
    ]
    assert [line.strip() for line in lines[0][:2]] == ["База наставников", "Средняя школа № 7, 2026/2027 учебный год"]
    assert [page.count("Куратор") for page in pages] == [0] * (len(pages) - 1) + [1]
    assert re.findall(r"М\.П\.\s(Соколова)", pages[-1]) == ["Соколова"]


def test_pdf_does_not_tear_a_row(organization):
    entry = make_mentor_entry(organization=organization, competences="777 " + "умеет многое " * 30 + " 999")

    pages = pages_of(as_pdf(printed("mentors", organization, entries=[entry] * 20)))

    assert len(pages) > 1
    assert [page.count("777") for page in pages] == [page.count("999") for page in pages]


def test_pdf_of_an_empty_registry_still_has_its_form(organization):
    (page,) = pages_of(as_pdf(printed("mentees", organization)))

    assert page.strip().splitlines()[0].strip() == "База наставляемых"


# --- the page ---------------------------------------------------------------------------------------------------------
MENTORS = reverse("participants:registry-mentors")


@pytest.fixture
def curator(client, organization, time_machine):
    time_machine.move_to("2026-10-05 12:00")
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


@pytest.mark.parametrize(
    ("file_format", "content_type", "disposition"),
    [
        ("pdf", "application/pdf", "inline"),
        ("csv", "text/csv; charset=utf-8", "attachment"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
    ],
)
def test_registry_leaves_the_portal_in_three_kinds_of_files(
    client, organization, curator, file_format, content_type, disposition
):
    make_mentor_entry(organization=organization)

    response = client.get(MENTORS, {"export": file_format})

    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)
    assert response.headers["Content-Disposition"].split(";")[0] == disposition


def test_print_holds_what_the_filter_shows(client, organization, curator):
    for name, values in {"Абрамова": {}, "Белова": {}, "Архивная": {"is_archived": True}}.items():
        make_mentor_entry(person=make_person(organization=organization, last_name=name), **values)

    content = client.get(MENTORS, {"export": "csv", "q": "а"}).content.decode("utf-8-sig")
    found = client.get(MENTORS, {"export": "csv", "q": "белова"}).content.decode("utf-8-sig")

    assert [line.split(";")[1] for line in content.splitlines()[1:]] == [
        '"Абрамова Мария Петровна"',
        '"Белова Мария Петровна"',
    ]
    assert len(found.splitlines()) == 2


def test_print_uses_the_chosen_layout(client, organization, curator):
    make_mentor_entry(organization=organization)

    content = client.get(MENTORS, {"export": "csv", "layout": "teachers"}).content.decode("utf-8-sig")

    headers = [f'"{each.header}"' for each in ready_layout("mentors", "teachers").chosen]
    assert content.splitlines()[0].split(";") == ['"№"', *headers]


def test_print_of_too_many_rows_says_what_to_do(client, organization, curator, monkeypatch):
    monkeypatch.setitem(AT_ONCE, "pdf", 1)
    for _number in range(2):
        make_mentor_entry(organization=organization)

    response = client.get(MENTORS, {"export": "pdf"}, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["warning"]


def test_registry_of_a_past_year_keeps_the_names_of_its_time(organization):
    person = make_person(organization=organization, last_name="Петрова")
    person.name_changes.create(last_name="Иванова", first_name="Мария", borne_until=date(2026, 3, 7))
    past = make_mentor_entry(person=person, school_year=2024)
    present = make_mentor_entry(person=person, school_year=2025)

    names = [line.full_name for line in lines_of("mentors", [past, present])]

    assert names == ["Иванова Мария", "Петрова Мария Петровна"]


# --- widths on paper --------------------------------------------------------------------------------------------------
@given(
    widths=st.lists(st.floats(min_value=1, max_value=80), min_size=1, max_size=26),
    least=st.floats(min_value=0, max_value=0.2),
)
def test_shares_are_one_whole_and_none_is_below_the_least_where_there_is_room(widths, least):
    shares = shares_of(widths, [least] * len(widths))

    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= min(least, 1 / len(widths)) - 1e-9


@pytest.mark.parametrize("kind", ["mentors", "mentees"])
@pytest.mark.parametrize("key", ["official", "teachers"])
def test_pdf_breaks_no_date(organization, kind, key):
    make = {"mentors": make_mentor_entry, "mentees": make_mentee_entry}[kind]
    make(
        person=make_person(organization=organization, last_name="Константинопольская", position="учитель математики"),
        school_year=2026,
        joined_on=date(2026, 9, 28),
        completed_on=date(2027, 5, 28),
    )
    (page,) = pages_of(as_pdf(printed(kind, organization, key)))

    assert ("28.09.2026" in page, "28.05.2027" in page) == (True, True)


@pytest.mark.parametrize(
    ("phone", "printed_phone"),
    [("+79120001010", "8 (912) 000-10-10"), ("+375291234567", "+375291234567"), ("2-34-56", "2-34-56"), ("", "")],
)
def test_phone_on_paper(phone, printed_phone):
    assert phone_on_paper(phone) == printed_phone
