"""Layouts: which columns a printed or exported registry has, in which order and under which names."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization


class RegistryLayoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Layouts of the organizations where the user has a role, and of those he coordinates."""
        if user.is_superuser:
            return self
        return self.filter(organization__in=Organization.objects.visible_to(user))

    def of(self, organization, kind):
        return self.filter(organization=organization, kind=kind).order_by("-is_default", "name")


class RegistryLayout(models.Model):
    """A named set of columns of an organization. An education office changes its form every year; old ones stay."""

    class Kind(models.TextChoices):
        MENTORS = "mentors", _("mentors")
        MENTEES = "mentees", _("mentees")
        CURATORS = "curators", _("curators")
        LONG_TERM = "long_term", _("long-term registry of mentors")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="registry_layouts", verbose_name=_("organization")
    )
    kind = models.CharField(_("registry"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    title = models.CharField(
        _("title of the table"), max_length=250, blank=True, help_text=_("Empty: the title of the official form.")
    )
    # [{"key": name of a column in registry_layouts.py, "header": as it is printed, "width": in characters}, …]
    columns = models.JSONField(_("columns"), default=list)
    is_default = models.BooleanField(_("is used unless another is chosen"), default=False)

    objects = RegistryLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("layout of a registry")
        verbose_name_plural = _("layouts of registries")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "name"],
                name="one_layout_of_a_name",
                violation_error_message=_("There is a layout with this name already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=Q(is_default=True),
                name="one_default_layout",
                violation_error_message=_("Another layout is used by default already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("participants:layout-edit", args=[self.pk])
