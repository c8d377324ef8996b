"""Registries: a person's row among the mentors or mentees of a school year, and the long-term list of mentors."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.school_year import SchoolYear
from participants.models.people import Person, fold_for_search

A_DAY_OF_OUR_TIME = [
    MinValueValidator(date(2000, 1, 1)),
    MaxValueValidator(date(2100, 12, 31)),
]  # «01.01.0001» is a slip


class RegistryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows of the organizations where the user is curator, head or staff, and the user's own rows."""
        if user.is_superuser:
            return self
        return self.filter(Q(person__organization__in=user.organizations_in_charge) | Q(person__user=user))

    def of_year(self, organization, school_year):
        return self.filter(person__organization=organization, school_year=school_year)

    def matching(self, text):
        """Rows of the people that `Person.objects.matching` finds, asked of the rows that are already chosen."""
        found = self
        for word in fold_for_search(text).split():
            found = found.filter(person__search_text__contains=word)
        return found

    def for_register(self):
        """What the page, its export and the print show, in their order."""
        return self.select_related("person__organization").order_by("person__sort_name", "pk")


class RegistryEntry(models.Model):
    """The columns that both official forms share. Names of pairs are never typed here: they come from the pairs."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"))
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        validators=[MinValueValidator(2015), MaxValueValidator(2100)],
        help_text=_("The calendar year in which it begins."),
    )
    joined_on = models.DateField(_("joined the programme"), null=True, blank=True, validators=A_DAY_OF_OUR_TIME)
    completed_on = models.DateField(_("completed the programme"), null=True, blank=True, validators=A_DAY_OF_OUR_TIME)
    results = models.TextField(_("results of the programme"), blank=True)
    case_url = models.URLField(_("link to the case or review"), blank=True)
    is_archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Left out of the list and of its print; the row stays.")
    )

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
    courses = models.TextField(_("courses on mentoring"), blank=True, help_text=_("Year and hours of each."))

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
    difficulties = models.TextField(_("professional difficulties"), blank=True)
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


class LongTermMentor(models.Model):
    """A person in the long-term registry of mentors: mentors of all years, finished mentees who became mentors.

    A proposal that the curator turned down is kept too, so that it is not made again.
    """

    class Status(models.TextChoices):
        LISTED = "listed", _("in the long-term registry")
        TURNED_DOWN = "turned_down", _("turned down")

    person = models.OneToOneField(Person, models.CASCADE, related_name="long_term_mentor", verbose_name=_("person"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.LISTED)
    listed_on = models.DateField(_("listed since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=250, blank=True)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("long-term mentor")
        verbose_name_plural = _("long-term registry of mentors")
        ordering = ["person__sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=models.F("listed_on")),
                name="long_term_mentor_leaves_after_joining",
                violation_error_message=_("The end date is before the start date."),
            )
        ]

    def __str__(self):
        return str(self.person)

    @property
    def organization(self):
        return self.person.organization

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id}
