"""Every letter that this app sends."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from mentorship.models import OutboxLetter
from mentorship.outbox import write_letter
from programs.emails import curators_of, email_of


@dataclass
class Reader:
    """A participant who is told of the order, with the pairs that he leads and those in which he is led."""

    person: object
    email: str
    as_mentor: list = field(default_factory=list)
    as_mentee: list = field(default_factory=list)


def order_submitted(order, *, by):
    """To the head: an order waits. Nobody is told where the organization has no head; the order's page says so."""
    if head := order.organization.head():
        _write("order-submitted", head.email, order, by=by)


def order_returned(order, *, comment, by):
    """To the curator who drafted the order: what has to be mended, and who wants it, the head or a council before him."""
    for email in _curators(order):
        _write("order-returned", email, order, comment=comment, by=by)


def order_to_read(order, person):
    """To somebody whom the approved order names: it is to be read and confirmed."""
    return _write("order-to-read", person.user.email, order, person=person, address=_reading_address(order))


def reading_reminded(order, line):
    """The same once more, and only once. Returns whether the letter is new."""
    key = f"order-read-reminder:{line.pk}"
    if OutboxLetter.objects.filter(key=key).exists():
        return False
    email, person = line.person.user.email, line.person
    _write("order-read-reminder", email, order, key=key, person=person, address=_reading_address(order))
    return True


def _reading_address(order):
    return f"{settings.PORTAL_URL}{reverse('documents:order-read', args=[order.pk])}"


def order_approved(order, pairs):
    """To the curator, and to every participant with an address: the order is in force."""
    for email in _curators(order):
        _write("order-approved", email, order)
    for reader in readers(pairs):
        _write("pair-in-force", reader.email, order, reader=reader)


def addresses_on_approval(order, pairs):
    """To whom `order_approved` writes: the check page says how many they are."""
    return [*_curators(order), *(reader.email for reader in readers(pairs))]


def readers(pairs):
    """The participants who get a letter when the order is approved, one letter each; `pairs` as for the register."""
    found = {}
    for pair in pairs:
        for person in [pair.mentor, *pair.mentees]:
            if email := email_of(person):
                reader = found.setdefault(person.pk, Reader(person, email))
                (reader.as_mentor if person == pair.mentor else reader.as_mentee).append(pair)
    return list(found.values())


def _curators(order):
    return [order.created_by.email] if order.created_by else curators_of(order.organization)


def _write(name, email, order, *, key=None, **context):
    context = {
        "order": order,
        "organization": order.organization,
        "address": f"{settings.PORTAL_URL}{order.get_absolute_url()}",
        **context,
    }
    return write_letter(name, email, context, organization=order.organization, key=key)
