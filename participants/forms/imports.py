"""The upload of a registry file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.forms import PortalForm
from participants.models import RegistryImport


class UploadForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What the file holds"), choices=RegistryImport.Kind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("File of the registry"),
        help_text=_("An Excel workbook (xlsx) or csv, up to 20 MB. Columns are told by their headers, in any order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
