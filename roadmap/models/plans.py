"""What makes a roadmap a living plan: owners, proofs, links between activities, occurrences, the approved copy."""

from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.models import Person
from roadmap.models.activities import Activity
from roadmap.models.roadmaps import Roadmap
from roadmap.responsibles import OwnerRole


class OfActivityQuerySet(models.QuerySet):
    """Rows that stand on an activity are seen with it."""

    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(activity__stage__roadmap__in=Roadmap.objects.visible_to(user))


class ActivityOwner(models.Model):
    """Who answers for an activity: a role, or a person of the organization."""

    ROLES = [
        (OwnerRole.HEAD, _("head of the organization")),
        (OwnerRole.DEPUTY, _("deputy head")),
        (OwnerRole.CURATOR, _("curator of mentorship")),
        (OwnerRole.MENTORS, _("mentors")),
        (OwnerRole.MENTEES, _("mentees")),
        (OwnerRole.COUNCIL, _("council of mentors or of methods")),
        (OwnerRole.WORKING_GROUP, _("working group")),
        (OwnerRole.CLASS_TEACHERS, _("class teachers")),
        (OwnerRole.SPECIALISTS, _("psychologist, social teacher")),
        (OwnerRole.TEACHERS, _("teachers")),
        (OwnerRole.OFFICE, _("education office")),
        (OwnerRole.ORGANIZATION, _("organization as a whole")),
    ]

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="owners", verbose_name=_("activity"))
    role = models.CharField(_("answers as"), max_length=20, choices=ROLES, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="owned_activities", verbose_name=_("person")
    )

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsible for an activity")
        verbose_name_plural = _("responsible for activities")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(role="") & Q(person__isnull=False)) | (~Q(role="") & Q(person=None)),
                name="owner_is_a_role_or_a_person",
            ),
            models.UniqueConstraint(fields=["activity", "role"], condition=~Q(role=""), name="owner_role_once"),
            models.UniqueConstraint(
                fields=["activity", "person"], condition=Q(person__isnull=False), name="owner_person_once"
            ),
        ]

    def __str__(self):
        return self.person.short_name if self.person_id else str(self.get_role_display())


class Proof(models.Model):
    """What shows that an activity was done: a file, a link, a note, or a paper of an upper floor (roadmap/proofs.py)."""

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LINK = "link", _("link")
        NOTE = "note", _("note")
        PAPER = "paper", _("paper of the portal")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="proofs", verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    # What is printed; of a paper, its name on the day when it was linked.
    title = models.CharField(_("what it is"), max_length=300)
    file = models.FileField(_("file"), upload_to="roadmap-proofs/%Y/", blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    content_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    paper = GenericForeignKey("content_type", "object_id")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["activity", "pk"]

    def __str__(self):
        return self.title

    @property
    def organization(self):
        return self.activity.organization

    @property
    def file_kind(self):
        return PurePath(self.file.name).suffix.lstrip(".")


class ActivityLink(models.Model):
    """The follower begins so many days after the end («after») or the beginning («with») of the activity it follows."""

    class Kind(models.TextChoices):
        AFTER = "after", _("after it")
        WITH = "with", _("together with it")

    leader = models.ForeignKey(Activity, models.CASCADE, related_name="links_to", verbose_name=_("follows"))
    follower = models.ForeignKey(Activity, models.CASCADE, related_name="links_from", verbose_name=_("follower"))
    kind = models.CharField(_("kind of link"), max_length=5, choices=Kind, default=Kind.AFTER)
    lag_days = models.SmallIntegerField(
        _("days between"), default=1, validators=[MinValueValidator(0), MaxValueValidator(365)]
    )

    class Meta:
        verbose_name = _("link between activities")
        verbose_name_plural = _("links between activities")
        ordering = ["follower", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leader", "follower"],
                name="activities_linked_once",
                violation_error_message=_("These two activities are linked already."),
            ),
            models.CheckConstraint(condition=~Q(leader=F("follower")), name="activity_follows_another"),
        ]

    def __str__(self):
        return f"{self.leader} → {self.follower}"


class Occurrence(models.Model):
    """One of the times at which a repeated activity is to be done; ticked by itself."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occurrences", verbose_name=_("activity"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["activity", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "starts_on"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="occurrence_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"

    def is_late(self, today):
        return self.done_on is None and self.ends_on < today

    def is_due(self, today):
        return self.done_on is None and self.starts_on <= today <= self.ends_on


class BaselineQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(roadmap__in=Roadmap.objects.visible_to(user))


class Baseline(models.Model):
    """The plan as it was approved: texts and days of every activity, kept as they were."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="baselines", verbose_name=_("roadmap"))
    made_on = models.DateField(_("approved on"))
    # [{"activity": key, "stage", "number", "content", "deadline_text", …, "starts_on", "ends_on"}]
    lines = models.JSONField(default=list, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fixed by")
    )
    made_at = models.DateTimeField(_("fixed"), auto_now_add=True)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved plan")
        verbose_name_plural = _("approved plans")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.roadmap}, {self.made_on:%d.%m.%Y}"
