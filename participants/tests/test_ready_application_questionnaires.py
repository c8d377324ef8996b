import pytest

from participants.models import Question, Questionnaire
from participants.questionnaires import FILLS
from participants.ready_application_questionnaires import READY, load_ready_application_questionnaires

pytestmark = pytest.mark.django_db


def test_load_ready_application_questionnaires_twice_makes_them_once():
    Questionnaire.objects.filter(organization=None).delete()

    for _n in range(2):
        load_ready_application_questionnaires()

    made = Questionnaire.objects.values_list("title", "purpose")
    assert sorted(made) == sorted((title, ready.purpose) for title, ready in READY.items())


def test_ready_application_questions_are_valid_and_fill_what_their_purpose_may():
    load_ready_application_questionnaires()
    questions = Question.objects.exclude(questionnaire__purpose="survey").select_related("questionnaire")

    for question in questions:
        question.full_clean()
    foreign = [each.text for each in questions if each.fills and each.fills not in FILLS[each.questionnaire.purpose]]

    assert foreign == []


@pytest.mark.parametrize(
    ("purpose", "filled"),
    [
        ("mentor", {"competences", "preferred_age", "time_resource", "interests"}),
        ("mentee", {"request", "difficulties"}),
    ],
)
def test_ready_application_questionnaires_fill_what_matching_reads(purpose, filled):
    load_ready_application_questionnaires()

    for questionnaire in Questionnaire.objects.filter(purpose=purpose, organization=None):
        fills = set(questionnaire.questions.values_list("fills", flat=True))
        assert filled - fills == set()
