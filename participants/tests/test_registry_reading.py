import json
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.registry_person import is_completed
from participants.registry_reading import UnreadableRegistry, read_registry
from participants.tests.registry_books import (
    MENTEE_HEADERS,
    MENTOR_HEADERS,
    TEACHER_HEADERS,
    TODAY,
    workbook,
    workbook_of,
)

HEADINGS = ["ФИО", "Год рождения", "Телефон"]
DERIVED = "The column was recognized and left out: the portal fills it itself from pairs and orders."
UNKNOWN = "The column was not recognized, and its values were left out."
NOT_OF_MENTEES = "The registry of mentees has no such column, and its values were left out."


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def read(data, kind="mentees", name="реестр.xlsx"):
    return read_registry(data, name, kind, today=TODAY).as_report()


def names(report):
    return [row["full_name"] for row in report["rows"]]


def skipped(report):
    return {each["row"]: each["text"] for each in report["skipped"]}


def without_remarks_on_columns(report):
    return [each for each in report["remarks"] if each["row"] != report["header_row"]]


def sentence_of(data, kind="mentees", name="реестр.xlsx"):
    with pytest.raises(UnreadableRegistry) as refusal:
        read_registry(data, name, kind, today=TODAY)
    return str(refusal.value)


# --- the official forms ----------------------------------------------------------------------------------------------
def test_read_registry_reads_every_column_of_the_base_of_mentees():
    person = [
        1,
        "Соколова Алёна Игоревна",
        "8 (927) 123-45-67, mama@mail.ru, мама Ольга Ивановна",
        2011,
        "Подготовка к олимпиаде",
        date(2025, 9, 15),
        "Иванова М.П.",
        "ученик – ученик",
        "МБОУ СОШ № 3",
        "25.05.2026",
        "Призёр\nмуниципального этапа",
        "school3.example.ru/case/7",
        "пройдена",
    ]

    report = read(workbook(["База наставляемых"], [], MENTEE_HEADERS, list(range(1, 14)), person))

    assert {key: report[key] for key in ("sheet", "header_row", "read", "accepted", "refused", "duplicates")} == {
        "sheet": "Лист1",
        "header_row": 3,
        "read": 1,
        "accepted": [5],
        "refused": [],
        "duplicates": [],
    }
    assert {key: value for key, value in report["rows"][0].items() if value} == {
        "row": 5,
        "full_name": "Соколова Алёна Игоревна",
        "last_name": "Соколова",
        "first_name": "Алёна",
        "patronymic": "Игоревна",
        "birth_year": 2011,
        "contact_note": "мама Ольга Ивановна",
        "representative_phone": "+79271234567",
        "representative_email": "mama@mail.ru",
        "request": "Подготовка к олимпиаде",
        "joined_on": "2025-09-15",
        "completed_on": "2026-05-25",
        "results": "Призёр\nмуниципального этапа",
        "case_url": "https://school3.example.ru/case/7",
        "completion_mark": "пройдена",
    }
    assert report["remarks"] == [
        {"row": 3, "column": column, "text": DERIVED}
        for column in ("ФИО наставника", "Форма наставничества", "Место работы/учёбы наставника")
    ]
    assert skipped(report) == {4: "The row holds the numbers of the columns."}


def test_read_registry_reads_every_column_of_the_base_of_mentors_with_the_teachers_variant():
    person = [
        1,
        "Иванова Мария Петровна",
        89271234567,
        "МБОУ СОШ № 3",
        "Подготовка к ЕГЭ",
        "Учитель года",
        "Шахматы",
        "10–14 лет",
        "2 часа в неделю",
        45170,
        "Соколова А.И.",
        "педагог – педагог",
        "МБОУ СОШ № 5",
        None,
        "Проведено 12 занятий",
        "https://school3.example.ru/otzyv",
        "учитель математики",
        "высшее",
        "высшая",
        "15 лет",
        3,
        "математика",
        "2024, 36 ч",
        "№ 56 от 01.10.2025",
    ]

    report = read(workbook(MENTOR_HEADERS + TEACHER_HEADERS, person), kind="mentors")

    assert {key: value for key, value in report["rows"][0].items() if value} == {
        "row": 2,
        "full_name": "Иванова Мария Петровна",
        "last_name": "Иванова",
        "first_name": "Мария",
        "patronymic": "Петровна",
        "phone": "+79271234567",
        "position": "учитель математики",
        "workplace": "МБОУ СОШ № 3",
        "competences": "Подготовка к ЕГЭ",
        "achievements": "Учитель года",
        "interests": "Шахматы",
        "preferred_age": "10–14 лет",
        "time_resource": "2 часа в неделю",
        "education": "высшее",
        "qualification": "высшая",
        "experience_years": 15,
        "experience_here_years": 3,
        "subject": "математика",
        "courses": "2024, 36 ч",
        "joined_on": "2023-09-01",
        "results": "Проведено 12 занятий",
        "case_url": "https://school3.example.ru/otzyv",
    }
    assert [each["column"] for each in report["remarks"] if each["text"] == DERIVED] == [
        "ФИО наставляемого (наставляемых)",
        "Форма наставничества",
        "Место работы/учёбы наставляемого",
        "Приказ о закреплении (№, дата)",
    ]
    assert len(report["remarks"]) == 4


