"""Acts on which orders rest: laws, orders of ministries and of education offices, with the days of their force."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.models import Organization


class LegalActQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The ready acts, and those of the organizations whose papers the user sees and of the offices he coordinates."""
        if user.is_superuser:
            return self
        own = Q(organization__in=user.organizations_in_charge)
        return self.filter(Q(organization=None) | own | Q(organization__in=user.organizations_as("coordinator")))

    def offered_in(self, organization):
        """What an order of the organization may rest on: ready acts, own ones, those of the offices above."""
        offices = Organization.objects.above(organization).values("pk")
        return self.filter(Q(organization=None) | Q(organization=organization) | Q(organization__in=offices))


class LegalAct(models.Model):
    """An act as the ground of an order prints it: «В соответствии с (чем) …»."""

    class Proposed(models.TextChoices):
        EMPLOYEES = "employees", _("where an employee mentors an employee")
        OTHERS = "others", _("where pupils, students or people from outside take part")
        NEVER = "never", _("only where it is chosen")

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="legal_acts",
        verbose_name=_("organization"),
        help_text=_("Empty: for all organizations."),
    )
    name = models.CharField(_("name for the list"), max_length=250)
    words = models.TextField(
        _("as the order prints it"),
        max_length=600,
        help_text=_("After “в соответствии с”, in the instrumental: «приказом управления образования от … № …»"),
    )
    in_force_from = models.DateField(_("in force from"))
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    proposed = models.CharField(_("when it is proposed"), max_length=10, choices=Proposed, default=Proposed.NEVER)
    rank = models.PositiveSmallIntegerField(
        _("place"), default=100, help_text=_("Acts stand in the ground by this number: laws first, own papers last.")
    )

    objects = LegalActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["rank", "in_force_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                name="act_ends_after_it_begins",
                violation_error_message=_("The end date is before the start date."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.words = " ".join(self.words.split()).rstrip(".,;")

    def is_in_force(self, day):
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def force(self):
        """«с 01.03.2025», «с 01.09.2023 по 31.08.2029»."""
        days = {"first": date_format(self.in_force_from, "SHORT_DATE_FORMAT")}
        if self.in_force_to is None:
            return gettext("from %(first)s") % days
        return gettext("from %(first)s to %(last)s") % {
            **days,
            "last": date_format(self.in_force_to, "SHORT_DATE_FORMAT"),
        }
