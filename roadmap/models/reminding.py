"""How the plan reaches its people outside of the portal: calendars by a secret address, rules of reminding."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.models import Organization
from roadmap.models.roadmaps import Roadmap


def new_token():
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """A secret address from which a calendar program reads: a person's activities, or those of one roadmap."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name=_("account")
    )
    roadmap = models.ForeignKey(
        Roadmap, models.CASCADE, null=True, blank=True, related_name="feeds", verbose_name=_("roadmap")
    )
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "roadmap"], name="one_feed_of_a_roadmap"),
            models.UniqueConstraint(fields=["user"], condition=Q(roadmap=None), name="one_feed_of_own_tasks"),
        ]

    def __str__(self):
        return f"{self.user}: {self.roadmap or _('My tasks')}"


def check_days(text):
    """«7, 1»: whole numbers of days from 0 to 60."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 3 and int(part) <= 60 for part in parts) or len(parts) > 5:
        raise ValidationError(_("Write up to five numbers from 0 to 60, separated by commas: 7, 1."))


class ReminderRule(models.Model):
    """When an organization reminds those who answer for activities; without a row the defaults hold."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="roadmap_reminders", verbose_name=_("organization")
    )
    is_on = models.BooleanField(_("remind"), default=True)
    days_before = models.CharField(
        _("days before the end"), max_length=30, default="7, 1", blank=True, validators=[check_days]
    )
    is_weekly_after = models.BooleanField(_("every week after the end, until it is done"), default=True)

    class Meta:
        verbose_name = _("rule of reminders")
        verbose_name_plural = _("rules of reminders")

    def __str__(self):
        return str(self.organization)

    @property
    def days(self):
        """The numbers of days before the end, as a set."""
        return {int(part) for part in self.days_before.split(",") if part.strip()}
