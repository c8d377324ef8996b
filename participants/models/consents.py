"""Consents: one person, one purpose, one text version, a period, withdrawal; and what a withdrawal leaves to do."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from participants.consent_texts import check_text
from participants.models.accounts import new_token
from participants.models.organizations import Organization
from participants.models.people import Person

# 152-ФЗ art. 21: processing stops and the data are destroyed within thirty days of the withdrawal.
DAYS_TO_DESTROY = 30
EXPIRES_SOON_DAYS = 30


class ConsentKind(models.TextChoices):
    PROCESSING = "processing", _("processing of personal data")
    PARTICIPATION = "participation", _("participation in the programme")
    EXTRA_DUTIES = "extra_duties", _("additional duties of a mentor")
    PUBLICATION = "publication", _("publication")
    UPWARD = "upward", _("transfer by name to the education office")


class ConsentTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Ready texts and those of the user's organizations."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=user.organizations_in_charge))


class ConsentText(models.Model):
    """One version of the text of a consent. A version that somebody has signed is never edited: a new one is made."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="consent_texts",
        verbose_name=_("organization"),
        help_text=_("Empty: the ready text of the portal."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=ConsentKind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=250)
    # With the placeholders of consent_texts.py.
    body = models.TextField(_("text for an adult"))
    body_of_representative = models.TextField(
        _("text for a legal representative"), blank=True, help_text=_("Empty: minors do not give this consent.")
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, months"), null=True, blank=True, help_text=_("Empty: until it is withdrawn.")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "version"], name="one_consent_text_of_a_version"),
            models.UniqueConstraint(
                fields=["kind", "version"], condition=Q(organization=None), name="one_ready_consent_text_of_a_version"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.version}"

    def clean(self):
        for name in ("body", "body_of_representative"):
            try:
                check_text(getattr(self, name))
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from error


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Consents of the organizations where the user is curator, head or staff, and the user's own."""
        if user.is_superuser:
            return self
        return self.filter(Q(person__organization__in=user.organizations_in_charge) | Q(person__user=user))

    def in_force(self, day):
        """Given by that day, not withdrawn and not expired on it."""
        given = self.filter(given_on__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))
        return given.filter(Q(status=Consent.Status.GIVEN) | Q(status=Consent.Status.WITHDRAWN, withdrawn_on__gt=day))

    def to_transfer_on(self, day):
        """Consents to the transfer upward by name that are in force on the day: the one condition of every such list."""
        return self.in_force(day).filter(kind=ConsentKind.UPWARD)


class Consent(models.Model):
    """What a person, or his legal representative, has agreed to, by which text, from when until when."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class GivenBy(models.TextChoices):
        SUBJECT = "subject", _("the person")
        REPRESENTATIVE = "representative", _("the legal representative")

    class Way(models.TextChoices):
        PAPER = "paper", _("on paper")
        LINK = "link", _("by the personal link")

    NEXT = {
        Status.ASKED: {Status.GIVEN, Status.REFUSED},
        Status.REFUSED: {Status.GIVEN},
        Status.GIVEN: {Status.WITHDRAWN},
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=15, choices=ConsentKind)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text version"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    given_by = models.CharField(_("who consents"), max_length=15, choices=GivenBy, default=GivenBy.SUBJECT)
    representative_name = models.CharField(_("legal representative"), max_length=200, blank=True)
    way = models.CharField(_("how"), max_length=5, choices=Way, default=Way.PAPER)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    scan = models.FileField(_("scan"), upload_to="consents/%Y/%m/", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    sent_at = models.DateTimeField(_("link sent"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    events = GenericRelation(StatusEvent)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person", "kind", "-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["given", "withdrawn"]) | Q(given_on__isnull=False),
                name="given_consent_has_a_date",
                violation_error_message=_("Say on which day the consent was given."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(given_on=None) | Q(valid_until__gte=F("given_on")),
                name="consent_ends_after_it_begins",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_on__gte=F("given_on")),
                name="consent_is_withdrawn_after_it_was_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(given_by="subject") | ~Q(representative_name=""),
                name="representative_has_a_name",
                violation_error_message=_("Write the name of the legal representative."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status="asked"),
                name="one_open_request_for_a_consent",
                violation_error_message=_("This consent was asked for already."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "status", "person"], name="consent_of_a_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"

    def get_absolute_url(self):
        return reverse("participants:consent", args=[self.pk])

    @property
    def organization(self):
        return self.person.organization

    def get_additional_data(self):
        """Kept with each change: the history of a person's file shows it."""
        return {"person": self.person_id}

    def is_in_force(self, day):
        """The rule of `in_force` for one."""
        if self.given_on is None or self.given_on > day or (self.valid_until and self.valid_until < day):
            return False
        return self.status == self.Status.GIVEN or (self.status == self.Status.WITHDRAWN and self.withdrawn_on > day)

    def expires_soon(self, day):
        return (
            self.is_in_force(day)
            and self.valid_until is not None
            and self.valid_until - day <= timedelta(days=EXPIRES_SOON_DAYS)
        )


class RemovalTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(consent__person__organization__in=user.organizations_in_charge)

    def open(self):
        return self.filter(done_on=None)


class RemovalTask(models.Model):
    """Something to be taken down or destroyed because a consent was withdrawn, with its last day."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="removal_tasks", verbose_name=_("consent"))
    what = models.CharField(_("what is to be done"), max_length=300)
    url = models.CharField(_("where"), max_length=300, blank=True)
    due_on = models.DateField(_("not later than"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    note = models.CharField(_("remark"), max_length=250, blank=True)

    objects = RemovalTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task after a withdrawal")
        verbose_name_plural = _("tasks after withdrawals")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.what

    @property
    def organization(self):
        return self.consent.person.organization

    def get_additional_data(self):
        """Kept with each change: the history of a person's file shows it."""
        return {"person": self.consent.person_id}

    def is_late(self, today):
        return self.done_on is None and self.due_on < today
