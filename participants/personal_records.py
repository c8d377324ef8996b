"""What belongs to a person without a key that says so: letters by address, applications by e-mail or phone and name."""

from django.db.models import Q

from mentorship.models import OutboxLetter
from participants.holdings import names_of
from participants.models import Application, Person
from participants.models.people import fold_for_search
from participants.names import fold_name


def letters_to(person: Person, *, of_no_organization: bool = False) -> list[OutboxLetter]:
    """Letters of the organization to the person's addresses; to an address of several people, those that name him.

    With `of_no_organization` also those that the portal itself wrote (a new password, the link of a draft), where
    nobody else has the address.
    """
    found, shared = Q(pk=None), set()
    for address in _addresses(person):
        here = Q(recipient__iexact=address)
        found |= here & Q(organization=person.organization_id)
        if _has_others(person, address):
            shared.add(address)
        elif of_no_organization:
            found |= here & Q(organization=None)
    letters = OutboxLetter.objects.filter(found).order_by("created_at", "pk")
    return [each for each in letters if each.recipient.casefold() not in shared or _names(each, person)]


def applications_of(person: Person) -> list[Application]:
    """Applications that led to the file, and those of the organization by one name with the e-mail or the phone.

    Drafts are their writers' alone: they are destroyed thirty days after the last touch.
    """
    alike = Q(pk=None)
    for address in _addresses(person):
        alike |= Q(email__iexact=address)
    if person.phone:
        alike |= Q(phone=person.phone)
    sent = Application.objects.exclude(status=Application.Status.DRAFT).select_related("answers", "call__organization")
    found = sent.filter(Q(person=person) | (Q(person=None, call__organization=person.organization_id) & alike))
    names = {fold_name(f"{name.last} {name.first}") for name in names_of(person)}
    return [each for each in found if each.person_id or fold_name(f"{each.last_name} {each.first_name}") in names]


def _addresses(person):
    addresses = [person.email, person.representative_email, person.user.email if person.user else ""]
    return list(dict.fromkeys(address.casefold() for address in addresses if address))


def _has_others(person, address):
    """Whether the address is of other people's files, too: of a parent of two pupils, or of a file elsewhere."""
    of_file = Q(email__iexact=address) | Q(representative_email__iexact=address) | Q(user__email__iexact=address)
    return Person.objects.exclude(pk=person.pk).filter(of_file).exists()


def _names(letter, person):
    text = fold_for_search(f"{letter.subject} {letter.body}")
    names = [f"{name.last} {name.first}" for name in names_of(person)]
    return any(fold_for_search(name) in text for name in [*names, person.salutation])
