import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants.accounts import invite
from participants.models import Membership
from participants.tests.factories import (
    make_application,
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def person():
    return make_person(last_name="Абрамова", email="abramova@example.org")


@pytest.fixture
def curator(client, person):
    curator = make_curator(person.organization)
    client.force_login(curator)
    return curator


def address(name, person):
    return reverse(f"participants:{name}", args=[person.pk])


# --- the file ---------------------------------------------------------------------------------------------------------
def test_person_file_is_seen_by_those_in_charge_and_by_the_person(client, person):
    person.user = make_user()
    person.save()
    office = make_organization(kind="education_office")
    person.organization.parent = office
    person.organization.save()
    users = [make_curator, make_head, make_staff]
    statuses = []
    for user in [person.user, *(make(person.organization) for make in users), make_coordinator(office), make_curator()]:
        client.force_login(user)
        statuses.append(client.get(address("person", person)).status_code)

    assert statuses == [200, 200, 200, 200, 404, 404]


def test_person_file_keeps_who_has_read_it(client, person, curator):
    client.get(address("person", person))
    client.get(make_mentor_entry(person=person).get_absolute_url())
    client.get(reverse("admin:participants_person_change", args=[person.pk]))

    readings = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).values_list("object_id", "actor")
    assert list(readings) == [(person.pk, curator.pk)] * 3


@pytest.mark.parametrize(
    "name",
    ["person", "person-edit", "person-name", "person-merge", "person-held", "person-depersonalize"],
)
def test_every_page_of_the_file_keeps_who_has_read_it(client, person, curator, name):
    client.get(address(name, person))

    readings = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).values_list("object_id", "actor")
    assert list(readings) == [(person.pk, curator.pk)]


def test_pages_beside_the_file_keep_who_has_read_it(client, person, curator):
    entry = make_mentor_entry(person=person)
    other = make_person(organization=person.organization)
    pages = [
        reverse("participants:consent-kind", args=[person.pk, "processing"]),
        reverse("participants:registry-remove", args=["mentors", entry.pk]),
        reverse("participants:long-term-edit", args=[person.pk]),
        f"{reverse('participants:registry-add', args=['mentees'])}?person={person.pk}",
        reverse("admin:participants_mentorentry_change", args=[entry.pk]),
    ]

    statuses = [client.get(page).status_code for page in pages]
    client.get(address("person-merge", other), {"other": person.pk})

    readings = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, actor=curator)
    assert statuses == [200] * len(pages)
    assert readings.filter(object_id=person.pk).count() == len(pages) + 1
    assert readings.filter(object_id=other.pk).count() == 1


def test_person_file_shows_the_rows_of_all_years_and_the_history(client, person, curator):
    make_mentor_entry(person=person, school_year=2025)
    removed = make_mentee_entry(person=person, school_year=2026)
    removed.delete()
    person.position = "логопед"
    person.save()

    context = client.get(address("person", person)).context

    assert [(kind, entry.school_year) for kind, entry in context["entries"]] == [("mentors", 2025)]
    lines = [(bool(line.subject), [new for _name, _old, new in line.changes]) for line in context["lines"]]
    # read, position changed, mentee's row removed and added, mentor's row added, person added
    assert lines == [(False, []), (False, ["логопед"]), (True, []), (True, []), (True, []), (False, [])]


def test_person_file_hides_the_history_from_the_person(client, person):
    person.user = make_user()
    person.save()
    client.force_login(person.user)

    assert client.get(address("person", person)).context["lines"] == []


@pytest.mark.parametrize("name", ["person-edit", "person-name"])
def test_person_pages_are_changed_by_curators_of_the_organization(client, person, name):
    statuses = []
    for user in (make_curator(), make_staff(person.organization), make_curator(person.organization)):
        client.force_login(user)
        statuses.append(client.get(address(name, person)).status_code)

    assert statuses == [404, 403, 200]


