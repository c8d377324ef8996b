"""What every floor stands on: letters, the record of steps, the sign of life of the worker."""

import re
import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OutboxLetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of the organizations whose correspondence the user keeps, and letters to the user."""
        if user.is_superuser:
            return self
        return self.filter(Q(organization__in=user.organizations_in_charge) | Q(recipient__iexact=user.email))

    def for_list(self):
        return self.select_related("organization").order_by("-created_at", "-pk")


# An address that ends with a random token: whoever opens it acts as the one to whom it was written.
PERSONAL_LINK = re.compile(r"(https?://[^\s/]+/(?:[^\s/]+/)*?)[\w-]{24,}(?:/\S*)?")


class OutboxLetter(models.Model):
    """One letter by e-mail. Nothing leaves the portal by another way: see mentorship/outbox.py."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    organization = models.ForeignKey(
        settings.ORGANIZATION_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters_sent",
        verbose_name=_("organization"),
    )
    name = models.CharField(_("kind of letter"), max_length=60)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    html = models.TextField(_("text with layout"), blank=True)
    # What must be sent once carries a key: a second letter with the same key is not written.
    key = models.CharField(max_length=150, null=True, blank=True, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutboxLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail letter")
        verbose_name_plural = _("e-mail letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "created_at"], name="letter_waiting")]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("outbox-letter", args=[self.pk])

    def text_for(self, user):
        """The text as `user` may read it: personal links are the recipient's alone, others see where they lead."""
        return self.body if self._is_to(user) else self.text_without_links

    @property
    def text_without_links(self):
        """The text as anybody in charge may read it: of a personal link only where it leads."""
        return PERSONAL_LINK.sub(r"\1…", self.body)

    def hides_links_from(self, user):
        return not self._is_to(user) and bool(PERSONAL_LINK.search(self.body))

    def _is_to(self, user):
        return self.recipient.casefold() == user.email.casefold()


class StatusEvent(models.Model):
    """A step of an object from one status to another: who, when, from where, with what comment.

    Written by transitions.py alone.
    """

    class Means(models.TextChoices):
        SESSION = "session", _("signed in to the portal")
        SECOND_FACTOR = "second_factor", _("signed in to the portal, with a second factor")

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    status = models.CharField(_("status"), max_length=30)
    previous = models.CharField(_("previous status"), max_length=30, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    # Empty for what the portal did by itself, and for steps before these were kept.
    address = models.GenericIPAddressField(_("from which address"), null=True, blank=True)
    means = models.CharField(_("how"), max_length=20, choices=Means, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="status_event_subject")]

    def __str__(self):
        return f"{self.previous} → {self.status}"

    @property
    def status_label(self):
        """The status in the words of the model that it belongs to."""
        choices = dict(self.content_type.model_class()._meta.get_field("status").flatchoices)
        return choices.get(self.status, self.status)


class Heartbeat(models.Model):
    """When a background process was last seen alive; read by /healthz."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self):
        return f"{self.name} {self.seen_at:%d.%m.%Y %H:%M}"


def new_digest_token():
    return secrets.token_urlsafe(32)


class DigestReader(models.Model):
    """Who gets the daily letter of reminders; the token stops it without signing in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_reader", verbose_name=_("account")
    )
    token = models.CharField(max_length=60, unique=True, default=new_digest_token, editable=False)
    is_stopped = models.BooleanField(_("stopped"), default=False)

    class Meta:
        verbose_name = _("reader of reminders")
        verbose_name_plural = _("readers of reminders")

    def __str__(self):
        return str(self.user)


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own jobs: what they tell is about the work of the one who started them."""
        return self if user.is_superuser else self.filter(created_by=user)

    def unfinished(self):
        return self.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING])


class Job(models.Model):
    """Work that lasts longer than a page may: done by the worker, watched and cancelled by a person. See jobs.py."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    organization = models.ForeignKey(
        settings.ORGANIZATION_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("kind of work"), max_length=60)
    title = models.CharField(_("work"), max_length=250)
    # What the registered function gets: keys of objects, never the objects' data.
    arguments = models.JSONField(default=dict, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    # Sentences that the work writes down are in the language of the one who asked for it.
    language = models.CharField(max_length=10, blank=True, editable=False)
    phase = models.CharField(_("doing now"), max_length=120, blank=True)
    phase_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_count = models.PositiveIntegerField(_("done"), default=0)
    total_count = models.PositiveIntegerField(_("of"), default=0)
    result = models.TextField(_("result"), blank=True)
    result_url = models.CharField(max_length=300, blank=True, editable=False)
    is_cancel_wished = models.BooleanField(_("to be cancelled"), default=False)
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Whoever holds the claim works; a claim that was not renewed for long is another worker's to take.
    claim = models.CharField(max_length=40, blank=True, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "seen_at"], name="job_unfinished")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("job", args=[self.pk])

    @property
    def is_over(self):
        return self.status in (self.Status.DONE, self.Status.FAILED, self.Status.CANCELLED)

    def seconds_left(self, now):
        """How long the phase will last yet at its pace so far; None where that cannot be told."""
        if self.status != self.Status.RUNNING or not (self.phase_at and self.done_count and self.total_count):
            return None
        spent = (now - self.phase_at).total_seconds()
        return max(0, round(spent / self.done_count * (self.total_count - self.done_count)))