def test_read_registry_report_is_ready_for_json_and_its_rows_have_one_shape():
    report = read(workbook(MENTEE_HEADERS, [1, "Соколова Алёна", None, 2011, None, date(2025, 9, 1)]))

    assert json.loads(json.dumps(report)) == report
    assert {type(value) for value in report["rows"][0].values()} == {int, str, type(None)}


# --- headers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "header",
    [
        ["ФИО", "Дата рождения", "Контактный телефон", "Класс"],
        ["Ф. И. О.", "Г.р.", "тел.", "КЛАСС"],
        ["Ф.И.О. наставляемого", "ГОД РОЖДЕНИЯ", "Телефон / e-mail", "Класс (группа)"],
        ["Фамилия, имя,\nотчество", "Год\nрожде-\nния", "Контакты", "класс "],
        ["Фамилия, инициалы обучающегося", "дата рождения ребёнка", "Номер телефона родителя", "Класс"],
        ["Обучающийся", "Год рождения", "Телефон", "Класс"],
        ["ФИО  нaстaвляемого", "Год pождения", "Tелефон", "Клаcc"],  # Latin a, p, T, c
    ],
)
def test_read_registry_matches_headers_by_meaning(header):
    report = read(workbook(["Список"], header, ["Соколова А.И.", "2011", "89271234567", "5А"]))

    row = report["rows"][0]
    phone = row["phone"] or row["representative_phone"]
    assert (row["full_name"], row["birth_year"], phone, row["class_name"]) == (
        "Соколова А. И.",
        2011,
        "+79271234567",
        "5А",
    )
    assert report["remarks"] == []


def test_read_registry_reads_columns_in_any_order_and_names_those_it_does_not_know():
    report = read(workbook(["СНИЛС", "Класс", "Хобби питомца", "ФИО"], ["1", "5А", "кот", "Соколова Алёна"]))

    assert names(report) == ["Соколова Алёна"]
    assert [(each["column"], each["text"]) for each in report["remarks"]] == [
        ("СНИЛС", UNKNOWN),
        ("Хобби питомца", NOT_OF_MENTEES),
    ]
    assert report["rows"][0]["interests"] == "кот"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["Фамилия", "Имя", "Отчество"], ["Соколова", "Алёна", "Игоревна"]),
        (["Фамилия", "Имя, отчество"], ["Соколова", "Алёна Игоревна"]),
        (["Фамилия", "Имя", "Отчество"], ["Соколова Алёна Игоревна", None, None]),
        (["Фамилия", "Класс"], ["Соколова Алёна Игоревна", "5А"]),
        (["Имя", "Фамилия", "Отчество (при наличии)"], ["Алёна", "Соколова", "Игоревна"]),
    ],
)
def test_read_registry_reads_names_from_several_columns(header, cells):
    assert names(read(workbook(["№", *header], [1, *cells]))) == ["Соколова Алёна Игоревна"]


def test_read_registry_reads_a_header_in_two_lines_with_merged_cells():
    rows = (
        ["Реестр наставляемых МБОУ СОШ № 3"],
        ["№ п/п", "Сведения о наставляемом", None, None, "Сведения о наставнике", None, "Дата", None],
        [None, "ФИО", "Класс", "Телефон", "ФИО", "Должность", "вхождения в программу", "завершения программы"],
        [1, "Соколова Алёна Игоревна", "5А", "89271234567", "Иванова М.П.", "учитель", "01.09.2025", "25.05.2026"],
    )

    report = read(workbook(*rows, merge=["A1:H1", "A2:A3", "B2:D2", "E2:F2", "G2:H2"]))

    row = report["rows"][0]
    assert (report["header_row"], report["accepted"]) == (2, [4])
    assert (row["full_name"], row["class_name"], row["position"]) == ("Соколова Алёна Игоревна", "5А", "")
    assert (row["joined_on"], row["completed_on"]) == ("2025-09-01", "2026-05-25")
    assert [each["column"] for each in report["remarks"]] == [
        "Сведения о наставнике ФИО",
        "Сведения о наставнике Должность",
    ]


