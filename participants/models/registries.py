"""Registries: a person's row among the mentors or mentees of a school year, and the imports that bring such rows."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.school_year import SchoolYear
from participants.models.organizations import Organization
from participants.models.people import Person


class RegistryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows of the organizations where the user is curator, head or staff, and the user's own rows."""
        if user.is_superuser:
            return self
        return self.filter(Q(person__organization__in=user.organizations_in_charge) | Q(person__user=user))

    def of_year(self, organization, school_year):
        return self.filter(person__organization=organization, school_year=school_year)

    def for_register(self):
        """What the page, its export and the print show, in their order."""
        return self.select_related("person__organization").order_by(
            "person__last_name", "person__first_name", "person__patronymic", "pk"
        )


class RegistryEntry(models.Model):
    """The columns that both official forms share. Names of pairs are never typed here: they come from the pairs."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"))
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        validators=[MinValueValidator(2015), MaxValueValidator(2100)],
        help_text=_("The calendar year in which it begins."),
    )
    joined_on = models.DateField(_("joined the programme"), null=True, blank=True)
    completed_on = models.DateField(_("completed the programme"), null=True, blank=True)
    results = models.TextField(_("results of the programme"), blank=True)
    case_url = models.URLField(_("link to the case or review"), blank=True)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.person}, {SchoolYear(self.school_year)}"

    @property
    def organization(self):
        return self.person.organization

    @property
    def year(self):
        return SchoolYear(self.school_year)

    def get_additional_data(self):
        """Kept with each change of the row: the history of a person's file shows removed rows too."""
        return {"person": self.person_id}


class MentorEntry(RegistryEntry):
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentor_entries", verbose_name=_("mentor"))
    competences = models.TextField(_("main competences"), blank=True)
    achievements = models.TextField(_("achievements that matter for the programme"), blank=True)
    interests = models.TextField(_("interests"), blank=True)
    preferred_age = models.CharField(_("wished age of mentees"), max_length=100, blank=True)
    time_resource = models.CharField(_("time for the programme"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("mentor in the registry")
        verbose_name_plural = _("registry of mentors")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school_year"],
                name="one_mentor_entry_per_year",
                violation_error_message=_("This person is in the registry of mentors of that year already."),
            )
        ]

    def get_absolute_url(self):
        return reverse("participants:registry-edit", args=["mentors", self.pk])


class MenteeEntry(RegistryEntry):
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentee_entries", verbose_name=_("mentee"))
    request = models.TextField(
        _("main request"), blank=True, help_text=_("What to learn or overcome. Nothing about health or family.")
    )
    is_completed = models.BooleanField(_("mark of completion"), default=False)

    class Meta:
        verbose_name = _("mentee in the registry")
        verbose_name_plural = _("registry of mentees")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school_year"],
                name="one_mentee_entry_per_year",
                violation_error_message=_("This person is in the registry of mentees of that year already."),
            )
        ]

    def get_absolute_url(self):
        return reverse("participants:registry-edit", args=["mentees", self.pk])


class RegistryImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Imports of the organizations where the user is curator, head or staff."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class RegistryImport(models.Model):
    """An uploaded registry between its check page and the confirmation; confirmed at most once."""

    class Kind(models.TextChoices):
        MENTORS = "mentors", _("mentors")
        MENTEES = "mentees", _("mentees")

    class Status(models.TextChoices):
        CHECKED = "checked", _("waits for confirmation")
        CONFIRMED = "confirmed", _("confirmed")

    NEXT = {Status.CHECKED: {Status.CONFIRMED}}

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    kind = models.CharField(_("registry"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKED)
    file_name = models.CharField(_("file"), max_length=200)
    # The reading as registry_reading gives it: rows with their fate and reasons.
    report = models.JSONField(_("reading"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = RegistryImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("registry import")
        verbose_name_plural = _("registry imports")
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("participants:import-check", args=[self.pk])
