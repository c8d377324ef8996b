"""The long-term registry of mentors, and the finished mentees proposed for it."""

from datetime import date

import pytest
from django.urls import reverse

from participants import registries
from participants.long_term import long_term_lines, long_term_mentors, proposed_mentors
from participants.models import LongTermMentor
from participants.registries import PairCounts
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
LIST, PROPOSALS = reverse("participants:long-term"), reverse("participants:proposals")
TODAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def make_finished(organization, name="Ученикова", **values):
    """A mentee who has completed a programme."""
    person = make_person(organization=organization, last_name=name)
    make_mentee_entry(person=person, school_year=2025, **{"is_completed": True} | values)
    return person


def decide(client, decision, *people):
    return client.post(
        reverse("participants:proposals-decide", args=[decision]), {"row": [person.pk for person in people]}
    )


def names(people):
    return [person.last_name for person in people]


# --- the registry -----------------------------------------------------------------------------------------------------
def test_mentors_of_all_years_stand_once_with_their_years_and_work(organization, monkeypatch):
    person = make_person(organization=organization, last_name="Абрамова")
    for year in (2026, 2023):
        make_mentor_entry(person=person, school_year=year)
    make_mentee_entry(person=person, school_year=2022)
    make_mentor_entry()
    monkeypatch.setattr(registries, "_counter", [lambda keys: {person.pk: PairCounts(4, 2)}])

    (line,) = long_term_lines(long_term_mentors(organization))

    assert (line.years, line.mentee_years) == ("2023/2024, 2026/2027", "2022/2023")
    assert (line.mentees, line.finished, line.listed_on) == (4, 2, date(2023, 9, 1))


def test_long_term_list_finds_filters_and_leaves_the_portal(client, curator, organization):
    for name in ("Абрамова", "Белова"):
        make_mentor_entry(person=make_person(organization=organization, last_name=name), school_year=2024)
    gone = long_term_mentors(organization).get(last_name="Белова")
    LongTermMentor.objects.create(person=gone, listed_on=date(2024, 9, 1), left_on=date(2026, 1, 1))

    found = [
        names(row.record for row in client.get(LIST, query).context["table"].rows)
        for query in ({}, {"q": "бел"}, {"now": "yes"}, {"now": "no"})
    ]
    content = client.get(LIST, {"export": "csv", "now": "yes"}).content.decode("utf-8-sig")

    assert found == [["Абрамова", "Белова"], ["Белова"], ["Абрамова"], ["Белова"]]
    assert [line.split(";")[1] for line in content.splitlines()] == ['"ФИО наставника"', '"Абрамова Мария Петровна"']
    assert client.get(LIST, {"export": "pdf"}).content[:5] == b"%PDF-"


def test_dates_and_remark_of_a_mentor_are_kept(client, curator, organization):
    person = make_mentor_entry(organization=organization, school_year=2024).person

    asked = client.get(reverse("participants:long-term-edit", args=[person.pk]))
    client.post(
        reverse("participants:long-term-edit", args=[person.pk]),
        {"listed_on": "2024-09-01", "left_on": "2026-06-01", "note": "уехала"},
    )

    row = LongTermMentor.objects.get()
    assert asked.context["form"].initial["listed_on"] == date(2024, 9, 1)
    assert (row.person, row.status, row.left_on, row.note) == (person, "listed", date(2026, 6, 1), "уехала")


def test_dates_in_the_wrong_order_are_refused(client, curator, organization):
    person = make_mentor_entry(organization=organization).person

    response = client.post(
        reverse("participants:long-term-edit", args=[person.pk]), {"listed_on": "2026-09-01", "left_on": "2025-01-01"}
    )

    assert (response.status_code, LongTermMentor.objects.count()) == (422, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_long_term_query_count_does_not_grow(client, curator, organization, count, django_assert_num_queries):
    for _number in range(count):
        make_mentor_entry(organization=organization)
    client.get(LIST)

    # session, user, his person, memberships, his rows as mentor and mentee, proposals, layouts, count,
    # rows, their years as mentors and as mentees, rows of the registry, counts of pairs (two)
    with django_assert_num_queries(15):
        client.get(LIST)


# --- proposals --------------------------------------------------------------------------------------------------------
def test_finished_mentees_are_proposed_and_nobody_else(organization):
    make_finished(organization, "Отмечена")
    make_finished(organization, "Завершила", is_completed=False, completed_on=date(2026, 5, 29))
    make_mentee_entry(organization=organization)
    make_mentor_entry(person=make_finished(organization, "Наставница"))
    make_finished(make_organization(), "Чужая")

    assert sorted(names(proposed_mentors(organization))) == ["Завершила", "Отмечена"]


def test_accepting_takes_into_the_registry_and_can_be_taken_back(client, curator, organization):
    people = [make_finished(organization, name) for name in ("Абрамова", "Белова")]

    question = client.get(
        reverse("participants:proposals-decide", args=["accept"]), {"row": [person.pk for person in people]}
    )
    decide(client, "accept", *people)
    listed = names(long_term_mentors(organization))
    client.post(reverse("participants:proposals-undo"))

    assert question.context["named"] == ["Абрамова Мария Петровна", "Белова Мария Петровна"]
    assert sorted(listed) == ["Абрамова", "Белова"]
    assert (LongTermMentor.objects.count(), len(proposed_mentors(organization))) == (0, 2)


def test_turning_down_is_remembered_and_can_be_reconsidered(client, curator, organization):
    person = make_finished(organization)

    decide(client, "turn-down", person)
    again = client.get(PROPOSALS)
    former = client.get(PROPOSALS, {"turned_down": "yes"})
    before = (names(long_term_mentors(organization)), again.context["turned_down_count"])
    decide(client, "accept", person)

    assert (again.context["shown_count"], former.context["shown_count"], before) == (0, 1, ([], 1))
    assert names(long_term_mentors(organization)) == [person.last_name]
    assert LongTermMentor.objects.get().listed_on == TODAY


def test_all_that_are_proposed_can_be_taken_at_once(client, curator, organization):
    for number in range(3):
        make_finished(organization, f"Ученикова{number}")

    client.post(reverse("participants:proposals-decide", args=["accept"]), {"all": "yes", "q": "ученикова1"})

    assert names(long_term_mentors(organization)) == ["Ученикова1"]


def test_somebody_who_became_a_mentor_is_listed_whatever_was_decided(client, curator, organization):
    person = make_finished(organization)
    decide(client, "turn-down", person)

    make_mentor_entry(person=person)

    assert names(long_term_mentors(organization)) == [person.last_name]
    assert names(proposed_mentors(organization, turned_down=True)) == []


def test_people_of_others_are_not_decided_on(client, curator):
    stranger = make_finished(make_organization())

    decide(client, "accept", stranger)

    assert LongTermMentor.objects.count() == 0


def test_long_term_pages_by_role(client, organization):
    person = make_mentor_entry(organization=organization).person
    edit = reverse("participants:long-term-edit", args=[person.pk])
    statuses = {}
    for name, user in {
        "staff": make_staff(organization),
        "stranger": make_curator(),
        "coordinator": make_coordinator(),
    }.items():
        client.force_login(user)
        statuses[name] = [client.get(page).status_code for page in (LIST, PROPOSALS, edit)]

    assert statuses == {"staff": [200, 403, 403], "stranger": [200, 200, 404], "coordinator": [403, 403, 404]}
