"""What looks wrong in an order before it is approved: named to the curator and the head, who may go on knowingly."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.contents import curator_of, people_of, signer_of, start_of
from documents.paper_texts import misnumbered, split_at_command
from documents.registration import later_registered, skipped_numbers
from documents.wording import name_form
from programs.consents import in_words, lacks_of, sentence_of
from programs.models import Pair


@dataclass(frozen=True)
class Fault:
    """A sentence, and the page where the thing can be put right, if there is one."""

    text: str
    url: str = ""


def order_faults(order, pairs):
    """Faults of a draft or submitted order; `pairs` as `Pair.objects.for_register()` gives them."""
    return [
        *_faults_of_signature(order),
        *_faults_of_text(order, pairs),
        *_faults_of_consents(order, pairs, timezone.localdate()),
        *(fault for person in people_of(pairs) for fault in _faults_of_person(person)),
        *(fault for pair in pairs for fault in _faults_of_pair(order, pair)),
    ]


def approval_faults(order, pairs, *, number, approved_on):
    """What is unusual about the number and date that the head gives."""
    return [
        *_faults_of_date(order, pairs, approved_on),
        *_faults_of_consent_dates(order, pairs, approved_on),
        *_faults_of_number(order, number, approved_on),
    ]


def _faults_of_signature(order):
    organization, head = order.organization, order.organization.head()
    if head is None:
        text = _("The organization has no head in the portal: nobody can approve the order.")
        yield Fault(text, organization.get_absolute_url())
    elif signer_of(organization, head) is None:
        text = _("No person stands behind the head's account: the order would be signed without a name.")
        yield Fault(text, organization.get_absolute_url())
    if curator_of(order) is None:
        text = _("No person stands behind the curator's account: the order names the curator without a name.")
        yield Fault(text, organization.get_absolute_url())


def _faults_of_text(order, pairs):
    address = reverse("documents:order-edit", args=[order.pk])
    ground, body = split_at_command(order.body)
    if not pairs:
        yield Fault(_("The order holds no pairs."), address)
    if not ground:
        yield Fault(_("The text has no ground: begin it with the acts on which the order rests."), address)
    if number := misnumbered(body):
        yield Fault(_("The points are not numbered one after the other: look at “%s”.") % number, address)


def _lacks(order, pairs, day):
    """The Lacks of everybody whom the order names, mentors first; who stands in several pairs is named once."""
    mentors = {pair.mentor.pk: pair.mentor for pair in pairs}
    mentees = {person.pk: person for pair in pairs for person in pair.mentees}
    found = lacks_of(mentors.values(), mentees.values(), school_year=order.program.school_year, day=day)
    return [lack for lacks in found for lack in lacks.values() if lack.kinds]


def _board(person):
    return f"{reverse('participants:consents')}?{urlencode({'q': person.full_name})}"


def _faults_of_consents(order, pairs, today):
    """Consents that are not in force (Labour Code 351.8, 152-ФЗ art. 9): each with the board of consents."""
    for lack in _lacks(order, pairs, today):
        yield Fault(sentence_of(lack), _board(lack.person))


def _faults_of_consent_dates(order, pairs, approved_on):
    """Consents that were given after the date of the order, or ended before it."""
    today = timezone.localdate()
    now_lacking = {(lack.person.pk, kind) for lack in _lacks(order, pairs, today) for kind in lack.kinds}
    for lack in _lacks(order, pairs, approved_on):
        if kinds := [kind for kind in lack.kinds if (lack.person.pk, kind) not in now_lacking]:
            text = _("The order is dated before the consent of %(person)s: %(kinds)s.")
            yield Fault(text % {"person": lack.person.full_name, "kinds": in_words(kinds)}, _board(lack.person))


def _faults_of_person(person):
    if not person.position:
        text = _("%(name)s: the file holds no position or class.")
        yield Fault(text % {"name": person.full_name}, reverse("participants:person-edit", args=[person.pk]))
    if name_form(person, "genitive").is_unsure:
        text = _("%(name)s: without the gender it is not sure how the name declines.")
        yield Fault(text % {"name": person.full_name}, reverse("participants:person-cases", args=[person.pk]))


def _faults_of_pair(order, pair):
    if pair.status != Pair.Status.PROPOSED:
        text = _("%(pair)s: not a proposal any more (%(state)s).")
        yield Fault(text % {"pair": pair, "state": pair.get_status_display()}, pair.get_absolute_url())
    if pair.planned_from < order.program.starts_on or pair.planned_to > order.program.ends_on:
        text = _("%(pair)s: the planned dates lie outside of the programme.")
        yield Fault(text % {"pair": pair}, pair.get_absolute_url())


def _faults_of_date(order, pairs, approved_on):
    if moved := [pair for pair in pairs if start_of(pair, approved_on) != pair.planned_from]:
        text = ngettext(
            "%(count)s pair was planned to begin before the date of the order: it begins on that date.",
            "%(count)s pairs were planned to begin before the date of the order: they begin on that date.",
            len(moved),
        )
        yield Fault(text % {"count": len(moved)})
    if approved_on < order.program.starts_on:
        yield Fault(_("The order is dated before the programme begins."), order.program.get_absolute_url())
    if late := [pair for pair in pairs if pair.planned_to <= approved_on]:
        text = _("The planned term is over by the date of the order: %(pairs)s")
        yield Fault(text % {"pairs": "; ".join(map(str, late))}, late[0].get_absolute_url())
    if approved_on < order.created_at.date():
        text = _("The order is dated before %(date)s, the day on which it was drafted.")
        yield Fault(text % {"date": date_format(order.created_at.date(), "SHORT_DATE_FORMAT")})


def _faults_of_number(order, number, approved_on):
    if skipped := skipped_numbers(order, number, year=approved_on.year):
        text = _("The number leaves out the numbers from %(first)s to %(last)s.")
        yield Fault(text % {"first": skipped[0], "last": skipped[1]})
    if later := later_registered(order, approved_on):
        text = _("An order with a later date is registered already: %(order)s.")
        yield Fault(text % {"order": later}, later.get_absolute_url())
