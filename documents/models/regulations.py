"""The regulation on mentorship (Положение, domain.md §3.2): it lives for years, in numbered editions of sections."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.regulation_texts import check_section
from mentorship.models import StatusEvent
from participants.models import Organization


class RegulationEditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organizations whose papers the user sees, and of the offices that he coordinates."""
        if user.is_superuser:
            return self
        own = Q(organization__in=user.organizations_in_charge)
        return self.filter(own | Q(organization__in=user.organizations_as("coordinator")))

    def for_list(self):
        return self.select_related("organization", "order").order_by("-number")

    def in_force_on(self, day):
        """Those by which the organization works on the day; approved ahead, an edition leaves the former its last days."""
        approved = self.exclude(status="draft").filter(in_force_from__lte=day)
        return approved.filter(Q(superseded_on=None) | Q(superseded_on__gt=day))


class RegulationEdition(models.Model):
    """One edition: a draft is edited, one in force is frozen, a superseded one is kept and read."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    NEXT = {Status.DRAFT: {Status.IN_FORCE}, Status.IN_FORCE: {Status.SUPERSEDED}}

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="regulations", verbose_name=_("organization")
    )
    number = models.PositiveSmallIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    # The rules of the organization, which the text names in braces.
    mentees_per_mentor = models.PositiveSmallIntegerField(
        _("mentees per mentor, at most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    mentor_service_years = models.PositiveSmallIntegerField(
        _("service of a mentor, years, at least"), default=2, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    term_months = models.PositiveSmallIntegerField(
        _("term of mentorship, months, at most"), default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    program_least_months = models.PositiveSmallIntegerField(
        _("personal programme, months, at least"), default=3, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    replacement_grounds = models.TextField(
        _("grounds for replacing a mentor"), max_length=3000, help_text=_("Each on a line of its own.")
    )
    council_minutes = models.CharField(
        _("adopted by the teachers' council"),
        max_length=150,
        blank=True,
        help_text=_("Minutes, as the sheet prints them: «протокол от 28.08.2026 № 1»"),
    )
    agreed_with = models.CharField(
        _("agreed with"),
        max_length=250,
        blank=True,
        help_text=_("As the sheet prints it: «первичной профсоюзной организацией (протокол от 27.08.2026 № 4)»"),
    )
    order = models.ForeignKey(
        "documents.Order",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="regulations",
        verbose_name=_("order that approved it"),
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True, editable=False)
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True, editable=False)
    # What it prints, as it was at the approval.
    snapshot = models.JSONField(_("content at the approval"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("drafted by")
    )
    created_at = models.DateTimeField(_("drafted"), auto_now_add=True)
    events = GenericRelation(StatusEvent)

    objects = RegulationEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the regulation")
        verbose_name_plural = _("editions of the regulation")
        ordering = ["organization", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="edition_number_is_its_own"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(status="in_force"),
                name="one_regulation_in_force",
                violation_error_message=_("Another edition is in force already."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(status="draft"),
                name="one_draft_of_the_regulation",
                violation_error_message=_("A new edition is being drafted already."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(snapshot__isnull=False) & Q(in_force_from__isnull=False)),
                name="regulation_in_force_is_complete",
            ),
        ]

    def __str__(self):
        return _("%(title)s, edition %(number)s") % {"title": self.title, "number": self.number}

    def get_absolute_url(self):
        return reverse("documents:regulation", args=[self.pk])

    def clean(self):
        if self.program_least_months > self.term_months:
            raise ValidationError(
                {"program_least_months": _("A programme cannot be longer than the term of mentorship.")}
            )

    def delete(self, **kwargs):
        if not self.is_draft:
            raise ValidationError(_("This edition was in force: it is kept for ever."), code="approved")
        return super().delete(**kwargs)

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def dated_state(self):
        """(status, words) as the badge shows it: an order may set the first day ahead."""
        today = timezone.localdate()
        if self.status == self.Status.IN_FORCE and self.in_force_from > today:
            return "waiting", _("comes into force on %(day)s") % {"day": f"{self.in_force_from:%d.%m.%Y}"}
        if self.status == self.Status.SUPERSEDED and self.superseded_on > today:
            last_day = self.superseded_on - timedelta(days=1)
            return "in_force", _("in force until %(day)s") % {"day": f"{last_day:%d.%m.%Y}"}
        return self.status, self.get_status_display()


class RegulationSectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(edition__in=RegulationEdition.objects.visible_to(user))


class RegulationSection(models.Model):
    """A section of an edition: «Общие положения» and its points."""

    edition = models.ForeignKey(
        RegulationEdition, models.CASCADE, related_name="sections", verbose_name=_("edition of the regulation")
    )
    place = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(
        _("text"),
        max_length=30_000,
        help_text=_("Each point on a line of its own: “1.1.”, “1.2.”; lines of a list begin with a dash."),
    )

    objects = RegulationSectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of the regulation")
        verbose_name_plural = _("sections of the regulation")
        ordering = ["edition", "place"]
        constraints = [models.UniqueConstraint(fields=["edition", "place"], name="section_place_is_its_own")]

    def __str__(self):
        return f"{self.place}. {self.title}"

    @property
    def organization(self):
        return self.edition.organization

    def clean(self):
        try:
            check_section(self.text)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error
