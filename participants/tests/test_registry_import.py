from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from participants import registries, registry_storing
from participants.models import MenteeEntry, MentorEntry, Person
from participants.registries import PairCells, entries_of
from participants.registry_check import full_report, rows_of
from participants.registry_export import export_registry
from participants.registry_import import choose_columns, read_upload, receive_file
from participants.registry_matching import match_people
from participants.registry_storing import store
from participants.registry_writing import begin_writing, result_in_words
from participants.tests.books import MENTEE_HEADERS, MENTOR_HEADERS, make_workbook
from participants.tests.factories import (
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 10)
IVANOVA = ["Иванова Мария Петровна", "+7 927 123-45-67, ivanova@example.org", "методика", "01.10.2026"]


def read(data, kind="mentors"):
    return read_upload(data, "registry.xlsx", kind, today=TODAY).as_report()


def plan_of(organization, *rows, kind="mentors", headers=None):
    headers = headers or (MENTOR_HEADERS if kind == "mentors" else MENTEE_HEADERS)
    return match_people(rows_of(read(make_workbook(*rows, headers=headers), kind)), organization, kind, 2026)


def check(organization, *rows, by=None):
    """A file on its check page, its columns as they were recognized."""
    by = by or make_curator(organization)
    received = receive_file(
        make_workbook(*rows), "registry.xlsx", kind="mentors", organization=organization, school_year=2026, by=by
    )
    fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
    return choose_columns(received, fields, by=by)


def confirm(registry_import, *, by, scope="sound_rows"):
    return begin_writing(registry_import, scope=scope, by=by)


def test_match_people_plans_a_new_person_with_everything_of_the_row():
    organization = make_organization()

    plan = plan_of(organization, IVANOVA)
    store(plan)

    entry = MentorEntry.objects.get()
    person = entry.person
    assert [planned.fate for planned in plan.rows] == ["new"]
    assert (person.full_name, person.gender, person.phone, person.email) == (
        "Иванова Мария Петровна",
        "female",
        "+79271234567",
        "ivanova@example.org",
    )
    assert (entry.competences, entry.joined_on, entry.school_year) == ("методика", date(2026, 10, 1), 2026)


def test_match_people_joins_a_known_person_without_erasing():
    organization = make_organization()
    person = make_person(organization=organization, last_name="Иванова", phone="+79990000000", position="логопед")

    plan = plan_of(organization, ["Иванова М.П.", "8 999 000-00-00", "", ""])
    store(plan)

    person.refresh_from_db()
    assert [planned.fate for planned in plan.rows] == ["joins"]
    assert (Person.objects.count(), person.full_name, person.position) == (1, "Иванова Мария Петровна", "логопед")
    assert MentorEntry.objects.get().person == person


def test_match_people_updates_a_row_that_is_there_and_names_the_changes():
    organization = make_organization()
    person = make_person(organization=organization, last_name="Иванова", email="old@example.org")
    make_mentor_entry(person=person, competences="методика", joined_on=date(2026, 10, 1))

    plan = plan_of(organization, IVANOVA)

    changes = [(old, new) for _label, old, new in plan.rows[0].changes]
    assert (plan.rows[0].fate, plan.created, plan.updated) == ("updates", 0, 1)
    assert changes == [("", "+79271234567"), ("old@example.org", "ivanova@example.org")]


def test_match_people_leaves_a_row_that_says_nothing_new():
    organization = make_organization()
    store(plan_of(organization, IVANOVA))

    plan = plan_of(organization, IVANOVA)

    assert [planned.fate for planned in plan.rows] == ["unchanged"]


def test_match_people_does_not_guess_between_two_people():
    organization = make_organization()
    for year in (1980, 1990):
        make_person(organization=organization, last_name="Иванова", birth_year=year)

    plan = plan_of(organization, ["Иванова Мария Петровна", "", "", ""])
    store(plan)

    assert [planned.fate for planned in plan.rows] == ["unclear"]
    assert MentorEntry.objects.count() == 0


def test_match_people_takes_one_person_once_a_file():
    organization = make_organization()
    make_person(organization=organization, last_name="Иванова")
    rows = [["Иванова Мария Петровна", f"{number}@example.org", "", ""] for number in (1, 2)]

    plan = plan_of(organization, *rows)

    assert [planned.fate for planned in plan.rows] == ["joins", "unclear"]


def test_match_people_puts_teachers_data_of_mentors_into_their_own_fields():
    organization = make_organization()
    headers = [
        "ФИО наставника",
        "Образование",
        "Квалификационная категория",
        "Педагогический стаж",
        "Стаж в данной организации",
        "Предмет / возрастная группа",
        "Курсы по наставничеству (год, часы)",
    ]
    cells = ["Иванова Мария Петровна", "высшее", "первая", "12", "3", "математика", "2024, 36 ч"]

    store(plan_of(organization, cells, headers=headers))

    entry = MentorEntry.objects.get()
    person = entry.person
    assert (person.works_since, person.works_here_since) == (2014, 2023)
    assert (person.education, person.qualification, person.subject) == ("высшее", "первая", "математика")
    assert (entry.courses, entry.achievements) == ("2024, 36 ч", "")


