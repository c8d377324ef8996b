from datetime import date

import pytest

from documents.wording import (
    assignment_sentence,
    described,
    head_form,
    head_position_in,
    in_copies,
    initials_in,
    long_date,
    months_between,
    name_form,
    name_in,
    organization_in,
    paper_date,
    position_form,
    position_in,
    quoted_date,
    short_date,
    short_name_in,
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


def test_forms_of_a_text_that_has_changed_do_not_count():
    person = Person(**MENTOR, position="методист")
    person.name_forms = {"of": "Петрова Мария Петровна", "dative": "Петровой Марии Петровне"}
    person.position_forms = {"of": "методист", "dative": "методисту отдела"}

    assert described(person, "dative") == "Ивановой Марии Петровне, методисту отдела"


@pytest.mark.parametrize(
    ("values", "case", "is_unsure"),
    [
        ({}, "genitive", False),
        ({"gender": "", "patronymic": "", "first_name": "Айыран"}, "genitive", True),
        ({"gender": "", "patronymic": "", "first_name": "Айыран"}, "nominative", False),
        ({"gender": "", "patronymic": "", "first_name": "Айыран", "name_forms": {"genitive": "Кужугет Айыран"}},
         "genitive", False),
    ],
)  # fmt: skip
def test_a_form_is_unsure_until_somebody_has_said_it(values, case, is_unsure):
    assert name_form(Person(**MENTEE | values), case).is_unsure == is_unsure


def test_a_class_is_unsure_where_nothing_tells_the_gender():
    pupil = Person(last_name="Кужугет", first_name="Айыран", kind="pupil", position="7А")

    assert (position_form(pupil, "genitive").is_unsure, name_in(pupil, "genitive")) == (True, "Кужугет Айыран")


def test_initials_stand_in_both_orders_and_in_the_style_of_the_organization():
    person = Person(**MENTOR)
    tight, spaced = Organization(), Organization(initials_style="spaced")

    assert initials_in(person, "dative", tight) == "Ивановой\xa0М.П."
    assert initials_in(person, "accusative", spaced, "initials_first") == "М.\xa0П.\xa0Иванову"
    assert (person.signature_for(tight), person.signature_for(spaced)) == ("М.П.\xa0Иванова", "М.\xa0П.\xa0Иванова")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "в одном экземпляре"), (2, "в двух экземплярах"), (11, "в одиннадцати экземплярах")]
)
def test_in_copies_agrees_with_the_number(count, words):
    assert in_copies(count) == words


def test_dates_hold_their_ends_together():
    day = date(2026, 10, 3)

    assert (long_date(day), short_date(day)) == ("3 октября 2026\xa0г.", "03.10.2026")
    assert (quoted_date(day), quoted_date()) == ("«03»\xa0октября 2026\xa0г.", "«___» __________ 20__\xa0г.")


def test_an_organization_chooses_the_style_of_its_dates():
    days = [paper_date(date(2026, 10, 3), Organization(date_style=style)) for style in ("words", "digits")]

    assert days == ["3 октября 2026\xa0г.", "03.10.2026"]


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("Директор МОУ СШ № 1", "директора МОУ СШ № 1"),
        ("Заведующий МБДОУ «Детский сад № 7»", "заведующего МБДОУ «Детский сад № 7»"),
        ("Директор", "директора средней школы № 1"),
        ("Заведующий", "заведующего средней школой № 1"),
    ],
)
def test_head_position_stands_within_a_sentence(position, words):
    organization = Organization(head_position=position, short_name="Средняя школа № 1")

    assert head_position_in(organization, "genitive") == words


def test_organization_in_declines_and_believes_what_is_kept():
    organization = Organization(full_name="Муниципальное учреждение «Центр»", short_name="Управление образования")

    proposed = organization_in(organization, "genitive"), short_name_in(organization, "dative")
    organization.name_forms = {"of": organization.full_name, "genitive": "муниципального учреждения «Центр»"}
    organization.short_name_forms = {"of": "Отдел образования", "dative": "Отделу"}

    assert proposed == ("Муниципального учреждения «Центр»", "Управлению образования")
    assert organization_in(organization, "genitive") == "муниципального учреждения «Центр»"
    assert short_name_in(organization, "dative") == "Управлению образования"


def test_a_head_who_governs_wrongly_is_unsure():
    form = head_form(Organization(head_position="Заведующий детского сада № 3", short_name="МБДОУ"), "genitive")

    assert (form.is_unsure, form.text) == (True, "Заведующего детского сада № 3")
