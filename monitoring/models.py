"""HOW WELL: surveys, personal links, indicators with targets and measurements."""

from datetime import timedelta

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from monitoring.indicator_formulas import Figure
from participants.models import Answers, Organization, Person, Questionnaire
from participants.models.accounts import new_token
from participants.models.organizations import at_or_below
from programs.models import Program


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(program__organization__in=user.organizations_in_charge)

    def for_list(self):
        return self.select_related("program__organization", "questionnaire").with_counts().order_by("-opens_on", "-pk")

    def with_counts(self):
        """With `invited_count` and `answered_count`."""
        return self.annotate(
            invited_count=Count("invitations"),
            answered_count=Count("invitations", filter=Q(invitations__is_answered=True)),
        )

    def taking_answers(self, today):
        return self.filter(status=Survey.Status.OPEN, opens_on__lte=today, closes_on__gte=today)

    def may_be_counted(self, today):
        """Whose answers may be shown: an anonymous survey only once no more can arrive.

        While answers to it come one by one, each difference between two sums would tell who answered what.
        """
        is_over = Q(status=Survey.Status.CLOSED) | Q(status=Survey.Status.OPEN, closes_on__lt=today)
        return self.filter(is_over | Q(status=Survey.Status.OPEN, is_anonymous=False))


class Survey(models.Model):
    """A questionnaire sent to the people of a programme for a period."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("mentors and mentees")
        MENTORS = "mentors", _("mentors")
        MENTEES = "mentees", _("mentees")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("collecting answers")
        CLOSED = "closed", _("closed")

    NEXT = {Status.DRAFT: {Status.OPEN}, Status.OPEN: {Status.CLOSED}}

    program = models.ForeignKey(Program, models.CASCADE, related_name="surveys", verbose_name=_("programme"))
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="surveys", verbose_name=_("questionnaire")
    )
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("who is asked"), max_length=10, choices=Audience, default=Audience.EVERYBODY)
    is_anonymous = models.BooleanField(
        _("anonymous"), default=False, help_text=_("Answers cannot be joined to a person, by nobody.")
    )
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("to"))
    remind_every_days = models.PositiveSmallIntegerField(
        _("remind not more often than every … days"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    remind_at_most = models.PositiveSmallIntegerField(
        _("remind at most … times"), default=3, validators=[MaxValueValidator(10)]
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    events = GenericRelation(StatusEvent)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_closes_after_it_opens",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.UniqueConstraint(
                fields=["program", "title"],
                name="one_survey_of_a_title_in_a_program",
                violation_error_message=_("The programme has a survey with this title already."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("monitoring:survey", args=[self.pk])

    @property
    def organization(self):
        return self.program.organization

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    def takes_answers(self, today):
        return self.status == self.Status.OPEN and self.opens_on <= today <= self.closes_on

    def is_over(self, today):
        """Whether no answer can arrive any more."""
        return self.status == self.Status.CLOSED or (self.status == self.Status.OPEN and self.closes_on < today)

    def shows_results(self, today):
        """Whether sums may be shown; the rule for one of `may_be_counted`."""
        return self.is_over(today) or (self.status == self.Status.OPEN and not self.is_anonymous)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Invitations of the organizations in charge; one's own come by `of_user`."""
        if user.is_superuser:
            return self
        return self.filter(survey__program__organization__in=user.organizations_in_charge)

    def of_user(self, user):
        """The user's own invitations, newest first; those of drafts do not exist."""
        return self.filter(person__user=user).select_related("survey__program").order_by("-survey__opens_on", "-pk")

    def silent(self, today):
        """Who can answer today and has not."""
        return self.filter(is_answered=False, survey__in=Survey.objects.taking_answers(today))

    def with_email(self, today):
        """Those whom a letter reaches; a minor without an own address by the legal representative's."""
        return self.filter(person__in=Person.objects.with_address(today))

    def to_invite(self, now):
        """The silent of open surveys to whom nothing was written yet and who have an e-mail."""
        return self.silent(timezone.localdate(now)).with_email(timezone.localdate(now)).filter(last_sent_at=None)

    def to_remind(self, now):
        """The silent whose survey is open, who were written to long enough ago and not too often."""
        today = timezone.localdate(now)
        due = Q()
        for days in Survey.objects.taking_answers(today).values_list("remind_every_days", flat=True).distinct():
            due |= Q(survey__remind_every_days=days, last_sent_at__lte=now - timedelta(days=days))
        if not due:
            return self.none()
        return (
            self.silent(today)
            .with_email(today)
            .filter(due, is_reminding_stopped=False, reminder_count__lt=F("survey__remind_at_most"))
        )


