import pytest
from django.urls import reverse

from mentorship.models import OutboxLetter
from monitoring.models import Survey
from monitoring.tests.factories import NOW, make_invitation, make_survey, sign_in
from participants.models import Person
from participants.tests.factories import (
    make_organization,
    make_person,
    make_questionnaire,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


# --- who may open what ------------------------------------------------------------------------------------------------
SEE_SURVEYS = {"curator": 200, "head": 200, "staff": 200, "mentee": 403, "coordinator": 403, "stranger": 200}
SEE_SURVEY = {"curator": 200, "head": 200, "staff": 200, "mentee": 404, "coordinator": 404, "stranger": 404}
MANAGE_SURVEY = {"curator": 200, "head": 403, "staff": 403, "mentee": 404, "coordinator": 404, "stranger": 404}
SEE_FIGURES = {"curator": 200, "head": 200, "staff": 200, "mentee": 403, "coordinator": 200, "stranger": 404}
SET_TARGETS = {"curator": 200, "head": 403, "staff": 403, "mentee": 403, "coordinator": 403, "stranger": 404}


@pytest.mark.parametrize(("kind", "status"), SEE_SURVEYS.items())
@pytest.mark.parametrize("name", ["overview", "survey-list"])
def test_lists_of_surveys_open_for_those_in_charge(client, survey, name, kind, status):
    sign_in(client, kind, survey.organization)

    assert client.get(reverse(f"monitoring:{name}")).status_code == status


@pytest.mark.parametrize(("kind", "status"), SEE_SURVEY.items())
def test_survey_page_opens_for_those_in_charge(client, survey, kind, status):
    sign_in(client, kind, survey.organization)

    assert client.get(reverse("monitoring:survey", args=[survey.pk])).status_code == status


@pytest.mark.parametrize(("kind", "status"), MANAGE_SURVEY.items())
@pytest.mark.parametrize("name", ["survey-edit", "survey-links"])
def test_survey_is_managed_by_the_curator(client, survey, name, kind, status):
    sign_in(client, kind, survey.organization)

    assert client.get(reverse(f"monitoring:{name}", args=[survey.pk])).status_code == status


@pytest.mark.parametrize(("kind", "status"), MANAGE_SURVEY.items())
@pytest.mark.parametrize("name", ["survey-open", "survey-close", "survey-invite", "survey-delete"])
def test_survey_is_moved_by_the_curator(client, program, name, kind, status):
    survey = make_survey(program=program, status="draft")
    sign_in(client, kind, program.organization)

    response = client.post(reverse(f"monitoring:{name}", args=[survey.pk]))

    assert response.status_code == (302 if status == 200 else status)


@pytest.mark.parametrize(
    ("kind", "status"),
    {"curator": 200, "head": 403, "staff": 403, "mentee": 403, "coordinator": 403}.items(),
)
def test_survey_is_made_by_the_curator(client, program, kind, status):
    sign_in(client, kind, program.organization)

    assert client.get(reverse("monitoring:survey-add")).status_code == status


@pytest.mark.parametrize(("kind", "status"), SEE_FIGURES.items())
def test_figures_open_for_those_in_charge_and_above(client, program, kind, status):
    school = program.organization
    sign_in(client, kind, school)

    pages = [
        client.get(reverse("monitoring:indicators-of", args=[school.slug])).status_code,
        client.get(reverse("monitoring:indicators-of", args=[school.slug]), {"export": "xlsx"}).status_code,
        client.get(reverse("monitoring:indicator-evidence", args=[school.slug, "mentee_share"])).status_code,
    ]

    assert pages == [status] * 3


@pytest.mark.parametrize("kind", ["curator", "head", "staff", "coordinator"])
def test_own_figures_open_without_an_address(client, program, kind):
    sign_in(client, kind, program.organization)

    assert client.get(reverse("monitoring:indicator-list")).status_code == 200


@pytest.mark.parametrize(("kind", "status"), SET_TARGETS.items())
def test_targets_of_a_school_are_set_by_its_curator(client, school, kind, status):
    sign_in(client, kind, school)

    assert client.get(reverse("monitoring:target-list", args=[school.slug])).status_code == status


def test_targets_of_an_office_are_set_by_its_coordinator(client, school):
    sign_in(client, "coordinator", school)

    assert client.get(reverse("monitoring:target-list", args=[school.parent.slug])).status_code == 200


def test_unknown_formula_is_not_found(client, school):
    sign_in(client, "curator", school)

    assert client.get(reverse("monitoring:indicator-evidence", args=[school.slug, "nothing"])).status_code == 404


def test_pages_ask_to_sign_in(client, survey):
    response = client.get(reverse("monitoring:survey", args=[survey.pk]))

    assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


# --- surveys ----------------------------------------------------------------------------------------------------------
def survey_data(**values):
    return {
        "questionnaire": make_questionnaire().pk,
        "title": "Итоги полугодия",
        "audience": "everybody",
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-04",
        "remind_every_days": "3",
        "remind_at_most": "2",
    } | values


def test_survey_is_made_as_a_draft(client, program):
    sign_in(client, "curator", program.organization)

    response = client.post(reverse("monitoring:survey-add"), survey_data())

    survey = Survey.objects.get()
    assert (response.status_code, response.url) == (302, survey.get_absolute_url())
    assert (survey.program, survey.status, survey.is_anonymous) == (program, "draft", False)


def test_survey_sent_twice_is_made_once(client, program):
    sign_in(client, "curator", program.organization)
    data = survey_data()

    statuses = [client.post(reverse("monitoring:survey-add"), data).status_code for _time in range(2)]

    assert statuses == [302, 422]
    assert Survey.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [{"closes_on": "2026-11-19"}, {"title": ""}, {"opens_on": "завтра"}, {"remind_every_days": "0"}],
)
def test_survey_with_a_fault_is_shown_again(client, program, values):
    sign_in(client, "curator", program.organization)

    response = client.post(reverse("monitoring:survey-add"), survey_data(**values))

    assert response.status_code == 422
    assert Survey.objects.count() == 0


