"""Questions of all kinds and what was answered; used by surveys, later by applications."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Ready-made questionnaires and those of the user's organizations."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization=None) | Q(organization__in=user.organizations_in_charge))


class Questionnaire(models.Model):
    """A set of questions. Frozen once an answer has arrived: before and after could not be compared otherwise."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("organization"),
        help_text=_("Empty: ready-made, for all organizations."),
    )
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def is_frozen(self):
        return self.answers.exists()


class Question(models.Model):
    class Kind(models.TextChoices):
        SCALE = "scale", _("scale from 1 to 10")
        YES_NO = "yes_no", _("yes or no")
        CHOICE = "choice", _("one of several")
        TEXT = "text", _("words of one's own")

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    text = models.CharField(_("question"), max_length=500)
    options = models.TextField(_("options"), blank=True, help_text=_("One a line; for “one of several”."))
    is_required = models.BooleanField(_("must be answered"), default=True)
    measures_satisfaction = models.BooleanField(
        _("counts as satisfaction"), default=False, help_text=_("Only for scales: enters the satisfaction indicators.")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["questionnaire", "position", "pk"]

    def __str__(self):
        return self.text

    def clean(self):
        if self.kind == self.Kind.CHOICE and len(self.option_list) < 2:
            raise ValidationError({"options": _("Give at least two options, one a line.")})
        if self.measures_satisfaction and self.kind != self.Kind.SCALE:
            raise ValidationError({"measures_satisfaction": _("Only a scale from 1 to 10 can count as satisfaction.")})

    @property
    def option_list(self):
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class Answers(models.Model):
    """What one participant answered. Whose it is stands elsewhere, and for an anonymous survey nowhere.

    The key is random and no moment is kept, so that the order of arrival tells nothing about who answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers")
    # {key of the question as text: number, "yes"/"no", an option or words}
    values = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("set of answers")
        verbose_name_plural = _("sets of answers")
        ordering = ["pk"]

    def __str__(self):
        return str(self.questionnaire)

    def satisfaction(self, questions):
        """Mean of the answered scales that count as satisfaction (1–10), or None where none was answered."""
        scales = [self.values.get(str(question.pk)) for question in questions if question.measures_satisfaction]
        given = [value for value in scales if value is not None]
        return sum(given) / len(given) if given else None
