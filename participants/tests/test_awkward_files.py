"""The files of participants/tests/files, each with what its README promises."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from participants.registry_import import choose_columns, receive_file
from participants.registry_reading import UnreadableRegistry, read_registry
from participants.tests.factories import make_curator, make_organization
from participants.tests.files import make_files

FOLDER = Path(make_files.__file__).parent
TODAY = date(2026, 9, 10)
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".xlsx", ".csv"))


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def read(name, kind="mentors"):
    return read_registry((FOLDER / name).read_bytes(), name, kind, today=TODAY).as_report()


def refusal_of(name, kind="mentors"):
    with pytest.raises(UnreadableRegistry) as refusal:
        read(name, kind)
    return str(refusal.value)


def names(report):
    return [row["full_name"] for row in report["rows"]]


def texts(reported):
    return [(each["row"], each["text"]) for each in reported]


def test_every_file_stands_in_the_readme_and_in_the_script():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert [name for name in FILES if f"`{name}`" not in readme] == []
    assert sorted(make_files.files()) == FILES


@pytest.mark.parametrize(
    ("name", "header_row"),
    [
        ("title_rows.xlsx", 5),
        ("header_in_row_30.xlsx", 30),
        ("row_of_numbers.xlsx", 1),
        ("two_sheets.xlsx", 1),
        ("windows_1251.csv", 1),
        ("million_empty_rows.xlsx", 1),
    ],
)
def test_table_is_found_wherever_it_stands(name, header_row):
    report = read(name)

    assert (report["header_row"], names(report), report["refused"]) == (
        header_row,
        ["Иванова Мария Петровна", "Орлов Пётр Ильич"],
        [],
    )
    assert [(row["phone"], row["email"]) for row in report["rows"]] == [
        ("+79271234567", ""),
        ("", "orlov@example.org"),
    ]


def test_two_line_header_is_read_as_one():
    report = read("two_line_header.xlsx", "mentees")

    assert [(row["full_name"], row["class_name"], row["position"]) for row in report["rows"]] == [
        ("Соколова Алёна Игоревна", "7А", "")
    ]
    assert [each["column"] for each in report["remarks"]] == [
        "Сведения о наставнике ФИО",
        "Сведения о наставнике Должность",
    ]


def test_row_of_numbers_and_total_are_no_people():
    assert texts(read("row_of_numbers.xlsx")["skipped"]) == [
        (2, "The row holds the numbers of the columns."),
        (5, "The row holds a total: “Итого: 2”."),
    ]


def test_each_kind_is_read_from_its_own_sheet():
    mentees = read("two_sheets.xlsx", "mentees")

    assert (mentees["sheet"], names(mentees)) == ("Наставляемые", ["Соколова Алёна Игоревна"])


def test_formulas_are_text():
    report = read("formulas.xlsx")

    assert [(row["competences"], row["interests"]) for row in report["rows"]] == [
        ('=HYPERLINK("http://example.org")', "+7 вечеров в неделю"),
        ("@сценарий", "-минус на минус"),
    ]


def test_million_empty_rows_cost_little():
    started, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    read("million_empty_rows.xlsx")

    assert time.process_time() - started < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 150 * 1024


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "bomb.xlsx",
            "Unpacked, the workbook takes more than 200 MB: this is no registry. Nothing was read from it.",
        ),
        (
            "bomb_that_lies.xlsx",
            "The file is damaged and does not open. Open it in Excel, save it anew as xlsx and try again.",
        ),
        (
            "unclosed_quote.csv",
            (
                "A cell of the csv file is longer than 131072 characters: most likely a quotation mark is opened in it "
                "and never closed. Open the file in Excel, find the cell into which the rest of the table has run, "
                "remove the mark and save the file as xlsx."
            ),
        ),
        (
            "two_columns_of_surnames.xlsx",
            (
                "Two columns with names are called «Фамилия» (columns A, B). "
                "Rename the one that holds other people, or say which one counts."
            ),
        ),
    ],
)
def test_file_is_refused_with_advice(name, sentence):
    assert refusal_of(name, "mentees" if name.startswith("two") else "mentors") == sentence


def test_ages_that_cannot_be_are_refused_and_unusual_ones_pointed_at():
    report = read("hundred_years_old.xlsx", "mentees")

    assert names(report) == ["Соколова Алёна Игоревна", "Дроздов Егор Юрьевич"]
    assert texts(report["refused"]) == [
        (3, "Birth year 1889: check it, the participant would be 137 years old."),
        (4, "Birth year 2030: check it, this year is still to come."),
    ]
    assert texts(report["remarks"]) == [
        (5, "Birth year 1926 was kept, but check it: the participant would be 100 years old.")
    ]


def test_swapped_names_are_turned_and_found_again():
    report = read("swapped_names.xlsx")

    assert names(report) == ["Иванова Мария Петровна", "Орлов Пётр", "Мария Кривонос", "Кривонос Мария"]
    assert report["duplicates"] == [[2, 4]]


@pytest.mark.django_db
def test_swapped_names_that_no_ending_tells_are_shown_side_by_side():
    curator = make_curator(make_organization(), last_name="Куратова")
    name = "swapped_names.xlsx"
    received = receive_file(
        (FOLDER / name).read_bytes(),
        name,
        kind="mentors",
        organization=curator.memberships.get().organization,
        school_year=2026,
        by=curator,
    )
    fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}

    checked = choose_columns(received, fields, by=curator)

    assert {row["row"]: row["candidates"] for row in checked.report["plan"] if row["candidates"]} == {
        4: ["r2"],
        6: ["r5"],
    }


def test_latin_letters_are_restored_and_compared():
    report = read("latin_letters.xlsx")

    assert (names(report), report["duplicates"]) == (["Иванова Мария Петровна"], [[2, 3]])
    assert texts(report["remarks"]) == [
        (2, "Latin letters in the name “Ивaнoва Мария Петpовна” were replaced by Cyrillic ones.")
    ]


def test_dates_are_read_in_every_shape():
    report = read("dates.xlsx", "mentees")

    assert [(row["birth_year"], row["joined_on"], row["completed_on"]) for row in report["rows"]] == [
        (2012, "2026-09-01", "2027-05-31"),
        (2012, "2026-09-01", "2027-05-31"),
        (2012, "2026-09-01", None),
        (2012, "2026-09-01", None),
    ]
    assert texts(report["remarks"]) == [
        (4, "“31.02.2027” is not a date and was left out. Write it as 01.09.2025."),
        (5, "“летом” is not a date and was left out. Write it as 01.09.2025."),
    ]


def test_phones_are_read_in_every_shape():
    report = read("phones.xlsx")

    assert [(row["phone"], row["contact_note"]) for row in report["rows"]] == [
        ("+79271234567", ""),
        ("+79271234568", ""),
        ("+79271234569", ""),
        ("+79271234570", "после 18.00"),
        ("+78486223456", ""),
        ("", "2-34-56"),
        ("+79271234571", "+7 927 123-45-72"),
    ]


def test_mentor_who_mentors_himself_is_pointed_at():
    report = read("own_mentor.xlsx")

    assert names(report) == ["Иванова Мария Петровна", "Орлов Пётр Ильич"]
    assert [(each["row"], each["text"]) for each in report["remarks"] if each["row"] > 1] == [
        (2, "“Иванова М. П.” is the person of the row: nobody is his own mentor. Check who is meant.")
    ]


def test_rows_without_a_name_are_refused_each_with_its_reason():
    report = read("no_names.xlsx")

    assert names(report) == ["Орлов Пётр Ильич"]
    assert texts(report["refused"]) == [
        (2, "“😀 Мария Петровна” is not a name."),
        (3, "Only “Мария Петровна” is written as the name: the last name is missing. Add it."),
        (4, "There is neither a first name nor initials in “Иванова”."),
    ]
