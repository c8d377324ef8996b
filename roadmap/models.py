"""WHEN: roadmaps, stages, activities, the windows read from their deadlines."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from mentorship.school_year import SchoolYear
from participants.models import Organization
from participants.models.organizations import at_or_below
from programs.models import Program

# An activity «до 25 мая» is not pressed upon people in October.
DUE_AHEAD = timedelta(days=45)


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Roadmaps of the user's organizations and of those he coordinates, and of the programmes he takes part in."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("organization", user.organizations_as("coordinator"))
            | Q(organization__in=user.people.values("organization"))
        )


class Roadmap(models.Model):
    """A plan of stages and activities. `columns` are those of the document it came from, in their order."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="roadmaps", verbose_name=_("organization")
    )
    program = models.ForeignKey(
        Program, models.SET_NULL, null=True, blank=True, related_name="roadmaps", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=500)
    school_year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    # [{"role": "content", "title": "Содержание деятельности"}, …]: what the PDF prints and in which order.
    columns = models.JSONField(_("columns"), default=list)
    approver_position = models.CharField(_("approved by, position"), max_length=250, blank=True)
    approver_name = models.CharField(_("approved by, name"), max_length=150, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    source_name = models.CharField(_("file it came from"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        ordering = ["-school_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="roadmap_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("roadmap:roadmap", args=[self.pk])

    @property
    def year(self):
        return SchoolYear(self.school_year)


class StageQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(roadmap__in=Roadmap.objects.visible_to(user))

    def with_activity_count(self):
        return self.annotate(activity_count=models.Count("activities"))


class Stage(models.Model):
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="stages", verbose_name=_("roadmap"))
    position = models.PositiveSmallIntegerField(_("place"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=500)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["roadmap", "position"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="stage_place_is_its_own")]

    def __str__(self):
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def organization(self):
        return self.roadmap.organization


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(stage__roadmap__in=Roadmap.objects.visible_to(user))

    def in_order(self):
        return self.order_by("stage__position", "position")


class Activity(models.Model):
    """A row of the plan. Its texts are kept as written; what was read from the deadline stands beside."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        STARTED = "started", _("under way")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class DeadlineKind(models.TextChoices):
        RANGE = "range", _("period")
        BY = "by", _("by a date")
        RECURRING = "recurring", _("repeated")
        ONGOING = "ongoing", _("all the time")
        UNSCHEDULED = "unscheduled", _("without a date")

    # Any step may be taken back: a status here records life, it does not make it.
    NEXT = {
        Status.PLANNED: {Status.STARTED, Status.DONE, Status.CANCELLED},
        Status.STARTED: {Status.PLANNED, Status.DONE, Status.CANCELLED},
        Status.DONE: {Status.PLANNED, Status.STARTED},
        Status.CANCELLED: {Status.PLANNED},
    }

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="activities", verbose_name=_("stage"))
    position = models.PositiveSmallIntegerField(_("place"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    group = models.CharField(_("group of activities"), max_length=500, blank=True)
    content = models.TextField(_("activity"))
    deadline_text = models.CharField(_("deadline as written"), max_length=500, blank=True)
    responsible_text = models.CharField(_("responsible as written"), max_length=500, blank=True)
    document_text = models.TextField(_("document or result"), blank=True)
    extra = models.JSONField(_("other columns"), default=dict, blank=True)
    deadline_kind = models.CharField(
        _("kind of deadline"), max_length=12, choices=DeadlineKind, default=DeadlineKind.UNSCHEDULED
    )
    deadline_confidence = models.FloatField(
        _("certainty of the reading"), default=0, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    deadline_remark = models.CharField(_("remark on the deadline"), max_length=500, blank=True)
    deadline_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dates confirmed by"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    events = GenericRelation(StatusEvent)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="activity_place_is_its_own"),
            models.CheckConstraint(
                condition=(Q(status="done") & Q(done_on__isnull=False)) | (~Q(status="done") & Q(done_on=None)),
                name="done_activity_has_its_day",
                violation_error_message=_(
                    "An activity that is done has the day on which it was done, another has none."
                ),
            ),
        ]

    def __str__(self):
        return self.content[:120]

    @property
    def organization(self):
        return self.stage.roadmap.organization

    def due_on(self):
        """The last day of the last window, or None where nothing is to be overdue (all the time, no date)."""
        if self.deadline_kind in {self.DeadlineKind.ONGOING, self.DeadlineKind.UNSCHEDULED}:
            return None
        ends = [window.ends_on for window in self.windows.all() if window.ends_on]
        return max(ends, default=None)

    def is_late(self, today):
        due_on = self.due_on()
        return due_on is not None and due_on < today and self.status in {self.Status.PLANNED, self.Status.STARTED}

    def is_due(self, today):
        """Whether it is to be worked on now: a window is open and ends within DUE_AHEAD, and it is not finished.

        What is repeated or lasts all the time is not due on a day.
        """
        if self.status not in {self.Status.PLANNED, self.Status.STARTED} or self.is_late(today):
            return False
        if self.deadline_kind not in {self.DeadlineKind.RANGE, self.DeadlineKind.BY}:
            return False
        return any(window.holds(today) and window.ends_within(today, DUE_AHEAD) for window in self.windows.all())


class DeadlineWindow(models.Model):
    """Days within which an activity is to be done; an open side is empty. Both days are included."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="windows")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["activity", F("starts_on").asc(nulls_first=True), "ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="window_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            )
        ]

    def __str__(self):
        return f"{self.starts_on or '…'} – {self.ends_on or '…'}"

    def ends_within(self, day, time):
        return self.ends_on is not None and self.ends_on - day <= time

    def holds(self, day):
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


class ActivityItem(models.Model):
    """A numbered point inside an activity, ticked by itself."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("place"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    text = models.TextField(_("point"))
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["activity", "position"]

    def __str__(self):
        return self.text[:120]


class ImportRemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(roadmap__in=Roadmap.objects.visible_to(user))


class ImportRemark(models.Model):
    """What the import could not read or found odd; it stays until a person ticks it off."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="remarks")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="remarks")
    row = models.PositiveIntegerField(_("line of the file"), null=True, blank=True)
    code = models.CharField(_("kind"), max_length=40)
    text = models.TextField(_("remark"))
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = ImportRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark of the import")
        verbose_name_plural = _("remarks of the import")
        ordering = ["roadmap", "row", "pk"]

    def __str__(self):
        return self.text[:120]


class RoadmapImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class RoadmapImport(models.Model):
    """An uploaded roadmap between its check page and the confirmation."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to="roadmap-imports/%Y/")
    roadmap = models.OneToOneField(Roadmap, models.SET_NULL, null=True, blank=True, related_name="source")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = RoadmapImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roadmap import")
        verbose_name_plural = _("roadmap imports")
        ordering = ["-created_at"]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("roadmap:import-check", args=[self.pk])
