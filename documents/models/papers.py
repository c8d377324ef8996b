"""Filed papers: what each prints, its one file, and how it is known from outside."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents.paper_codes import CODE_LENGTH, code_of, new_code
from documents.paper_kinds import paper_kind
from participants.models import Organization, Person

__all__ = ["CODE_LENGTH", "Paper", "PaperQuerySet", "code_of", "new_code"]


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)

    def naming(self, person):
        """Papers that name the person."""
        return self.filter(people=person)

    def without_file(self):
        """Papers whose file is not made yet; those destroyed by an act have none for good."""
        return self.filter(pdf="", destroyed_on=None)


class Paper(models.Model):
    """A paper that was made for good: its content is frozen with it, its file is made from the content once."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="papers", verbose_name=_("organization"), editable=False
    )
    kind = models.CharField(_("kind"), max_length=30, editable=False)
    title = models.CharField(_("heading"), max_length=300, editable=False)
    number = models.CharField(_("number"), max_length=40, blank=True, editable=False)
    # By which the number was given, see documents/registration.py; nothing where the paper has no number of its own.
    series = models.CharField(_("series of numbers"), max_length=30, blank=True, editable=False)
    number_year = models.PositiveSmallIntegerField(_("year of the number"), null=True, editable=False)
    number_key = models.CharField(_("number as it is compared"), max_length=40, blank=True, editable=False)
    dated_on = models.DateField(_("date"), editable=False)
    # Everything that the paper prints, as it was when the paper was made.
    content = models.JSONField(_("content"), editable=False)
    # The words of the sheets, for the search; there when the file is.
    text = models.TextField(_("text"), blank=True, editable=False)
    pdf = models.FileField(_("file"), upload_to="papers/%Y/", blank=True, editable=False)
    pdf_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    code = models.CharField(_("code of the check page"), max_length=24, unique=True, default=new_code, editable=False)
    people = models.ManyToManyField(Person, related_name="papers", verbose_name=_("people"), blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
        editable=False,
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    # In force until then; what ended it stands with the order that did.
    ended_on = models.DateField(_("not in force from"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ends",
        verbose_name=_("repealed by"),
        editable=False,
    )
    # What the archive searches in: number, heading, people, words of the sheets; see documents/archive.py.
    search_text = models.TextField(blank=True, editable=False)
    # The act by which the paper was destroyed when its term was over: then only what names it is left, and the hash.
    destroyed_on = models.DateField(_("destroyed on"), null=True, blank=True, editable=False)
    destroyed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="destroyed",
        verbose_name=_("destroyed by the act"),
        editable=False,
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("filed paper")
        verbose_name_plural = _("filed papers")
        ordering = ["-dated_on", "-pk"]
        indexes = [models.Index(fields=["organization", "kind", "-dated_on"], name="paper_of_organization")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pdf="", pdf_sha256="")
                | (~Q(pdf="") & ~Q(pdf_sha256=""))
                | Q(pdf="", destroyed_on__isnull=False),
                name="file_of_a_paper_has_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_on=None, destroyed_by=None)
                | Q(destroyed_on__isnull=False, destroyed_by__isnull=False, text="", search_text=""),
                name="destroyed_paper_names_its_act_and_holds_nothing",
            ),
            models.UniqueConstraint(
                fields=["organization", "series", "number_year", "number_key"],
                condition=~Q(number_key=""),
                name="paper_number_unique_in_series_and_year",
                violation_error_message=_("A paper of this year has this number already."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("documents:paper", args=[self.pk])

    @property
    def in_words(self):
        """«Order on pairs No. 5 of 01.10.2026»: the kind, the number, the date."""
        words = {"kind": capfirst(self.kind_of_paper.name), "number": self.number, "day": f"{self.dated_on:%d.%m.%Y}"}
        return str(_("%(kind)s No. %(number)s of %(day)s") if self.number else _("%(kind)s of %(day)s")) % words

    @property
    def kind_of_paper(self):
        """Its template, name and storage term: see documents/paper_kinds.py."""
        return paper_kind(self.kind)

    @property
    def check_address(self):
        """Where anybody may check the paper; printed on it as a QR code."""
        return f"{settings.PORTAL_URL}{reverse('paper-check', args=[self.code])}"
