"""The registry of curators: who sees whom, the order of appointment, print."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import Membership
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_organization,
    make_staff,
)

pytestmark = pytest.mark.django_db
LIST = reverse("participants:curators")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def office():
    return make_organization(kind="education_office")


@pytest.fixture
def school(office):
    return make_organization(parent=office, short_name="МОУ СШ № 7")


def lines(response):
    return [row.cells["person"] for row in response.context["table"].rows]


def appointment(user):
    return Membership.objects.get(user=user, role="curator")


def test_a_coordinator_sees_the_curators_of_all_organizations_below(client, office, school):
    make_curator(school, last_name="Абрамова", phone="+79270000001")
    make_curator(make_organization(parent=office), last_name="Белова")
    make_curator(last_name="Чужая")
    make_head(school, last_name="Директорова")
    client.force_login(make_coordinator(office))

    response = client.get(LIST)

    assert sorted(lines(response)) == ["Абрамова Мария Петровна", "Белова Мария Петровна"]
    assert response.content.decode().count("8 (927) 000-00-01") == 1


@pytest.mark.parametrize("make_member", [make_curator, make_head, make_staff])
def test_those_in_charge_see_the_curators_of_their_own_organization(client, office, school, make_member):
    make_curator(make_organization(parent=office), last_name="Соседка")
    curator = make_curator(school, last_name="Абрамова")
    client.force_login(curator if make_member is make_curator else make_member(school))

    response = client.get(LIST)

    assert len(lines(response)) == 1
    assert response.content.decode().count("Абрамова Мария Петровна</a>") == 1


def test_former_curators_are_shown_on_demand(client, office, school):
    Membership.objects.filter(user=make_curator(school, last_name="Бывшая")).update(ends_on=date(2026, 8, 31))
    make_curator(school, last_name="Нынешняя")
    client.force_login(make_coordinator(office))

    found = [sorted(lines(client.get(LIST, query))) for query in ({}, {"ended": "all"})]

    assert found == [["Нынешняя Мария Петровна"], ["Бывшая Мария Петровна", "Нынешняя Мария Петровна"]]


@pytest.mark.parametrize(
    ("query", "count"), [("абрам", 1), ("СШ № 7", 1), ("сш № 7", 1), ("абрамова сш", 1), ("иванова", 0)]
)
def test_search_by_name_and_organization(client, office, school, query, count):
    make_curator(school, last_name="Абрамова")
    client.force_login(make_coordinator(office))

    assert len(lines(client.get(LIST, {"q": query}))) == count


def test_the_order_of_appointment_is_entered_and_printed(client, office, school):
    curator = make_curator(school)
    client.force_login(curator)

    client.post(
        reverse("participants:curator-edit", args=[appointment(curator).pk]),
        {"order_number": "12-од", "ordered_on": "2026-09-01"},
    )
    content = client.get(LIST, {"export": "csv"}).content.decode("utf-8-sig")

    assert (appointment(curator).order_number, appointment(curator).ordered_on) == ("12-од", date(2026, 9, 1))
    assert content.splitlines()[1].split(";")[-1] == '"№ 12-од от 01.09.2026"'
    assert client.get(LIST, {"export": "pdf"}).content[:5] == b"%PDF-"


def test_the_order_is_changed_by_the_curator_and_by_the_coordinator_above(client, office, school):
    curator = make_curator(school)
    address = reverse("participants:curator-edit", args=[appointment(curator).pk])
    statuses = []
    for user in (curator, make_coordinator(office), make_head(school), make_coordinator(), make_curator()):
        client.force_login(user)
        statuses.append(client.get(address).status_code)

    assert statuses == [200, 200, 403, 404, 404]


def test_only_the_order_of_a_curator_is_changed_there(client, school):
    head = make_head(school)
    client.force_login(make_curator(school))

    address = reverse("participants:curator-edit", args=[Membership.objects.get(user=head).pk])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_curators_query_count_does_not_grow(client, office, count, django_assert_num_queries):
    for _number in range(count):
        make_curator(make_organization(parent=office))
    client.force_login(make_coordinator(office))
    client.get(LIST)

    # session, user, his person, memberships, his rows as mentor and mentee, layouts, count, rows, people, …
    with django_assert_num_queries(12):
        assert len(lines(client.get(LIST))) == count
