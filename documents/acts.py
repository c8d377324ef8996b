"""An organization's own acts: orders of its office, its regulation, minutes of its council."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Order
from mentorship.permissions import require

OWN_RANK = 100  # after the ready ones: laws first, own papers last


@transaction.atomic
def save_act(act, *, by):
    """Keep a new or a changed act of an organization. Raises ValidationError by fields. Returns it."""
    require(by, "documents.manage_acts", act.organization)
    act.rank = OWN_RANK
    act.full_clean()
    act.save()
    return act


@transaction.atomic
def delete_act(act, *, by):
    """Delete an act that no order rests on; one that has lost its force gets its last day instead."""
    require(by, "documents.manage_acts", act.organization)
    if order := Order.objects.filter(grounds=act).first():
        raise ValidationError(
            _("An order rests on this act: %(order)s. Give the act the last day of its force instead."),
            params={"order": order},
        )
    act.delete()