def test_read_registry_reads_a_header_in_two_lines_of_a_csv_file():
    lines = [
        "№;ФИО наставника;Стаж;;Контакты;",
        ";;педагогический;в данной организации;телефон;e-mail",
        "1;Иванова М.П.;15;3;89271234567;i@mail.ru",
    ]

    report = read("\n".join(lines).encode("cp1251"), kind="mentors", name="наставники.csv")

    row = report["rows"][0]
    assert (report["sheet"], report["header_row"], report["accepted"]) == ("наставники", 1, [3])
    assert (row["experience_years"], row["experience_here_years"]) == (15, 3)
    assert (row["phone"], row["email"]) == ("+79271234567", "i@mail.ru")


def test_read_registry_reads_a_name_header_merged_over_its_parts():
    rows = (["№", "ФИО наставляемого", None, None, "Класс"], [1, "Соколова", "Алёна", "Игоревна", "5А"])

    report = read(workbook(*rows, merge=["B1:D1"]))

    assert (report["header_row"], names(report)) == (1, ["Соколова Алёна Игоревна"])


def test_read_registry_keeps_the_data_of_the_other_party_apart():
    header = ["№", "ФИО наставника", "Должность", "Телефон", "ФИО наставляемого", "Должность", "Телефон"]
    cells = [1, "Иванова М.П.", "методист", "89271234567", "Соколова А.И.", "воспитатель", "89277654321"]

    mentor, mentee = (read(workbook(header, cells), kind=kind)["rows"][0] for kind in ("mentors", "mentees"))

    assert (mentor["full_name"], mentor["position"], mentor["phone"], mentor["contact_note"]) == (
        "Иванова М. П.",
        "методист",
        "+79271234567",
        "",
    )
    assert (mentee["full_name"], mentee["position"], mentee["phone"], mentee["contact_note"]) == (
        "Соколова А. И.",
        "воспитатель",
        "+79277654321",
        "",
    )


@pytest.mark.parametrize(("kind", "name", "value"), [("mentors", "Ли А. А.", ""), ("mentees", "Пак Б. Б.", "5А")])
def test_read_registry_reads_pairs_under_a_header_in_three_lines(kind, name, value):
    rows = (
        ["№", "Наставник", None, None, "Наставляемый", None],
        [None, "ФИО", "Контакты", None, "ФИО", "Класс"],
        [None, None, "телефон", "почта", None, None],
        [1, "Ли А.А.", "89231112233", "a@mail.ru", "Пак Б.Б.", "5А"],
    )
    areas = ["A1:A3", "B1:D1", "E1:F1", "B2:B3", "C2:D2", "E2:E3", "F2:F3"]

    report = read(workbook(*rows, merge=areas), kind=kind)

    assert (report["header_row"], names(report), report["rows"][0]["class_name"]) == (1, [name], value)


def test_read_registry_prefers_teaching_experience_and_joins_contacts():
    header = ["ФИО", "Общий стаж", "Педагогический стаж", "Телефон", "Электронная почта", "Телефон (доп.)"]

    report = read(workbook(header, ["Иванова М.П.", 20, 15, "89271234567", "i@mail.ru", "89277654321"]), kind="mentors")

    row = report["rows"][0]
    assert (row["experience_years"], row["phone"], row["email"], row["contact_note"]) == (
        15,
        "+79271234567",
        "i@mail.ru",
        "+7 927 765-43-21",
    )
    assert [each["column"] for each in report["remarks"]] == ["Общий стаж"]


@pytest.mark.parametrize("header", ["пед. стаж", "Стаж (пед.)", "Стаж педагогической работы", "Стаж", "Стаж работы"])
def test_read_registry_reads_teaching_experience_and_never_takes_the_total_for_it(header):
    report = read(workbook(["ФИО", "Общий стаж", header], ["Иванова М.П.", 23, 20]), kind="mentors")

    assert report["rows"][0]["experience_years"] == 20
    assert report["remarks"] == [{"row": 1, "column": "Общий стаж", "text": UNKNOWN}]


def test_read_registry_says_which_of_two_columns_of_one_meaning_counts():
    header = ["ФИО", "Дата вхождения в программу", "Начало участия"]

    report = read(workbook(header, ["Иванова М.П.", "01.09.2025", "02.09.2025"], ["Белов Олег", None, "03.09.2025"]))

    assert [row["joined_on"] for row in report["rows"]] == ["2025-09-01", "2025-09-03"]
    assert report["remarks"] == [
        {
            "row": 1,
            "column": "Начало участия",
            "text": "“Joined the programme on” is read from the column “Дата вхождения в программу”; "
            "this one counts only where that one is empty.",
        }
    ]


