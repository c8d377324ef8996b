"""What a survey says: distributions, means and words, never of a group that is too small to hide a person."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from monitoring.indicator_formulas import Figure, mean
from participants.models import Answers, Question
from participants.questions_form import SCALE


@dataclass(frozen=True)
class Share:
    """An answer and how many gave it, of those who answered the question."""

    label: str
    figure: Figure


@dataclass(frozen=True)
class QuestionResult:
    """`is_hidden`: too few answered. `mean` is of scales alone, `texts` of questions answered in words.

    Each share is of those who answered; where several may be ticked the shares add up to more than the whole.
    """

    question: Question
    answered: int
    is_hidden: bool
    shares: tuple = ()
    mean: float | None = None
    texts: tuple = ()


def results_of(survey, *, today):
    """[QuestionResult] in the order of the questionnaire; None where nothing may be shown (see `why_hidden`)."""
    if why_hidden(survey, today=today):
        return None
    given = [answers.values for answers in Answers.objects.filter(response__survey=survey)]
    return [result_of(question, given) for question in survey.questionnaire.questions.all()]


def why_hidden(survey, *, today):
    """The sentence why the results are not shown; empty where they are."""
    if survey.is_draft:
        return _("The survey has not been sent yet.")
    if not survey.shows_results(today):
        return _(
            "Results of an anonymous survey are shown after its end: sums that grow by one would tell who answered."
        )
    if survey.responses.count() < settings.SMALL_GROUP:
        return _("Fewer than %(count)s answers: results of so few people are not shown.") % {
            "count": settings.SMALL_GROUP
        }
    return ""


def result_of(question, given):
    """The QuestionResult of a question; `given` are the values of all Answers."""
    values = [answers[str(question.pk)] for answers in given if str(question.pk) in answers]
    if len(values) < settings.SMALL_GROUP:
        return QuestionResult(question, len(values), is_hidden=True)
    if question.kind == Question.Kind.TEXT:
        texts = tuple(sorted(values, key=str.casefold))  # not in the order of arrival
        return QuestionResult(question, len(values), is_hidden=False, texts=texts)
    counts = Counter(_ticked(question, values))
    shares = tuple(Share(label, Figure(counts[value], len(values))) for value, label in _labels(question))
    is_scale = question.kind == Question.Kind.SCALE
    return QuestionResult(
        question, len(values), is_hidden=False, shares=shares, mean=mean(values) if is_scale else None
    )


def _ticked(question, values):
    """Each answer once; of a question where several may be ticked, each that was ticked."""
    return [option for value in values for option in value] if question.kind == Question.Kind.SEVERAL else values


def _labels(question):
    if question.kind == Question.Kind.SCALE:
        return [(number, str(number)) for number in SCALE]
    if question.kind == Question.Kind.YES_NO:
        return [("yes", _("yes")), ("no", _("no"))]
    return [(option, option) for option in question.option_list]
