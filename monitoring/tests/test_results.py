import pytest

from monitoring.indicator_formulas import Figure
from monitoring.results import results_of, why_hidden
from monitoring.tests.factories import TODAY, make_response, make_responses, make_survey
from participants.models import Question

pytestmark = pytest.mark.django_db


def test_results_count_each_mark_and_the_mean():
    survey = make_survey()
    make_responses(survey=survey, scales=[10, 10, 8, 7, 5])

    scale, _text = results_of(survey, today=TODAY)

    assert scale.mean == 8.0
    assert [share.figure for share in scale.shares if share.figure.numerator] == [
        Figure(1, 5),
        Figure(1, 5),
        Figure(1, 5),
        Figure(2, 5),
    ]


def test_results_of_fewer_than_five_answers_are_hidden():
    survey = make_survey()
    make_responses(survey=survey, scales=[8] * 4)

    assert results_of(survey, today=TODAY) is None
    assert str(why_hidden(survey, today=TODAY)) != ""


def test_results_obey_the_setting(settings):
    settings.SMALL_GROUP = 3
    survey = make_survey()
    make_responses(survey=survey, scales=[8] * 3)

    assert results_of(survey, today=TODAY)[0].mean == 8.0


def test_question_that_few_answered_is_hidden():
    survey = make_survey()
    make_responses(survey=survey, scales=[8] * 5)
    make_response(survey=survey, text="Только я")

    scale, text = results_of(survey, today=TODAY)

    assert (scale.is_hidden, text.is_hidden, text.texts) == (False, True, ())


def test_words_stand_in_the_order_of_the_alphabet():
    survey = make_survey()
    for word in ["Ещё встреч", "больше времени", "Всё хорошо", "Ясный план", "анкеты короче"]:
        make_response(survey=survey, text=word)

    _scale, text = results_of(survey, today=TODAY)

    assert text.texts == ("анкеты короче", "больше времени", "Всё хорошо", "Ещё встреч", "Ясный план")


def test_yes_and_no_are_counted():
    survey = make_survey()
    question = Question.objects.create(questionnaire=survey.questionnaire, kind="yes_no", text="Ещё раз?", position=3)
    for answer in ["yes", "yes", "yes", "yes", "no"]:
        response = make_response(survey=survey)
        response.answers.values[str(question.pk)] = answer
        response.answers.save()

    result = results_of(survey, today=TODAY)[2]

    assert ([share.figure for share in result.shares], result.mean) == ([Figure(4, 5), Figure(1, 5)], None)


def test_draft_has_no_results():
    assert results_of(make_survey(status="draft"), today=TODAY) is None


def test_results_count_each_answer_where_several_may_be_ticked():
    survey = make_survey()
    question = Question.objects.create(
        questionnaire=survey.questionnaire, position=9, kind="several", text="Что помогло?", options="план\nвстречи"
    )
    ticked = [["план"], ["план", "встречи"], ["встречи"], ["план"], ["план"]]
    for options in ticked:
        response = make_response(survey=survey)
        response.answers.values[str(question.pk)] = options
        response.answers.save()

    result = results_of(survey, today=TODAY)[-1]

    assert [(share.label, share.figure) for share in result.shares] == [
        ("план", Figure(4, 5)),
        ("встречи", Figure(2, 5)),
    ]
    assert result.answered == 5