def test_read_registry_understands_headers_in_everyday_words():
    short = ["Фамилия И.О.", "кв. категория", "моб", "Дата поступления в программу"]
    plain = ["Кто", "Куда звонить", "Кем трудится", "Чему научит"]

    first = read(workbook(short, ["Самбуу А.Б.", "первая", "89501110011", "01.09.2026"]), kind="mentors")
    second = read(workbook(plain, ["Ооржак Олег Ильич", "89507770001", "сторож", "рыбалка"]), kind="mentors")

    (one,), (other,) = first["rows"], second["rows"]
    assert (one["full_name"], one["qualification"], one["phone"], one["joined_on"]) == (
        "Самбуу А. Б.",
        "первая",
        "+79501110011",
        "2026-09-01",
    )
    assert (other["full_name"], other["phone"], other["position"], other["competences"]) == (
        "Ооржак Олег Ильич",
        "+79507770001",
        "сторож",
        "рыбалка",
    )
    assert first["remarks"] == second["remarks"] == []


def test_read_registry_keeps_which_line_and_whose_each_phone_is():
    header = ["ФИО", "Моб. тел.", "Раб. тел.", "Дом. тел.", "Тел. мамы", "Тел. папы"]
    cells = ["Соколова А.И.", "89271234567", "8 (39433) 2-10-10", "2-12-10", "89270000001", "89270000002"]

    (row,) = read(workbook(header, cells))["rows"]

    assert (row["phone"], row["representative_phone"], row["contact_note"]) == (
        "+79271234567",
        "+79270000001",
        "раб. +7 394 332-10-10; дом. 2-12-10; мама; папа +7 927 000-00-02",
    )


# --- sheets ----------------------------------------------------------------------------------------------------------
def test_read_registry_chooses_the_sheet_of_its_kind():
    header = ["ФИО", "Должность", "Телефон"]
    book = workbook_of(
        {
            "Титул": [["Реестры МБОУ СОШ № 3"]],
            "Наставляемые": [header, ["Соколова А.И.", "воспитатель", ""]],
            "Наставники": [header, ["Иванова М.П.", "методист", ""]],
            "Черновик": [header, ["Петрова О.О.", "", ""], ["Смирнова О.О.", "", ""]],
        },
        hidden=["Черновик"],
    )

    mentors, mentees = read(book, kind="mentors"), read(book, kind="mentees")

    assert (mentors["sheet"], names(mentors), mentors["remarks"]) == ("Наставники", ["Иванова М. П."], [])
    assert (mentees["sheet"], names(mentees), mentees["remarks"]) == ("Наставляемые", ["Соколова А. И."], [])


def test_read_registry_names_other_sheets_with_people():
    book = workbook_of({"5А": [HEADINGS, ["Соколова Алёна", 2011]], "5Б": [HEADINGS, ["Белов Олег", 2011]]})

    report = read(book)

    assert (report["sheet"], names(report)) == ("5А", ["Соколова Алёна"])
    assert report["remarks"] == [
        {
            "row": 1,
            "column": "",
            "text": "The sheet “5Б” holds such a table too and was not read: save it as a file of its own.",
        }
    ]


def test_read_registry_remarks_on_a_title_of_the_other_registry():
    report = read(workbook(["Список наставляемых"], HEADINGS, ["Соколова Алёна", 2011]), kind="mentors")

    assert report["remarks"] == [
        {
            "row": 2,
            "column": "",
            "text": "The title of the table speaks of mentees, and it was read as a registry of mentors.",
        }
    ]


# --- rows that are no people -----------------------------------------------------------------------------------------
def test_read_registry_gives_every_row_a_fate():
    rows = (
        ["№", *HEADINGS, "ФИО наставника"],
        ["Педагоги"],
        [1, "Соколова Алёна Игоревна", 1990],
        [],
        [None, "5 А класс"],
        [None, "Белов Олег Ильич"],
        [2, "Белова О.И.", 2011],
        [3],
        [None, None, None, None, "Иванова М.П."],
        ["№", *HEADINGS, "ФИО наставника"],
        [None, "Молодые специалисты"],
        [4, "Громова Инна", 1999],
        [None, "Итого: 12"],
        ["Всего", 12],
        [],
        ["Директор", None, "________", None, "Иванова И.И."],
        ["Исполнитель: Петрова О.О."],
        [None, None],
    )

    report = read(workbook(*rows))

    assert (report["read"], report["accepted"], report["refused"]) == (4, [3, 6, 7, 12], [])
    assert skipped(report) == {
        2: "The row holds a heading: “Педагоги”.",
        4: "The row is empty.",
        5: "The row holds a heading: “5 А класс”.",
        8: "The row holds a number and nothing else.",
        9: "The row has no person of its own, only columns that come from the pairs: “Иванова М.П.”.",
        10: "The header is repeated.",
        11: "The row holds a heading: “Молодые специалисты”.",
        13: "The row holds a total: “Итого: 12”.",
        14: "The row holds a total: “Всего 12”.",
        15: "The row is empty.",
        16: "The row holds a signature or a note: “Директор ________ Иванова И.И.”.",
        17: "The row holds a signature or a note: “Исполнитель: Петрова О.О.”.",
    }


