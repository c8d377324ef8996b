"""The form of a questionnaire: one field a question, of the kind that the question asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.models import Question
from participants.models.questionnaires import NO_ANSWER

SCALE = range(1, 11)
LONGEST_TEXT = 4000
PREFIX = "question-"
REQUIRED = {"required": _("Answer this question.")}


class QuestionsForm(forms.Form):
    """`values` holds the answers as Answers keeps them: number, "yes"/"no", option(s) or words by the question's key.

    `given` are such values, shown as answered already. A draft may leave questions unanswered.
    """

    def __init__(self, questionnaire, data=None, *, given=None, is_draft=False):
        initial = {f"{PREFIX}{key}": value for key, value in (given or {}).items()}
        super().__init__(data, initial=initial)
        self.questions = list(questionnaire.questions.all())
        for question in self.questions:
            self.fields[_name(question)] = field = field_of(question)
            if is_draft:
                field.required = False

    @classmethod
    def with_answers(cls, questionnaire, values):
        """The form as if `values` had been sent by it: valid where all that must be answered is answered rightly."""
        return cls(questionnaire, {f"{PREFIX}{key}": value for key, value in values.items()})

    def with_questions(self):
        """[(Question, bound field)] in the order of the questionnaire."""
        return [(question, self[_name(question)]) for question in self.questions]

    @property
    def has_scale(self):
        return any(question.kind == Question.Kind.SCALE for question in self.questions)

    @property
    def values(self):
        given = ((str(question.pk), self.cleaned_data.get(_name(question))) for question in self.questions)
        return {key: value for key, value in given if value not in NO_ANSWER}


def _name(question):
    return f"{PREFIX}{question.pk}"


def field_of(question):
    """The form field of a question."""
    build = {
        Question.Kind.SCALE: _scale,
        Question.Kind.YES_NO: _yes_no,
        Question.Kind.CHOICE: _choice,
        Question.Kind.SEVERAL: _several,
        Question.Kind.TEXT: _text,
    }[question.kind]
    return build(question, label=question.text, required=question.is_required, error_messages=REQUIRED)


def _with_no_answer(question, choices):
    """A radio button cannot be taken back: who need not answer gets a button for that."""
    return choices if question.is_required else [*choices, ("", _("no answer"))]


def _scale(question, **values):
    choices = _with_no_answer(question, [(number, str(number)) for number in SCALE])
    return forms.TypedChoiceField(
        choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, initial=None, **values
    )


def _yes_no(question, **values):
    choices = _with_no_answer(question, [("yes", _("yes")), ("no", _("no"))])
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **values)


def _choice(question, **values):
    choices = _with_no_answer(question, [(option, option) for option in question.option_list])
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **values)


def _several(question, **values):
    choices = [(option, option) for option in question.option_list]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **values)


def _text(question, **values):
    return forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}), **values
    )
