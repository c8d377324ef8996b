import pytest
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants import organizations
from participants.models import Membership, Organization, Person
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = reverse("participants:organization-list")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def organization():
    return make_organization(parent=make_organization(kind="education_office"))


def address(name, organization, *args):
    return reverse(f"participants:{name}", args=[organization.slug, *args])


# --- the tree ---------------------------------------------------------------------------------------------------------
def test_organization_list_shows_the_tree_with_counts_and_no_names(client, organization):
    make_organization(parent=organization, short_name="Филиал")
    make_organization()
    make_mentor_entry(person=make_person(organization=organization, last_name="Абрамова"))
    make_mentor_entry(organization=organization, school_year=2025)
    client.force_login(make_coordinator(organization.parent))

    response = client.get(LIST)

    rows = [(str(row.organization), row.depth, row.mentors, row.mentees) for row in response.context["rows"]]
    assert rows == [(organization.short_name, 0, 1, 0), ("Филиал", 1, 0, 0)]
    assert "Абрамова" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_organization_list_query_count_does_not_grow(client, count, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(organizations, "_figures", [])  # the columns of upper floors are counted there
    office = make_organization(kind="education_office")
    for _n in range(count):
        make_mentor_entry(organization=make_organization(parent=office))
    client.force_login(make_coordinator(office))
    client.get(LIST)

    # session, user, his person, memberships, own rows as mentor and as mentee, the tree, mentors, mentees
    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert len(response.context["rows"]) == count


def test_organization_list_has_the_figures_of_upper_floors(client, organization, monkeypatch):
    monkeypatch.setattr(organizations, "_figures", [])
    organizations.register_figure("Пары", lambda below, year: {each.pk: f"{year}" for each in below})
    client.force_login(make_coordinator(organization.parent))

    context = client.get(LIST).context

    assert [list(row.labelled_figures) for row in context["rows"]] == [[("Пары", "2026")]]


def test_organization_list_is_for_coordinators(client, organization):
    client.force_login(make_curator(organization))

    assert client.get(LIST).status_code == 403


# --- the page ---------------------------------------------------------------------------------------------------------
def test_organization_page_shows_people_to_its_own_alone(client, organization):
    curator = make_curator(organization)
    found = []
    for user in (make_head(organization), make_staff(organization), make_coordinator(organization.parent), make_user()):
        client.force_login(user)
        response = client.get(organization.get_absolute_url())
        found.append((response.status_code, curator.full_name in response.content.decode()))

    assert found == [(200, True), (200, True), (200, False), (404, False)]


def test_organization_edit_saves_and_checks_the_number_template(client, organization):
    client.force_login(make_curator(organization))
    data = {
        "full_name": "Школа", "short_name": "Школа", "place": "г. Кедровск", "head_position": "Директор",
        "order_number_template": "01-12/{n}", "initials_style": "spaced", "date_style": "digits",
    }  # fmt: skip

    refused = [
        client.post(address("organization-edit", organization), data | {"order_number_template": template}).status_code
        for template in ("{n}-{n}", "од", "N{n}", "{n}}-од")
    ]
    client.post(address("organization-edit", organization), data)

    organization.refresh_from_db()
    assert (refused, organization.short_name, organization.order_number_template) == ([422] * 4, "Школа", "01-12/{n}")
    assert (organization.initials_style, organization.date_style) == ("spaced", "digits")


@pytest.mark.parametrize("name", ["organization-edit", "member-add"])
def test_organization_is_managed_by_its_curators(client, organization, name):
    statuses = []
    for user in (
        make_curator(),
        make_coordinator(organization.parent),
        make_head(organization),
        make_curator(organization),
    ):
        client.force_login(user)
        statuses.append(client.get(address(name, organization)).status_code)

    assert statuses == [404, 403, 403, 200]


# --- people with roles ------------------------------------------------------------------------------------------------
MEMBER = {
    "last_name": "Орлов",
    "first_name": "Пётр",
    "patronymic": "Ильич",
    "email": "orlov@example.org",
    "role": "head",
}


def test_member_add_invites_a_new_colleague(client, organization):
    client.force_login(make_curator(organization))

    response = client.post(address("member-add", organization), MEMBER)

    member = Membership.objects.get(user__email="orlov@example.org")
    assert (response.url, member.role, member.organization) == (organization.get_absolute_url(), "head", organization)
    assert Person.objects.get(user=member.user).gender == "male"
    assert OutboxLetter.objects.get().recipient == "orlov@example.org"


def test_member_add_asks_about_a_known_person(client, organization):
    known = make_person(organization=organization, last_name="Орлов", email="orlov@example.org")
    client.force_login(make_curator(organization))

    asked = client.post(address("member-add", organization), MEMBER)
    client.post(address("member-add", organization), MEMBER | {"same_person": known.pk})

    known.refresh_from_db()
    assert (asked.status_code, known.user.email) == (422, "orlov@example.org")


def test_member_add_undoes_everything_when_the_invitation_fails(client, organization):
    make_person(organization=organization, last_name="Котов", user=make_user(email="orlov@example.org"))
    client.force_login(make_curator(organization))

    response = client.post(address("member-add", organization), MEMBER | {"same_person": "another"})

    assert (response.status_code, Person.objects.filter(last_name="Орлов").count()) == (422, 0)


def test_member_end_takes_the_role_away(client, organization):
    client.force_login(make_curator(organization))
    head = make_head(organization)

    client.post(address("member-end", organization, head.memberships.get().pk))

    assert list(head.memberships.in_force()) == []


def test_member_end_refuses_the_only_curator_and_roles_of_others(client, organization):
    curator, stranger = make_curator(organization), make_curator()
    client.force_login(curator)

    refused = client.post(address("member-end", organization, curator.memberships.get().pk), follow=True)
    foreign = client.post(address("member-end", organization, stranger.memberships.get().pk))

    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert foreign.status_code == 404
    assert Organization.objects.filter(memberships__in=Membership.objects.in_force()).distinct().count() == 2
