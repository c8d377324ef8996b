"""Forms of progress reports: the period, the text, the curator's word."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from programs.models import ProgressReport


class PeriodForm(PortalForm):
    starts_on = forms.DateField(label=_("Period from"))
    ends_on = forms.DateField(label=_("Period to"))


class ReportForm(PortalModelForm):
    class Meta:
        model = ProgressReport
        fields = ["starts_on", "ends_on", "done", "results", "difficulties", "recommendation"]
        labels = {"starts_on": _("Period from"), "ends_on": _("Period to")}
        widgets = {
            "done": forms.Textarea(attrs={"rows": 8}),
            "results": forms.Textarea(attrs={"rows": 5}),
            "difficulties": forms.Textarea(attrs={"rows": 3}),
        }

    def values(self):
        """What `change_report` takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReturnForm(PortalForm):
    comment = forms.CharField(
        label=_("What has to be mended"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be mended: the mentor gets it in a letter.")},
    )
