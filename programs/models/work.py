"""What pairs do and tell of it: meetings and progress reports."""

from decimal import Decimal

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from participants.models import Person
from programs.models.pairs import Pair, with_members


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def in_period(self, starts_on, ends_on):
        return self.filter(held_on__range=(starts_on, ends_on))

    def held_by(self, today):
        """Meetings that took place: the day has come and it is marked who came."""
        return self.filter(held_on__lte=today, pk__in=Meeting.attendees.through.objects.values("meeting"))

    def unmarked(self):
        """Meetings of which nobody has marked who came: still planned, or forgotten."""
        return self.exclude(pk__in=Meeting.attendees.through.objects.values("meeting"))

    def for_log(self):
        return (
            self.select_related("pair__mentor", "pair__program__organization")
            .prefetch_related("attendees", with_members("pair__members"))
            .order_by("-held_on", "-pk")
        )


class Meeting(models.Model):
    """A line of the pair's log. A meeting in the future is a planned one; it is held once it is marked who came."""

    class Kind(models.TextChoices):
        ORGANIZATIONAL = "organizational", _("first, organizational")
        TRIAL = "trial", _("trial working")
        PLANNING = "planning", _("planning")
        REGULAR = "regular", _("regular")
        FINAL = "final", _("final")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        REMOTE = "remote", _("remotely")

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="meetings", verbose_name=_("pair or group"))
    held_on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(
        _("length, minutes"), default=45, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    kind = models.CharField(_("kind of meeting"), max_length=15, choices=Kind, default=Kind.REGULAR)
    mode = models.CharField(_("how"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    topic = models.CharField(_("topic"), max_length=250)
    done = models.TextField(_("what was done"), blank=True)
    agreed = models.TextField(_("what was agreed, and by when"), blank=True)
    attendees = models.ManyToManyField(Person, related_name="meetings", verbose_name=_("who came"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "held_on", "topic"],
                name="meeting_logged_once",
                violation_error_message=_("This meeting is in the log already."),
            )
        ]

    def __str__(self):
        return f"{self.held_on:%d.%m.%Y}: {self.topic}"

    def get_absolute_url(self):
        return reverse("programs:meeting-edit", args=[self.pk])

    def get_additional_data(self):
        """Kept with each change: the history of a person's file shows it."""
        return {"pair": self.pair_id}

    @property
    def organization(self):
        return self.pair.program.organization

    def is_planned(self, today):
        return self.held_on > today

    def is_held(self, today):
        """Whether it took place; uses what is prefetched."""
        return self.held_on <= today and len(self.attendees.all()) > 0


class ProgressReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reports of the organizations whose people the user sees, and those that the user wrote as mentor."""
        if user.is_superuser:
            return self
        return self.filter(Q(pair__program__organization__in=user.organizations_in_charge) | Q(pair__mentor__user=user))

    def for_list(self):
        return (
            self.select_related("pair__mentor", "pair__program__organization")
            .prefetch_related(with_members("pair__members"))
            .order_by("-ends_on", "pair__mentor__sort_name", "pk")
        )


class ProgressReport(models.Model):
    """The mentor's report for a period; its figures come from the log and are frozen when it is submitted."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the curator")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    class Recommendation(models.TextChoices):
        CONTINUE = "continue", _("go on")
        FINISH = "finish", _("finish")
        REPLACE = "replace", _("replace the mentor")

    NEXT = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.ACCEPTED, Status.RETURNED},
        Status.RETURNED: {Status.SUBMITTED},
    }

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reports", verbose_name=_("pair or group"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    done = models.TextField(_("what was done"), blank=True)
    results = models.TextField(_("results and changes in the mentee"), blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation, default=Recommendation.CONTINUE
    )
    meetings_count = models.PositiveSmallIntegerField(_("meetings"), default=0)
    minutes_total = models.PositiveIntegerField(_("minutes in all"), default=0)
    events = GenericRelation(StatusEvent)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="report_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.UniqueConstraint(
                fields=["pair", "starts_on", "ends_on"],
                name="one_report_per_period",
                violation_error_message=_("There is a report for this period already."),
            ),
        ]

    def __str__(self):
        return f"{self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("programs:report", args=[self.pk])

    def get_additional_data(self):
        """Kept with each change: the history of a person's file shows it."""
        return {"pair": self.pair_id}

    @property
    def organization(self):
        return self.pair.program.organization

    @property
    def is_editable(self):
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    @property
    def hours_total(self):
        """Hours with one decimal: 100 minutes are 1.7."""
        return (Decimal(self.minutes_total) / 60).quantize(Decimal("0.1"))

    def clean(self):
        if self.pair_id and self.ends_on and self.pair.started_on and self.ends_on < self.pair.started_on:
            raise ValidationError({"ends_on": _("The period ends before the pair is in force.")})
