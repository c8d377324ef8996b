"""The joint registry of an education office: names only with a consent, of others numbers and nothing else."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants import registries
from participants.consents import withdraw_consent
from participants.joint_pages import RowsByName
from participants.joint_registry import NOT_PASSED, entries_below
from participants.models import Person, RemovalTask
from participants.registries import PairCells
from participants.tests.factories import (
    make_consent,
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
)

pytestmark = pytest.mark.django_db
JOINT, MENTEES = reverse("participants:joint"), reverse("participants:joint-mentees")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def office():
    return make_organization(kind="education_office", short_name="УО")


@pytest.fixture
def school(office):
    return make_organization(parent=office, short_name="МОУ СШ № 7")


@pytest.fixture
def coordinator(client, office):
    coordinator = make_coordinator(office)
    client.force_login(coordinator)
    return coordinator


def make_named(school, name="Абрамова", **values):
    """A mentor who has agreed to the transfer by name."""
    person = make_person(organization=school, last_name=name, **values)
    make_consent(person=person, kind="upward")
    return make_mentor_entry(person=person)


def rows_by_name(rows):
    """The rows as the page of a table asks for them."""
    data = RowsByName(rows)
    data.set_table(SimpleNamespace(paginator=None, _meta=SimpleNamespace()))
    return data


def names(response):
    return [row.record.person.last_name for row in response.context["table"].rows]


def unnamed(response):
    return [(each.organization, each.unnamed) for each in response.context["unnamed"]]


def test_only_those_who_have_agreed_stand_by_name(client, coordinator, school):
    make_named(school)
    silent = make_mentor_entry(person=make_person(organization=school, last_name="Молчанова", phone="+79270000007"))

    response = client.get(JOINT)

    page = response.content.decode()
    assert (names(response), unnamed(response)) == (["Абрамова"], [("МОУ СШ № 7", 1)])
    assert [page.count(word) for word in ("Молчанова", "0000007", f"/people/{silent.person_id}/")] == [0, 0, 0]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "processing"},
        {"status": "asked"},
        {"status": "refused"},
        {"status": "withdrawn", "withdrawn_on": date(2026, 10, 5)},
        {"valid_until": date(2026, 10, 4)},
        {"given_on": date(2026, 10, 6)},
    ],
)
def test_a_consent_that_is_not_in_force_passes_no_name(client, coordinator, school, values):
    person = make_person(organization=school)
    make_consent(person=person, **{"kind": "upward"} | values)
    make_mentor_entry(person=person)

    response = client.get(JOINT)

    assert (names(response), unnamed(response)) == ([], [("МОУ СШ № 7", 1)])
    assert list(Person.objects.passed_upward_to(coordinator)) == []


def test_who_withdraws_the_processing_is_passed_on_no_more(client, coordinator, school):
    entry, partner = make_named(school), make_named(school, "Белова")
    withdraw_consent(make_consent(person=entry.person), by=None, withdrawn_on=date(2026, 10, 5))

    page, file = client.get(JOINT), client.get(f"{JOINT}?export=csv").content.decode("utf-8-sig")

    assert (names(page), unnamed(page)) == ([partner.person.last_name], [("МОУ СШ № 7", 1)])
    assert ("Белова" in file, "Абрамова" in file) == (True, False)
    assert RemovalTask.objects.filter(what__contains="Абрамова").exists()


def test_names_pass_from_organizations_below_and_from_no_other(client, coordinator, office, school):
    branch = make_organization(parent=school)
    for name, organization in {"Своя": school, "Ниже": branch, "Чужая": make_organization(), "Выше": office}.items():
        make_named(organization, name)

    assert sorted(names(client.get(JOINT))) == ["Ниже", "Своя"]
    assert sorted(person.last_name for person in Person.objects.passed_upward_to(coordinator)) == ["Ниже", "Своя"]


def test_nobody_passes_names_to_somebody_who_coordinates_nothing(school):
    make_named(school)

    assert list(Person.objects.passed_upward_to(make_curator(school))) == []


def test_no_row_leads_to_a_file_and_no_contact_is_shown(client, coordinator, school):
    make_named(school, phone="+79270000001", email="abramova@example.org", contact_note="Телеграм")

    page = client.get(
        JOINT, {"columns": [""]} | {"columns": ["organization", "results", "birth_year"]}
    ).content.decode()

    words = ("0000001", "abramova@", "Телеграм", f'href="/people/{Person.objects.get(last_name="Абрамова").pk}')
    assert [page.count(word) for word in words] == [0, 0, 0, 0]


def test_partners_who_have_not_agreed_have_no_name_either(client, coordinator, school, monkeypatch):
    entry, partner = make_named(school), make_named(school, "Белова").person
    silent = make_person(organization=school, last_name="Молчанова")
    cells = PairCells(
        "Белова Мария Петровна, Молчанова Мария Петровна",
        "форма",
        "место",
        "/programs/pairs/1/",
        1,
        ((partner.pk, partner.full_name), (silent.pk, silent.full_name)),
    )
    monkeypatch.setattr(registries, "_builder", [lambda kind, entries: {entry.pk: [cells]}])

    page = client.get(JOINT).content.decode()
    export = client.get(JOINT, {"export": "csv"}).content.decode("utf-8-sig")

    assert (page.count("Молчанова"), export.count("Молчанова"), page.count("/programs/pairs/1/")) == (0, 0, 0)
    assert page.count("Белова Мария Петровна") == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("абр", ["Абрамова"]),
        ("молч", []),
        ("9270000001", []),
        ("abramova@example.org", []),
        ("АБРАМОВА МАРИЯ", ["Абрамова"]),
    ],
)
def test_search_finds_by_name_and_tells_nothing_of_the_others(client, coordinator, school, query, found):
    make_named(school, phone="+79270000001", email="abramova@example.org")
    make_mentor_entry(person=make_person(organization=school, last_name="Молчанова"))

    response = client.get(JOINT, {"q": query})

    assert (names(response), unnamed(response)) == (found, [])


def test_filter_by_organization_counts_its_people_alone(client, coordinator, office, school):
    other = make_organization(parent=office, short_name="МОУ СШ № 8")
    make_named(school)
    for organization in (school, other, other):
        make_mentor_entry(organization=organization)

    response = client.get(JOINT, {"organization": other.pk})

    assert (names(response), unnamed(response)) == ([], [("МОУ СШ № 8", 2)])


def test_export_has_the_organization_what_the_consent_covers_and_a_line_of_numbers(client, coordinator, school):
    make_named(school, email="abramova@example.org")
    for _number in range(2):
        make_mentor_entry(organization=school)

    content = client.get(JOINT, {"export": "csv"}).content.decode("utf-8-sig")

    header, named, rest = csv.reader(io.StringIO(content), delimiter=";")
    assert header[:3] == ["№", "Организация", "ФИО наставника"]
    assert {"Контактные данные для связи", "Интересы наставника"} & set(header) == set()
    assert named[:3] == ["1", "МОУ СШ № 7", "Абрамова Мария Петровна"]
    assert rest == ["2", "МОУ СШ № 7", f"{NOT_PASSED}: 2", *[""] * (len(header) - 3)]


def test_print_is_a_pdf(client, coordinator, school):
    make_named(school)

    response = client.get(JOINT, {"export": "pdf"})

    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


def test_mentees_have_their_own_list(client, coordinator, school):
    person = make_person(organization=school, last_name="Ученикова")
    make_consent(person=person, kind="upward")
    make_mentee_entry(person=person)

    assert (names(client.get(JOINT)), names(client.get(MENTEES))) == ([], ["Ученикова"])


def test_archived_rows_and_other_years_are_left_out(client, coordinator, school):
    archived, former = make_named(school), make_named(school, "Белова")
    archived.is_archived, former.school_year = True, 2025
    archived.save()
    former.save()

    response = client.get(JOINT)

    assert (names(response), unnamed(response)) == ([], [])


def test_joint_registry_is_for_coordinators(client, school):
    statuses = []
    for user in (make_curator(school), make_head(school)):
        client.force_login(user)
        statuses.append(client.get(JOINT).status_code)

    assert statuses == [403, 403]


def test_pages_of_the_list_are_counted_right(client, coordinator, school):
    for number in range(60):
        make_named(school, f"Абрамова{number:02d}")

    first, second = client.get(JOINT), client.get(JOINT, {"page": 2})

    assert (first.context["shown_count"], len(first.context["table"].page.object_list)) == (60, 50)
    assert len(second.context["table"].page.object_list) == 10


def test_a_list_walked_in_the_order_of_names_has_the_same_pages_as_a_sorted_one(office, school):
    """Namesakes whose rows are older than their files, rows of other years and of schools elsewhere among them."""
    people = [make_person(organization=school, last_name=name) for name in ("Абрамова", "Яшина", "Ёлкина", "Жукова")]
    people += [make_person(organization=school, last_name="Абрамова") for _number in range(20)]
    for person in reversed(people):
        make_mentor_entry(person=person)
        make_mentor_entry(person=person, school_year=2025)
    make_mentor_entry(person=make_person(last_name="Абакумова"))
    rows = entries_below("mentors", [school.pk], 2026).for_register()

    walked = [rows_by_name(rows)[start : start + 2] for start in range(0, 24, 2)]
    joined = [row.person_id for page in walked for row in page]

    in_order = sorted(people, key=lambda person: (person.sort_name, person.pk))
    assert joined == [person.pk for person in in_order]
    assert all(row.school_year == 2026 for page in walked for row in page)


def test_a_page_at_the_beginning_of_a_long_list_sorts_nothing(school):
    for number in range(20):
        make_mentor_entry(person=make_person(organization=school, last_name=f"Абрамова{number:02d}"))
    rows = rows_by_name(entries_below("mentors", [school.pk], 2026).for_register())
    len(rows)

    with CaptureQueriesContext(connection) as queries:
        page = rows[0:2]

    assert [row.person.last_name for row in page] == ["Абрамова00", "Абрамова01"]
    assert [query["sql"].startswith('SELECT "participants_person"."id"') for query in queries] == [True, False]


@pytest.mark.parametrize("few", [1, 500])
def test_search_finds_the_same_whether_few_or_many_are_found(client, coordinator, school, monkeypatch, few):
    monkeypatch.setattr("participants.filters.FEW", few)
    for name in ("Абрамова", "Абрамкина", "Яшина"):
        make_named(school, name)

    assert names(client.get(JOINT, {"q": "абрам"})) == ["Абрамкина", "Абрамова"]


def test_query_count_does_not_grow(client, coordinator, school, office, django_assert_max_num_queries):
    for number in range(3):
        make_named(make_organization(parent=office), f"Абрамова{number}")
        make_mentor_entry(organization=school)
    client.get(JOINT)

    # session, user, his person, memberships, his rows as mentor and mentee, organizations, counts, rows, pairs,
    # layouts
    with django_assert_max_num_queries(13):
        client.get(JOINT)
