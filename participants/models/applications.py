"""Applications: a public page of a school year, and what people have sent by it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentorship.models import StatusEvent
from mentorship.school_year import SchoolYear
from participants.models.accounts import new_token
from participants.models.consents import ConsentText
from participants.models.organizations import Organization
from participants.models.people import Person, fold_for_search
from participants.models.questionnaires import Answers, Questionnaire


class ApplicationCallQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class ApplicationCall(models.Model):
    """The public page on which people apply to the programme of an organization and school year."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="application_calls", verbose_name=_("organization")
    )
    school_year = models.PositiveSmallIntegerField(_("school year"))
    token = models.CharField(_("public address"), max_length=60, unique=True, default=new_token, editable=False)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("What the programme is and for whom."))
    mentor_questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questionnaire of mentors"),
        help_text=_("For employees and other adults. Empty: they do not apply as mentors by this page."),
    )
    mentee_questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questionnaire of mentees"),
        help_text=_("For employees and other adults. Empty: they do not apply as mentees by this page."),
    )
    pupil_mentor_questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questionnaire of mentors among pupils"),
        help_text=_("Empty: pupils do not apply as mentors by this page."),
    )
    pupil_mentee_questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questionnaire of mentees among pupils"),
        help_text=_("Empty: pupils do not apply as mentees by this page."),
    )
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("to"))

    objects = ApplicationCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("page for applications")
        verbose_name_plural = _("pages for applications")
        ordering = ["-school_year", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year"],
                name="one_call_per_year",
                violation_error_message=_("The school year has a page for applications already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The end date is before the start date."),
            ),
        ]

    def __str__(self):
        return f"{self.organization}, {self.year}"

    def get_absolute_url(self):
        return reverse("application-call", args=[self.token])

    @property
    def year(self):
        return SchoolYear(self.school_year)

    def is_open(self, today):
        return self.opens_on <= today <= self.closes_on

    def questionnaire_for(self, role, *, is_pupil):
        """The questionnaire of "mentor" or "mentee", or None where such people do not apply."""
        return getattr(self, f"{'pupil_' if is_pupil else ''}{role}_questionnaire")


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Applications to the organizations where the user is curator, head or staff; drafts are their writers' alone."""
        if user.is_superuser:
            return self
        return self.filter(call__organization__in=user.organizations_in_charge).exclude(status="draft")

    def matching(self, text):
        """Applications whose names, e-mail or phone hold every word of the text; letter case, ё and е alike."""
        found = self
        for word in fold_for_search(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def for_list(self):
        """Those that wait for the curator first, the longest on top; then those that were sent back; then the decided."""
        turn = Case(When(status="submitted", then=0), When(status="asked", then=1), default=2)
        return self.select_related("call__organization", "person").order_by(turn, "submitted_at", "pk")

    def waiting(self):
        return self.filter(status=Application.Status.SUBMITTED)


class Application(models.Model):
    """A person's wish to take part. The draft belongs to its writer, who comes back to it by the personal link."""

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the curator")
        ASKED = "asked", _("more was asked for")
        ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
        DECLINED = "declined", _("declined")

    NEXT = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.ASKED, Status.ACCEPTED, Status.DECLINED},
        Status.ASKED: {Status.SUBMITTED, Status.DECLINED},
    }

    call = models.ForeignKey(ApplicationCall, models.CASCADE, related_name="applications", verbose_name=_("page"))
    role = models.CharField(_("applies as"), max_length=6, choices=Role)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    email = models.EmailField(_("e-mail"))
    # A pupil from the first page on; which of the adults one is stands on the page about oneself.
    kind = models.CharField(_("who"), max_length=10, choices=Person.Kind, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    position = models.CharField(_("position or class"), max_length=200, blank=True)
    workplace = models.CharField(_("place of work or study"), max_length=250, blank=True)
    representative_name = models.CharField(_("legal representative"), max_length=200, blank=True)
    # {key of the question as text: answer}, while it is a draft; kept as `answers` once submitted.
    values = models.JSONField(_("answers so far"), default=dict, blank=True)
    answers = models.OneToOneField(
        Answers, models.SET_NULL, null=True, blank=True, related_name="application", verbose_name=_("answers")
    )
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("consent to processing")
    )
    consented_at = models.DateTimeField(_("consent confirmed"), null=True, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="applications", verbose_name=_("person")
    )
    message = models.TextField(_("to the applicant"), blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    chased_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    # Folded words for search; databases differ in how they compare Cyrillic letters.
    search_text = models.CharField(max_length=600, editable=False, blank=True)
    events = GenericRelation(StatusEvent)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False),
                name="submitted_application_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(consented_at__isnull=False),
                name="application_is_submitted_with_consent",
                violation_error_message=_("Without the consent to the processing of the data nothing can be sent."),
            ),
        ]
        indexes = [models.Index(fields=["call", "status", "submitted_at"], name="application_queue")]

    def __str__(self):
        return self.full_name or self.email

    def save(self, **kwargs):
        self.search_text = fold_for_search(f"{self.full_name} {self.email} {self.phone} {self.position}")[:600]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("participants:application", args=[self.pk])

    @property
    def organization(self):
        return self.call.organization

    @property
    def is_pupil(self):
        return self.kind == Person.Kind.PUPIL

    @property
    def questionnaire(self):
        """The questions that were answered, else those that the page asks now; None where it asks such people no more."""
        if self.answers:
            return self.answers.questionnaire
        return self.call.questionnaire_for(self.role, is_pupil=self.is_pupil)

    @property
    def full_name(self):
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))

    @property
    def salutation(self):
        """«Мария Петровна»: who reads the letters, of a minor the representative."""
        if self.representative_name:
            return " ".join(self.representative_name.split()[1:])
        return " ".join(filter(None, [self.first_name, self.patronymic]))

    @property
    def phone_for_reading(self):
        return Person(phone=self.phone).phone_for_reading

    @property
    def consent(self):
        """The Consent that was entered when the application was accepted, or None."""
        if self.person is None or self.consent_text is None:
            return None
        return self.person.consents.filter(text=self.consent_text, way="link").order_by("-given_on", "-pk").first()

    @property
    def personal_url(self):
        return reverse("application", args=[self.token])

    def get_additional_data(self):
        """Kept with each change: the history of a person's file shows it."""
        return {"person": self.person_id}