def test_read_registry_does_not_take_a_director_for_a_signature():
    report = read(
        workbook(["Должность", "ФИО", "Телефон"], ["Директор", "Иванова Мария Петровна", "89271234567"]), "mentors"
    )

    assert (names(report), report["rows"][0]["position"]) == (["Иванова Мария Петровна"], "Директор")


def test_read_registry_understands_cells_merged_downwards():
    rows = (
        ["№", "ФИО наставника", "Место работы", "ФИО наставляемого"],
        [1, "Иванова Мария Петровна", "МБОУ СОШ № 3", "Соколова А.И."],
        [None, None, None, "Белов О.И."],
        [2, "Петрова Ольга Олеговна", None, "Громова И.И."],
    )

    report = read(workbook(*rows, merge=["A2:A3", "B2:B3", "C2:C4"]), kind="mentors")

    assert [(row["full_name"], row["workplace"]) for row in report["rows"]] == [
        ("Иванова Мария Петровна", "МБОУ СОШ № 3"),
        ("Петрова Ольга Олеговна", "МБОУ СОШ № 3"),
    ]
    assert skipped(report) == {3: "The row continues row 2: the cell with the name is merged."}


def test_read_registry_stops_where_the_table_of_the_other_registry_begins():
    rows = (
        ["№", "ФИО наставника", "Телефон", "Основные компетенции наставника"],
        [1, "Иванова М.П.", "89271234567", "математика"],
        [],
        ["№", "ФИО наставляемого", "Класс", "Основной запрос наставляемого"],
        [1, "Соколова А.И.", "5А", "олимпиада"],
    )

    report = read(workbook(*rows), kind="mentors")

    assert names(report) == ["Иванова М. П."]
    assert skipped(report) == {
        3: "The row is empty.",
        4: "The header of another table begins here.",
        5: "The row belongs to another table: “1 Соколова А.И. 5А олимпиада”.",
    }


def test_read_registry_follows_a_second_table_with_other_columns():
    rows = (
        ["№", "ФИО", "Класс"],
        [1, "Соколова Алёна", "5А"],
        ["№", "Класс", "ФИО", "Телефон"],
        [1, "5Б", "Белов Олег", "89271234567"],
    )

    report = read(workbook(*rows))

    assert [(row["full_name"], row["class_name"], row["phone"]) for row in report["rows"]] == [
        ("Соколова Алёна", "5А", ""),
        ("Белов Олег", "5Б", "+79271234567"),
    ]


# --- people ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ИВАНОВА МАРИЯ ПЕТРОВНА", "Иванова Мария Петровна"),
        ("иванова мария петровна", "Иванова Мария Петровна"),
        ("1. Иванова Мария Петровна", "Иванова Мария Петровна"),
        ("Иванова\nМария Петровна", "Иванова Мария Петровна"),
        ("Мария Петровна Иванова", "Иванова Мария Петровна"),
        ("М.П. Иванова", "Иванова М. П."),
        ("Мамедов Али Гасан оглы", "Мамедов Али Гасан оглы"),
        ("Ким Ен Хи", "Ким Ен Хи"),
        ("Иванова И П", "Иванова И. П."),
        ("Ю Ирина Сергеевна", "Ю Ирина Сергеевна"),
        ("КУУЛАР АЙ-КЫС МЕРГЕН-ООЛОВНА", "Куулар Ай-кыс Мерген-ооловна"),
        ("Алиев Руслан Гасан-Оглы", "Алиев Руслан Гасан-оглы"),
        ("Жумабаева Айгуль\nАхмет қызы", "Жумабаева Айгуль Ахмет қызы"),
    ],
)
def test_read_registry_stores_names_tidily(written, name):
    report = read(workbook(HEADINGS, [written, 1985]))

    assert (names(report), report["remarks"]) == ([name], [])


@pytest.mark.parametrize(
    ("written", "name", "rest"),
    [
        ("Иванова Мария Петровна, учитель", "Иванова Мария Петровна", "учитель"),
        ("Иванова (Сидорова) Мария Петровна", "Иванова Мария Петровна", "Сидорова"),
        ("Иванова Мария Петровна (мама)", "Иванова Мария Петровна", "мама"),
        ("Иванова Мария Петровна - методист", "Иванова Мария Петровна", "методист"),
        ("учитель Иванова М.П.", "Иванова М. П.", "учитель"),
        ("Иванова Мария 5А", "Иванова Мария", "5А"),
        ("Иванова Мария, Дом Творчества", "Иванова Мария", "Дом Творчества"),
        ("Куулар Чодураа, МБОУ СОШ", "Куулар Чодураа", "МБОУ СОШ"),
    ],
)
def test_read_registry_remarks_on_words_beside_the_name(written, name, rest):
    report = read(workbook(HEADINGS, [written, 1985]))

    assert names(report) == [name]
    assert report["remarks"] == [
        {"row": 2, "column": "ФИО", "text": f"Beside the name stood “{rest}”; it was left out."}
    ]


