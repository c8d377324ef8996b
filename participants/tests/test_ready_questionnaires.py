import pytest

from participants.models import Question, Questionnaire
from participants.ready_questionnaires import READY, load_ready_questionnaires

pytestmark = pytest.mark.django_db


def test_load_ready_questionnaires_twice_makes_them_once():
    Questionnaire.objects.filter(organization=None).delete()

    for _n in range(2):
        load_ready_questionnaires()

    surveys = Questionnaire.objects.filter(purpose="survey")
    assert set(surveys.values_list("title", flat=True)) == set(READY)
    assert Question.objects.filter(measures_satisfaction=True).count() == 16


def test_ready_questions_are_valid():
    load_ready_questionnaires()

    for question in Question.objects.all():
        question.full_clean()
    left_out = Question.objects.filter(questionnaire__purpose="survey", is_required=False)
    assert left_out.exclude(kind="text").count() == 0
