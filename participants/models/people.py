"""Person: one human in an organization's files, with or without an account."""

import phonenumbers
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.consent_rules import COMES_OF_AGE, Age, age_in
from participants.initials import initials
from participants.models.accounts import User
from participants.models.organizations import Organization, at_or_below

NO_BREAK = "\xa0"


def fold_for_search(text):
    """Letter case and ё do not count."""
    return text.strip().casefold().replace("ё", "е")


# Letters of other languages of Russia and its neighbours stand with those that they look like; ё stands with е.
SORTED_AS = str.maketrans("ёқғңөүұһәіїєґўҳҷ", "екгноуухаииегухч")


def fold_for_sorting(text):
    """A name as it is put in the order of the alphabet: databases differ in how they compare Cyrillic letters."""
    return text.strip().casefold().translate(SORTED_AS)


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People of the organizations where the user is curator, head or staff, and the user himself.

        A coordinator sees figures, not names: names go upward only with a consent for that purpose.
        """
        if user.is_superuser:
            return self
        return self.filter(Q(organization__in=user.organizations_in_charge) | Q(user=user))

    def passed_upward_to(self, user, day=None):
        """People below the offices that the user coordinates whose consent to the transfer by name is in force."""
        from participants.models.consents import Consent

        consents = Consent.objects.to_transfer_on(day or timezone.localdate())
        offices = user.organizations_as("coordinator")
        below = Organization.objects.filter(at_or_below("", offices)).exclude(pk__in=offices)
        named = self.filter(depersonalized_on=None)
        return named.filter(organization__in=below.values("pk"), pk__in=consents.values("person"))

    def with_address(self, day):
        """Those whom a letter reaches on the day: `Person.contact_address` says which way."""
        is_minor = Q(birth_year__gte=day.year - COMES_OF_AGE) | Q(birth_year=None, kind=Person.Kind.PUPIL)
        return self.exclude(Q(email="", user=None) & (Q(representative_email="") | ~is_minor))

    def in_order(self):
        return self.order_by("sort_name", "pk")

    def waiting_for_account(self, organization, school_year):
        """People in the registries of the year who cannot sign in yet: never invited, or the link was not used."""
        mentors = Q(mentor_entries__school_year=school_year)
        registered = self.model.objects.filter(mentors | Q(mentee_entries__school_year=school_year))
        has_no_password = Q(user=None) | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        mine = self.filter(organization=organization, depersonalized_on=None)
        found = mine.filter(has_no_password, pk__in=registered.values("pk"))
        return found.select_related("user").in_order()

    def matching(self, text):
        """People whose names, e-mail or phone hold every word of the text; letter case, ё and е alike."""
        found = self
        for word in fold_for_search(text).split():
            found = found.filter(search_text__contains=word)
        return found


class Person(models.Model):
    class Gender(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    class Kind(models.TextChoices):
        TEACHER = "teacher", _("teacher or other employee")
        PUPIL = "pupil", _("pupil")
        STUDENT = "student", _("student")
        OUTSIDE = "outside", _("from outside the organization")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="people", verbose_name=_("organization")
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("account")
    )
    last_name = models.CharField(_("last name"), max_length=80)
    first_name = models.CharField(_("first name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    gender = models.CharField(
        _("gender"), max_length=6, choices=Gender, blank=True, help_text=_("Names in papers decline by it.")
    )
    birth_year = models.PositiveSmallIntegerField(
        _("birth year"), null=True, blank=True, help_text=_("The year alone: more is not needed.")
    )
    kind = models.CharField(_("who"), max_length=10, choices=Kind, default=Kind.TEACHER)
    position = models.CharField(_("position or class"), max_length=200, blank=True)
    workplace = models.CharField(
        _("place of work or study"), max_length=250, blank=True, help_text=_("Only where it is another organization.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    contact_note = models.CharField(_("other contacts"), max_length=250, blank=True)
    works_since = models.PositiveSmallIntegerField(
        _("teaching since, year"), null=True, blank=True, help_text=_("Early-career specialists are counted by it.")
    )
    works_here_since = models.PositiveSmallIntegerField(_("in this organization since, year"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=250, blank=True)
    qualification = models.CharField(_("qualification category"), max_length=150, blank=True)
    subject = models.CharField(_("subject or age group"), max_length=150, blank=True)
    # Contacts of a minor are those of the representative; the consents of a minor are his to give.
    representative_name = models.CharField(_("legal representative"), max_length=200, blank=True)
    representative_email = models.EmailField(_("e-mail of the representative"), blank=True)
    representative_phone = models.CharField(_("phone of the representative"), max_length=20, blank=True)
    # A person's own word on how the name declines: {"genitive": "…", …}; what is missing is proposed by the library.
    name_forms = models.JSONField(_("the name in cases"), default=dict, blank=True)
    position_forms = models.JSONField(_("the position in cases"), default=dict, blank=True)
    depersonalized_on = models.DateField(_("depersonalized"), null=True, blank=True, editable=False)
    # Names borne before and those of joined files: the search finds the person by them, too.
    former_names = models.CharField(max_length=400, editable=False, blank=True)
    # Folded words for search and for finding duplicates; databases differ in how they compare Cyrillic letters.
    search_text = models.CharField(max_length=600, editable=False, blank=True)
    sort_name = models.CharField(max_length=250, editable=False, blank=True)
    FOLDED = ("search_text", "sort_name")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"],
                name="one_person_per_account_and_organization",
                violation_error_message=_("This account belongs to another person of the organization."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "sort_name"], name="person_by_name"),
            # Lists over many organizations show fifty people in this order without sorting them all.
            models.Index(fields=["sort_name", "id"], name="person_in_order"),
        ]

    def __str__(self):
        return self.full_name

    def save(self, **kwargs):
        self.fold()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.FOLDED}
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("participants:person", args=[self.pk])

    def fold(self):
        """Set what search and order go by; `save` does it, and who writes many rows at once."""
        words = f"{self.full_name} {self.former_names} {self.email} {self.phone} {self.position}"
        self.search_text = fold_for_search(words)[:600]
        self.sort_name = fold_for_sorting(self.full_name)

    def remember_name(self, name):
        """Let the search find the person by a former name; the caller saves."""
        if name not in self.former_names and name != self.full_name:
            self.former_names = f"{self.former_names} {name}".strip()[-400:]

    def check_is_open(self):
        """Raise ValidationError where the person was depersonalized: nothing is added to such a file any more."""
        if self.depersonalized_on:
            raise ValidationError(
                _("%(person)s was depersonalized: the file is closed."),
                code="closed",
                params={"person": self.full_name},
            )

    @property
    def full_name(self):
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))

    def name_on(self, day):
        """The full name as it was borne on a day; uses what is prefetched of `name_changes`."""
        if self.pk is None:
            return self.full_name
        former = [change for change in self.name_changes.all() if change.borne_until >= day]
        return min(former, key=lambda change: change.borne_until).full_name if former else self.full_name

    @property
    def salutation(self):
        """«Мария Петровна»."""
        return " ".join(filter(None, [self.first_name, self.patronymic]))

    @property
    def short_name(self):
        """«Иванова М.П.», for lists on the screen; the organization's style of initials is that of papers alone."""
        if self.depersonalized_on:
            return self.full_name
        return initials(self.last_name, self.first_name, self.patronymic, "surname_first")

    @property
    def signature(self):
        """«М.П. Иванова» or «М. П. Иванова», as the organization writes it, for signature lines."""
        return self.signature_for(self.organization)

    def signature_for(self, organization):
        """The signature in the style of the organization whose paper it is."""
        if self.depersonalized_on:
            return self.full_name
        return initials(self.last_name, self.first_name, self.patronymic, spaced=organization.has_spaced_initials)

    @property
    def contact_email(self):
        """The address for letters to the person; empty where there is none. See `contact_address`."""
        return self.contact_address()[0]

    def contact_address(self, day=None):
        """(address, whether it is the representative's): of the account, else of the file; of a minor who has neither
        the legal representative's. Who turns 18 in the year may be a minor still.
        """
        own = self.user.email if self.user_id else self.email
        year = (day or timezone.localdate()).year
        if own or age_in(year, self.birth_year, person_kind=self.kind) == Age.ADULT:
            return own, False
        return self.representative_email, bool(self.representative_email)

    @property
    def phone_for_reading(self):
        """«+7 912 000-10-10»; what is no whole number stays as it is kept."""
        try:
            number = phonenumbers.parse(self.phone, "RU")
        except phonenumbers.NumberParseException:
            return self.phone
        if not phonenumbers.is_possible_number(number):
            return self.phone
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    @property
    def affiliation(self):
        """Where the person works or studies, as registries print it."""
        return self.workplace or self.organization.short_name


class NameChange(models.Model):
    """The name that a person bore until a day; papers of that time keep it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_changes", verbose_name=_("person"))
    last_name = models.CharField(_("last name"), max_length=80)
    first_name = models.CharField(_("first name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    borne_until = models.DateField(_("borne until"), help_text=_("The last day of the former name."))
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["person", "-borne_until"]
        constraints = [models.UniqueConstraint(fields=["person", "borne_until"], name="one_former_name_until_a_day")]

    def __str__(self):
        return self.full_name

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id}

    @property
    def full_name(self):
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))


class PersonMerge(models.Model):
    """Two files found to be of one person: the one that went, for its history and for links that still lead to it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="merges", verbose_name=_("person"))
    former_key = models.PositiveBigIntegerField(_("key of the former file"), unique=True)
    former_name = models.CharField(_("name in the former file"), max_length=250)
    merged_at = models.DateTimeField(_("joined"), auto_now_add=True)
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("joined by"))

    class Meta:
        verbose_name = _("joined file")
        verbose_name_plural = _("joined files")
        ordering = ["person", "-merged_at"]

    def __str__(self):
        return self.former_name

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        return {"person": self.person_id}