@pytest.mark.parametrize(
    ("cells", "name", "rest"),
    [
        (["Тюлюш (Монгуш)", "Алдынай", "Борисовна"], "Тюлюш Алдынай Борисовна", ["Монгуш"]),
        (["Х", "Ю", None], "Х Ю", []),
        (["Иванова", "М.П.", None], "Иванова М. П.", []),
    ],
)
def test_read_registry_reads_names_in_three_columns_as_in_one(cells, name, rest):
    report = read(workbook(["Фамилия", "Имя", "Отчество"], cells))

    assert names(report) == [name]
    assert [each["text"] for each in report["remarks"]] == [
        f"Beside the name stood “{words}”; it was left out." for words in rest
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ["Ондар Аня, Ондар Ваня (близнецы)"],
        ["ОНДАР АНЯ, ОНДАР ВАНЯ"],
        ["Две Анны и Две Марии"],
        ["Сат Ольга, Кара-Сал Айдыс"],
        ["Сат Ольга и Айдыс"],
        ["Сат Ольга\nСат Айдыс"],
        ["Ондар Аня Ондар Ваня"],
        ["Ондар", "Аня, Ваня"],
        ["Ондар", "Аня и Ваня"],
    ],
)
def test_read_registry_refuses_two_children_in_one_row(cells):
    report = read(
        workbook(["Фамилия", "Имя", "Класс"] if len(cells) > 1 else ["ФИО", "Класс"], [*cells, "5А"], ["Белов Олег"])
    )

    assert [each["row"] for each in report["refused"]] == [2]
    assert (
        report["refused"][0]["text"]
        == f"Two people stand in one cell: “{' '.join(' '.join(cells).split())}”. Give each a row."
    )


def test_read_registry_turns_a_name_that_begins_with_the_first_name():
    report = read(workbook(HEADINGS, ["Анна Иванова", 1985], ["Монгуш Карина", 1985], ["Ким Яков", 1985]))

    assert names(report) == ["Иванова Анна", "Монгуш Карина", "Ким Яков"]
    assert report["remarks"] == [
        {
            "row": 2,
            "column": "ФИО",
            "text": "“Анна Иванова” was read as the last name Иванова and the first name Анна.",
        }
    ]


def test_read_registry_restores_latin_letters_in_names():
    report = read(workbook(HEADINGS, ["Ивaновa Мария", 1985]))

    assert names(report) == ["Иванова Мария"]
    assert report["remarks"] == [
        {"row": 2, "column": "ФИО", "text": "Latin letters in the name “Ивaновa Мария” were replaced by Cyrillic ones."}
    ]


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        (["Иванова", 1985], "ФИО", "There is neither a first name nor initials in “Иванова”."),
        (
            ["Мария Петровна", 1985],
            "ФИО",
            "Only “Мария Петровна” is written as the name: the last name is missing. Add it.",
        ),
        (["😀 Мария", 1985], "ФИО", "There is neither a first name nor initials in “😀 Мария”."),
        (["???", 1985], "ФИО", "“???” is not a name."),
        ([12345, 1985], "ФИО", "“12345” is not a name."),
        ([None, 1985, "89271234567"], "ФИО", "The row has no name."),
        (
            ["Иванова М.П., Петрова О.О.", 1985],
            "ФИО",
            "Two people stand in one cell: “Иванова М.П., Петрова О.О.”. Give each a row.",
        ),
        (
            ["Иванов Иван Ильич Петров Пётр Ильич", 1985],
            "ФИО",
            "Two people stand in one cell: “Иванов Иван Ильич Петров Пётр Ильич”. Give each a row.",
        ),
        (
            ["Иванова М.П.\nПетрова О.О.", 1985],
            "ФИО",
            "Two people stand in one cell: “Иванова М.П. Петрова О.О.”. Give each a row.",
        ),
        (["Иванова М" + "а" * 90, 1985], "ФИО", f"The name “Иванова М{'а' * 90}” is too long."),
        (
            ["Иванова Мария", 1889],
            "Год рождения",
            "Birth year 1889: check it, the participant would be 136 years old.",
        ),
        (
            ["Иванова", "абв"],
            "ФИО",
            (
                "There is neither a first name nor initials in “Иванова”. "
                "“абв” is not a birth year. Write four digits, for example 1985."
            ),
        ),
    ],
)
def test_read_registry_refuses_what_cannot_become_a_person(cells, column, text):
    report = read(workbook(HEADINGS, cells, ["Белов Олег", 2011]))

    assert report["refused"] == [{"row": 2, "column": column, "text": text}]
    assert (report["read"], report["accepted"]) == (2, [3])


