"""Versions of a draft: each change makes a new one, and who changes or decides says which one he has seen."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.models import Order
from mentorship.permissions import require
from programs.models import Program


def check_version(order, seen):
    """Raise ValidationError, which names who changed the order and when, unless it is still the version `seen`.

    None stands for whoever has not been shown a page: a command, the demo.
    """
    if seen is None or seen == order.version:
        return
    raise ValidationError(
        _("The order was changed on %(moment)s by %(who)s: read it again first."),
        code="changed_meanwhile",
        params={
            "moment": date_format(timezone.localtime(order.changed_at), "SHORT_DATETIME_FORMAT"),
            "who": order.changed_by or _("somebody"),
        },
    )


def check_editable(order):
    if not order.is_editable:
        raise ValidationError(
            _("The order is in the state “%(state)s” and cannot be changed any more."),
            code="wrong_state",
            params={"state": order.get_status_display()},
        )


def lock_order(order):
    """(programme, order), both locked; the programme first, as programs/pairs.py does."""
    program = Program.objects.select_for_update().get(pk=order.program_id)
    return program, Order.objects.select_for_update().get(pk=order.pk)


def lock_to_change(order, *, by, seen=None):
    """(programme, order), both locked, the order a new version by the user.

    Raises PermissionDenied and ValidationError where he may not change it, or where it is not the version `seen`.
    """
    require(by, "documents.draft_order", order)
    program, order = lock_order(order)
    check_editable(order)
    check_version(order, seen)
    order.version, order.changed_by, order.changed_at = order.version + 1, by, timezone.now()
    order.save(update_fields=["version", "changed_by", "changed_at"])
    return program, order
