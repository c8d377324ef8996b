"""Who gives a consent, the person or the legal representative, and by which address to reach who gives it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.consent_rules import Age, age_in
from participants.models import Consent, ConsentKind

SUBJECT, REPRESENTATIVE = Consent.GivenBy.SUBJECT, Consent.GivenBy.REPRESENTATIVE


def giver_of(person, kind, *, year):
    """Who gives the consent in a calendar year: "subject", "representative", or None where the birthday decides."""
    age = age_in(year, person.birth_year, person_kind=person.kind)
    if kind == ConsentKind.EXTRA_DUTIES:
        return SUBJECT  # an employee signs for himself
    return {Age.MINOR: REPRESENTATIVE, Age.ADULT: SUBJECT}.get(age)


def is_overtaken(consent, *, year):
    """Whether a request went to somebody who may not answer it in the year: a birth year was corrected meanwhile, or
    the person has come of age.
    """
    expected = giver_of(consent.person, consent.kind, year=year)
    is_open = consent.status in (Consent.Status.ASKED, Consent.Status.REFUSED)
    return is_open and expected is not None and consent.given_by != expected


def checked_giver(person, kind, text, *, year, given_by=None, representative_name=""):
    """(who gives the consent, the representative's name or nothing). Raises ValidationError where it cannot be so."""
    expected = giver_of(person, kind, year=year)
    giver = given_by or expected
    if giver is None:
        raise ValidationError(
            _("%(person)s turns 18 in %(year)s: look up the birthday and say who gives the consent."),
            code="turns_18",
            params={"person": person, "year": year},
        )
    if expected is not None and giver != expected:
        sentence = (
            _("%(person)s is a minor by the birth year: the consent is given by the legal representative.")
            if expected == REPRESENTATIVE
            else _("%(person)s is an adult by the birth year and gives the consent without a representative.")
        )
        raise ValidationError(sentence, code="wrong_giver", params={"person": person})
    if giver == SUBJECT:
        return giver, ""
    if not text.body_of_representative:
        raise ValidationError(_("“%(title)s” is not given by representatives."), params={"title": text.title})
    name = representative_name or person.representative_name
    if not name:
        raise ValidationError(
            _("%(person)s: write the name of the legal representative."), code="no_name", params={"person": person}
        )
    return giver, name


def email_of(person, given_by):
    """The address of who answers, or "": contacts of a minor are those of the representative."""
    if given_by == REPRESENTATIVE:
        return person.representative_email
    return person.user.email if person.user_id else person.email
