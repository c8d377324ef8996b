"""Questions of all kinds and what was answered; used by surveys and by applications."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization

MIN_OPTIONS = 2
NO_ANSWER = (None, "", [])


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Ready-made questionnaires and those of the user's organizations."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=user.organizations_in_charge))


class Questionnaire(models.Model):
    """A set of questions. Frozen once an answer has arrived: before and after could not be compared otherwise."""

    class Purpose(models.TextChoices):
        SURVEY = "survey", _("survey")
        MENTOR_APPLICATION = "mentor", _("application of a mentor")
        MENTEE_APPLICATION = "mentee", _("application of a mentee")

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("organization"),
        help_text=_("Empty: ready-made, for all organizations."),
    )
    purpose = models.CharField(_("what it is for"), max_length=10, choices=Purpose, default=Purpose.SURVEY)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("participants:questionnaire", args=[self.pk])

    @property
    def is_application(self):
        return self.purpose != self.Purpose.SURVEY

    @property
    def is_frozen(self):
        return self.answers.exists()


class Question(models.Model):
    class Kind(models.TextChoices):
        SCALE = "scale", _("scale from 1 to 10")
        YES_NO = "yes_no", _("yes or no")
        CHOICE = "choice", _("one of several")
        SEVERAL = "several", _("several of several")
        TEXT = "text", _("words of one's own")

    class Fills(models.TextChoices):
        COMPETENCES = "competences", _("main competences")
        ACHIEVEMENTS = "achievements", _("achievements")
        INTERESTS = "interests", _("interests")
        PREFERRED_AGE = "preferred_age", _("wished age of mentees")
        TIME_RESOURCE = "time_resource", _("time for the programme")
        COURSES = "courses", _("courses on mentoring")
        REQUEST = "request", _("main request")
        DIFFICULTIES = "difficulties", _("professional difficulties")
        EDUCATION = "education", _("education")
        QUALIFICATION = "qualification", _("qualification category")
        SUBJECT = "subject", _("subject or age group")

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    text = models.CharField(_("question"), max_length=500)
    options = models.TextField(
        _("options"), blank=True, help_text=_("One a line, where there is something to choose from.")
    )
    is_required = models.BooleanField(_("must be answered"), default=True)
    measures_satisfaction = models.BooleanField(
        _("counts as satisfaction"), default=False, help_text=_("Only for scales: enters the satisfaction indicators.")
    )

    fills = models.CharField(
        _("fills the registry's column"),
        max_length=20,
        choices=Fills,
        blank=True,
        help_text=_("Only in applications: where the answer goes when the application is accepted."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["questionnaire", "position", "pk"]

    def __str__(self):
        return self.text

    def clean(self):
        if self.has_options:
            if len(self.option_list) < MIN_OPTIONS:
                raise ValidationError({"options": _("Give at least two options, one a line.")})
            if len(set(self.option_list)) < len(self.option_list):
                raise ValidationError({"options": _("Two options are the same.")})
        if self.measures_satisfaction and self.kind != self.Kind.SCALE:
            raise ValidationError({"measures_satisfaction": _("Only a scale from 1 to 10 can count as satisfaction.")})

    @property
    def has_options(self):
        return self.kind in (self.Kind.CHOICE, self.Kind.SEVERAL)

    @property
    def option_list(self):
        return [line.strip() for line in self.options.splitlines() if line.strip()]

    def in_words(self, value):
        """An answer as Answers keeps it, as a person reads it."""
        if self.kind == self.Kind.SCALE:
            return _("%(mark)s of 10") % {"mark": value}
        if self.kind == self.Kind.YES_NO:
            return _("yes") if value == "yes" else _("no")
        return "; ".join(value) if isinstance(value, list) else str(value)


class Answers(models.Model):
    """What one participant answered. Whose it is stands elsewhere, and for an anonymous survey nowhere.

    The key is random and no moment is kept, so that the order of arrival tells nothing about who answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers")
    # {key of the question as text: number, "yes"/"no", an option, a list of options or words}
    values = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("set of answers")
        verbose_name_plural = _("sets of answers")
        ordering = ["pk"]

    def __str__(self):
        return str(self.questionnaire)

    def in_words(self):
        """[(Question, what was answered as a sentence)] of the questions that were answered, in their order."""
        answered = ((question, self.values.get(str(question.pk))) for question in self.questionnaire.questions.all())
        return [(question, question.in_words(value)) for question, value in answered if value not in NO_ANSWER]

    def satisfaction(self, questions):
        """Mean of the answered scales that count as satisfaction (1–10), or None where none was answered."""
        scales = [self.values.get(str(question.pk)) for question in questions if question.measures_satisfaction]
        given = [value for value in scales if value is not None]
        return sum(given) / len(given) if given else None
