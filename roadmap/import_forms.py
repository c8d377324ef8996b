"""Forms of the import: what is brought, and what is corrected on the check page."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, check_upload
from roadmap.corrections import FIELDS
from roadmap.models import Activity, Roadmap, Stage

READABLE = {".txt", ".tsv", ".csv", ".docx", ".xlsx", ".html", ".htm", ".pdf"}
MAX_PASTED = 2_000_000


class RoadmapUploadForm(PortalForm):
    """A file, or the table itself, pasted; `markup` is the same table as html, where the browser can give it."""

    file = forms.FileField(
        label=_("File with the roadmap"),
        required=False,
        help_text=_("Word (docx), Excel (xlsx), PDF with text, web page (html), csv or text with tabs, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(READABLE))}),
    )
    text = forms.CharField(
        label=_("Or paste the table here"),
        required=False,
        max_length=MAX_PASTED,
        help_text=_("Select the table in Word or Excel with its title, copy it and paste it here."),
        widget=forms.Textarea(attrs={"rows": 6, "data-takes-markup": "id_markup"}),
        strip=False,
    )
    markup = forms.CharField(required=False, max_length=MAX_PASTED, widget=forms.HiddenInput, strip=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        return check_upload(file, READABLE) if file else None

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise ValidationError({"file": _("Choose a file or paste the table.")})
        return cleaned

    @property
    def pasted(self):
        """What was pasted, as html where the browser gave it."""
        return self.cleaned_data["markup"] or self.cleaned_data["text"]


def field_of(model, name, **values):
    """A form field with the name and the length of a model's field."""
    field = model._meta.get_field(name)
    return forms.CharField(
        label=field.verbose_name.capitalize(), required=False, max_length=getattr(field, "max_length", None), **values
    )


class ImportedActivityForm(PortalForm):
    """The texts of an activity as read; its days stand in a formset beside."""

    number = field_of(Activity, "number")
    group = field_of(Activity, "group")
    content = field_of(
        Activity,
        "content",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A blank line divides the text in two activities when you press “Split”."),
    )
    deadline_text = field_of(Activity, "deadline_text")
    responsible_text = field_of(Activity, "responsible_text")
    document_text = field_of(Activity, "document_text", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, activity, roles, **kwargs):
        super().__init__(*args, initial={name: getattr(activity, name) for name in FIELDS}, **kwargs)
        if "group" not in roles and not activity.group:
            del self.fields["group"]
            self.helper.layout = Layout(*self.fields)

    def clean_content(self):
        content = self.cleaned_data["content"].strip()
        if not content:
            raise ValidationError(_("Write what is to be done, or leave the line out of the roadmap."))
        return content


class ImportedStageForm(PortalForm):
    number = field_of(Stage, "number")
    title = field_of(Stage, "title", widget=forms.Textarea(attrs={"rows": 2}))


class ImportFactsForm(PortalForm):
    """What stands around the table: title, years, grif, order."""

    title = field_of(Roadmap, "title", widget=forms.Textarea(attrs={"rows": 2}))
    school_year = forms.IntegerField(
        label=_("School year: in which year it begins"), min_value=2015, max_value=2100, required=True
    )
    starts_on = forms.DateField(label=_("The roadmap begins"), required=True)
    ends_on = forms.DateField(label=_("The roadmap ends"), required=True)
    approver_position = field_of(Roadmap, "approver_position")
    approver_name = field_of(Roadmap, "approver_name")
    approved_on = forms.DateField(label=_("Approved on"), required=False)
    order_number = field_of(Roadmap, "order_number")
    order_on = forms.DateField(label=_("Date of the approving order"), required=False)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            raise ValidationError({"ends_on": _("The end date is before the start date.")})
        return cleaned

    @property
    def facts(self):
        """The values as the corrections of an import keep them."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value if value is not None else "")
            for name, value in self.cleaned_data.items()
        }
