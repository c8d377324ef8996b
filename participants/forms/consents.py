"""Forms of consents: what came back on paper, refusals, withdrawals, texts, tasks after a withdrawal."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm, PortalModelForm
from participants.consent_givers import giver_of
from participants.consent_versions import texts_of
from participants.models import Consent, ConsentKind, ConsentText, Organization
from participants.scans import check_scan

LONGEST_TEXT = 20_000


class ScanField(forms.FileField):
    """A scan, checked by its content."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))
        super().__init__(allow_empty_file=True, **kwargs)  # check_scan says what an empty file is

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return check_scan(upload) if upload else None


class TextField(forms.ModelChoiceField):
    """A choice of versions of a text, told apart by whose they are and by their days; the newest stands first."""

    def __init__(self, **kwargs):
        super().__init__(queryset=ConsentText.objects.none(), **kwargs)

    def label_from_instance(self, text):
        return capfirst(text.label_with_days)


class ConsentForm(PortalForm):
    """A consent that came back on paper: when it was given, by whom, until when, its scan."""

    given_on = forms.DateField(label=_("Given on"), help_text=_("The date beside the signature."))
    valid_until = forms.DateField(label=_("Valid until"), required=False)
    given_by = forms.ChoiceField(label=_("Who has signed"), choices=Consent.GivenBy.choices)
    representative_name = forms.CharField(
        label=_("Legal representative"),
        required=False,
        max_length=200,
        help_text=_("The name of the parent or guardian who has signed."),
    )
    text = TextField(
        label=_("By which text"),
        required=False,
        empty_label=_("the one that was in use on that day"),
        help_text=_("Its version is printed at the foot of the paper."),
    )
    scan = ScanField(
        label=_("Scan of the signed paper"), required=False, help_text=_("PDF, JPEG or PNG, 20 MB at most.")
    )

    def __init__(self, *args, person, kind, **kwargs):
        today = timezone.localdate()
        giver = giver_of(person, kind, year=today.year)
        initial = {"given_on": today, "given_by": giver, "representative_name": person.representative_name}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = texts_of(person.organization).filter(kind=kind)
        self.fields["valid_until"].help_text = _("Empty: as long as the text says.")
        if giver is None:
            self.fields["given_by"].choices = [("", _("look up the birthday")), *Consent.GivenBy.choices]
        self.is_known_adult = giver == Consent.GivenBy.SUBJECT
        if self.is_known_adult:
            del self.fields["representative_name"]
            self.fields["given_by"].widget = forms.HiddenInput()
            self.helper.layout = Layout(*self.fields)

    def clean(self):
        cleaned = super().clean()
        given_on, valid_until = cleaned.get("given_on"), cleaned.get("valid_until")
        if given_on and valid_until and valid_until < given_on:
            self.add_error("valid_until", _("The end date is before the start date."))
        return cleaned


class PileForm(PortalForm):
    """The day on which the ticked papers of a pile were signed, and the version of each text that they were printed by.

    `kinds` are those of the papers.
    """

    given_on = forms.DateField(label=_("Given on"))
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, help_text=_("Empty: as long as each text says.")
    )

    def __init__(self, *args, organization, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            texts = texts_of(organization).filter(kind=kind)
            field = TextField(
                label=_("Text: %(kind)s") % {"kind": ConsentKind(kind).label},
                empty_label=None,
                required=False,
                initial=texts.first(),
                help_text=_("Its version is printed at the foot of the paper."),
            )
            field.queryset = texts
            self.fields[f"text_{kind}"] = field
        self.helper.layout = Layout(*self.fields)

    def values_for(self, kind):
        """What `give_consent` takes for a paper of the kind; a text that was not sent is the one of that day."""
        days = {name: self.cleaned_data[name] for name in ("given_on", "valid_until")}
        return {**days, "text": self.cleaned_data.get(f"text_{kind}")}

    def clean(self):
        cleaned = super().clean()
        given_on, valid_until = cleaned.get("given_on"), cleaned.get("valid_until")
        if given_on and valid_until and valid_until < given_on:
            raise ValidationError({"valid_until": _("The end date is before the start date.")})
        return cleaned


class WithdrawForm(PortalForm):
    withdrawn_on = forms.DateField(
        label=_("Withdrawn on"), help_text=_("The day on which the withdrawal was received.")
    )
    comment = forms.CharField(label=_("Remark"), required=False, max_length=250)


class RefuseForm(PortalForm):
    comment = forms.CharField(label=_("Remark"), required=False, max_length=250)


class ScanForm(PortalForm):
    """A scan; in place of another one (`is_replaced`) it wants a reason for the history."""

    scan = ScanField(label=_("Scan of the signed paper"), help_text=_("PDF, JPEG or PNG, 20 MB at most."))
    why = forms.CharField(label=_("What is wrong with the scan that is there"), max_length=200)

    def __init__(self, *args, is_replaced=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_replaced:
            del self.fields["why"]
        self.helper.layout = Layout(*self.fields)


class PaperForm(PortalForm):
    """The signed paper of a consent that was confirmed by the link."""

    signed_on = forms.DateField(label=_("Signed on"), help_text=_("The date beside the signature."))
    scan = ScanField(
        label=_("Scan of the signed paper"), required=False, help_text=_("PDF, JPEG or PNG, 20 MB at most.")
    )


class DoneForm(PortalForm):
    """That something was taken down or destroyed."""

    done_on = forms.DateField(label=_("Done on"))
    note = forms.CharField(label=_("Remark"), required=False, max_length=250)


class RequisitesForm(PortalModelForm):
    """What the papers about personal data say of the organization beside its name."""

    site_url = forms.URLField(
        label=Organization._meta.get_field("site_url").verbose_name, required=False, assume_scheme="https"
    )

    class Meta:
        model = Organization
        fields = ["inn", "ogrn", "address", "data_processor", "site_url", "social_pages", "publication_conditions"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("data_processor", "social_pages", "publication_conditions")
        }

    def clean(self):
        """A requisite stands within a sentence: lines of a text area are joined."""
        cleaned = super().clean()
        return {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in cleaned.items()}


class ConsentTextForm(PortalModelForm):
    """The wording of a consent; placeholders are checked by the model, line by line."""

    class Meta:
        model = ConsentText
        fields = ["title", "body", "body_of_representative", "valid_months"]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 16, "maxlength": LONGEST_TEXT}),
            "body_of_representative": forms.Textarea(attrs={"rows": 16, "maxlength": LONGEST_TEXT}),
        }

    def clean_body(self):
        return self._tidy("body")

    def clean_body_of_representative(self):
        return self._tidy("body_of_representative")

    def _tidy(self, name):
        """Lines end as the database keeps them; a text that is longer than any consent is refused."""
        text = "\n".join(line.rstrip() for line in self.cleaned_data[name].splitlines()).strip()
        if len(text) > LONGEST_TEXT:
            raise ValidationError(_("The text is longer than a paper of two pages can hold."))
        return text

    def clean_valid_months(self):
        months = self.cleaned_data["valid_months"]
        if months is not None and not 1 <= months <= 120:
            raise ValidationError(_("Write a number of months from 1 to 120, or leave it empty."))
        return months
