"""Forms of roadmaps."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm, check_upload
from roadmap.models import Activity, Roadmap

READABLE = {".txt", ".tsv", ".csv", ".docx", ".xlsx"}


class RoadmapUploadForm(PortalForm):
    file = forms.FileField(
        label=_("File with the roadmap"),
        help_text=_("Word (docx), Excel (xlsx), csv or text with tabs, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(READABLE))}),
    )

    def clean_file(self):
        return check_upload(self.cleaned_data["file"], READABLE)


class RoadmapForm(PortalModelForm):
    class Meta:
        model = Roadmap
        fields = ["title", "starts_on", "ends_on", "approver_position", "approver_name", "approved_on"]


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Activity.Status.choices)


class WindowForm(PortalForm):
    """One window of an activity; an empty row says nothing."""

    starts_on = forms.DateField(label=_("from"), required=False)
    ends_on = forms.DateField(label=_("to"), required=False)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("The end date is before the start date.")})
        return cleaned


class WindowFormSet(forms.BaseFormSet):
    """The windows of an activity as a person sets them."""

    @property
    def windows(self):
        rows = [(form.cleaned_data.get("starts_on"), form.cleaned_data.get("ends_on")) for form in self.forms]
        return [row for row in rows if row != (None, None)]


def window_formset(*args, windows=(), **kwargs):
    """The formset with the windows that stand now and one empty row."""
    initial = [{"starts_on": window.starts_on, "ends_on": window.ends_on} for window in windows]
    made = forms.formset_factory(WindowForm, formset=WindowFormSet, extra=1, max_num=12, validate_max=True)
    return made(*args, initial=initial, prefix="windows", **kwargs)
