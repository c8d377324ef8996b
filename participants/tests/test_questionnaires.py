import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.models import Answers, Question, Questionnaire
from participants.questionnaires import (
    DOWN,
    UP,
    copy_questionnaire,
    delete_questionnaire,
    move_question,
    offered_to,
    remove_question,
    restore_question,
    save_question,
)
from participants.questions_form import QuestionsForm
from participants.tests.factories import make_curator, make_head, make_organization, make_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def texts(questionnaire):
    return list(questionnaire.questions.values_list("text", flat=True))


def make_question(questionnaire=None, **values):
    values = {"kind": "several", "text": "Что вам близко?", "options": "музыка\nспорт\nтехника"} | values
    return Question.objects.create(questionnaire=questionnaire or make_questionnaire(satisfaction=0, texts=0), **values)


# --- the form ---------------------------------------------------------------------------------------------------------
def test_questions_form_keeps_all_that_was_ticked():
    question = make_question()

    form = QuestionsForm(question.questionnaire, {f"question-{question.pk}": ["музыка", "техника"]})

    assert form.is_valid()
    assert form.values == {str(question.pk): ["музыка", "техника"]}


@pytest.mark.parametrize("ticked", [[], ["музыка", "плавание"]])
def test_questions_form_refuses_nothing_and_foreign_options(ticked):
    question = make_question()

    form = QuestionsForm(question.questionnaire, {f"question-{question.pk}": ticked})

    assert not form.is_valid()


def test_questions_form_of_a_draft_may_leave_questions_out():
    question = make_question()

    form = QuestionsForm(question.questionnaire, {}, is_draft=True)

    assert (form.is_valid(), form.values) == (True, {})


def test_questions_form_shows_what_was_given():
    question = make_question()

    form = QuestionsForm(question.questionnaire, given={str(question.pk): ["спорт"]})

    ticked = [choice.data["value"] for choice in form[f"question-{question.pk}"] if choice.data["selected"]]
    assert ticked == ["спорт"]


def test_answers_read_as_words():
    questionnaire = make_questionnaire(satisfaction=0, texts=0)
    kinds = [("scale", 7), ("yes_no", "no"), ("several", ["музыка", "спорт"]), ("text", "Слова"), ("text", "")]
    questions = [make_question(questionnaire, kind=kind, position=place) for place, (kind, _v) in enumerate(kinds)]
    values = {str(question.pk): value for question, (_kind, value) in zip(questions, kinds, strict=True)}

    answers = Answers(questionnaire=questionnaire, values=values)

    assert [str(words) for _question, words in answers.in_words()] == ["7 из 10", "нет", "музыка; спорт", "Слова"]


# --- what a curator does ----------------------------------------------------------------------------------------------
def test_copy_questionnaire_belongs_to_the_organization_with_all_its_questions(organization):
    ready = make_questionnaire(purpose="mentor", title="Анкета")
    question = make_question(ready, fills="interests", position=3)

    copies = [copy_questionnaire(ready, organization=organization) for _n in range(2)]

    assert [copy.title for copy in copies] == ["Анкета (копия)", "Анкета (копия 2)"]
    assert texts(copies[0]) == texts(ready)
    copied = copies[1].questions.get(text=question.text)
    assert (copied.kind, copied.options, copied.fills) == ("several", question.options, "interests")
    assert (copies[1].organization, copies[1].purpose) == (organization, "mentor")


def test_questions_change_places(organization):
    questionnaire = make_questionnaire(organization=organization, satisfaction=3, texts=0)
    first, second, third = questionnaire.questions.all()

    move_question(third, UP)
    move_question(first, UP)
    move_question(second, DOWN)

    assert texts(questionnaire) == ["Вопрос 1", "Вопрос 3", "Вопрос 2"]


def test_removed_question_comes_back_to_its_place(organization):
    questionnaire = make_questionnaire(organization=organization, satisfaction=3, texts=0)
    kept = remove_question(questionnaire.questions.all()[1])
    left = texts(questionnaire)

    restore_question(questionnaire, kept)

    assert left == ["Вопрос 1", "Вопрос 3"]
    assert texts(questionnaire) == ["Вопрос 1", "Вопрос 2", "Вопрос 3"]


@pytest.mark.parametrize("act", ["save", "move", "remove", "delete"])
@pytest.mark.parametrize("is_ready", [True, False])
def test_ready_and_answered_questionnaires_stay_as_they_are(organization, act, is_ready):
    questionnaire = make_questionnaire(organization=None if is_ready else organization, satisfaction=2, texts=0)
    if not is_ready:
        Answers.objects.create(questionnaire=questionnaire)
    question = questionnaire.questions.first()
    acts = {
        "save": lambda: save_question(question),
        "move": lambda: move_question(question, DOWN),
        "remove": lambda: remove_question(question),
        "delete": lambda: delete_questionnaire(questionnaire),
    }

    with pytest.raises(ValidationError):
        acts[act]()

    assert texts(questionnaire) == ["Вопрос 1", "Вопрос 2"]


def test_question_needs_different_options(organization):
    question = Question(questionnaire=make_questionnaire(organization=organization), kind="choice", text="Как часто?")
    for options in ("раз", "раз\nраз"):
        question.options = options
        with pytest.raises(ValidationError):
            save_question(question)


