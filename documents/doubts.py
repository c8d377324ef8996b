"""Why a form is not sure, in words for those who have to look at it; and where papers print which form."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.declension import Doubt
from documents.wording import name_form, organization_forms, position_form

WORDS = {
    Doubt.GENDER: gettext_lazy("the file holds no gender"),
    Doubt.CONTRADICTION: gettext_lazy("the name speaks of another gender than the file"),
    Doubt.WAVERING: gettext_lazy("such names are declined in two ways: ask the person"),
    Doubt.UNKNOWN: gettext_lazy("the dictionary does not know the word"),
    Doubt.ALPHABET: gettext_lazy("letters that are not Cyrillic stay as they are"),
    Doubt.GOVERNMENT: gettext_lazy("“заведующий” wants the instrumental case, “директор” the genitive"),
}
CASES_OF_CURATOR = ("accusative", "dative")  # «возложить на {куратора}», «представить {куратору}»


def in_words(doubts):
    """«the file holds no gender; …», each reason once; nothing for no doubts."""
    return "; ".join(str(WORDS[doubt]) for doubt in dict.fromkeys(doubts))


def printed_cases(order, person, pairs):
    """The cases in which the order and its agreements print somebody: see documents/wording.py and order_kinds.py."""
    if any(pair.mentor_id == person.pk for pair in pairs):
        return ["genitive", "accusative", "instrumental"]
    if any(person in pair.mentees for pair in pairs):
        return ["genitive", "instrumental"]
    return list(dict.fromkeys(slot.case for slot in order.kind_of_order.people)) or ["nominative"]


def doubts_of_person(person, cases):
    """(sentence, address of the page of forms) for the name and for the position that may be declined wrongly."""
    address = reverse("documents:person-cases", args=[person.pk])
    if why := _reasons(name_form(person, case) for case in cases):
        text = _("%(name)s: it is not sure how the name declines (%(why)s).")
        yield text % {"name": person.full_name, "why": why}, address
    if person.position and (why := _reasons(position_form(person, case) for case in cases)):
        text = _("%(name)s: it is not sure how the position declines (%(why)s).")
        yield text % {"name": person.full_name, "why": why}, address


def doubts_of_organization(organization, cases):
    """(sentence, address of the page of forms) for the names of the organization and its head's position."""
    address = reverse("documents:organization-cases", args=[organization.slug])
    for name in ("full", "short", "head"):
        forms = [organization_forms(organization, case)[name] for case in cases]
        if why := _reasons(forms):
            text = _("“%(name)s”: it is not sure how it declines (%(why)s).")
            yield text % {"name": forms[0].nominative, "why": why}, address


def _reasons(forms):
    return in_words(doubt for form in forms if form.is_unsure for doubt in form.doubts)
