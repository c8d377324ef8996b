"""Forms to which a file of a paper is given: the public check page, a Word document that comes back."""

import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.electronic_signatures import state_of_signature
from documents.models.papers import CODE_LENGTH, code_of
from mentorship.forms import PortalForm

LARGEST_CERTIFICATE = 200_000  # bytes; a file with its whole chain has some ten thousand


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


class PasswordForm(PortalForm):
    """The password of a key: used once, kept nowhere."""

    password = forms.CharField(
        label=_("Password of the certificate"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It opens the key now and is not kept."),
    )


class SignForm(PasswordForm):
    """A filed paper is signed."""


class CertificateForm(PasswordForm):
    """The certificate of an organization with its key."""

    file = forms.FileField(
        label=_("File of the certificate"), help_text=_("A PKCS#12 file: its name ends with .p12 or .pfx.")
    )
    field_order = ["file", "password"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_CERTIFICATE:
            raise ValidationError(_("The file is too large for a certificate: choose the .p12 or .pfx file."))
        return file


class CheckFileForm(FileForm):
    """A file to be compared with the kept one; it is read and thrown away."""

    file = forms.FileField(label=_("File of the paper"), help_text=_("It is compared and not kept."))

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper

    def is_equal(self):
        """Whether the file is, to the byte, the one that was filed or the signed one."""
        signature = getattr(self.paper, "signature", None)
        return self._sha256() in {self.paper.pdf_sha256, signature.sha256 if signature else self.paper.pdf_sha256}

    def signature(self):
        """What the electronic signature inside the file says, or None where there is none."""
        file = self.cleaned_data["file"]
        file.seek(0)
        return state_of_signature(file.read())

    def _sha256(self):
        digest = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            digest.update(chunk)
        return digest.hexdigest()
