"""Forms of the editor of questionnaires."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalModelForm
from participants.models import Question, Questionnaire
from participants.questionnaires import FILLS


class NewQuestionnaireForm(PortalModelForm):
    """What it is for is said once: the questions depend on it."""

    class Meta:
        model = Questionnaire
        fields = ["purpose", "title", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"introduction": _("Stands above the questions: why they are asked, how long it takes.")}


class QuestionnaireForm(NewQuestionnaireForm):
    class Meta(NewQuestionnaireForm.Meta):
        fields = ["title", "introduction"]


class QuestionForm(PortalModelForm):
    """A question; what it can fill or measure depends on what its questionnaire is for."""

    class Meta:
        model = Question
        fields = ["text", "kind", "options", "is_required", "measures_satisfaction", "fills"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "options": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.questionnaire = questionnaire
        fills = FILLS[questionnaire.purpose]
        if fills:
            del self.fields["measures_satisfaction"]
            self.fields["fills"].choices = [("", _("nothing, it is for the curator to read"))] + [
                (each.value, each.label) for each in fills
            ]
        else:
            del self.fields["fills"]
        self.helper.layout = Layout(*self.fields)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") not in (Question.Kind.CHOICE, Question.Kind.SEVERAL):
            cleaned["options"] = ""  # left from another kind
        return cleaned
