"""Acts of depersonalization: what was removed of a person, and what stays by which ground."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization
from participants.models.people import Person


class DepersonalizationActQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_superuser:
            return self
        return self.filter(organization__in=user.organizations_in_charge)


class DepersonalizationAct(models.Model):
    """Written once, with its file; holds no name: after it the portal itself does not know whose data they were."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="depersonalization_acts", verbose_name=_("organization")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="depersonalization_acts", verbose_name=_("person")
    )
    made_on = models.DateField(_("date"))
    ground = models.CharField(_("ground"), max_length=300)
    # [{"what": category, "count": records}], removed and kept; the kept ones with "why".
    removed = models.JSONField(_("removed"), default=list)
    kept = models.JSONField(_("kept"), default=list)
    # [{"what": category, "why": …, "count": places, "places": addresses}]: texts that may name the person still.
    left = models.JSONField(_("left to be looked at"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    pdf = models.FileField(_("file"), upload_to="acts/%Y/", blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = DepersonalizationActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of depersonalization")
        verbose_name_plural = _("acts of depersonalization")
        ordering = ["-made_on", "-pk"]

    def __str__(self):
        return str(_("Act № %(number)s of %(date)s") % {"number": self.pk, "date": f"{self.made_on:%d.%m.%Y}"})

    def get_absolute_url(self):
        return reverse("participants:depersonalization-act", args=[self.pk])
