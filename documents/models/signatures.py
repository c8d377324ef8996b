"""Electronic signatures: the certificate of an organization, and the files that were signed by it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Paper
from participants.models import Organization


class CertificateFacts(models.Model):
    """What a certificate says of itself, as the visual mark prints it."""

    number = models.CharField(_("number of the certificate"), max_length=60, editable=False)
    owner = models.CharField(_("owner"), max_length=300, editable=False)
    valid_from = models.DateTimeField(_("valid from"), editable=False)
    valid_till = models.DateTimeField(_("valid till"), editable=False)

    class Meta:
        abstract = True


class SigningCertificate(CertificateFacts):
    """The certificate of an organization with its key, as a PKCS#12 file.

    The file is locked by a password that nobody keeps, and locked once more by the portal's secret.
    """

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="signing_certificate", verbose_name=_("organization")
    )
    locked_file = models.BinaryField(editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kept by")
    )
    kept_at = models.DateTimeField(_("kept"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("certificate of the electronic signature")
        verbose_name_plural = _("certificates of the electronic signature")

    def __str__(self):
        return f"{self.owner}, {self.number}"


class ElectronicSignatureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the papers that the user sees."""
        return self.filter(paper__in=Paper.objects.visible_to(user))


class ElectronicSignature(CertificateFacts):
    """A filed paper signed: its file with the mark and the signature inside. The filed file stays as it is."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="signature", verbose_name=_("paper"))
    file = models.FileField(_("file"), upload_to="signed/%Y/", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed"), editable=False)

    objects = ElectronicSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("electronic signature")
        verbose_name_plural = _("electronic signatures")

    def __str__(self):
        return f"{self.paper}, {self.number}"

    def get_absolute_url(self):
        return reverse("documents:paper-sign", args=[self.paper_id])
