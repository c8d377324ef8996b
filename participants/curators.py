"""The registry of curators: who works with the programme in each organization, by which order."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from participants.models import Membership, Person
from participants.models.organizations import at_or_below
from participants.registry_export import contacts_of


@dataclass(frozen=True)
class CuratorLine:
    """A line of the registry, as it is printed; the contacts are the working ones of an office holder."""

    organization: str
    name: str
    position: str
    contacts: str
    order: str
    starts_on: date | None
    ends_on: date | None


@transaction.atomic
def appoint_curator(person, *, since, order_number, ordered_on):
    """Make the person a curator of his organization by an approved order. Returns the Membership.

    Who is a curator already keeps his days, the registry of curators then names this order. Raises ValidationError for
    a person without an account: nobody could work under the role.
    """
    if person.user is None:
        raise ValidationError(
            _("%(person)s has no account in the portal yet: invite the person first, then the order can appoint."),
            params={"person": person.full_name},
        )
    members = Membership.objects.select_for_update().filter(
        user=person.user, organization=person.organization, role=Membership.Role.CURATOR
    )
    member = members.filter(ends_on=None).first() or Membership(
        user=person.user, organization=person.organization, role=Membership.Role.CURATOR, starts_on=since
    )
    member.order_number, member.ordered_on = order_number, ordered_on
    member.full_clean()
    member.save()
    return member


def curators_of(organization):
    """The roles of curators in the organization and below it, with their people."""
    return (
        Membership.objects.filter(at_or_below("organization", [organization.pk]), role=Membership.Role.CURATOR)
        .select_related("organization", "user")
        .prefetch_related(Prefetch("user__people", to_attr="known_people"))
        .order_by("organization__short_name", "organization", "-starts_on", "pk")
    )


def matching_curators(members, text):
    """Those whose name, contacts or organization hold every word of the text."""
    for word in text.split():
        people = Person.objects.matching(word).values("user")
        found = Q(user__in=people)
        for spelling in {word, word.lower(), word.capitalize(), word.upper()}:  # SQLite folds Latin letters alone
            found |= Q(organization__short_name__contains=spelling)
        members = members.filter(found)
    return members


def person_of(member):
    """The person who has the role: of the organization itself, else any that stands behind the account, or None."""
    people = member.user.known_people
    own = [person for person in people if person.organization_id == member.organization_id]
    return next(iter(own or people), None)


def curator_line(member):
    person = person_of(member)
    return CuratorLine(
        organization=member.organization.short_name,
        name=person.full_name if person else member.user.email,
        position=person.position if person else "",
        contacts=contacts_of(person) if person else member.user.email,
        order=order_in_words(member),
        starts_on=member.starts_on,
        ends_on=member.ends_on,
    )


def order_in_words(member):
    """«№ 12-од от 01.09.2025», as much of it as is known."""
    number = f"№ {member.order_number}" if member.order_number else ""
    day = f"от {member.ordered_on:%d.%m.%Y}" if member.ordered_on else ""
    return " ".join(filter(None, [number, day]))
