import pytest
from django.urls import reverse

from mentorship.panels import render_panels
from mentorship.search import search
from monitoring.panels import find_surveys, surveys_to_answer
from monitoring.tests.factories import NOW, make_invitation, make_survey, ready_indicator
from participants.tests.factories import (
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
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


def request_of(client, user):
    """The request of the user's home page, with his workspace."""
    client.force_login(user)
    return client.get(reverse("home")).wsgi_request


def make_participant(organization, make_entry):
    user = make_user()
    make_entry(person=make_person(organization=organization, user=user, email=user.email))
    return user


@pytest.mark.parametrize("make_entry", [make_mentee_entry, make_mentor_entry])
def test_home_offers_ones_own_survey(client, make_entry):
    survey = make_survey()
    user = make_participant(survey.organization, make_entry)
    invitation = make_invitation(survey=survey, person=user.people.get())
    client.force_login(user)

    page = client.get(reverse("home")).content.decode()

    assert page.count(f'href="{invitation.get_absolute_url()}"') == 1


def test_home_is_silent_after_the_answer(client):
    survey = make_survey()
    user = make_participant(survey.organization, make_mentee_entry)
    make_invitation(survey=survey, person=user.people.get(), is_answered=True)

    assert surveys_to_answer(request_of(client, user)) is None


@pytest.mark.parametrize("make_user_of", [make_curator, make_head, make_staff])
def test_home_of_those_in_charge_shows_indicators(client, make_user_of):
    ready_indicator("mentee_share")
    program = make_program(teachers_count=10)
    make_pair(program=program, status="active")
    client.force_login(make_user_of(program.organization))

    page = client.get(reverse("home")).content.decode()

    assert page.count("10,0 % ·") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_the_coordinator_lists_organizations(client, django_assert_max_num_queries, count):
    ready_indicator("mentee_share")
    office = make_organization(kind="education_office")
    programs = [
        make_program(organization=make_organization(parent=office), pairs=1, teachers_count=5) for _n in range(count)
    ]
    client.force_login(make_coordinator(office))

    with django_assert_max_num_queries(26):
        page = client.get(reverse("home")).content.decode()

    links = [reverse("monitoring:indicators-of", args=[program.organization.slug]) for program in programs]
    assert [page.count(f'href="{link}"') for link in links] == [1] * count


@pytest.mark.parametrize(("kind", "is_shown"), [("coordinator", True), ("curator", True), ("stranger", False)])
def test_page_of_an_organization_shows_figures_to_whom_they_concern(client, kind, is_shown):
    ready_indicator("mentee_share")
    office = make_organization(kind="education_office")
    school = make_organization(parent=office)
    user = {
        "coordinator": lambda: make_coordinator(office),
        "curator": lambda: make_curator(school),
        "stranger": make_curator,
    }[kind]()

    shown = reverse("monitoring:indicators-of", args=[school.slug]) in render_panels(
        "organization", request_of(client, user), organization=school
    )

    assert shown is is_shown


def test_search_finds_surveys_in_any_letter_case():
    survey = make_survey(title="Ёлка и ИТОГИ полугодия")
    make_survey(title="Итоги чужие")

    hits = find_surveys(make_curator(survey.organization), "елка и итоги")

    assert [hit.title for hit in hits] == ["Ёлка и ИТОГИ полугодия"]


def test_search_of_a_mentee_finds_no_surveys():
    survey = make_survey(title="Итоги")

    found = search(make_participant(survey.organization, make_mentee_entry), "итоги")

    assert found == []
