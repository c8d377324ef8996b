"""Who acts as the head for a time: a person of the organization, from a day to a day."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.permissions import require
from participants.models import Membership


@transaction.atomic
def appoint_acting_head(person, *, starts_on, ends_on, by, order_number="", ordered_on=None):
    """Let the person approve the orders of his organization from `starts_on` to `ends_on`. Returns the Membership.

    Raises ValidationError for a person without an account, and for one who is the head or acts on one of these days.
    """
    require(by, "participants.manage_acting_head", person.organization)
    if person.user is None:
        raise ValidationError(
            _("%(person)s has no account in the portal yet: invite the person first."),
            params={"person": person.full_name},
        )
    heads = Membership.objects.select_for_update().filter(
        user=person.user, organization=person.organization, role=Membership.Role.HEAD
    )
    if heads.exclude(ends_on__lt=starts_on).exclude(starts_on__gt=ends_on).exists():
        raise ValidationError(
            _("%(person)s is the head on some of these days already."), params={"person": person.full_name}
        )
    member = Membership(
        user=person.user,
        organization=person.organization,
        role=Membership.Role.HEAD,
        is_acting=True,
        starts_on=starts_on,
        ends_on=ends_on,
        order_number=order_number,
        ordered_on=ordered_on,
    )
    member.full_clean()
    member.save()
    return member