def test_survey_does_not_take_the_questionnaire_of_another_organization(client, program):
    sign_in(client, "curator", program.organization)
    foreign = make_questionnaire(organization=make_organization())

    response = client.post(reverse("monitoring:survey-add"), survey_data(questionnaire=foreign.pk))

    assert response.status_code == 422


def test_survey_without_a_program_says_what_to_do(client, school):
    sign_in(client, "curator", school)

    response = client.get(reverse("monitoring:survey-add"))

    assert reverse("programs:program-list") in response.content.decode()


def test_draft_is_changed(client, program):
    sign_in(client, "curator", program.organization)
    survey = make_survey(program=program, status="draft")

    client.post(reverse("monitoring:survey-edit", args=[survey.pk]), survey_data(is_anonymous="on"))

    survey.refresh_from_db()
    assert (survey.title, survey.is_anonymous) == ("Итоги полугодия", True)


def test_open_survey_takes_a_later_end_and_nothing_else(client, survey):
    sign_in(client, "curator", survey.organization)

    client.post(reverse("monitoring:survey-edit", args=[survey.pk]), survey_data(is_anonymous="on"))

    title = survey.title
    survey.refresh_from_db()
    assert (survey.title, survey.is_anonymous, str(survey.closes_on)) == (title, False, "2026-12-04")


def test_survey_opened_by_the_button_writes_letters(client, program):
    Person.objects.update(email="somebody@example.org")
    survey = make_survey(program=program, status="draft")
    sign_in(client, "curator", program.organization)

    for _time in range(2):
        client.post(reverse("monitoring:survey-open", args=[survey.pk]))

    assert OutboxLetter.objects.filter(name="survey-invitation").count() == 2


def test_sent_survey_is_not_deleted(client, survey):
    sign_in(client, "curator", survey.organization)

    client.post(reverse("monitoring:survey-delete", args=[survey.pk]))

    assert Survey.objects.filter(pk=survey.pk).exists()


def test_survey_page_lists_people_without_email(client, survey):
    person = make_person(organization=survey.organization, last_name="Безпочтова")
    make_invitation(survey=survey, person=person)
    make_invitation(survey=survey)
    sign_in(client, "curator", survey.organization)

    page = client.get(reverse("monitoring:survey", args=[survey.pk]))
    links = client.get(reverse("monitoring:survey-links", args=[survey.pk]))

    assert page.context["without_email"] == [person]
    assert [invitation.person for invitation, _address in links.context["links"]] == [person]


def test_survey_page_by_name_tells_who_answered(client, survey):
    make_invitation(survey=survey, is_answered=True)
    sign_in(client, "curator", survey.organization)

    page = client.get(survey.get_absolute_url()).content.decode()

    assert page.count("data-label=") == 4  # asked as, answered, last letter, reminders


@pytest.mark.parametrize("count", [1, 3])
def test_survey_list_query_count_does_not_grow(client, django_assert_num_queries, program, count):
    for _number in range(count):
        make_invitation(survey=make_survey(program=program))
    sign_in(client, "curator", program.organization)

    with django_assert_num_queries(8):
        response = client.get(reverse("monitoring:survey-list"))

    assert response.context["shown_count"] == count


@pytest.mark.parametrize("count", [1, 3])
def test_survey_page_query_count_does_not_grow(client, django_assert_max_num_queries, survey, count):
    for _number in range(count):
        make_invitation(survey=survey)
    sign_in(client, "curator", survey.organization)

    with django_assert_max_num_queries(16):
        client.get(survey.get_absolute_url())


# --- one's own surveys ------------------------------------------------------------------------------------------------
def test_my_surveys_hold_ones_own_links(client, survey):
    user = sign_in(client, "mentee", survey.organization)
    mine = make_invitation(survey=survey, person=user.people.get())
    make_invitation(survey=survey)

    response = client.get(reverse("monitoring:my-surveys"))

    assert response.context["waiting"] == [mine]


def test_my_surveys_hold_no_closed_ones(client, program):
    user = sign_in(client, "mentee", program.organization)
    make_invitation(survey=make_survey(program=program, status="closed"), person=user.people.get())
    answered = make_invitation(survey=make_survey(program=program), person=user.people.get(), is_answered=True)

    response = client.get(reverse("monitoring:my-surveys"))

    assert (response.context["waiting"], response.context["answered"]) == ([], [answered])


@pytest.mark.parametrize("count", [1, 3])
def test_my_surveys_query_count_does_not_grow(client, django_assert_num_queries, program, count):
    user = sign_in(client, "mentee", program.organization)
    for _number in range(count):
        make_invitation(survey=make_survey(program=program), person=user.people.get())

    with django_assert_num_queries(7):
        client.get(reverse("monitoring:my-surveys"))
