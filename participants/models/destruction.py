"""Acts of destruction: which consents were destroyed after their storage term."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization


class DestructionActQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class DestructionAct(models.Model):
    """Written once, with its file. The names stand in the file alone, which the law obliges to keep for three years."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="destruction_acts", verbose_name=_("organization")
    )
    made_on = models.DateField(_("date"))
    # [{"consent": key, "person": key}] of what was destroyed.
    lines = models.JSONField(_("what was destroyed"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    pdf = models.FileField(_("file"), upload_to="acts/%Y/", blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = DestructionActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of destruction")
        verbose_name_plural = _("acts of destruction")
        ordering = ["-made_on", "-pk"]

    def __str__(self):
        return str(_("Act № %(number)s of %(date)s") % {"number": self.pk, "date": f"{self.made_on:%d.%m.%Y}"})

    def get_absolute_url(self):
        return reverse("participants:destruction-act", args=[self.pk])
