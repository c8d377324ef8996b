"""Questionnaires as a curator makes them: copied from a ready one, edited until the first answer, deleted unused."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, ProtectedError, Q
from django.utils.translation import gettext as _

from participants.models import Answers, Question, Questionnaire

UP, DOWN = "up", "down"
LONGEST_TITLE = Questionnaire._meta.get_field("title").max_length
# Which columns of the registry an answer may fill; those of the person go with either role.
FILLS_PERSON = (Question.Fills.EDUCATION, Question.Fills.QUALIFICATION, Question.Fills.SUBJECT)
FILLS = {
    Questionnaire.Purpose.MENTOR_APPLICATION: (
        Question.Fills.COMPETENCES,
        Question.Fills.ACHIEVEMENTS,
        Question.Fills.INTERESTS,
        Question.Fills.PREFERRED_AGE,
        Question.Fills.TIME_RESOURCE,
        Question.Fills.COURSES,
        *FILLS_PERSON,
    ),
    Questionnaire.Purpose.MENTEE_APPLICATION: (Question.Fills.REQUEST, Question.Fills.DIFFICULTIES, *FILLS_PERSON),
    Questionnaire.Purpose.SURVEY: (),
}
KEPT_OF_QUESTION = ("kind", "text", "options", "is_required", "measures_satisfaction", "fills")


def offered_to(organization, *, purpose=None):
    """The ready questionnaires and those of the organization, of one purpose where one is given."""
    found = Questionnaire.objects.filter(Q(organization=None) | Q(organization=organization))
    return found.filter(purpose=purpose) if purpose else found


def for_list(questionnaires):
    """With `question_count` and `has_answers`; own ones first."""
    answered = Exists(Answers.objects.filter(questionnaire=OuterRef("pk")))
    counted = questionnaires.annotate(question_count=Count("questions"), has_answers=answered)
    return counted.select_related("organization").order_by(F("organization").asc(nulls_last=True), "title", "pk")


def _locked(questionnaire):
    """The questionnaire, locked, when it may be edited. Raises ValidationError for a ready or an answered one."""
    found = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if found.organization_id is None:
        raise ValidationError(_("A ready questionnaire is the same for everybody: make a copy and change that."))
    if found.is_frozen:
        raise ValidationError(
            _("Somebody has answered already, and answers before and after could not be compared: make a copy.")
        )
    return found


@transaction.atomic
def copy_questionnaire(questionnaire, *, organization):
    """A copy of a ready or own questionnaire that belongs to the organization and may be edited. Returns it."""
    copy = Questionnaire(
        organization=organization,
        purpose=questionnaire.purpose,
        title=_free_title(questionnaire.title, organization),
        introduction=questionnaire.introduction,
    )
    copy.full_clean()
    copy.save()
    for position, question in enumerate(questionnaire.questions.all(), 1):
        kept = {name: getattr(question, name) for name in KEPT_OF_QUESTION}
        Question.objects.create(questionnaire=copy, position=position, **kept)
    return copy


def _free_title(title, organization):
    """«Анкета (копия)», «Анкета (копия 2)», …"""
    taken = set(organization.questionnaires.values_list("title", flat=True))
    number = 1
    while True:
        suffix = _(" (copy)") if number == 1 else _(" (copy %(number)s)") % {"number": number}
        candidate = f"{title[: LONGEST_TITLE - len(suffix)]}{suffix}"
        if candidate not in taken:
            return candidate
        number += 1


@transaction.atomic
def save_questionnaire(questionnaire):
    """Keep a new questionnaire, or the changed title and introduction of one. Raises ValidationError."""
    if questionnaire.pk:
        _locked(questionnaire)
    questionnaire.full_clean()
    questionnaire.save()
    return questionnaire


@transaction.atomic
def save_question(question):
    """Keep a changed question, or a new one at the end. Raises ValidationError."""
    questionnaire = _locked(question.questionnaire)
    if question.pk is None:
        question.position = questionnaire.questions.count() + 1
    question.full_clean()
    question.save()
    return question


@transaction.atomic
def move_question(question, direction):
    """Change places with the question above (UP) or below (DOWN); nothing happens at the ends."""
    keys = list(_locked(question.questionnaire).questions.values_list("pk", flat=True))
    place = keys.index(question.pk)
    other = place - 1 if direction == UP else place + 1
    if 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
        _number(keys)


@transaction.atomic
def remove_question(question):
    """Remove a question. Returns what `restore_question` takes to put it back."""
    questionnaire = _locked(question.questionnaire)
    keys = list(questionnaire.questions.values_list("pk", flat=True))
    place = keys.index(question.pk)
    kept = {name: getattr(question, name) for name in KEPT_OF_QUESTION}
    question.delete()
    _number([key for place_, key in enumerate(keys) if place_ != place])
    return {"questionnaire": questionnaire.pk, "place": place, "question": kept}


@transaction.atomic
def restore_question(questionnaire, kept):
    """Put a removed question back where it stood. Returns it."""
    questionnaire = _locked(questionnaire)
    question = Question(questionnaire=questionnaire, **kept["question"])
    question.full_clean()
    question.save()
    keys = [key for key in questionnaire.questions.values_list("pk", flat=True) if key != question.pk]
    keys.insert(kept["place"], question.pk)
    _number(keys)
    return question


def _number(keys):
    for position, key in enumerate(keys, 1):
        Question.objects.filter(pk=key).exclude(position=position).update(position=position)


@transaction.atomic
def delete_questionnaire(questionnaire):
    """Delete an own questionnaire that nobody answered and nothing asks. Raises ValidationError."""
    questionnaire = _locked(questionnaire)
    try:
        with transaction.atomic():
            questionnaire.delete()
    except ProtectedError as error:
        raise ValidationError(_("A survey or the page for applications uses this questionnaire.")) from error
