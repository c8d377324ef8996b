"""Agreements of mentors and mentees."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.orders import Order
from documents.models.papers import Paper
from programs.models import Pair, PairMentee


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements of the organizations whose papers the user sees, and those the user is a party of."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(order__program__organization__in=user.organizations_in_charge)
            | Q(pair__mentor__user=user)
            | Q(mentee__person__user=user)
        )

    def of_person(self, person):
        return self.filter(Q(pair__mentor=person) | Q(mentee__person=person))

    def for_list(self):
        return self.select_related("order__organization", "pair__mentor", "mentee__person", "paper").order_by(
            "pair__mentor__sort_name", "mentee__person__sort_name", "pk"
        )


class Agreement(models.Model):
    """The agreement of a mentor and one mentee, made by an approved order; its file holds both copies."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="agreements", verbose_name=_("order"))
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="agreements", verbose_name=_("pair or group"))
    mentee = models.ForeignKey(PairMentee, models.PROTECT, related_name="agreements", verbose_name=_("mentee"))
    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="agreement", verbose_name=_("paper"), editable=False
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "mentee"],
                name="one_agreement_per_mentee_and_order",
                violation_error_message=_("This mentee has an agreement by this order already."),
            )
        ]

    def __str__(self):
        return f"{self.pair.mentor.short_name} – {self.mentee.person.short_name}"

    def get_absolute_url(self):
        return reverse("documents:agreement-file", args=[self.pk])

    @property
    def organization(self):
        return self.order.organization
