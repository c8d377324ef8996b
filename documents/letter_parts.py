"""What the contents of letters have in common: who signs, to whom, people in their cases."""

from django.utils import timezone

from documents.blanks import acting_position
from documents.contents import signer_of
from documents.declension import guess_gender
from documents.paper_texts import held_together
from documents.wording import described, head_position_in, initials_in, joined, long_date, position_in
from participants.models import Person

LINE = "____________"
END_OF_SENTENCE = ".!?…;:"


def term_of_head(organization, day):
    """The Membership of who is the head on the day, the acting one first; of a day to come today's one. Or None."""
    return organization.head_term(on=min(day, timezone.localdate())) or organization.head_term()


def head_of(organization, day):
    """Who signs for the organization on the day, in its words; None where nobody is its head."""
    term = term_of_head(organization, day)
    return signer_of(organization, term.user) if term else None


def acts_on(organization, day):
    """Whether somebody acts for the head on the day: the papers of such days say «и.о.»."""
    term = term_of_head(organization, day)
    return bool(term and term.is_acting)


def position_of_head(organization, day):
    """The position below a signature: «Директор МОУ СШ № 7», «И.о. директора МОУ СШ № 7»."""
    return acting_position(organization) if acts_on(organization, day) else organization.head_position


def position_of_head_in(organization, day, case):
    """The same within a sentence, in the case: «директору МОУ СШ № 7»; «и.о.» is the same in every case."""
    if acts_on(organization, day):
        return f"и.о.\xa0{head_position_in(organization, 'genitive')}"
    return head_position_in(organization, case)


def ground_of_head(organization, day):
    """On what the head acts, in the genitive: «устава», of an acting one «приказа от 1 октября 2026 г. № 5-к»."""
    term = term_of_head(organization, day)
    if not (term and term.is_acting):
        return "устава"
    ordered_on = long_date(term.ordered_on) if term.ordered_on else "«___» __________ ____\xa0г."
    return f"приказа от {ordered_on} №\xa0{term.order_number or LINE}"


def signature_of_head(organization, day):
    """The line of the head, as templates/documents/pdf/_letter.html wants it."""
    head = head_of(organization, day)
    return {
        "role": "",
        "position": position_of_head(organization, day),
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
    position = position_of_head_in(organization, day, "dative")
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
