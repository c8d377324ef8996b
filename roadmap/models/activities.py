"""Activities of a roadmap, their points, the windows read from their deadlines."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentorship.models import StatusEvent
from roadmap.models.roadmaps import Roadmap, Stage
from roadmap.recurrence import Frequency

# An activity «до 25 мая» is not pressed upon people in October.
DUE_AHEAD = timedelta(days=45)
FREQUENCIES = [
    (Frequency.WEEKLY, _("every week")),
    (Frequency.HALF_MONTHLY, _("twice a month")),
    (Frequency.MONTHLY, _("every month")),
    (Frequency.BIMONTHLY, _("every two months")),
    (Frequency.QUARTERLY, _("every quarter")),
    (Frequency.TRIMESTERLY, _("every trimester")),
    (Frequency.HALF_YEARLY, _("every half-year")),
    (Frequency.YEARLY, _("once a year")),
]


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(stage__roadmap__in=Roadmap.objects.visible_to(user))

    def in_order(self):
        return self.order_by("stage__position", "position")


class Activity(models.Model):
    """A row of the plan. Its texts are kept as written; what was read from the deadline stands beside."""

    READ_AS_LISTS = ("windows", "items", "occurrences")  # what a long plan reads of each, see progress.for_tally

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
    # What the document said where a person has changed a text since: {"content": "…", "deadline_text": "…"}.
    source_texts = models.JSONField(_("texts of the document"), default=dict, blank=True, editable=False)
    is_by_hand = models.BooleanField(_("added by hand"), default=False, editable=False)
    # Counts the changes of texts and days: who edits an older state is shown the newer one.
    version = models.PositiveIntegerField(default=0, editable=False)
    # Keys of the witnesses (roadmap/witnesses.py) on whose word the curator wants no suggestion here.
    declined_witnesses = models.JSONField(_("suggestions declined"), default=list, blank=True, editable=False)
    frequency = models.CharField(_("how often"), max_length=12, choices=FREQUENCIES, blank=True)
    # The activity of the office's template from which this one was taken: see roadmap/template_content.py.
    origin = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
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
        return self.in_words[:120]

    def get_absolute_url(self):
        """The place of the activity in its plan, on the page that shows it."""
        return f"{self.stage.roadmap.get_absolute_url()}?activity={self.pk}#activity-{self.pk}"

    @property
    def in_words(self):
        """What is to be done, told apart from its table: «Контроль журналов: просмотр записей» of a group and its activity."""
        return f"{self.group}: {self.content}" if self.group else self.content

    @property
    def organization(self):
        return self.stage.roadmap.organization

    @property
    def is_open(self):
        return self.status in {self.Status.PLANNED, self.Status.STARTED}

    @property
    def window_list(self):
        return self._rows("windows")

    @property
    def item_list(self):
        return self._rows("items")

    @property
    def occurrence_list(self):
        return self._rows("occurrences")

    def _rows(self, name):
        """The list that was read beforehand (see READ_AS_LISTS), where it was, else the rows of the relation."""
        rows = self.__dict__.get(f"read_{name}")
        return getattr(self, name).all() if rows is None else rows

    def due_on(self):
        """The last day of the last window, or None where nothing is to be overdue (all the time, no date).

        Of an activity with occurrences: the last day of the first one that is not done.
        """
        if occurrences := self.occurrence_list:
            return next((each.ends_on for each in occurrences if each.done_on is None), None)
        if self.deadline_kind in {self.DeadlineKind.ONGOING, self.DeadlineKind.UNSCHEDULED}:
            return None
        ends = [window.ends_on for window in self.window_list if window.ends_on]
        return max(ends, default=None)

    def is_late(self, today):
        due_on = self.due_on()
        return due_on is not None and due_on < today and self.is_open

    def is_due(self, today):
        """Whether it is to be worked on now: a window is open and ends within DUE_AHEAD, and it is not finished.

        What is repeated is due by its occurrences; without them, and where it lasts all the time, it is not due on a day.
        """
        if not self.is_open or self.is_late(today):
            return False
        if occurrences := self.occurrence_list:
            return any(each.is_due(today) for each in occurrences)
        if self.deadline_kind not in {self.DeadlineKind.RANGE, self.DeadlineKind.BY}:
            return False
        return any(window.holds(today) and window.ends_within(today, DUE_AHEAD) for window in self.window_list)


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
