"""What the contents of letters have in common: who signs, to whom, people in their cases."""

from django.utils import timezone

from documents.contents import signer_of
from documents.declension import guess_gender
from documents.paper_texts import held_together
from documents.wording import described, head_position_in, initials_in, joined, position_in
from participants.models import Person

LINE = "____________"
END_OF_SENTENCE = ".!?…;:"


def head_of(organization, day):
    """Who signs for the organization on the day, in its words; None where nobody is its head."""
    head = organization.head(on=min(day, timezone.localdate())) or organization.head()
    return signer_of(organization, head)


def signature_of_head(organization, day):
    """The line of the head, as templates/documents/pdf/_letter.html wants it."""
    head = head_of(organization, day)
    return {
        "role": "",
        "position": organization.head_position,
        "name": head.signature_for(organization) if head else "",
    }


def signature_of(person, organization):
    """The line of a person, the position with a capital."""
    position = position_in(person, "nominative")
    return {
        "role": "",
        "position": position[:1].upper() + position[1:],
        "name": person.signature_for(organization),
    }


def to_head(organization, day):
    """«Директору МОУ СШ № 7», «Орловой А.И.»."""
    head = head_of(organization, day)
    position = head_position_in(organization, "dative")
    name = initials_in(head, "dative", organization) if head else LINE
    return [position[:1].upper() + position[1:], name]


def mentees_in(pair, case):
    """All mentees with their positions or classes in a case."""
    return joined([described(person, case) for person in pair.mentees])


def is_female(person):
    """By the file, else by the name."""
    return (person.gender or guess_gender(person.full_name)) == Person.Gender.FEMALE


def lines_of(text):
    """The lines of what was typed, without empty ones."""
    return [held_together(line.strip()) for line in (text or "").splitlines() if line.strip()]


def sentences_of(text):
    """The lines of what was typed, each ending as a sentence does."""
    return [line if line[-1] in END_OF_SENTENCE else f"{line}." for line in lines_of(text)]
