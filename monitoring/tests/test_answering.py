import re

import pytest
from django.urls import reverse

from monitoring.models import Invitation, Response
from monitoring.surveys import take_answers
from monitoring.tests.factories import NOW, TODAY, make_invitation, make_survey
from participants.models import Answers, Question
from participants.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


def data_for(survey, scale="8", text="Спасибо"):
    values = {"scale": scale, "text": text, "yes_no": "yes", "choice": "часто"}
    return {f"question-{question.pk}": values[question.kind] for question in survey.questionnaire.questions.all()}


def test_answer_page_opens_without_signing_in(client):
    invitation = make_invitation()

    response = client.get(invitation.get_absolute_url())

    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]


def test_answer_page_by_name_speaks_to_the_person_and_tells_no_more(client):
    survey = make_survey()
    person = make_person(
        organization=survey.organization,
        last_name="Громыхалова",
        first_name="Вера",
        email="vera@example.org",
        phone="+79990001122",
        position="учитель химии",
    )

    page = client.get(make_invitation(survey=survey, person=person).get_absolute_url()).content.decode()

    told = [word for word in ("Вера", "Громыхалова", "vera@", "+7999", "химии") if word in page]
    assert told == ["Вера"]


def test_answer_page_of_an_anonymous_survey_names_nobody(client):
    survey = make_survey(is_anonymous=True)
    person = make_person(organization=survey.organization, last_name="Громыхалова", first_name="Вера")

    page = client.get(make_invitation(survey=survey, person=person).get_absolute_url()).content.decode()

    assert re.findall("Вера|Громыхалова", page) == []


def test_answers_are_stored_with_the_link(client):
    invitation = make_invitation()

    response = client.post(invitation.get_absolute_url(), data_for(invitation.survey))

    stored = Response.objects.get()
    scale, text = invitation.survey.questionnaire.questions.all()
    assert response.status_code == 302
    assert (stored.survey, stored.invitation, stored.role) == (invitation.survey, invitation, "mentee")
    assert stored.answers.values == {str(scale.pk): 8, str(text.pk): "Спасибо"}
    invitation.refresh_from_db()
    assert invitation.is_answered is True


def test_answers_sent_twice_are_stored_once(client):
    invitation = make_invitation()

    statuses = [
        client.post(invitation.get_absolute_url(), data_for(invitation.survey)).status_code for _time in range(2)
    ]

    assert statuses == [302, 200]
    assert Answers.objects.count() == 1


def test_stale_copy_of_the_link_stores_nothing_more():
    first = make_invitation()
    second = Invitation.objects.get(pk=first.pk)

    assert [take_answers(one, {}, today=TODAY) for one in (first, second)] == [True, False]
    assert Answers.objects.count() == 1


def test_answered_link_thanks(client):
    invitation = make_invitation(is_answered=True)

    response = client.get(invitation.get_absolute_url())

    assert response.status_code == 200
    assert "<form" not in response.content.decode()


def test_unanswered_question_keeps_what_was_typed(client):
    invitation = make_invitation()
    data = data_for(invitation.survey, scale="", text="Долгий ответ")

    response = client.post(invitation.get_absolute_url(), data)

    assert response.status_code == 422
    assert "Долгий ответ" in response.content.decode()
    assert Answers.objects.count() == 0


@pytest.mark.parametrize("scale", ["0", "11", "8.5", "много"])
def test_mark_outside_the_scale_is_refused(client, scale):
    invitation = make_invitation()

    response = client.post(invitation.get_absolute_url(), data_for(invitation.survey, scale=scale))

    assert response.status_code == 422
    assert Answers.objects.count() == 0


def test_question_that_may_be_left_out_is_left_out(client):
    invitation = make_invitation()
    invitation.survey.questionnaire.questions.update(is_required=False)

    client.post(invitation.get_absolute_url(), data_for(invitation.survey, scale="", text=""))

    assert Answers.objects.get().values == {}


def test_yes_no_and_choice_are_stored_in_words(client):
    invitation = make_invitation()
    questionnaire = invitation.survey.questionnaire
    yes_no = Question.objects.create(questionnaire=questionnaire, kind="yes_no", text="Продолжите?", position=3)
    choice = Question.objects.create(
        questionnaire=questionnaire, kind="choice", text="Как часто?", options="часто\nредко", position=4
    )

    client.post(invitation.get_absolute_url(), data_for(invitation.survey))

    values = Answers.objects.get().values
    assert (values[str(yes_no.pk)], values[str(choice.pk)]) == ("yes", "часто")


@pytest.mark.parametrize("values", [{"status": "closed"}, {"closes_on": TODAY.replace(day=19)}])
def test_link_of_a_survey_that_is_over_is_gone(client, values):
    invitation = make_invitation(survey=make_survey(**values))

    opened = client.get(invitation.get_absolute_url())
    sent = client.post(invitation.get_absolute_url(), data_for(invitation.survey))

    assert (opened.status_code, sent.status_code) == (410, 410)
    assert Answers.objects.count() == 0


def test_link_before_the_first_day_takes_nothing(client):
    invitation = make_invitation(survey=make_survey(opens_on=TODAY.replace(day=21)))

    response = client.post(invitation.get_absolute_url(), data_for(invitation.survey))

    assert response.status_code == 403
    assert Answers.objects.count() == 0


def test_unknown_link_says_what_to_do(client):
    assert client.get(reverse("survey-answer", args=["nothing"])).status_code == 404
    assert client.get(reverse("survey-stop", args=["nothing"])).status_code == 404


def test_stop_page_changes_nothing_by_a_visit(client):
    invitation = make_invitation()
    address = reverse("survey-stop", args=[invitation.token])

    client.get(address)
    invitation.refresh_from_db()
    visited = invitation.is_reminding_stopped
    client.post(address)

    invitation.refresh_from_db()
    assert (visited, invitation.is_reminding_stopped) == (False, True)
