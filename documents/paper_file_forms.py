"""Forms to which a file of a paper is given: the public check page, a Word document that comes back."""

import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.models.papers import CODE_LENGTH, code_of
from mentorship.forms import PortalForm


class CheckCodeForm(PortalForm):
    """The code as it stands on the paper; any case, with or without dashes."""

    code = forms.CharField(
        label=_("Code of the paper"),
        max_length=60,
        help_text=_("It stands beside the picture at the foot of the first sheet: «7K3M-9QTX-2B4D-0HNE»."),
    )

    def clean_code(self):
        code = code_of(self.cleaned_data["code"].rstrip("/").rsplit("/", 1)[-1])
        if len(code.replace("-", "")) != CODE_LENGTH:
            raise ValidationError(
                _("A code has %(count)s letters and figures; check it against the paper."),
                params={"count": CODE_LENGTH},
            )
        return code


class FileForm(PortalForm):
    """One file, no larger than the portal takes."""

    file = forms.FileField(label=_("File of the paper"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)s."), params={"size": filesizeformat(settings.UPLOAD_LIMIT_BYTES)}
            )
        return file


class WordCopyForm(FileForm):
    """The corrected Word document that was signed."""

    file = forms.FileField(label=_("Word document"), help_text=_("The docx file as it was printed and signed."))


class CheckFileForm(FileForm):
    """A file to be compared with the kept one; it is read and thrown away."""

    file = forms.FileField(label=_("File of the paper"), help_text=_("It is compared and not kept."))

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper

    def is_equal(self):
        """Whether the file is, to the byte, the one that was filed."""
        digest = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            digest.update(chunk)
        return digest.hexdigest() == self.paper.pdf_sha256