class Invitation(models.Model):
    """A personal link to a survey. Whether it was answered stands here; what was answered does not, if anonymous.

    Who is mentor and mentee at once has one invitation and answers as mentee; the mentor's view is asked by a survey of
    mentors.
    """

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", verbose_name=_("survey"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="survey_invitations", verbose_name=_("person"))
    role = models.CharField(_("asked as"), max_length=6, choices=Role)
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    last_sent_at = models.DateTimeField(_("last letter"), null=True, blank=True)
    reminder_count = models.PositiveSmallIntegerField(_("reminders"), default=0)
    is_answered = models.BooleanField(_("answered"), default=False)
    is_reminding_stopped = models.BooleanField(_("asked not to be reminded"), default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        ordering = ["survey", "person__sort_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="one_invitation_per_person")]

    def __str__(self):
        return f"{self.person}, {self.survey}"

    def get_absolute_url(self):
        return reverse("survey-answer", args=[self.token])


class Response(models.Model):
    """Answers that arrived for a survey; `invitation` is empty where the survey is anonymous."""

    Role = Invitation.Role

    answers = models.OneToOneField(Answers, models.CASCADE, primary_key=True, related_name="response")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    # Satisfaction is counted for mentors and mentees apart.
    role = models.CharField(_("answered as"), max_length=6, choices=Role)
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="response", verbose_name=_("invitation")
    )

    class Meta:
        verbose_name = _("answers to a survey")
        verbose_name_plural = _("answers to surveys")

    def __str__(self):
        return f"{self.survey}, {self.get_role_display()}"


class Indicator(models.Model):
    """A figure with its rule: `formula` names a function of indicators.py that gives numerator and denominator."""

    class Formula(models.TextChoices):
        MENTEE_SHARE = "mentee_share", _("teachers who are mentees ÷ all teachers")
        SUPPLYING_SHARE = "supplying_share", _("organizations that gave mentors ÷ all organizations")
        MENTEE_SATISFACTION = "mentee_satisfaction", _("satisfied mentees ÷ mentees who took part")
        MENTOR_SATISFACTION = "mentor_satisfaction", _("satisfied mentors ÷ mentors who took part")

    formula = models.CharField(_("formula"), max_length=30, choices=Formula, unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=40, help_text=_("For charts and panels."))
    threshold = models.DecimalField(
        _("satisfied from"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("Mean of the scales from 1 to 10, from which a participant counts as satisfied."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(formula__in=["mentee_satisfaction", "mentor_satisfaction"]) | Q(threshold__isnull=False),
                name="satisfaction_has_a_threshold",
                violation_error_message=_("Say from which mean on a participant counts as satisfied."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_of_offices(self):
        """Whether the indicator can be measured over many organizations only."""
        return self.formula == self.Formula.SUPPLYING_SHARE


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Common targets, and those of the organizations the user sees."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=Organization.objects.visible_to(user)))

    def own(self, organization):
        return self.filter(organization=organization).for_list()

    def inherited(self, offices):
        """Targets of the offices above, and common ones."""
        return self.filter(Q(organization__in=offices) | Q(organization=None)).for_list()

    def for_list(self):
        return self.select_related("indicator", "organization").order_by("indicator__position", "year", "pk")


class Target(models.Model):
    """The planned value of an indicator for a calendar year, set by an act; common or an organization's own."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("indicator"))
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
        help_text=_("Empty: for all organizations that have none of their own."),
    )
    year = models.PositiveSmallIntegerField(_("calendar year"))
    percent = models.DecimalField(
        _("target, %"), max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    source = models.CharField(_("act that sets it"), max_length=250, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator__position", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organization", "year"],
                name="one_own_target_per_year",
                violation_error_message=_("There is a target for this year already."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "year"],
                condition=Q(organization=None),
                name="one_common_target_per_year",
                violation_error_message=_("There is a target for this year already."),
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.percent} %"


class MeasurementQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("organization", user.organizations_as("coordinator"))
        )


class Measurement(models.Model):
    """An indicator counted for an organization and school year on a day."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements", verbose_name=_("indicator"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="measurements", verbose_name=_("organization")
    )
    school_year = models.PositiveSmallIntegerField(_("school year"))
    taken_on = models.DateField(_("counted on"))
    # Both are stored: reports print "12 of 40", and an empty denominator is «нет данных», not 0 %.
    numerator = models.PositiveIntegerField(_("numerator"))
    denominator = models.PositiveIntegerField(_("denominator"))

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-taken_on", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organization", "school_year", "taken_on"], name="one_measurement_per_day"
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=F("denominator")),
                name="numerator_within_denominator",
                violation_error_message=_("The numerator is greater than the denominator."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.numerator} / {self.denominator}"

    @property
    def percent(self):
        return Figure(self.numerator, self.denominator).percent
