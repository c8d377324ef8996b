"""The quarters, trimesters and half-years of an organization in a school year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.models import Organization
from participants.models.organizations import at_or_below


class SchoolTermQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("organization", user.organizations_as("coordinator"))
        )

    def of_year(self, organization, school_year):
        return self.filter(organization=organization, school_year=school_year)


class SchoolTerm(models.Model):
    """One quarter, trimester or half-year; an organization sets its own (domain.md §10, trap 16)."""

    class Kind(models.TextChoices):
        TERM = "term", _("quarter of the school year")
        TRIMESTER = "trimester", _("trimester")
        HALF_YEAR = "half_year", _("half of the school year")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="school_terms", verbose_name=_("organization")
    )
    school_year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    objects = SchoolTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the school year")
        verbose_name_plural = _("parts of the school year")
        ordering = ["organization", "-school_year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year", "kind", "number"], name="school_term_is_set_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="school_term_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"