def test_match_people_keeps_difficulties_apart_from_the_request():
    organization = make_organization()
    headers = ["ФИО наставляемого", "Основной запрос", "Профессиональные затруднения"]

    store(plan_of(organization, ["Орлов Пётр Ильич", "вести урок", "дисциплина"], kind="mentees", headers=headers))

    entry = MenteeEntry.objects.get()
    assert (entry.request, entry.difficulties) == ("вести урок", "дисциплина")


@pytest.mark.parametrize(
    ("headers", "cells", "expected"),
    [
        (
            ["ФИО наставляемого", "Год рождения", "Контактные данные для связи (данные представителя)"],
            ["Кузнецов Илья Олегович", 2012, "8 927 123-45-67, mama@example.org"],
            ("", "+79271234567", "mama@example.org", ""),
        ),
        (
            ["ФИО наставляемого", "Год рождения", "Контактные данные для связи (данные представителя)"],
            ["Кузнецов Илья Олегович", 1990, "8 927 123-45-67"],
            ("", "", "", "+79271234567"),
        ),
        (
            ["ФИО наставляемого", "Класс", "Телефон", "Телефон родителя", "Родитель (законный представитель)"],
            ["Кузнецов Илья Олегович", "7А", "8 927 000-00-01", "8 927 000-00-02", "Кузнецова Ольга Ивановна"],
            ("Кузнецова Ольга Ивановна", "+79270000002", "", "+79270000001"),
        ),
        (
            ["ФИО наставляемого", "Класс", "Законный представитель, контакты"],
            ["Кузнецов Илья Олегович", "7А", "Кузнецова Ольга Ивановна, 8 927 000-00-02"],
            ("Кузнецова Ольга Ивановна", "+79270000002", "", ""),
        ),
        (
            ["ФИО наставляемого", "Класс", "Родитель"],
            ["Кузнецов Илья Олегович", "7А", "Кузнецова Ольга Ивановна, 8 927 000-00-02"],
            ("Кузнецова Ольга Ивановна", "+79270000002", "", ""),
        ),
        (
            ["ФИО наставляемого", "Класс", "Тел. мамы"],
            ["Кузнецов Илья Олегович", "7А", "8 927 000-00-02"],
            ("", "+79270000002", "", ""),
        ),
        (
            ["ФИО наставляемого", "Год рождения", "Контактные данные для связи (данные представителя)"],
            ["Кузнецов Илья Олегович", 2012, "Кузнецова О. И., 8 927 000-00-02"],
            ("Кузнецова О. И.", "+79270000002", "", ""),
        ),
    ],
)
def test_match_people_gives_minors_their_representative(headers, cells, expected):
    organization = make_organization()

    store(plan_of(organization, cells, kind="mentees", headers=headers))

    person = Person.objects.get()
    representative = (person.representative_name, person.representative_phone, person.representative_email)
    assert (*representative, person.phone) == expected


def test_match_people_marks_pupils_and_completed_mentees():
    organization = make_organization()

    store(plan_of(organization, ["Кузнецов Илья Олегович", "", 2012, "английский", "да"], kind="mentees"))

    entry = MenteeEntry.objects.get()
    assert (entry.person.kind, entry.person.gender, entry.is_completed) == ("pupil", "male", True)
    assert entry.request == "английский"


def test_match_people_drops_own_organization_from_the_place_of_work():
    organization = make_organization(short_name="МОУ «Лицей № 5»")
    headers = ["ФИО наставника", "Место работы"]
    rows = [["Иванова Мария Петровна", "МОУ Лицей № 5"], ["Орлов Пётр Ильич", "АО «Завод»"]]

    store(plan_of(organization, *rows, headers=headers))

    people = list(Person.objects.in_order().values_list("workplace", "kind"))
    assert people == [("", "teacher"), ("АО «Завод»", "outside")]


def test_full_report_moves_unclear_rows_to_the_refused():
    organization = make_organization()
    for year in (1980, 1990):
        make_person(organization=organization, last_name="Иванова", birth_year=year)
    reading = read(make_workbook(["Иванова Мария Петровна", "", "", ""], ["Орлов Пётр Ильич", "", "", ""]))

    report = full_report(reading, match_people(rows_of(reading), organization, "mentors", 2026))

    assert (report["accepted"], [refused["row"] for refused in report["refused"]]) == ([3], [2])
    assert (report["created"], report["updated"]) == (1, 0)


def test_check_writes_nothing_into_the_registry():
    organization = make_organization()

    registry_import = check(organization, IVANOVA, ["итого", "", "", ""])

    assert [row["fate"] for row in registry_import.report["plan"]] == ["new", "skipped"]
    assert (Person.objects.filter(last_name="Иванова").count(), MentorEntry.objects.count()) == (0, 0)


