"""Surveys, invitations and answers with every required field."""

from datetime import UTC, date, datetime
from itertools import count

from monitoring.models import Indicator, Invitation, Response, Survey
from monitoring.ready_indicators import load_ready_indicators
from participants.models import Answers
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_person,
    make_questionnaire,
    make_staff,
    make_user,
)
from programs.tests.factories import make_program

_numbers = count(1)
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def make_survey(*, program=None, **values):
    return Survey.objects.create(
        **{
            "program": program or make_program(),
            "questionnaire": values.pop("questionnaire", None) or make_questionnaire(),
            "title": f"Обратная связь {next(_numbers)}",
            "opens_on": date(2026, 11, 2),
            "closes_on": date(2026, 11, 30),
            "status": "open",
        }
        | values
    )


def make_invitation(*, survey=None, person=None, **values):
    survey = survey or make_survey()
    number = next(_numbers)
    person = person or make_person(organization=survey.organization, email=f"person-{number}@example.org")
    return Invitation.objects.create(**{"survey": survey, "person": person, "role": "mentee"} | values)


def make_response(*, survey, scale=8, role="mentee", text=""):
    """Somebody asked and what he answered: the same mark on every scale, the same words everywhere."""
    invitation = make_invitation(survey=survey, role=role, is_answered=True)
    values = {}
    for question in survey.questionnaire.questions.all():
        value = {"scale": scale, "text": text}.get(question.kind)
        if value:
            values[str(question.pk)] = value
    answers = Answers.objects.create(questionnaire=survey.questionnaire, values=values)
    linked = None if survey.is_anonymous else invitation
    return Response.objects.create(answers=answers, survey=survey, role=role, invitation=linked)


def make_responses(*, survey, scales, role="mentee"):
    for scale in scales:
        make_response(survey=survey, scale=scale, role=role)


def ready_indicator(formula):
    load_ready_indicators()
    return Indicator.objects.get(formula=formula)


def make_mentee(school):
    user = make_user()
    make_mentee_entry(person=make_person(organization=school, user=user, email=user.email))
    return user


def sign_in(client, kind, school):
    """A signed-in person of a kind; a stranger is a curator of another organization."""
    user = {
        "curator": make_curator,
        "head": make_head,
        "staff": make_staff,
        "mentee": make_mentee,
        "coordinator": lambda school: make_coordinator(school.parent),
        "stranger": lambda school: make_curator(),
    }[kind](school)
    client.force_login(user)
    return user
