"""Satisfaction from surveys: which survey of the year speaks for an organization, and what it says."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from monitoring.indicator_formulas import Figure, satisfaction
from monitoring.models import Response, Survey
from participants.models import Question


@dataclass(frozen=True)
class Satisfaction:
    """What a survey says about the people of one role; `means` are those of each who answered, sorted."""

    survey: Survey
    means: tuple
    figure: Figure
    response: Figure


def satisfaction_of(organizations, school_year, *, role, threshold, today):
    """{key of the organization: Satisfaction} for those that have answers.

    The latest survey of the year with answers enough to be shown speaks; without such a one, the latest with any.
    Answers of several surveys are never added up: the same people would be counted twice.
    """
    surveys = list(_surveys(organizations, school_year, role, today))
    means = _means(surveys, role)
    found = {}
    for survey in surveys:
        given = means[survey.pk]
        if not given:
            continue
        key = survey.program.organization_id
        is_enough = len(given) >= settings.SMALL_GROUP
        if key in found and (found[key].figure.denominator >= settings.SMALL_GROUP or not is_enough):
            continue
        found[key] = Satisfaction(
            survey=survey,
            means=tuple(sorted(given, reverse=True)),
            figure=satisfaction(given, threshold=threshold),
            response=Figure(survey.answered_of_role, survey.asked_of_role),
        )
    return found


def _surveys(organizations, school_year, role, today):
    """The surveys that ask the role about satisfaction and may be counted, the latest first."""
    measuring = Question.objects.filter(questionnaire=OuterRef("questionnaire"), measures_satisfaction=True)
    of_role = Q(invitations__role=role)
    return (
        Survey.objects.may_be_counted(today)
        .filter(Exists(measuring), program__organization__in=organizations, program__school_year=school_year)
        .filter(audience__in=[Survey.Audience.EVERYBODY, f"{role}s"])
        .annotate(
            asked_of_role=Count("invitations", filter=of_role),
            answered_of_role=Count("invitations", filter=of_role & Q(invitations__is_answered=True)),
        )
        .select_related("program")
        .prefetch_related("questionnaire__questions")
        .order_by("-closes_on", "-pk")
    )


def _means(surveys, role):
    """{key of the survey: mean of the satisfaction scales of each who answered them}."""
    questions = {survey.pk: survey.questionnaire.questions.all() for survey in surveys}
    means = defaultdict(list)
    for response in Response.objects.filter(survey__in=surveys, role=role).select_related("answers"):
        value = response.answers.satisfaction(questions[response.survey_id])
        if value is not None:
            means[response.survey_id].append(value)
    return means
