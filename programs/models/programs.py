"""Programmes of school years, and the forms of mentoring."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mentorship.school_year import SchoolYear
from participants.models import Organization
from participants.models.organizations import at_or_below


class ProgramQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Programmes of the user's organizations, of those he coordinates, and those he takes part in."""
        from programs.models.pairs import Pair  # pairs stand on the programmes

        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("organization", user.organizations_as("coordinator"))
            | Q(pk__in=Pair.objects.taken_part_in_by(user).values("program"))
        )

    def for_list(self):
        return self.select_related("organization").order_by("-school_year", "organization__short_name")


class Program(models.Model):
    """An organization's mentorship programme for a school year."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="programs", verbose_name=_("organization")
    )
    school_year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    title = models.CharField(_("title"), max_length=250)
    goal = models.TextField(_("goal"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    # The denominator of the seed order's first indicator; a registry of all teachers is not the portal's business.
    teachers_count = models.PositiveIntegerField(
        _("teachers in the organization"),
        null=True,
        blank=True,
        help_text=_("All teachers of the organization this year: the share of mentees is counted from it."),
    )

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-school_year", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year"],
                name="one_program_per_year",
                violation_error_message=_("The programme of this school year is open already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="program_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programs:program", args=[self.pk])

    def clean(self):
        """The year is prepared from August on: `SchoolYear` begins in September, its programme may a month before."""
        if not (self.school_year and self.starts_on and self.ends_on):
            return
        opens_on, closes_on = date(self.school_year, 8, 1), self.year.ends_on
        for name in ("starts_on", "ends_on"):
            if not opens_on <= getattr(self, name) <= closes_on:
                message = _("The programme of %(year)s lies between %(first)s and %(last)s.")
                values = {
                    "year": self.year,
                    "first": date_format(opens_on, "SHORT_DATE_FORMAT"),
                    "last": date_format(closes_on, "SHORT_DATE_FORMAT"),
                }
                raise ValidationError({name: ValidationError(message, params=values)})

    @property
    def year(self):
        return SchoolYear(self.school_year)


class MentoringFormQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The common forms, and the own ones of the user's organizations."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=user.organizations_in_charge))

    def offered_in(self, organization):
        return self.filter(Q(organization=None) | Q(organization=organization))


class MentoringForm(models.Model):
    """A form of mentoring: «педагог – педагог», «ученик – ученик»; organizations add their own."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
        help_text=_("Empty: for all organizations."),
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    objects = MentoringFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form of mentoring")
        verbose_name_plural = _("forms of mentoring")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="one_own_mentoring_form",
                violation_error_message=_("There is such a form already."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(organization=None),
                name="one_common_mentoring_form",
                violation_error_message=_("There is such a form already."),
            ),
        ]

    def __str__(self):
        return self.name
