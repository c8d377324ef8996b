"""Roadmaps and their stages."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentorship.school_year import SchoolYear
from participants.models import Organization
from participants.models.organizations import at_or_below
from programs.models import Program
from roadmap.headings import Heading, numbered_heading, stage_heading
from roadmap.stage_kinds import StageKind, kind_of_title


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Roadmaps of the user's organizations and of those he coordinates, and of the programmes he takes part in."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(organization__in=user.organizations_in_charge)
            | at_or_below("organization", user.organizations_as("coordinator"))
            | (Q(organization__in=user.people.values("organization")) & Q(is_template=False))
        )

    def plans(self):
        """Roadmaps that somebody carries out; templates are only handed down."""
        return self.filter(is_template=False)


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
    order_number = models.CharField(_("number of the order that approved it"), max_length=40, blank=True)
    order_on = models.DateField(_("date of the order that approved it"), null=True, blank=True)
    source_name = models.CharField(_("file it came from"), max_length=200, blank=True)
    # Of an education office: a plan for its organizations, handed down in editions (roadmap/handing_down.py).
    is_template = models.BooleanField(_("template for organizations"), default=False, editable=False)
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
    KINDS = [
        (StageKind.CONDITIONS, _("Preparation of conditions")),
        (StageKind.MENTEES, _("Base of mentees")),
        (StageKind.MENTORS, _("Base of mentors")),
        (StageKind.TRAINING, _("Selection and training of mentors")),
        (StageKind.PAIRS, _("Making of pairs and groups")),
        (StageKind.WORK, _("Work of pairs and groups")),
        (StageKind.RESULTS, _("Completion and results")),
    ]

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="stages", verbose_name=_("roadmap"))
    position = models.PositiveSmallIntegerField(_("place"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=500)
    source_title = models.CharField(_("title in the document"), max_length=500, blank=True, editable=False)
    # The line of the document that named the stage, «1й этап. Подготовка»: printed while number and title are its own.
    source_heading = models.CharField(_("line in the document"), max_length=600, blank=True, editable=False)
    # By a person's word; empty: by the title, see `shown_kind`.
    kind = models.CharField(_("stage of the target model"), max_length=12, choices=KINDS, blank=True)
    # The stage of the office's template from which this one was taken: see roadmap/template_content.py.
    origin = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["roadmap", "position"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="stage_place_is_its_own")]

    def __str__(self):
        return f"{self.number}. {self.title}" if self.number else self.title

    def get_absolute_url(self):
        """The place of the stage in its plan, on the page that shows its beginning."""
        return f"{self.roadmap.get_absolute_url()}?stage={self.pk}#stage-{self.pk}"

    @property
    def organization(self):
        return self.roadmap.organization

    @property
    def as_written(self):
        """The heading as its document had it, or number and title where a person has changed them since."""
        written = self.source_heading
        if not written or not self.title:
            return written or str(self)
        read = stage_heading(written) or numbered_heading(written)  # «II. Работа» is 2
        if read == Heading(self.number, self.title):
            return written
        before, title, _after = written.partition(self.title)
        return written if title and self.number in before else str(self)

    @property
    def name_apart(self):
        """What a column of stages says: the cell as its document had it, or the title."""
        return self.as_written if self.source_heading else self.title

    @property
    def number_apart(self):
        """What a column of numbers says of the stage, where the column of stages does not say it already."""
        return "" if self.source_heading else self.number

    @property
    def shown_kind(self):
        """The one of the seven stages that this is, or None."""
        return StageKind(self.kind) if self.kind else kind_of_title(self.title)
