"""Taking an import back: as one step, while nothing else has touched what it wrote."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants import registries, registry_import, registry_undo
from participants.history import history_of
from participants.models import MentorEntry, NameChange, Person
from participants.registries import PairCells
from participants.registry_import import choose_columns, receive_file
from participants.registry_undo import undo_import
from participants.registry_writing import begin_writing
from participants.tests.books import make_workbook
from participants.tests.factories import (
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
IVANOVA = ["Иванова Мария Петровна", "+7 927 123-45-67", "методика", "01.10.2026"]
ORLOV = ["Орлов Пётр Ильич", "", "", ""]


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(organization):
    return make_curator(organization, last_name="Куратова")


@pytest.fixture
def write(organization, curator):
    """`write(row, …)`: an import that was confirmed."""

    def confirm(*rows):
        received = receive_file(
            make_workbook(*rows),
            "реестр.xlsx",
            kind="mentors",
            organization=organization,
            school_year=2026,
            by=curator,
        )
        fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
        return begin_writing(choose_columns(received, fields, by=curator), scope="sound_rows", by=curator)

    return confirm


def snapshot(model):
    return list(model.objects.order_by("pk").values())


def test_undo_import_leaves_everything_as_it_was(organization, curator, write):
    person = make_person(organization=organization, last_name="Иванова", phone="+79990000000", birth_year=1985)
    make_mentor_entry(person=person, competences="логика", joined_on=None)
    known = make_person(organization=organization, last_name="Белова", position="логопед")
    before = snapshot(Person), snapshot(MentorEntry)
    confirmed = write(
        ["Иванова Мария Петровна", "+7 999 000-00-00, i@example.org", "методика", "01.10.2026"],
        ["Белова Мария Петровна", "", "речь", ""],
        ORLOV,
    )
    was_written = (Person.objects.count(), MentorEntry.objects.count())

    undo_import(confirmed, by=curator)

    confirmed.refresh_from_db()
    assert (was_written, confirmed.status) == ((4, 3), "undone")
    assert (snapshot(Person), snapshot(MentorEntry)) == before
    assert Person.objects.matching("i@example.org").count() == 0
    assert known.mentor_entries.count() == 0


def test_undo_import_is_in_the_history(organization, curator, write):
    person = make_person(organization=organization, last_name="Иванова")
    make_mentor_entry(person=person)
    confirmed = write(IVANOVA, ORLOV)
    orlov = Person.objects.get(last_name="Орлов")

    undo_import(confirmed, by=curator)

    steps = confirmed.events.order_by("pk").values_list("status", "actor")
    assert list(steps)[-1] == ("undone", curator.pk)
    removed = LogEntry.objects.filter(object_id=orlov.pk, content_type__model="person").order_by("pk")
    assert [(entry.action, entry.actor) for entry in removed] == [
        (LogEntry.Action.CREATE, curator),
        (LogEntry.Action.DELETE, curator),
    ]
    lines = [change for line in history_of(person) for _field, *change in line.changes]
    assert lines.count(["+79271234567", ""]) == lines.count(["", "+79271234567"]) == 1


def touch_person(person):
    person.position = "методист"
    person.save()


def touch_entry(person):
    person.mentor_entries.update(results="занятия")


def give_account(person):
    person.user = make_user()
    person.save()


@pytest.mark.parametrize(
    "touch",
    [
        touch_person,
        touch_entry,
        give_account,
        lambda person: make_mentee_entry(person=person),
        lambda person: make_mentor_entry(person=person, school_year=2025),
        lambda person: NameChange.objects.create(person=person, last_name="Орлова", borne_until="2026-01-01"),
        lambda person: person.mentor_entries.all().delete(),
    ],
    ids=["person", "row", "account", "mentee too", "another year", "former name", "row removed"],
)
def test_undo_import_is_refused_when_a_person_was_touched(curator, write, touch):
    confirmed = write(IVANOVA, ORLOV)
    touch(Person.objects.get(last_name="Орлов"))
    before = snapshot(Person), snapshot(MentorEntry)

    with pytest.raises(ValidationError) as refusal:
        undo_import(confirmed, by=curator)

    confirmed.refresh_from_db()
    assert (refusal.value.code, confirmed.status) == ("touched", "confirmed")
    assert (snapshot(Person), snapshot(MentorEntry)) == before


def test_undo_import_is_refused_when_a_person_has_a_pair(monkeypatch, curator, write):
    confirmed = write(IVANOVA)
    monkeypatch.setattr(
        registries, "_builder", [lambda kind, entries: {each.pk: [PairCells("Пара", "", "")] for each in entries}]
    )

    with pytest.raises(ValidationError) as refusal:
        undo_import(confirmed, by=curator)

    assert "Иванова Мария Петровна" in refusal.value.messages[0]


def test_undo_import_works_once(curator, write):
    confirmed = write(IVANOVA)
    undo_import(confirmed, by=curator)

    with pytest.raises(ValidationError) as refusal:
        undo_import(confirmed, by=curator)

    assert refusal.value.code == "wrong_state"


def test_undo_has_a_button_on_the_result_page(client, curator, write):
    confirmed = write(IVANOVA)
    client.force_login(curator)
    address = reverse("participants:import-undo", args=[confirmed.pk])

    page = client.get(confirmed.get_absolute_url()).content.decode()
    response = client.post(address, follow=True)

    assert page.count(address) == 1
    assert (response.context["checked"].status, MentorEntry.objects.count()) == ("undone", 0)
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_undo_page_names_who_stands_in_the_way(client, curator, write):
    confirmed = write(IVANOVA)
    touch_person(Person.objects.get(last_name="Иванова"))
    client.force_login(curator)

    response = client.post(reverse("participants:import-undo", args=[confirmed.pk]), follow=True)

    (message,) = response.context["messages"]
    assert ("Иванова Мария Петровна" in str(message), MentorEntry.objects.count()) == (True, 1)


def test_undo_of_a_large_import_is_the_workers_job(
    monkeypatch, client, curator, write, django_capture_on_commit_callbacks
):
    confirmed = write(IVANOVA, ORLOV)
    monkeypatch.setattr(registry_import, "AT_ONCE_ROWS", 1)
    client.force_login(curator)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("participants:import-undo", args=[confirmed.pk]))

    confirmed.refresh_from_db()
    assert (response.url, confirmed.job.status) == (confirmed.job.get_absolute_url(), "done")
    assert (confirmed.status, MentorEntry.objects.count()) == ("undone", 0)
    assert confirmed.job.name == registry_undo.UNDO_JOB
