"""Parties of an agreement: who is one, and who signs, where the mentor or the mentee is a minor.

Up to 14 the representative alone acts and signs (Civil Code, articles 26 and 28; domain.md §3.4); from 14 to 18 the
minor signs with the consent of the representative, who signs, too. Of a birthday the portal knows the year alone: where
the year leaves it open, the paper has the lines for both.
"""

from documents.blanks import blank_of
from documents.declension import decline, guess_gender
from documents.wording import described, position_in
from participants.consent_rules import Age, age_in, may_be_14

TO_BE_WRITTEN = "____________________"
ACTING = {"male": "действующим", "female": "действующей"}


def needs_representative(person, *, year):
    """Whether a legal representative signs for the person, or with him, in the calendar year."""
    return age_in(year, person.birth_year, person_kind=person.kind) != Age.ADULT


def party_words(person, *, year):
    """The party in the instrumental («между (кем)»): with the representative, where the person is a minor."""
    words = described(person, "instrumental")
    if not needs_representative(person, year=year):
        return words
    if not signs_for_himself(person, year=year):
        return f"{words}, в лице законного представителя {representative_in(person, 'genitive')}"
    acting = ACTING.get(person.gender or guess_gender(person.full_name) or "male")
    return f"{words}, {acting} с согласия законного представителя {representative_in(person, 'genitive')}"


def party_of(person, organization, *, year):
    """The signatures of a party, as JSON data: own one, the representative's one, or both."""
    with_representative = needs_representative(person, year=year)
    return {
        "name": person.full_name,
        "position": position_in(person, "nominative"),
        "signature": person.signature_for(organization),
        "needs_representative": with_representative,
        "representative": person.representative_name if with_representative else "",
        "signs": signs_for_himself(person, year=year),
    }


def signs_for_himself(person, *, year):
    """Whether the person has a line to sign: everybody but a child below 14."""
    return not needs_representative(person, year=year) or may_be_14(year, person.birth_year)


def representative_in(person, case):
    """The representative's name in the case, or a line to be filled by hand."""
    name = person.representative_name.strip()
    return decline(name, case) if name else TO_BE_WRITTEN


def countersignature(organization, curator):
    """The curator's line below those of the parties, where the organization has it so; else nothing."""
    if curator is None or not blank_of(organization).is_countersigned:
        return None
    return {
        "position": position_in(curator, "nominative"),
        "name": curator.signature_for(organization),
    }
