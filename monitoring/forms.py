"""Forms of surveys and targets."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from monitoring.models import Indicator, Survey
from participants.models import Questionnaire
from participants.questionnaires import offered_to


class SurveyForm(PortalModelForm):
    """A draft: everything may be set."""

    class Meta:
        model = Survey
        fields = [
            "questionnaire",
            "title",
            "audience",
            "is_anonymous",
            "opens_on",
            "closes_on",
            "remind_every_days",
            "remind_at_most",
        ]

    def __init__(self, *args, organization, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        offered = offered_to(organization, purpose=Questionnaire.Purpose.SURVEY)
        self.fields["questionnaire"].queryset = offered.exclude(questions=None).distinct()

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on < self.today:
            raise ValidationError(_("The last day of the survey is in the past: set a later one."))
        return closes_on


class SurveyTermsForm(PortalModelForm):
    """What may be changed once people have their links: how long answers are taken and how they are reminded."""

    class Meta:
        model = Survey
        fields = ["closes_on", "remind_every_days", "remind_at_most"]

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on < self.instance.opens_on:
            raise ValidationError(_("The end date is before the start date."))
        return closes_on


class TargetForm(PortalForm):
    """A target of the organization's own; the same indicator and year once more changes it."""

    indicator = forms.ModelChoiceField(queryset=Indicator.objects.none(), label=_("Indicator"), empty_label=None)
    year = forms.IntegerField(label=_("Calendar year"), validators=[MinValueValidator(2015), MaxValueValidator(2100)])
    percent = forms.DecimalField(
        label=_("Target, %"), min_value=0, max_value=100, max_digits=4, decimal_places=1, localize=True
    )
    source = forms.CharField(
        label=_("Act that sets it"), max_length=250, required=False, help_text=_("Number, date and title of the order.")
    )

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        indicators = Indicator.objects.all()
        if not organization.is_office:
            indicators = indicators.exclude(formula=Indicator.Formula.SUPPLYING_SHARE)
        self.fields["indicator"].queryset = indicators
