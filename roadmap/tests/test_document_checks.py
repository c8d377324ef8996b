"""Checks of the words of a roadmap: each says one sentence at one place. Invented lines, one fault in each."""

import pytest

from roadmap.document_checks import Known
from roadmap.reading import read_document
from roadmap.table_files import blocks_from_text
from roadmap.tests.test_reading import codes, lines

HEAD = "Дорожная карта на 2024-2025 учебный год\n№ | Мероприятие | Срок | Ответственный | Результат\n"
KNOWN = Known("Заведующий МБДОУ № 7", ("Иванова Мария П.", "Иванова М.П."))


def read(rows, above="", known=KNOWN):
    return read_document(blocks_from_text(lines(above + HEAD + rows)), known=known)


@pytest.mark.parametrize(
    ("code", "row", "rows"),
    [
        ("unclosed", 3, "1 | Приказ «О наставниках | май | Куратор | приказ"),
        ("unclosed", 3, "1 | Приказ (первый | май | Куратор | приказ"),
        ("odd_year", 3, "1 | План на 20255 год | май | Куратор | план"),
        ("odd_year", 3, "1 | План к 2524 г. | май | Куратор | план"),
        (
            "repeated",
            4,
            "1 | Провести анкетирование педагогов | май | Куратор | анкеты\n"
            "2 | Провести анкетирование педагогов | май | Куратор | анкеты",
        ),
        (
            "no_result",
            6,
            "1 | а | май | Куратор | план\n2 | б | май | Куратор | план\n3 | в | май | Куратор | план\n4 | г | май | Куратор |",
        ),
        ("no_curator", 0, "1 | а | май | Завуч | план\n2 | б | май | Завуч | план\n3 | в | май | Завуч | план"),
        ("spelling_varies", 4, "1 | а | май | Куратор | план\n2 | б | май | куратор. | план"),
        ("spelling_varies", 4, "1 | МБУ ДО | май | Куратор | план\n2 | МБУДО | май | Куратор | план"),
        ("misprint", 4, "1 | Классные часы | май | Куратор | план\n2 | Класные часы | май | Куратор | план"),
        ("unknown_person", 3, "1 | Приказ | май | Петрова А.С. | приказ"),
        ("other_head", 3, "1 | Приказ | май | Директор | приказ"),
        (
            "pairs_before_registry",
            3,
            "1 этап. Формирование пар | | | |\n1 | а | октябрь | Куратор | план\n"
            "2 этап. Формирование базы наставляемых | | | |\n2 | б | декабрь | Куратор | план",
        ),
    ],
)
def test_a_fault_is_named_at_its_line(code, row, rows):
    assert (row, code) in codes(read(rows))


def test_a_wrong_head_in_a_petition_and_in_the_plan_is_named_once():
    reading = read("1 | Приказ | май | Директор | приказ", "Директору МБДОУ № 7\n")

    assert [row for row, code in codes(reading) if code == "other_head"] == [4]


def test_an_annex_that_is_cited_and_absent_is_named():
    above = "Приложение 1\nПоложение, см. Приложение 1 и приложение № 3\n"

    assert (2, "annex_absent") in codes(read("1 | а | май | Куратор | план", above))


@pytest.mark.parametrize(
    "rows",
    [
        "1 | Приказ «О «школе» наставника» (первый) | май | Куратор | 1) приказ 2) план",
        "1 | План на 2024-2025 год, приказ № 2500 | май | Ивановой М.П., куратор | план",
        "1 | Приказ | май | Заместитель директора, куратор | приказ",
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(rows):
    assert codes(read(rows)) == []


def test_nobody_is_missed_where_the_portal_knows_nobody():
    assert codes(read("1 | Приказ | май | Петрова А.С., куратор | приказ", known=Known())) == []