def test_person_edit_saves_and_refuses(client, person, curator):
    data = {"last_name": "Абрамова", "first_name": "Анна", "kind": "outside", "workplace": "АО «Завод»"}

    saved = client.post(address("person-edit", person), data)
    refused = client.post(address("person-edit", person), data | {"email": "abramova"})

    person.refresh_from_db()
    assert (saved.url, refused.status_code) == (person.get_absolute_url(), 422)
    assert (person.first_name, person.affiliation) == ("Анна", "АО «Завод»")


# --- invitations ------------------------------------------------------------------------------------------------------
def test_person_invite_sends_a_letter_and_gives_the_role(client, person, curator):
    response = client.post(address("person-invite", person), {"role": "head"})

    assert response.url == person.get_absolute_url()
    assert [letter.recipient for letter in OutboxLetter.objects.all()] == ["abramova@example.org"]
    assert Membership.objects.get(user__email="abramova@example.org").role == "head"


@pytest.mark.parametrize("role", ["coordinator", "nonsense"])
def test_person_invite_gives_no_other_role(client, person, curator, role):
    client.post(address("person-invite", person), {"role": role})

    assert (OutboxLetter.objects.count(), Membership.objects.exclude(user=curator).count()) == (0, 0)


def test_person_invite_without_an_address_says_so(client, curator, person):
    person.email = ""
    person.save()

    response = client.post(address("person-invite", person), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_person_invite_is_for_curators_of_the_organization(client, person):
    statuses = []
    for user in (make_curator(), make_head(person.organization)):
        client.force_login(user)
        statuses.append(client.post(address("person-invite", person)).status_code)

    assert statuses == [404, 403]


def test_invitations_list_who_cannot_sign_in(client, person, curator):
    organization = person.organization
    make_mentor_entry(person=person)
    invited = make_mentee_entry(person=make_person(organization=organization, email="invited@example.org")).person
    invite(invited, by=curator)
    make_mentee_entry(person=make_person(organization=organization, user=make_user()))
    make_mentee_entry(person=make_person(organization=organization), school_year=2025)
    without = make_mentee_entry(person=make_person(organization=organization)).person

    context = client.get(reverse("participants:invitations")).context

    assert context["people"] == [person, invited]
    assert context["without_email"] == [without]


def test_invitations_go_to_those_ticked(client, person, curator):
    make_mentor_entry(person=person)
    stranger = make_mentor_entry(person=make_person(email="stranger@example.org")).person
    keys = [person.pk, stranger.pk, "²", "9" * 30]

    client.post(reverse("participants:invitations"), {"person": keys})

    assert [letter.recipient for letter in OutboxLetter.objects.all()] == ["abramova@example.org"]


def test_invitations_are_for_curators(client, person):
    client.force_login(make_staff(person.organization))

    assert client.get(reverse("participants:invitations")).status_code == 403


# --- search and home --------------------------------------------------------------------------------------------------
def test_search_finds_people_of_the_organization(client, person, curator):
    make_person(last_name="Абрамова")

    found = client.get(reverse("search"), {"q": "абрам"}).context["found"]

    assert [[hit.url for hit in hits] for _label, hits in found] == [[person.get_absolute_url()]]


def test_search_finds_applications_that_were_sent_to_the_organization(client, person, curator):
    sent = make_application(organization=person.organization, status="submitted", last_name="Кедрова")
    make_application(organization=person.organization, last_name="Кедрова")
    make_application(status="submitted", last_name="Кедрова")

    found = client.get(reverse("search"), {"q": "кедров"}).context["found"]

    assert [[hit.url for hit in hits] for _label, hits in found] == [[sent.get_absolute_url()]]


@pytest.mark.parametrize("make_member", [make_curator, make_staff])
def test_home_counts_the_people_of_the_year(client, person, make_member):
    make_mentor_entry(person=person)
    for _n in range(2):
        make_mentee_entry(organization=person.organization)
    make_mentee_entry(person=person)
    make_mentee_entry(organization=person.organization, school_year=2025)
    client.force_login(make_member(person.organization))

    page = client.get("/home/").content.decode()

    assert page.count('<span class="figure-large">1</span>') == 1
    assert page.count('<span class="figure-large">3</span>') == 1
