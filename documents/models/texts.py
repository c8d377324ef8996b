"""Wordings of papers: the organization's own ones in versions; the ready ones are files."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.paper_texts import check_placeholders
from documents.text_kinds import text_kind
from participants.models import Organization


class PaperTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)

    def in_force(self):
        return self.filter(is_in_force=True)


class PaperText(models.Model):
    """A version of an organization's own wording; where none is in force the portal's ready text is taken.

    Written by documents/text_versions.py alone: a version is never changed, papers name the one they were made from.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="paper_texts", verbose_name=_("organization")
    )
    kind = models.CharField(_("paper"), max_length=30)  # a key of documents/text_kinds.py, so no choices here
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    text = models.TextField(_("text"))
    note = models.CharField(_("what is changed"), max_length=250, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    is_in_force = models.BooleanField(_("new papers are made from it"), default=True, editable=False)
    in_force_since = models.DateTimeField(_("in force since"), default=timezone.now, editable=False)

    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a paper")
        verbose_name_plural = _("texts of papers")
        ordering = ["organization", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "version"],
                name="one_text_per_version",
                violation_error_message=_("This version of the text is there already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=Q(is_in_force=True),
                name="one_text_in_force",
                violation_error_message=_("Another version of the text is in force."),
            ),
        ]

    def __str__(self):
        return f"{self.kind_name}, {self.organization}"

    def get_absolute_url(self):
        return reverse("documents:text-version", args=[self.pk])

    def clean(self):
        if text_kind(self.kind) is None:
            raise ValidationError({"kind": _("The portal does not know such a paper.")})
        try:
            check_placeholders(self.text, self.kind)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error

    @property
    def kind_name(self):
        kind = text_kind(self.kind)
        return str(kind.name) if kind else self.kind