def test_read_registry_accepts_rows_with_faults_that_can_be_left_out():
    header = ["ФИО", "Телефон", "E-mail", "Дата вхождения в программу", "Дата завершения программы", "Ссылка на кейс"]
    cells = ["Белов Олег", "2-34-56", "belov@mail", "31.02.2025", "осень", "на сайте"]

    report = read(workbook(header, cells))

    row = report["rows"][0]
    assert [row[name] for name in ("phone", "email", "joined_on", "completed_on", "case_url")] == [
        "",
        "",
        None,
        None,
        "",
    ]
    assert row["contact_note"] == "2-34-56"
    assert [(each["row"], each["column"], each["text"]) for each in report["remarks"]] == [
        (2, "Телефон", "“2-34-56” is not a whole telephone number; it was kept among other contacts."),
        (2, "E-mail", "“belov@mail” is not an e-mail address and was left out."),
        (2, "Дата вхождения в программу", "“31.02.2025” is not a date and was left out. Write it as 01.09.2025."),
        (2, "Дата завершения программы", "“осень” is not a date and was left out. Write it as 01.09.2025."),
        (2, "Ссылка на кейс", "“на сайте” is not a link and was left out."),
    ]


def test_read_registry_leaves_out_a_completion_before_the_beginning():
    header = ["ФИО", "Дата вхождения в программу", "Дата завершения программы"]

    report = read(workbook(header, ["Белов Олег", date(2025, 9, 1), date(2024, 5, 31)]))

    assert (report["rows"][0]["joined_on"], report["rows"][0]["completed_on"]) == ("2025-09-01", None)
    assert report["remarks"] == [
        {
            "row": 2,
            "column": "Дата завершения программы",
            "text": "The programme was completed on 31.05.2024, before it was joined on 01.09.2025; "
            "the completion was left out.",
        }
    ]


def test_read_registry_reads_a_period():
    rows = (
        ["Белов Олег", "01.09.2025 - 31.05.2026"],
        ["Громова Инна", "весь год"],
        ["Ли Ен", "01.09.25-31.05.26"],
        ["Пак Ен", "сентябрь 2025 – май 2026"],
    )

    report = read(workbook(["ФИО", "Период участия"], *rows))

    assert [(row["joined_on"], row["completed_on"]) for row in report["rows"]] == [
        ("2025-09-01", "2026-05-31"),
        (None, None),
        ("2025-09-01", "2026-05-31"),
        ("2025-09-01", "2026-05-31"),
    ]
    assert report["remarks"] == [
        {
            "row": 3,
            "column": "Период участия",
            "text": "“весь год” is not a period and was left out. Write it as 01.09.2025 – 31.05.2026.",
        },
        {
            "row": 5,
            "column": "Период участия",
            "text": "The day was not given in “сентябрь 2025 – май 2026”; read as 01.09.2025 – 31.05.2026.",
        },
    ]


def test_read_registry_shortens_what_does_not_fit_and_keeps_it_in_the_remark():
    report = read(workbook(["ФИО", "Должность"], ["Иванова М.П.", "методист " * 30]), kind="mentors")

    position = report["rows"][0]["position"]
    assert (len(position), position[-1]) == (200, "…")
    assert report["remarks"][0]["text"] == (
        f"The text is longer than 200 letters and was shortened. As written: “{('методист ' * 30).strip()}”."
    )


# --- the same person twice -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Иванова Мария Петровна", 1985, None], ["ИВАНОВА  Мария Петровна", "12.03.1985", None]),
        (["Семёнова Алёна", 1985, "89271234567"], ["Семенова Алена", 1985, "89277654321"]),
        (["Иванова Мария Петровна", None, "89271234567"], ["Иванова Мария Петровна", 1985, "+7 927 123-45-67"]),
        (["Иванова Мария Петровна", None, "i@mail.ru"], ["Иванова Мария Петровна", None, "I@mail.ru"]),
        (["Иванова Мария Петровна", 1985, None], ["Иванова Мария Петровна", None, None]),
    ],
)
def test_read_registry_reads_a_person_once(first, second):
    report = read(workbook(["ФИО", "Год рождения", "Контакты"], first, ["Белов Олег", 2011, None], second, second))

    assert (report["read"], report["accepted"], report["duplicates"]) == (4, [2, 3], [[2, 4, 5]])
    assert [each["row"] for each in report["skipped"]] == [4, 5]


