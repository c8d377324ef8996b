"""Numbers of papers: the series of an organization, their counters, numbers that are kept for a paper to come."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.letter_kinds import LETTER_KINDS
from documents.models.papers import Paper
from documents.numbering import check_template
from participants.models import Organization

MAIN_SERIES = "orders"  # its template stands on the organization
# Papers beside the orders that are numbered, each kind by itself: «{n}», unless an organization gives another form.
PAPER_SERIES = {kind.series: kind.name for kind in LETTER_KINDS.values() if kind.series}


class NumberSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Series of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class NumberSeries(models.Model):
    """A series of orders beside the main one, counted by itself, «{n}-лс»; or how a kind of other papers is numbered."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="number_series", verbose_name=_("organization")
    )
    name = models.CharField(
        _("what is numbered by it"), max_length=120, help_text=_("As the journal names it: «по личному составу»")
    )
    papers = models.CharField(
        _("papers"),
        max_length=30,
        blank=True,
        choices=list(PAPER_SERIES.items()),
        help_text=_("Empty: a series of orders."),
    )
    template = models.CharField(
        _("form of numbers"),
        max_length=40,
        help_text=_("{n} is the next number of the calendar year: «{n}-од», «01-12/{n}»"),
    )

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        ordering = ["organization", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="one_series_of_a_name",
                violation_error_message=_("There is such a series already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "papers"],
                condition=~Q(papers=""),
                name="one_series_of_a_kind_of_papers",
                violation_error_message=_("There is such a series already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def key(self):
        """By which counters, papers and kept numbers name the series."""
        return self.papers or f"series-{self.pk}"

    def clean(self):
        try:
            check_template(self.template)
        except ValidationError as error:
            raise ValidationError({"template": error}) from error


class NumberCounter(models.Model):
    """The last number given in a series of an organization in a calendar year; locked while a number is taken."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    series = models.CharField(_("series"), max_length=30)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter of numbers")
        verbose_name_plural = _("counters of numbers")
        constraints = [
            models.UniqueConstraint(fields=["organization", "series", "year"], name="one_counter_per_series_and_year")
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"


class KeptNumberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Kept numbers of the organizations whose papers the user sees."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)

    def free(self):
        return self.filter(paper=None)


class KeptNumber(models.Model):
    """A number kept for a paper to come: nobody else gets it, the journal shows it, the paper of that number takes it up."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="kept_numbers", verbose_name=_("organization")
    )
    series = models.CharField(_("series"), max_length=30, default=MAIN_SERIES)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=40)
    number_key = models.CharField(max_length=40, editable=False)
    purpose = models.CharField(
        _("for what"), max_length=250, help_text=_("The journal names it until the paper is there.")
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kept by")
    )
    kept_on = models.DateField(_("kept on"))
    paper = models.OneToOneField(
        Paper, models.PROTECT, null=True, blank=True, related_name="kept_number", verbose_name=_("paper")
    )

    objects = KeptNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept number")
        verbose_name_plural = _("kept numbers")
        ordering = ["organization", "series", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "series", "year", "number_key"],
                condition=Q(paper=None),
                name="one_keeping_of_a_number",
                violation_error_message=_("This number is kept already."),
            )
        ]

    def __str__(self):
        return f"{self.number}, {self.purpose}"
