"""Orders that repeal or change earlier ones. A link is a wish while the order is a draft; its approval puts it in force.

Only approved orders of the same organization are named, and none of a later date: so no circle can arise.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.draft_versions import lock_to_change
from documents.filing import end_paper
from documents.models import Order, OrderLink
from mentorship.transitions import record
from programs.models import Pair


def earlier_orders(order):
    """The orders that this one may repeal or change."""
    approved = Order.objects.filter(organization=order.organization_id, status=Order.Status.APPROVED, repealed_by=None)
    return approved.exclude(pk=order.pk).order_by("-approved_on", "-pk")


@transaction.atomic
def link_order(order, earlier, *, action, items="", by, seen=None):
    """Let a draft repeal or change an earlier order, or points of it. Returns the OrderLink.

    Raises ValidationError for what is not an approved, unrepealed order of the organization, or is named already.
    """
    _program, order = lock_to_change(order, by=by, seen=seen)
    if not earlier_orders(order).filter(pk=earlier.pk).exists():
        raise ValidationError(
            {"earlier": _("Only an approved order of this organization that is in force can be named.")}
        )
    items = items.strip().rstrip(".")
    if action == OrderLink.Action.CHANGES and not items:
        raise ValidationError({"items": _("Say which points are changed, and how.")})
    link = OrderLink(order=order, earlier=earlier, action=action, items=items)
    link.full_clean()
    link.save()
    return link


@transaction.atomic
def unlink_order(link, *, by):
    """Take an earlier order out of a draft."""
    lock_to_change(link.order, by=by)
    link.delete()


def check_earlier(order, approved_on=None):
    """Raise ValidationError where an earlier order cannot be repealed or changed (on the date) any more."""
    for link in order.links.select_related("earlier"):
        earlier = link.earlier
        if earlier.is_repealed:
            raise ValidationError(
                _("%(earlier)s is repealed already: take it out of this order."), params={"earlier": earlier}
            )
        if approved_on and approved_on < earlier.approved_on:
            raise ValidationError(
                _("%(earlier)s has a later date: an order repeals or changes only earlier ones."),
                params={"earlier": earlier},
            )


def lock_earlier(order, approved_on):
    """The links of an order that is being approved, the earlier orders locked and still as they must be."""
    list(Order.objects.select_for_update(of=("self",)).filter(later_links__order=order).order_by("pk"))
    check_earlier(order, approved_on)
    return list(order.links.select_related("earlier"))


def put_links_in_force(order, links, *, by):
    """The earlier orders now say by which order they are repealed or changed; their files stay as they are."""
    for link in links:
        if link.is_whole_repeal:
            Order.objects.filter(pk=link.earlier_id).update(repealed_by=order)
            end_paper(link.earlier.paper, by_paper=order.paper, on=order.approved_on)
            words = _("Repealed by order No. %(number)s of %(day)s")
        elif link.action == OrderLink.Action.REPEALS:
            words = _("Repealed in part by order No. %(number)s of %(day)s: %(items)s")
        else:
            words = _("Changed by order No. %(number)s of %(day)s: %(items)s")
        day = date_format(order.approved_on, "SHORT_DATE_FORMAT")
        comment = words % {"number": order.number, "day": day, "items": link.items}
        record(link.earlier, previous=link.earlier.status, by=by, comment=comment)


def later_links_of(order):
    """The links in force by which later orders change the order or repeal it, the earliest first."""
    links = order.later_links.filter(order__status=Order.Status.APPROVED).select_related("order")
    return links.order_by("order__approved_on", "pk")


def pairs_left_in_force(order):
    """Pairs that the order put in force and that go on: a repeal does not end them, an order on their end does."""
    return list(order.pairs.filter(status=Pair.Status.ACTIVE).for_register())


def pairs_that_stay(order):
    """Pairs in force by the orders that this one repeals as a whole and that it does not end itself."""
    repealed = order.links.filter(action=OrderLink.Action.REPEALS, items="").values("earlier")
    pairs = Pair.objects.filter(orders__in=repealed, status=Pair.Status.ACTIVE)
    return list(pairs.exclude(pk__in=order.ended_pairs.values("pk")).distinct().for_register())