def test_read_registry_names_the_row_in_which_a_person_stands_already():
    report = read(workbook(HEADINGS, ["Иванова Мария", 1985], ["ИВАНОВА МАРИЯ", 1985]))

    assert skipped(report) == {3: "Иванова Мария stands already in row 2; that row was read, this one was not."}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Иванова Мария Петровна", 1985, None], ["Иванова Мария Петровна", 1986, None]),
        (["Иванова Мария", 2011, "89271234567"], ["Иванов Олег", 2011, "89271234567"]),
    ],
)
def test_read_registry_keeps_namesakes_and_siblings_apart(first, second):
    report = read(workbook(["ФИО", "Год рождения", "Контакты"], first, second))

    assert (report["accepted"], report["duplicates"], report["remarks"]) == ([2, 3], [], [])


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (
            ["Иванова Мария Петровна", 1985, None],
            ["Иванова М.П.", 1985, None],
            "Perhaps the same person as in row 2 (Иванова Мария Петровна). Both rows were read: check them.",
        ),
        (
            ["Иванова Мария Петровна", None, "89271234567"],
            ["Иванова Мария Петровна", None, "89277654321"],
            "Perhaps the same person as in row 2 (Иванова Мария Петровна). Both rows were read: check them.",
        ),
        (
            ["Иванова Мария Петровна", 1985, "i@mail.ru"],
            ["Белов Олег Ильич", 1985, "i@mail.ru"],
            "The e-mail stands also in row 2 (Иванова Мария Петровна).",
        ),
    ],
)
def test_read_registry_points_at_people_who_may_be_the_same(first, second, text):
    report = read(workbook(["ФИО", "Год рождения", "Контакты"], first, second))

    assert (report["accepted"], report["duplicates"]) == ([2, 3], [])
    assert report["remarks"] == [{"row": 3, "column": "ФИО", "text": text}]


# --- anything at all ---------------------------------------------------------------------------------------------------
grid = st.lists(
    st.lists(
        st.sampled_from(
            [
                *[
                    "",
                    "",
                    1,
                    2,
                    1985,
                    1889,
                    31118.0,
                    True,
                    date(1985, 3, 12),
                    "ФИО",
                    "ФИО наставника",
                    "Телефон",
                    "№",
                    "-",
                ],
                *[
                    "Иванова Мария Петровна",
                    "Иванова М.П.",
                    "Белов Олег",
                    "Итого: 2",
                    "Директор ____",
                    "5 А класс",
                    "абв",
                ],
                *[
                    "8 (927) 123-45-67",
                    "a@mail.ru",
                    "Дата вхождения в программу",
                    "01.09.2025",
                    "31.02.2025",
                    "Педагоги",
                ],
            ]
        ),
        max_size=6,
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(grid)
def test_read_registry_gives_every_row_of_any_table_one_fate(rows):
    header = ["№", "ФИО наставляемого", "Год рождения", "Контакты", "Дата вхождения в программу"]

    report = read(workbook(header, [9, "Яшин И."], *rows, ["Итого: 1"]))

    fates = [*report["accepted"], *(each["row"] for each in [*report["refused"], *report["skipped"]])]
    assert sorted(fates) == list(range(2, len(rows) + 4))
    assert report["read"] == len(report["accepted"]) + len(report["refused"]) + sum(
        len(repeated) - 1 for repeated in report["duplicates"]
    )


# --- files that are refused as a whole -------------------------------------------------------------------------------
def test_read_registry_names_the_missing_column_and_the_headers_found():
    data = workbook(["Реестр"], ["№", "Должность", "Телефон"], [1, "Учитель", "89271234567"])

    assert sentence_of(data, kind="mentors") == (
        "There is no column with names («ФИО наставника»). Headers found in row 2: «№», «Должность», «Телефон». "
        "Add the column and try again."
    )


def test_read_registry_refuses_a_sheet_without_a_table():
    assert sentence_of(workbook(["Заметки"], ["купить мел"])) == (
        "No table header was found on the sheet “Лист1”. It needs a row of headers with the column «ФИО наставляемого»."
    )


def test_read_registry_refuses_a_table_without_people():
    data = workbook(MENTEE_HEADERS, list(range(1, 14)), ["Итого: 0"])

    assert sentence_of(data) == "Under the header in row 1 of the sheet “Лист1” there is no row with a person."


@pytest.mark.parametrize(
    ("headers", "kind", "sentence"),
    [
        (
            MENTEE_HEADERS,
            "mentors",
            "This is a registry of mentees, and a registry of mentors was asked for. Choose the other kind or file.",
        ),
        (
            MENTOR_HEADERS,
            "mentees",
            "This is a registry of mentors, and a registry of mentees was asked for. Choose the other kind or file.",
        ),
    ],
)
def test_read_registry_refuses_the_other_registry(headers, kind, sentence):
    assert sentence_of(workbook(headers, [1, "Иванова М.П."]), kind=kind) == sentence


@pytest.mark.parametrize(
    ("mark", "completed"),
    [("+", True), ("да", True), ("пройдена", True), ("", False), ("нет", False), ("-", False), ("не завершена", False)],
)
def test_is_completed_reads_the_mark(mark, completed):
    assert is_completed(mark) is completed
