"""Forms of roadmaps."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from participants.models import Organization, Person
from programs.forms.people import RemarkedPeopleField
from roadmap.models import Activity, ActivityLink, ActivityOwner, ReminderRule, Roadmap, Stage
from roadmap.models.activities import FREQUENCIES


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


class NewRoadmapForm(PortalModelForm):
    class Meta:
        model = Roadmap
        fields = ["title", "starts_on", "ends_on"]


class TakeReadyForm(PortalForm):
    title = forms.CharField(label=_("Title"), max_length=500)


class OfficeTakesReadyForm(TakeReadyForm):
    """An office takes a ready roadmap for itself, or as a template for its organizations."""

    is_template = forms.BooleanField(
        label=_("a template that I hand down to the organizations"), required=False, initial=True
    )


class HandDownForm(PortalForm):
    whom = forms.ChoiceField(
        label=_("To whom"),
        choices=[
            ("all", _("all organizations")),
            (Organization.Kind.KINDERGARTEN, _("kindergartens")),
            (Organization.Kind.SCHOOL, _("schools")),
            (Organization.Kind.CENTRE, _("supplementary-education centres")),
            ("chosen", _("those ticked below")),
        ],
        widget=forms.RadioSelect,
        initial="all",
    )
    note = forms.CharField(
        label=_("What to say to the curators"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the letter and on the page of the template."),
    )


class DeclineForm(PortalForm):
    reason = forms.CharField(label=_("Why not, in a few words"), max_length=500, required=False)


class CopyForm(PortalForm):
    """The copy of a plan for another year; `shown` is the fingerprint of what the person had before his eyes."""

    title = forms.CharField(label=_("Title"), max_length=500)
    approver_position = forms.CharField(label=_("Who approves: position"), max_length=250, required=False)
    approver_name = forms.CharField(label=_("Who approves: name"), max_length=150, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)


class ActivityForm(PortalForm):
    """The texts of an activity. `version` and `seen`, its texts, are what the person had before his eyes."""

    content = forms.CharField(
        label=_("Activity"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})
    )
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    deadline_text = forms.CharField(
        label=_("Deadline"),
        max_length=500,
        required=False,
        help_text=_("As people write it: «октябрь», «до 25 мая», «ежемесячно». The portal reads the dates from it."),
    )
    responsible_text = forms.CharField(label=_("Responsible"), max_length=500, required=False)
    document_text = forms.CharField(
        label=_("Document or result"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=[("", _("as the deadline says")), *FREQUENCIES],
        required=False,
        help_text=_("A repeated activity gets its times, each ticked by itself."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        return seen if isinstance(seen, dict) else {}


class ItemForm(forms.Form):
    text = forms.CharField(max_length=1000)


class StageForm(PortalForm):
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    title = forms.CharField(label=_("Title"), max_length=500)
    kind = forms.ChoiceField(
        label=_("Stage of the target model"),
        choices=[("", _("by its title")), *Stage.KINDS],
        required=False,
        help_text=_("In which column the education office counts it."),
    )


class OwnersForm(PortalForm):
    """Who is to answer for the ticked activities."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ActivityOwner.ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = RemarkedPeopleField(label=_("People of the organization"), queryset=Person.objects.none(), required=False)
    is_added = forms.BooleanField(label=_("add to those who answer already"), required=False)

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(organization=organization, depersonalized_on=None)
        self.fields["people"].queryset = staff.exclude(kind=Person.Kind.PUPIL).in_order()


class ProofForm(PortalForm):
    """A proof: a file, an address, a paper of the portal, or words alone."""

    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, JPEG or PNG, up to 20 MB."))
    url = forms.URLField(label=_("Address on the internet"), max_length=500, required=False, assume_scheme="https")
    paper = forms.ChoiceField(label=_("Paper of the portal"), required=False)
    title = forms.CharField(label=_("What it is, or a note"), max_length=300, required=False)

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [("", "—"), *papers]
        if not papers:
            self.fields["paper"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("file", "url", "paper", "title")):
            raise ValidationError(_("Add a file, an address, a paper or a note."))
        return cleaned


class ActivityChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, activity):
        return f"{activity.number} {activity.content}".strip()[:90]


class LinkForm(PortalForm):
    leader = ActivityChoiceField(label=_("Follows"), queryset=Activity.objects.none())
    kind = forms.ChoiceField(label=_("Kind of link"), choices=ActivityLink.Kind.choices)
    lag_days = forms.IntegerField(
        label=_("Days between"),
        min_value=0,
        max_value=365,
        initial=1,
        help_text=_("1 after the end means the next day; 0 together means the same day."),
    )

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = activities


class BaselineForm(PortalForm):
    made_on = forms.DateField(label=_("Approved on"))


class ReminderRuleForm(PortalModelForm):
    class Meta:
        model = ReminderRule
        fields = ["is_on", "days_before", "is_weekly_after"]
