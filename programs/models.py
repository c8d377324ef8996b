"""WHAT: programmes, pairs and groups, meetings, progress reports."""

from decimal import Decimal

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from mentorship.school_year import SchoolYear
from participants.models import Organization, Person
from participants.models.organizations import at_or_below


class ProgramQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Programmes of the user's organizations, of those he coordinates, and those he takes part in."""
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


class PairQuerySet(models.QuerySet):
    def taken_part_in_by(self, user):
        return self.filter(Q(mentor__user=user) | Q(pk__in=PairMentee.objects.filter(person__user=user).values("pair")))

    def visible_to(self, user):
        """Pairs the user takes part in, and the pairs of the organizations whose people he sees."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(program__organization__in=user.organizations_in_charge)
            | Q(mentor__user=user)
            | Q(pk__in=PairMentee.objects.filter(person__user=user).values("pair"))
        )

    def open_on(self, day):
        return self.filter(started_on__lte=day).exclude(ended_on__lt=day)

    def not_ended(self):
        """Proposed pairs and those in force."""
        return self.exclude(status=Pair.Status.ENDED)

    def quiet_since(self, day):
        """Pairs in force since before the day, without a meeting held on it or later."""
        met = Meeting.objects.filter(held_on__gte=day, attendees__isnull=False)
        return self.filter(status=Pair.Status.ACTIVE, started_on__lt=day).exclude(pk__in=met.values("pair"))

    def matching(self, text):
        """Pairs among whose people every word of the text is found; letter case, ё and е alike."""
        found = self
        for word in text.casefold().replace("ё", "е").split():
            mentees = PairMentee.objects.filter(person__search_text__contains=word)
            found = found.filter(Q(mentor__search_text__contains=word) | Q(pk__in=mentees.values("pair")))
        return found

    def for_register(self):
        """What the page, its export and the annex of the order show, in their order."""
        return (
            self.select_related("program__organization", "mentor__organization", "form")
            .prefetch_related("members__person__organization")
            .order_by("mentor__last_name", "mentor__first_name", "pk")
        )


class Pair(models.Model):
    """A mentor with one mentee, or a group: with two or more. It is in force only by an approved order."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("in force")
        ENDED = "ended", _("ended")

    NEXT = {Status.PROPOSED: {Status.ACTIVE}, Status.ACTIVE: {Status.ENDED}}

    program = models.ForeignKey(Program, models.CASCADE, related_name="pairs", verbose_name=_("programme"))
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_mentor", verbose_name=_("mentor"))
    form = models.ForeignKey(MentoringForm, models.PROTECT, related_name="+", verbose_name=_("form of mentoring"))
    topic = models.CharField(_("topic or request"), max_length=250, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    planned_from = models.DateField(_("planned from"))
    planned_to = models.DateField(_("planned to"))
    started_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    events = GenericRelation(StatusEvent)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair or group")
        verbose_name_plural = _("pairs and groups")
        ordering = ["mentor__last_name", "mentor__first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_to__gt=F("planned_from")),
                name="pair_planned_to_end_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="pair_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", started_on=None) | (~Q(status="proposed") & Q(started_on__isnull=False)),
                name="pair_in_force_has_a_start",
                violation_error_message=_("A pair in force has a start date, a proposed one has none."),
            ),
        ]

    def __str__(self):
        mentees = ", ".join(person.short_name for person in self.mentees)
        return f"{self.mentor.short_name} – {mentees}"

    def get_absolute_url(self):
        return reverse("programs:pair", args=[self.pk])

    @property
    def organization(self):
        return self.program.organization

    @property
    def mentees(self):
        """People, in the order of their names; uses what is prefetched."""
        people = [member.person for member in self.members.all()]
        return sorted(people, key=lambda person: (person.last_name, person.first_name, person.pk))

    @property
    def is_group(self):
        return len(self.members.all()) > 1

    @property
    def is_open(self):
        return self.status == self.Status.ACTIVE

    @property
    def last_day(self):
        """The last day on which the pair can meet: its end, or while it is in force the end of what is planned."""
        return self.ended_on or max(self.planned_to, self.program.ends_on)


class PairMentee(models.Model):
    """A mentee's place in a pair or group."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pairs_as_mentee", verbose_name=_("mentee"))

    class Meta:
        verbose_name = _("mentee of the pair")
        verbose_name_plural = _("mentees of the pair")
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "person"],
                name="mentee_once_in_a_pair",
                violation_error_message=_("This mentee is in the group already."),
            )
        ]

    def __str__(self):
        return self.person.full_name


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
            .prefetch_related("attendees", "pair__members__person")
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
            .prefetch_related("pair__members__person")
            .order_by("-ends_on", "pair__mentor__last_name", "pk")
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