def test_confirmed_import_is_written_once():
    organization = make_organization()
    curator = make_curator(organization)
    registry_import = check(organization, IVANOVA, by=curator)

    written = confirm(registry_import, by=curator)
    with pytest.raises(ValidationError) as refusal:
        confirm(registry_import, by=curator)

    assert (written.status, written.written["counts"], refusal.value.code) == ("confirmed", {"new": 1}, "wrong_state")
    assert MentorEntry.objects.count() == 1


def test_confirmed_import_asks_again_when_the_base_has_changed():
    organization = make_organization()
    curator = make_curator(organization)
    registry_import = check(organization, IVANOVA, by=curator)
    make_person(organization=organization, last_name="Иванова")

    with pytest.raises(ValidationError) as refusal:
        confirm(registry_import, by=curator)

    registry_import.refresh_from_db()
    assert (refusal.value.code, registry_import.status, MentorEntry.objects.count()) == ("changed", "checked", 0)
    assert [row["fate"] for row in registry_import.report["plan"]] == ["joins"]
    assert confirm(registry_import, by=curator).written["counts"] == {"joins": 1}


def test_confirmed_import_is_all_or_nothing(monkeypatch):
    organization = make_organization()
    curator = make_curator(organization)
    registry_import = check(organization, IVANOVA, ["Орлов Пётр Ильич", "", "", ""], by=curator)
    monkeypatch.setattr(registry_storing, "log", fail_on_the_fourth(registry_storing.log))

    with pytest.raises(OSError, match="disk"):
        confirm(registry_import, by=curator)

    registry_import.refresh_from_db()
    assert (registry_import.status, MentorEntry.objects.count()) == ("checked", 0)
    assert Person.objects.filter(last_name__in=["Иванова", "Орлов"]).count() == 0


def fail_on_the_fourth(log):
    """The people and the rows are written when the history of the changed rows breaks off."""
    calls = []

    def log_or_fail(*args):
        calls.append(args)
        if len(calls) == 4:
            raise OSError("disk")
        log(*args)

    return log_or_fail


def test_confirmed_import_of_all_rows_or_none_refuses_when_a_row_is_refused():
    organization = make_organization()
    curator = make_curator(organization)
    registry_import = check(organization, IVANOVA, ["Петрова", "8 927 000-00-01", "", ""], by=curator)

    with pytest.raises(ValidationError) as refusal:
        confirm(registry_import, by=curator, scope="all_or_nothing")
    written = confirm(registry_import, by=curator, scope="sound_rows")

    assert (refusal.value.code, written.status, MentorEntry.objects.count()) == ("not_all", "confirmed", 1)


def test_import_leaves_a_history():
    organization = make_organization()

    store(plan_of(organization, IVANOVA))

    person = Person.objects.get(last_name="Иванова")
    assert LogEntry.objects.get_for_object(person).count() == 1


def test_result_in_words_names_only_what_occurred():
    organization = make_organization()
    store(plan_of(organization, IVANOVA))

    words = result_in_words(plan_of(organization, IVANOVA, ["Орлов Пётр Ильич", "", "", ""]))

    assert words.count(".") == 2


@pytest.fixture
def pairs_of_two(monkeypatch):
    """A builder that gives the first entry two pairs, as the floor above would."""

    def build(kind, entries):
        cells = [PairCells("Орлов Пётр Ильич", "педагог – педагог", "МОУ СШ № 1", "/p/1/")] * 2
        return {entries[0].pk: cells}

    monkeypatch.setattr(registries, "_builder", [build])


@pytest.mark.parametrize(
    ("kind", "make_entry", "rows_expected"), [("mentors", make_mentor_entry, 2), ("mentees", make_mentee_entry, 3)]
)
def test_export_can_be_imported_again_without_changes(pairs_of_two, kind, make_entry, rows_expected):
    organization = make_organization()
    for number, name in enumerate(["Абрамова", "Белова"]):
        person = make_person(
            organization=organization,
            last_name=name,
            birth_year=1980 + number,
            email=f"{number}@example.org",
            phone="+79271234567",
            contact_note="вечером; +7 999 000-00-00",
        )
        make_entry(person=person, joined_on=date(2026, 10, 1), results="=1+1", case_url="https://example.org/case")

    data = export_registry(kind, entries_of(kind, organization, 2026), organization=organization, school_year=2026)

    reading = read(data, kind)
    plan = match_people(rows_of(reading), organization, kind, 2026)
    printed = len(reading["accepted"]) + sum(len(rows) - 1 for rows in reading["duplicates"])
    assert (reading["refused"], printed) == ([], rows_expected)
    assert [(planned.fate, planned.changes) for planned in plan.rows] == [("unchanged", [])] * 2
