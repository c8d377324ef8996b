"""Annexes of orders: live tables, editions of the regulation, roadmaps, files attached by hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.annex_kinds import ANNEX_KINDS, FILE
from documents.models.orders import Order
from documents.models.regulations import RegulationEdition
from programs.models import Pair
from roadmap.models import Roadmap


class OrderAnnexQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(order__in=Order.objects.visible_to(user))

    def for_paper(self):
        """In the order of the sheets, with what they print."""
        return self.select_related("edition__organization", "roadmap").order_by("place", "pk")


class OrderAnnex(models.Model):
    """A sheet behind an order. Which of the fields counts, its kind says; see documents/annex_kinds.py."""

    KINDS = [(kind.key, kind.label) for kind in ANNEX_KINDS.values()]

    order = models.ForeignKey(Order, models.CASCADE, related_name="annexes", verbose_name=_("order"))
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("what is annexed"), max_length=20, choices=KINDS)
    title = models.CharField(
        _("heading of the sheet"), max_length=300, blank=True, help_text=_("Empty: the portal's own.")
    )
    edition = models.ForeignKey(
        RegulationEdition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    roadmap = models.ForeignKey(
        Roadmap, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("roadmap")
    )
    pairs = models.ManyToManyField(Pair, related_name="+", verbose_name=_("pairs and groups"), blank=True)
    file = models.FileField(_("file"), upload_to="annexes/%Y/", blank=True)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    page_count = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)

    objects = OrderAnnexQuerySet.as_manager()

    class Meta:
        verbose_name = _("annex of an order")
        verbose_name_plural = _("annexes of orders")
        ordering = ["order", "place", "pk"]

    def __str__(self):
        return self.title or str(self.kind_of_annex.label)

    @property
    def kind_of_annex(self):
        return ANNEX_KINDS[self.kind]

    @property
    def is_file(self):
        return self.kind == FILE

    @property
    def organization(self):
        return self.order.organization
