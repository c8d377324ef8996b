"""What becomes of filed papers: how long they are kept, their signed copies, the folders made of them for an inspection."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Paper, new_code
from mentorship.models import Job
from participants.models import Consent, ConsentText, Organization, Person


class InOrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class RetentionTerm(models.Model):
    """An organization's own storage term of a kind of papers; without one that of documents/retention.py holds."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="retention_terms", verbose_name=_("organization")
    )
    kind = models.CharField(_("kind"), max_length=30)
    years = models.PositiveSmallIntegerField(
        _("years"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    objects = InOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("storage term")
        verbose_name_plural = _("storage terms")
        constraints = [models.UniqueConstraint(fields=["organization", "kind"], name="one_storage_term_of_a_kind")]

    def __str__(self):
        return f"{self.kind}: {self.years or _('permanently')}"


class ScanPile(models.Model):
    """Scans that were uploaded in one go: one PDF of many sheets, or photos; read by the worker."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="scan_piles", verbose_name=_("organization")
    )
    # Of the SHA-256 of its files: the same pile brought twice is known by it.
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    names = models.TextField(_("files"), editable=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, editable=False, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    sheet_count = models.PositiveIntegerField(_("sheets"), default=0, editable=False)

    objects = InOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pile of scans")
        verbose_name_plural = _("piles of scans")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "sha256"], name="one_pile_of_the_same_files")]

    def __str__(self):
        return self.names.partition("\n")[0]

    def get_absolute_url(self):
        return reverse("documents:pile", args=[self.pk])


class PileFile(models.Model):
    """A file of a pile as it was uploaded; it goes when the pile has been read."""

    pile = models.ForeignKey(ScanPile, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="scans/waiting/%Y/%m/")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.file.name


class SignedCopy(models.Model):
    """The scan of a filed paper that came back with signatures."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signed_copies", verbose_name=_("paper"))
    pile = models.ForeignKey(ScanPile, models.SET_NULL, null=True, related_name="signed_copies")
    file = models.FileField(_("file"), upload_to="scans/signed/%Y/", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    page_count = models.PositiveIntegerField(_("sheets"), editable=False)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["kept_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "sha256"], name="one_signed_copy_of_the_same_file")]

    def __str__(self):
        return f"{self.paper}, {self.page_count}"


class PrintedConsent(models.Model):
    """A form of consent that the portal printed for somebody: by its code the signed sheet finds its way back."""

    code = models.CharField(max_length=24, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="printed_consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=15, choices=Consent.GivenBy)
    printed_at = models.DateTimeField(auto_now_add=True)
    # The code of a file that was joined to another: sheets with it may still come back, new ones bear the other code.
    is_of_joined_file = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("printed form of consent")
        verbose_name_plural = _("printed forms of consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text", "given_by"],
                condition=Q(is_of_joined_file=False),
                name="one_code_of_a_printed_consent",
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.text.title}"


class TrayItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(pile__organization__in=user.organizations_in_charge)


class TrayItem(models.Model):
    """Sheets of a pile for which a person must say what they are."""

    class Why(models.TextChoices):
        UNREAD = "unread", _("no code was found on the sheet")
        UNKNOWN = "unknown", _("the code is of no paper of this organization")
        DESTROYED = "destroyed", _("the paper was destroyed by an act")
        CONSENT = "consent", _("a consent: its day has to be confirmed")

    pile = models.ForeignKey(ScanPile, models.CASCADE, related_name="tray")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    code = models.CharField(_("code"), max_length=60, blank=True)
    first_sheet = models.PositiveIntegerField(_("sheet of the pile"))
    page_count = models.PositiveIntegerField(_("sheets"))
    file = models.FileField(upload_to="scans/tray/%Y/%m/")
    picture = models.FileField(upload_to="scans/tray/%Y/%m/")
    consent = models.ForeignKey(PrintedConsent, models.CASCADE, null=True, related_name="+")

    objects = TrayItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheets in the tray")
        verbose_name_plural = _("sheets in the tray")
        ordering = ["pile", "first_sheet"]

    def __str__(self):
        return f"{self.pile}, {self.first_sheet}"

    @property
    def organization(self):
        return self.pile.organization


class InspectionFolder(models.Model):
    """Chosen papers put together for an inspection: one PDF with a table of contents, and a zip with a manifest."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="inspection_folders")
    paper_keys = models.JSONField(editable=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, editable=False, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    pdf = models.FileField(upload_to="folders/%Y/%m/", blank=True)
    archive = models.FileField(upload_to="folders/%Y/%m/", blank=True)
    # [[paper in words, what is wrong with its file]]
    faults = models.JSONField(default=list, editable=False)

    objects = InOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection folder")
        verbose_name_plural = _("inspection folders")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pdf="", archive="") | (~Q(pdf="") & ~Q(archive="")), name="folder_has_both_files_or_none"
            )
        ]

    def __str__(self):
        return str(_("Inspection folder of %(day)s")) % {"day": f"{self.made_at:%d.%m.%Y}"}

    def get_absolute_url(self):
        return reverse("documents:folder", args=[self.pk])
