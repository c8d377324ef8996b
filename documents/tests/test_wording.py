from datetime import date

import pytest

from documents.wording import (
    assignment_sentence,
    described,
    head_position_in_genitive,
    in_genitive,
    long_date,
    months_between,
    name_form,
    position_in,
    term_in_months,
)
from participants.models import Organization, Person

MENTOR = {"last_name": "Иванова", "first_name": "Мария", "patronymic": "Петровна", "gender": "female"}
MENTEE = {"last_name": "Кужугет", "first_name": "Айлан", "patronymic": "Мергенович", "gender": "male"}


def test_described_puts_name_and_position_into_the_case():
    person = Person(**MENTOR, position="старший воспитатель")

    assert described(person, "instrumental") == "Ивановой Марией Петровной, старшим воспитателем"
    assert described(person, "accusative") == "Иванову Марию Петровну, старшего воспитателя"


def test_a_persons_own_forms_win():
    person = Person(
        **MENTEE,
        position="учитель",
        name_forms={"instrumental": "Кужугет Айланом Мергеновичем"},
        position_forms={"instrumental": "учителем физики"},
    )

    assert described(person, "instrumental") == "Кужугет Айланом Мергеновичем, учителем физики"
    assert described(person, "genitive") == "Кужугета Айлана Мергеновича, учителя"
    assert [name_form(person, case).is_own for case in ("instrumental", "genitive")] == [True, False]


@pytest.mark.parametrize(
    ("position", "case", "words"),
    [
        ("7 «А» класс", "instrumental", "обучающимся 7 «А» класса"),
        ("7А", "genitive", "обучающегося 7А класса"),
        ("8 Класс", "nominative", "обучающийся 8 класса"),
        ("капитан команды", "instrumental", "капитаном команды"),
        ("", "genitive", ""),
    ],
)
def test_a_pupil_stands_with_the_class(position, case, words):
    assert position_in(Person(**MENTEE, kind="pupil", position=position), case) == words


def test_a_girl_is_a_pupil_in_the_feminine():
    person = Person(**MENTOR, kind="pupil", position="7 «А» класс")

    assert position_in(person, "instrumental") == "обучающейся 7 «А» класса"


def test_another_place_of_work_stands_in_brackets():
    person = Person(**MENTEE, kind="outside", position="инженер", workplace="ООО «Сеть»")

    assert position_in(person, "instrumental") == "инженером (ООО «Сеть»)"


def test_assignment_sentence_says_whom_and_to_whom():
    mentor, mentee = Person(**MENTOR, position="учитель математики"), Person(**MENTEE, position="воспитатель")

    assert assignment_sentence(mentor, [mentee]) == (
        "Иванову Марию Петровну, учителя математики, – за Кужугетом Айланом Мергеновичем, воспитателем"
    )
    assert assignment_sentence(Person(**MENTOR), [mentee, Person(**MENTOR)]) == (
        "Иванову Марию Петровну – за Кужугетом Айланом Мергеновичем (воспитателем) и Ивановой Марией Петровной"
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2026, 10, 1), date(2027, 5, 31), 8),
        (date(2026, 9, 1), date(2027, 8, 31), 12),
        (date(2026, 10, 15), date(2026, 12, 14), 2),
        (date(2026, 10, 15), date(2026, 12, 31), 3),
        (date(2026, 10, 31), date(2026, 12, 1), 1),
        (date(2026, 10, 1), date(2026, 10, 5), 1),
    ],
)
def test_months_between_counts_both_ends(starts_on, ends_on, months):
    assert months_between(starts_on, ends_on) == months


def test_term_in_months_agrees_with_the_number():
    assert term_in_months(date(2026, 10, 1), date(2026, 11, 30)) == "2\xa0месяца"


def test_long_date_holds_its_end_together():
    assert long_date(date(2026, 10, 3)) == "3 октября 2026\xa0г."


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("Директор МОУ СШ № 1", "директора МОУ СШ № 1"),
        ("Заведующий МБДОУ «Детский сад № 7»", "заведующего МБДОУ «Детский сад № 7»"),
    ],
)
def test_head_position_stands_within_a_sentence(position, words):
    assert head_position_in_genitive(Organization(head_position=position)) == words


def test_in_genitive_takes_the_short_name_where_the_full_one_has_no_genitive():
    assert in_genitive(Organization(short_name="МОУ СШ № 1")) == "МОУ СШ № 1"
    assert in_genitive(Organization(short_name="МОУ", full_name_genitive="муниципального учреждения")) == (
        "муниципального учреждения"
    )