def test_offered_are_the_ready_and_the_own_of_the_purpose(organization):
    own = make_questionnaire(organization=organization, purpose="mentor")
    make_questionnaire(organization=make_organization(), purpose="mentor")
    make_questionnaire(organization=organization)

    offered = offered_to(organization, purpose="mentor").exclude(organization=None)

    assert list(offered) == [own]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_questionnaire_is_made_with_its_questions(client, curator, organization):
    page = client.post(
        reverse("participants:questionnaire-add"), {"purpose": "mentee", "title": "Запрос", "introduction": ""}
    )
    questionnaire = Questionnaire.objects.get(title="Запрос")
    address = reverse("participants:question-add", args=[questionnaire.pk])
    first = {"text": "Что сейчас трудно?", "kind": "text", "options": "лишнее\nслово", "fills": "difficulties"}

    again = client.post(address, {**first, "is_required": "on", "another": "yes"})
    client.post(address, {"text": "Когда удобно?", "kind": "several", "options": "утром\nвечером", "fills": ""})

    assert (page.url, again.url) == (questionnaire.get_absolute_url(), address)
    assert questionnaire.organization == organization
    kept = list(questionnaire.questions.values_list("position", "kind", "options", "is_required", "fills"))
    assert kept == [(1, "text", "", True, "difficulties"), (2, "several", "утром\nвечером", False, "")]


def test_question_form_offers_what_the_purpose_can_use(client, curator, organization):
    survey, application = (make_questionnaire(organization=organization, purpose=each) for each in ("survey", "mentee"))
    fields = [
        set(client.get(reverse("participants:question-add", args=[each.pk])).context["form"].fields)
        for each in (survey, application)
    ]

    assert [{"fills", "measures_satisfaction"} & each for each in fields] == [{"measures_satisfaction"}, {"fills"}]


def test_editor_goes_through_a_ready_questionnaire_to_a_copy(client, curator, organization):
    ready = make_questionnaire(satisfaction=2, texts=0)
    assert (
        client.post(reverse("participants:questionnaire-edit", args=[ready.pk]), {"title": "Новая"}).status_code == 403
    )
    pages = [
        client.get(reverse(f"participants:{name}", args=[ready.pk]))
        for name in ("questionnaire", "questionnaire-preview")
    ]

    copy = Questionnaire.objects.get(
        pk=client.post(reverse("participants:questionnaire-copy", args=[ready.pk])).url.split("/")[-2]
    )
    first, second = copy.questions.all()
    client.post(reverse("participants:question-move", args=[second.pk]), {"direction": "up"})
    client.post(reverse("participants:question-remove", args=[first.pk]))
    shown = client.get(copy.get_absolute_url())
    client.post(reverse("participants:question-restore", args=[copy.pk]))

    assert [page.status_code for page in pages] == [200, 200]
    assert shown.context["removed"]["question"]["text"] == "Вопрос 1"
    assert texts(copy) == ["Вопрос 2", "Вопрос 1"]


def test_editor_says_why_a_question_cannot_be_changed(client, curator, organization):
    questionnaire = make_questionnaire(organization=organization)
    Answers.objects.create(questionnaire=questionnaire)
    question = questionnaire.questions.first()

    edited = client.post(reverse("participants:question-edit", args=[question.pk]), {"text": "Иначе", "kind": "text"})
    client.post(reverse("participants:question-remove", args=[question.pk]))

    assert (edited.status_code, len(edited.context["form"].non_field_errors())) == (422, 1)
    assert client.get(questionnaire.get_absolute_url()).context["may_change"] is False
    assert questionnaire.questions.count() == 2


def test_questionnaire_deleted_is_gone(client, curator, organization):
    questionnaire = make_questionnaire(organization=organization)

    client.post(reverse("participants:questionnaire-delete", args=[questionnaire.pk]))

    assert not Questionnaire.objects.filter(pk=questionnaire.pk).exists()


def test_editor_is_the_curators_alone_and_of_the_own_organization(client, curator, organization):
    foreign = make_questionnaire(organization=make_organization())
    question = foreign.questions.first()
    addresses = [
        reverse("participants:questionnaire", args=[foreign.pk]),
        reverse("participants:questionnaire-edit", args=[foreign.pk]),
        reverse("participants:question-edit", args=[question.pk]),
    ]
    statuses = [client.get(address).status_code for address in addresses]
    client.force_login(make_head(organization))

    assert statuses == [404, 404, 404]
    assert client.get(reverse("participants:questionnaire-list")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_questionnaire_list_query_count_does_not_grow(
    client, curator, organization, count, django_assert_max_num_queries
):
    for _n in range(count):
        make_questionnaire(organization=organization)
    client.get(reverse("participants:questionnaire-list"))

    with django_assert_max_num_queries(8):
        page = client.get(reverse("participants:questionnaire-list"), {"whose": "own"})

    assert page.context["shown_count"] == count


def test_questionnaire_list_filters_by_purpose(client, curator, organization):
    own = make_questionnaire(organization=organization, purpose="mentee", title="Моя анкета")

    page = client.get(reverse("participants:questionnaire-list"), {"purpose": "mentee", "q": "Моя"})

    assert [row.record for row in page.context["table"].rows] == [own]
