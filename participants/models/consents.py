"""Consents: one person, one purpose, one text version, a period, withdrawal; and what a withdrawal leaves to do."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from participants.consent_rules import COMES_OF_AGE, OPTIONAL_KINDS, SAID_NO, SILENT, end_of_minority
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


def _short(moment):
    return date_format(timezone.localdate(moment), "SHORT_DATE_FORMAT")


class ConsentTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Ready texts and those of the user's organizations."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=user.organizations_in_charge))


class ConsentText(models.Model):
    """One version of the text of a consent. A version that was printed, shown or signed is never edited any more."""

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
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    used_at = models.DateTimeField(_("first printed or shown"), null=True, blank=True, editable=False)
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
        return f"{self.get_kind_display()}, {self.label}"

    @property
    def label(self):
        """Which version of whose text, as lists and papers name it."""
        words = (
            _("version %(version)s of the organization")
            if self.organization_id
            else _("ready text, version %(version)s")
        )
        return words % {"version": self.version}

    @property
    def label_with_days(self):
        """The label with what tells versions apart on paper: when it was written, and since when it is printed."""
        words = _("%(label)s, written on %(written)s, first used on %(used)s")
        if self.used_at is None:
            words = _("%(label)s, written on %(written)s, not used yet")
        days = {"written": _short(self.created_at), "used": self.used_at and _short(self.used_at)}
        return words % {"label": self.label, **days}

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
        """Given by that day, not withdrawn and not expired on it; by a representative only until the coming of age."""
        given = self.filter(given_on__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))
        given = given.exclude(given_by=Consent.GivenBy.REPRESENTATIVE, person__birth_year__lt=day.year - COMES_OF_AGE)
        return given.filter(Q(status=Consent.Status.GIVEN) | Q(status=Consent.Status.WITHDRAWN, withdrawn_on__gt=day))

    def to_use_on(self, day, kind):
        """Consents of the kind on which the data may be used on the day: the one condition of every such list.

        Transfer and publication are processing, too (152-ФЗ art. 3): who has withdrawn or refused the consent to the
        processing is neither passed on nor published, whatever else he has signed. One who was never asked for it is:
        the consents to both name their data and acts themselves, and much of an employee's data is processed on the
        ground of the labour contract.
        """
        consents = self.in_force(day).filter(kind=kind)
        if kind not in OPTIONAL_KINDS:
            return consents
        return consents.exclude(person__in=Consent.objects.ending_the_processing(day).values("person"))

    def ending_the_processing(self, day):
        """Refusals and withdrawals of the processing that are the last word, where no other consent to it is in force.

        Few have said no: a list over many organizations looks at these rows once, not at everybody's consents in turn.
        """
        processing = self.filter(kind=ConsentKind.PROCESSING)
        same_person = Consent.objects.filter(kind=ConsentKind.PROCESSING, person=OuterRef("person"))
        later = same_person.filter(pk__gt=OuterRef("pk")).exclude(status__in=SILENT)
        return processing.filter(~Exists(later), ~Exists(same_person.in_force(day)), status__in=SAID_NO).order_by()

    def to_transfer_on(self, day):
        """Consents on which a person is passed upward by name on the day."""
        return self.to_use_on(day, ConsentKind.UPWARD).filter(person__depersonalized_on=None)


class Consent(models.Model):
    """What a person, or his legal representative, has agreed to, by which text, from when until when."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled")

    class GivenBy(models.TextChoices):
        SUBJECT = "subject", _("the person")
        REPRESENTATIVE = "representative", _("the legal representative")

    class Way(models.TextChoices):
        PAPER = "paper", _("on paper")
        LINK = "link", _("by the personal link")

    NEXT = {
        Status.ASKED: {Status.GIVEN, Status.REFUSED, Status.CANCELLED},
        Status.REFUSED: {Status.GIVEN, Status.CANCELLED},
        # Back to asked, or cancelled: what was entered by mistake is undone within ten minutes.
        Status.GIVEN: {Status.WITHDRAWN, Status.ASKED, Status.CANCELLED},
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
    paper_on = models.DateField(
        _("paper signed on"), null=True, blank=True, help_text=_("Of what was confirmed by the link first.")
    )
    scan = models.FileField(_("scan"), upload_to="consents/%Y/%m/", blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    destroyed_on = models.DateField(
        _("paper destroyed on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("By an act, after the storage term."),
    )
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
        if self.given_on is None or self.given_on > day or (self.ends_on and self.ends_on < day):
            return False
        return self.status == self.Status.GIVEN or (self.status == self.Status.WITHDRAWN and self.withdrawn_on > day)

    @property
    def ends_on(self):
        """The last day of the term, or of the minority where a representative has given it; None without either."""
        ends = [self.valid_until, end_of_minority(self.person.birth_year) if self._is_of_representative else None]
        return min((end for end in ends if end), default=None)

    def expires_soon(self, day):
        """Whether a new consent is needed within a month, or because the person comes of age in this year."""
        if not self.is_in_force(day) or self.ends_on is None:
            return False
        return self.ends_on - day <= timedelta(days=EXPIRES_SOON_DAYS) or self.is_to_renew(day)

    def is_to_renew(self, day):
        """Whether it was given by a representative and the person turns 18 in the year of the day."""
        end = end_of_minority(self.person.birth_year)
        return self._is_of_representative and end is not None and end.year == day.year

    @property
    def _is_of_representative(self):
        return self.given_by == self.GivenBy.REPRESENTATIVE

    @property
    def has_paper(self):
        """Whether it was signed on paper, from the first or after the answer by the link."""
        return self.way == self.Way.PAPER or self.paper_on is not None or bool(self.scan)


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
