"""Forms of the archive, of the storage terms and of the piles of scans."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents.paper_kinds import DESTRUCTION_ACT, KINDS
from mentorship.forms import PortalForm
from participants.models import Consent

LONGEST_TERM = 100


class TermsForm(PortalForm):
    """The storage term of each kind in years; an empty field is «permanently»."""

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        for kind, years in terms.items():
            if kind != DESTRUCTION_ACT:
                self.fields[kind] = forms.IntegerField(
                    label=capfirst(KINDS[kind].name),
                    required=False,
                    min_value=1,
                    max_value=LONGEST_TERM,
                    initial=years,
                )
        self.helper.layout = None
        self.helper.add_layout(self.helper.build_default_layout(self))


class DestructionForm(PortalForm):
    """The number and the date of the act, and a tick that it cannot be taken back."""

    number = forms.CharField(label=_("Number of the act"), max_length=40)
    dated_on = forms.DateField(label=_("Date of the act"))
    reason = forms.CharField(
        label=_("Remark of the act"),
        required=False,
        max_length=500,
        help_text=_("For example, the minutes of the expert commission. Do not name people."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_certain = forms.BooleanField(label=_("I know that the files cannot be brought back"))

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The act is dated later than today."))
        return day


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several; the cleaned value is a list. What they are is checked by documents/signed_scans.py."""

    widget = SeveralFilesInput(attrs={"accept": "application/pdf,image/jpeg,image/png"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        given = [file for file in files if file]
        if not given:
            raise ValidationError(_("Choose a PDF or photos."), code="required")
        return given


class PileForm(PortalForm):
    files = SeveralFilesField(
        label=_("Scans"),
        help_text=_("One PDF of many sheets, or photos (JPEG, PNG); up to 100 MB and 300 sheets together."),
    )


class ConsentDayForm(PortalForm):
    """The day on which a consent from the tray was signed, read from the sheet."""

    signed_on = forms.DateField(label=_("Signed on"))
    representative_name = forms.CharField(label=_("Legal representative"), max_length=200, required=False)

    def __init__(self, *args, printed, **kwargs):
        super().__init__(*args, **kwargs)
        if printed.given_by == Consent.GivenBy.REPRESENTATIVE:
            self.fields["representative_name"].initial = printed.person.representative_name
        else:
            del self.fields["representative_name"]
        self.helper.layout = None
        self.helper.add_layout(self.helper.build_default_layout(self))
