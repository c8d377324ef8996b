"""What an organization keeps of columns: layouts to print its roadmaps by, and what the heads of its files mean."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models import Organization


class RoadmapLayoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Layouts of the organizations where the user has a role, and of those he coordinates."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=Organization.objects.visible_to(user))


class RoadmapLayout(models.Model):
    """A named set of columns of an organization, by which any of its roadmaps may be printed."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="roadmap_layouts", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=100)
    # [{"key": name of a column in roadmap/layouts.py, "header": as it is printed, "width": in characters}, …]
    columns = models.JSONField(_("columns"), default=list)

    objects = RoadmapLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("layout of roadmaps")
        verbose_name_plural = _("layouts of roadmaps")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="one_roadmap_layout_of_a_name",
                violation_error_message=_("There is a layout with this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("roadmap:layout-edit", args=[self.pk])


class TableHeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was said of heads in the organizations where the user is curator, head or staff."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class TableHead(models.Model):
    """What the columns under a head hold, as the organization's curator has said; kept for the next import."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    # The headings from the left, folded (roadmap/heads.py) and joined by tabs.
    headings = models.CharField(_("headings"), max_length=1000)
    roles = models.JSONField(_("what the columns hold"), default=list)

    objects = TableHeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("meaning of a table's head")
        verbose_name_plural = _("meanings of tables' heads")
        ordering = ["organization", "headings"]
        constraints = [models.UniqueConstraint(fields=["organization", "headings"], name="one_meaning_of_a_head")]

    def __str__(self):
        return self.headings.replace("\t", " · ")
