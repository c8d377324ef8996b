"""An office's template of a roadmap: its editions handed down, and what each organization has done with them."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from participants.models import Organization
from participants.models.organizations import at_or_below
from roadmap.models.roadmaps import Roadmap
from roadmap.own_words import own_words


class TemplateEdition(models.Model):
    """The template as it was handed down once: kept, so that what has changed since can be told."""

    template = models.ForeignKey(Roadmap, models.CASCADE, related_name="editions", verbose_name=_("template"))
    number = models.PositiveSmallIntegerField(_("edition"))
    note = models.CharField(_("to the organizations"), max_length=500, blank=True)
    content = models.JSONField(editable=False)  # see roadmap/template_content.py
    handed_at = models.DateTimeField(_("handed down"), auto_now_add=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("edition of a template")
        verbose_name_plural = _("editions of templates")
        ordering = ["template", "-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_edition_once")]

    def __str__(self):
        return f"{self.template}, {self.number}"


class TemplateOfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Offers to the user's organizations, and to those below the offices that he coordinates."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("template__organization", user.organizations_as("coordinator"))
        )

    def waiting(self):
        """Offers on which the organization has not decided, and taken ones of which a newer edition is there."""
        newer = ~Q(taken_edition=F("edition"))
        return self.filter(Q(status="offered") | (Q(status="taken", roadmap__isnull=False) & newer))


class TemplateOffer(models.Model):
    """A template handed down to one organization, which takes it as its own roadmap or declines it."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("waits for the organization")
        TAKEN = "taken", _("taken as a roadmap")
        DECLINED = "declined", _("declined by the organization")

    # An organization may think again; the office may offer again what was declined.
    NEXT = {
        Status.OFFERED: {Status.TAKEN, Status.DECLINED},
        Status.DECLINED: {Status.TAKEN, Status.OFFERED},
    }

    template = models.ForeignKey(Roadmap, models.CASCADE, related_name="offers", verbose_name=_("template"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="template_offers", verbose_name=_("organization")
    )
    edition = models.ForeignKey(TemplateEdition, models.CASCADE, related_name="+", verbose_name=_("edition offered"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OFFERED)
    reason = models.CharField(_("why not"), max_length=500, blank=True)
    roadmap = models.OneToOneField(
        Roadmap, models.SET_NULL, null=True, blank=True, related_name="offer", verbose_name=_("roadmap made of it")
    )
    # The edition against which the organization has compared its roadmap last.
    taken_edition = models.ForeignKey(
        TemplateEdition, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("edition taken")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    events = GenericRelation(StatusEvent)

    objects = TemplateOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("template offered")
        verbose_name_plural = _("templates offered")
        ordering = ["-edition__handed_at", "organization__short_name"]
        constraints = [
            models.UniqueConstraint(fields=["template", "organization"], name="template_offered_once"),
            models.CheckConstraint(
                condition=~Q(status="taken") | Q(taken_edition__isnull=False), name="taken_template_has_its_edition"
            ),
        ]

    def __str__(self):
        return f"{self.template} → {self.organization}"

    def get_absolute_url(self):
        return reverse("roadmap:offer", args=[self.pk])

    @property
    def title(self):
        """The title as the organization reads it, its own names in place of the words for them."""
        return own_words(self.organization)(self.edition.content["title"])

    @property
    def has_update(self):
        """Whether the organization's roadmap stands on an older edition than the one offered."""
        return self.status == self.Status.TAKEN and self.roadmap_id and self.taken_edition_id != self.edition_id
