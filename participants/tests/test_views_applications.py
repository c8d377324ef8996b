from datetime import date

import pytest
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants.models import ApplicationCall
from participants.ready_application_questionnaires import load_ready_application_questionnaires
from participants.tests.factories import (
    make_application,
    make_application_questionnaire,
    make_call,
    make_curator,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
LIST, CALL = reverse("participants:applications"), reverse("participants:application-call-edit")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-07 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def page_of(name, application):
    return reverse(f"participants:application-{name}", args=[application.pk])


# --- the page of the year ---------------------------------------------------------------------------------------------
def test_call_is_made_with_what_is_proposed(client, curator, organization):
    load_ready_application_questionnaires()
    form = client.get(CALL).context["form"]
    proposed = {name: form[name].value() for name in form.fields}
    posted = {name: getattr(value, "pk", value) for name, value in proposed.items() if value}

    client.post(CALL, posted)

    call = ApplicationCall.objects.get()
    assert (call.organization, call.school_year, call.opens_on) == (organization, 2026, date(2026, 10, 7))
    assert call.mentor_questionnaire.purpose == "mentor"
    assert client.get(call.get_absolute_url()).status_code == 200


def test_call_is_changed_and_never_doubled(client, curator, organization):
    call = make_call(organization=organization)
    values = {"opens_on": "2026-09-01", "closes_on": "2026-11-01", "mentee_questionnaire": call.mentee_questionnaire.pk}

    client.post(CALL, values)

    call = ApplicationCall.objects.get()
    assert (call.closes_on, call.mentor_questionnaire) == (date(2026, 11, 1), None)


def test_call_needs_a_questionnaire_of_the_own_organization(client, curator, organization):
    foreign = make_application_questionnaire("mentor")
    foreign.organization = make_organization()
    foreign.save()
    values = {"opens_on": "2026-09-01", "closes_on": "2026-11-01"}

    responses = [client.post(CALL, values), client.post(CALL, {**values, "mentor_questionnaire": foreign.pk})]

    assert [response.status_code for response in responses] == [422, 422]
    assert ApplicationCall.objects.count() == 0


def test_poster_is_a_pdf_once_there_is_a_page(client, curator, organization):
    address = reverse("participants:application-poster")
    without = client.get(address)
    make_call(organization=organization, introduction="Приходите")

    poster = client.get(address)

    assert (without.status_code, poster.content[:5]) == (404, b"%PDF-")


# --- the queue --------------------------------------------------------------------------------------------------------
def test_queue_shows_who_waits_longest_first(client, curator, organization):
    call = make_call(organization=organization)
    late = make_application(call=call, status="submitted")
    early = make_application(call=call, status="submitted", submitted_at="2026-09-20T09:00Z")
    make_application(call=call, status="draft")
    make_application(status="submitted")

    page = client.get(LIST)

    assert [row.record for row in page.context["table"].rows] == [early, late]
    assert page.context["draft_count"] == 1


def test_queue_is_searched_and_filtered(client, curator, organization):
    call = make_call(organization=organization)
    wanted = make_application(call=call, role="mentee", status="asked", last_name="Семёнова")
    make_application(call=call, role="mentee", status="submitted", last_name="Семёнова")
    make_application(call=call, role="mentor", status="asked", last_name="Семёнова")

    page = client.get(LIST, {"q": "семенова", "role": "mentee", "status": "asked"})

    assert [row.record for row in page.context["table"].rows] == [wanted]


@pytest.mark.parametrize("count", [1, 3])
def test_queue_query_count_does_not_grow(client, curator, organization, count, django_assert_max_num_queries):
    call = make_call(organization=organization)
    for _n in range(count):
        make_application(call=call, status="submitted")
    client.get(LIST)

    with django_assert_max_num_queries(10):
        page = client.get(LIST)

    assert page.context["shown_count"] == count


def test_queue_without_a_page_offers_to_make_one(client, curator):
    page = client.get(LIST)

    assert (page.status_code, page.context["call"]) == (200, None)


# --- one application --------------------------------------------------------------------------------------------------
def test_application_shows_people_like_the_applicant_side_by_side(client, curator, organization):
    application = make_application(organization=organization, status="submitted")
    person = make_person(organization=organization, email=application.email)

    page = client.get(application.get_absolute_url())

    ((found, lines),) = page.context["likely"]
    assert found == person
    assert [(theirs, is_same) for _what, _ours, theirs, is_same in lines if is_same] == [(application.email, True)]


def test_accept_page_names_what_is_written_and_joins(client, curator, organization):
    application = make_application(organization=organization, status="submitted")
    person = make_person(organization=organization)
    address = f"{page_of('accept', application)}?person={person.pk}"

    page = client.get(address)
    client.post(address, {"replaced": ["person.position"], "message": ""})

    person.refresh_from_db()
    application.refresh_from_db()
    assert [change.key for change in page.context["differing"]] == ["person.position"]
    assert (application.status, application.person, person.position) == ("accepted", person, "учитель химии")


def test_accept_as_a_new_person(client, curator, organization):
    application = make_application(organization=organization, status="submitted")

    client.post(page_of("accept", application), {"message": ""})

    application.refresh_from_db()
    assert application.person.full_name == application.full_name
    assert client.get(page_of("accept", application)).url == application.get_absolute_url()


def test_accept_does_not_take_a_person_of_another_organization(client, curator, organization):
    application = make_application(organization=organization, status="submitted")
    foreign = make_person()

    response = client.post(f"{page_of('accept', application)}?person={foreign.pk}", {"message": ""})

    assert response.status_code == 404


def test_application_is_sent_back_with_a_question(client, curator, organization):
    application = make_application(organization=organization, status="submitted")

    empty = client.post(page_of("ask", application), {"message": " "})
    client.post(page_of("ask", application), {"message": "Какой предмет?"})

    application.refresh_from_db()
    assert (empty.status_code, application.status) == (422, "asked")


def test_application_is_declined_with_the_edited_letter(client, curator, organization):
    application = make_application(organization=organization, status="submitted")
    ready = client.get(application.get_absolute_url()).context["decline_form"]["letter"].value()

    client.post(page_of("decline", application), {"letter": f"{ready}\nДо встречи."})

    application.refresh_from_db()
    letter = OutboxLetter.objects.get()
    assert (application.status, letter.body.strip().endswith("До встречи.")) == ("declined", True)


def test_staff_read_applications_and_decide_nothing(client, organization):
    application = make_application(organization=organization, status="submitted")
    client.force_login(make_staff(organization))

    page = client.get(application.get_absolute_url())
    statuses = [client.get(page_of("accept", application)).status_code]
    statuses += [client.post(page_of(name, application), {}).status_code for name in ("ask", "decline")]

    assert (page.status_code, page.context["may_accept"]) == (200, False)
    assert statuses == [403, 403, 403]
    assert client.get(CALL).status_code == 403


def test_applications_of_others_and_drafts_are_not_there(client, curator, organization):
    foreign = make_application(status="submitted")
    draft = make_application(organization=organization)

    assert [client.get(each.get_absolute_url()).status_code for each in (foreign, draft)] == [404, 404]


def test_home_shows_the_curator_who_waits(client, curator, organization):
    application = make_application(organization=organization, status="submitted")

    page = client.get(reverse("home")).content.decode()

    assert application.get_absolute_url() in page
