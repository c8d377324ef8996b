"""Imports of registries: an uploaded file on its way into the registry, and what a curator said of its columns."""

import json

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import Job, StatusEvent
from participants.models.organizations import Organization


class LettersAsTheyAre(json.JSONEncoder):
    """JSON without a code of six signs for each Russian letter: of a large reading that is half the memory."""

    def __init__(self, **options):
        super().__init__(**options | {"ensure_ascii": False})


class RegistryImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Imports of the organizations where the user is curator, head or staff."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class WithoutReading(models.Manager):
    """Leaves what was read and written where it is until somebody asks: of a large file it is forty megabytes."""

    def get_queryset(self):
        return super().get_queryset().defer("report", "written")


class RegistryImport(models.Model):
    """An uploaded registry: columns matched → read and checked → confirmed; written once, undone at most once."""

    class Kind(models.TextChoices):
        MENTORS = "mentors", _("mentors")
        MENTEES = "mentees", _("mentees")

    class Scope(models.TextChoices):
        SOUND_ROWS = "sound_rows", _("the rows that are in order; the others come back with reasons")
        ALL_OR_NOTHING = "all_or_nothing", _("all rows or none")

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("waits for its columns")
        READING = "reading", _("being read")
        CHECKED = "checked", _("waits for confirmation")
        WRITING = "writing", _("being written")
        CONFIRMED = "confirmed", _("confirmed")
        UNDONE = "undone", _("undone")
        UNREADABLE = "unreadable", _("cannot be used")

    NEXT = {
        Status.UPLOADED: {Status.READING, Status.UNREADABLE},
        Status.READING: {Status.CHECKED, Status.UPLOADED, Status.UNREADABLE},
        Status.CHECKED: {Status.WRITING, Status.UPLOADED, Status.READING, Status.UNREADABLE},
        Status.WRITING: {Status.CONFIRMED, Status.CHECKED},
        Status.CONFIRMED: {Status.UNDONE},
        Status.UNREADABLE: {Status.UPLOADED, Status.READING},
    }

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    kind = models.CharField(_("registry"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    scope = models.CharField(_("what is written"), max_length=15, choices=Scope, default=Scope.SOUND_ROWS)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True, editable=False)
    # What the curator said of the file: {"sheet": place, "header_row": place, "fields": {place of the column: field}},
    # places counted from 0; an empty field leaves the column out. See registry_header.Choice and registry_columns.
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    # What the curator said of rows that may be somebody known: {row of the sheet: "same:<key of the person>" (what is
    # stored stays), "update:<key>" (the file goes before), "row:<row>" (adds to another row), "new" or "skip"}.
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    # The reading as registry_reading gives it: rows with their fate and reasons.
    report = models.JSONField(_("reading"), default=dict, encoder=LettersAsTheyAre)
    # What was written, with the values before, so that it can be taken back; see registry_storing and registry_undo.
    written = models.JSONField(_("written"), default=dict, blank=True, editable=False)
    refusal = models.TextField(_("why it cannot be used"), blank=True, editable=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    events = GenericRelation(StatusEvent)
    objects = RegistryImportQuerySet.as_manager()
    # For whom the reading is of no use: the history, which compares each change with the row as it was, the admin.
    without_reading = WithoutReading.from_queryset(RegistryImportQuerySet)()

    class Meta:
        default_manager_name = "without_reading"
        verbose_name = _("registry import")
        verbose_name_plural = _("registry imports")
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("participants:import-check", args=[self.pk])


class ColumnMatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was said of the columns in the organizations where the user is curator, head or staff."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class ColumnMatch(models.Model):
    """What a header means in the files of an organization, as its curator has said; kept for the next import."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    kind = models.CharField(_("registry"), max_length=10, choices=RegistryImport.Kind)
    # Folded: letter case, ё and signs do not count.
    header = models.CharField(_("header"), max_length=300)
    field = models.CharField(_("means"), max_length=40, blank=True, help_text=_("Empty: the column is left out."))

    objects = ColumnMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("meaning of a column")
        verbose_name_plural = _("meanings of columns")
        ordering = ["organization", "kind", "header"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "header"], name="one_meaning_of_a_header")
        ]

    def __str__(self):
        return self.header
