"""Documents on their way to a roadmap, and what was odd in them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models import Organization
from roadmap.models.activities import Activity
from roadmap.models.roadmaps import Roadmap, Stage


class ImportRemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(roadmap__in=Roadmap.objects.visible_to(user))


class ImportRemark(models.Model):
    """What the import could not read or found odd; it stays until a person ticks it off."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="remarks")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="remarks")
    stage = models.ForeignKey(Stage, models.SET_NULL, null=True, blank=True, related_name="remarks")
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
        return self.filter(organization__in=user.organizations_as("curator", "head", "staff", "coordinator"))

    def unfinished(self):
        return self.filter(roadmap=None)


class RoadmapImport(models.Model):
    """An uploaded roadmap between its check page and the confirmation.

    `source` is the document as it was read once (`roadmap.stored_blocks`), `corrections` what a person has changed of the
    reading (`roadmap.corrections`): one may leave the check page and come back.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to="roadmap-imports/%Y/")
    source = models.JSONField(_("document as read"), default=list, blank=True)
    corrections = models.JSONField(_("corrections"), default=dict, blank=True)
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
