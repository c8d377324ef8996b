"""Anonymous answers cannot be joined to a person: not by keys, not by moments, not by pages."""

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from monitoring.models import Invitation, Response
from monitoring.surveys import take_answers
from monitoring.tests.factories import NOW, TODAY, make_invitation, make_responses, make_survey
from participants.models import Answers
from participants.tests.factories import make_curator

pytestmark = pytest.mark.django_db
UNRECORDED = (Answers, Response, Invitation)


def test_anonymous_answers_are_kept_without_the_link():
    invitation = make_invitation(survey=make_survey(is_anonymous=True))

    take_answers(invitation, {"1": 8}, today=TODAY)

    response = Response.objects.get()
    invitation.refresh_from_db()
    assert (response.invitation, invitation.is_answered) == (None, True)
    assert (
        LogEntry.objects.filter(content_type__in=ContentType.objects.get_for_models(*UNRECORDED).values()).count() == 0
    )


def test_answers_lead_to_nobody():
    """From Answers and Response no key leads to a person but by the link, which anonymous answers lack."""
    related = {
        (model.__name__, field.name): field.related_model.__name__
        for model in (Answers, Response)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
    }

    assert related == {
        ("Answers", "questionnaire"): "Questionnaire",
        ("Response", "answers"): "Answers",
        ("Response", "survey"): "Survey",
        ("Response", "invitation"): "Invitation",
    }


def test_answers_and_answered_links_keep_no_moment():
    moments = [
        (model.__name__, field.name)
        for model in (Answers, Response, Invitation)
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField)
    ]

    assert moments == [("Invitation", "last_sent_at")]  # written before the answer, never by it


def test_answering_leaves_the_moment_of_the_letter_alone():
    invitation = make_invitation(survey=make_survey(is_anonymous=True), last_sent_at=NOW)

    take_answers(invitation, {}, today=TODAY)

    invitation.refresh_from_db()
    assert invitation.last_sent_at == NOW


def test_answers_are_neither_in_the_history_nor_in_the_admin():
    assert [model for model in UNRECORDED if model in auditlog.get_models()] == []
    assert [model for model in (Answers, Response) if admin.site.is_registered(model)] == []


def test_page_of_an_anonymous_survey_does_not_tell_who_answered(client, time_machine):
    time_machine.move_to(NOW)
    survey = make_survey(is_anonymous=True)
    make_invitation(survey=survey)
    client.force_login(make_curator(survey.organization))
    address = reverse("monitoring:survey", args=[survey.pk])
    before = rows_of_people(client.get(address))

    Invitation.objects.update(is_answered=True, reminder_count=2, last_sent_at=NOW)

    assert rows_of_people(client.get(address)) == before


def rows_of_people(response):
    page = response.content.decode()
    return page[page.index("<tbody>") :]


def test_results_of_an_anonymous_survey_wait_for_its_end(client, time_machine):
    time_machine.move_to(NOW)
    survey = make_survey(is_anonymous=True)
    make_responses(survey=survey, scales=[8] * 6)
    client.force_login(make_curator(survey.organization))
    address = reverse("monitoring:survey", args=[survey.pk])

    while_open = client.get(address).context["results"]
    time_machine.move_to(NOW.replace(month=12, day=1))
    after = client.get(address).context["results"]

    assert (while_open, [result.mean for result in after]) == (None, [8.0, None])


def test_admin_of_links_does_not_tell_who_answered_anonymously(client):
    survey = make_survey(is_anonymous=True)
    make_invitation(survey=survey, is_answered=True)
    client.force_login(make_curator(survey.organization))

    pages = [
        client.get(reverse("admin:monitoring_invitation_changelist")).content.decode(),
        client.get(reverse("admin:monitoring_survey_change", args=[survey.pk])).content.decode(),
    ]

    assert ["icon-yes" in page[page.index("answered") :] for page in pages] == [False, False]
