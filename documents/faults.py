"""What looks wrong in an order before it is approved: named to the curator and the head, who may go on knowingly."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.contents import grounds_of, order_content, people_of, signer_of, start_of
from documents.declension import preposition_about
from documents.doubts import CASES_OF_CURATOR, doubts_of_organization, doubts_of_person, printed_cases
from documents.letter_kinds import ADDENDUM
from documents.letters import pairs_without_addendum
from documents.numbering import parse_sequence
from documents.order_effects import LAST_DAY
from documents.order_kinds import CONTROLLER
from documents.order_words import curator_of, day_of, named_in
from documents.paper_texts import misnumbered, split_at_command
from documents.registration import later_registered, skipped_numbers
from documents.text_faults import text_findings
from programs.consents import in_words, lacks_of, sentence_of
from programs.models import Pair

NAMED_AT_MOST = 5  # of those whom one sentence tells of
DATE_FIELD, NUMBER_FIELD = "id_top_approved_on", "id_top_number"  # above the paper, where the head decides
LACKS_APART_AT_MOST = 10  # people with the same consents lacking who have a line each


@dataclass(frozen=True)
class Fault:
    """A sentence, the page where the thing can be put right, and its place in the paper, where there are such."""

    text: str
    url: str = ""
    place: str = ""  # the anchor on the page of the order: «point-3», «annex-2», a field of the head's form


def order_faults(order, pairs, ended_pairs=(), *, content=None):
    """Faults of a draft or submitted order; the pairs as `Pair.objects.for_register()` gives them.

    `content` is what the order prints, where the caller has it already.
    """
    content = content or order_content(order, pairs, ended_pairs=ended_pairs)
    people = people_of(order, pairs, ended_pairs)
    return [
        *_faults_of_signature(order),
        *_faults_of_text(order, pairs, content),
        *(Fault(text, url, place) for text, place, url in text_findings(order, content, people)),
        *_faults_of_grounds(order, pairs, timezone.localdate()),
        *_faults_of_consents(order, pairs, timezone.localdate()),
        *addendum_faults(order, pairs),
        *_faults_of_people(order, people, pairs),
        *_faults_of_forms(order, people),
        *(fault for pair in pairs for fault in _faults_of_pair(order, pair)),
        *_faults_of_ended_pairs(order, ended_pairs),
        *_faults_of_named(order),
    ]


def approval_faults(order, pairs, *, number, approved_on):
    """What is unusual about the number and date that the head gives."""
    return [
        *_faults_of_date(order, pairs, approved_on),
        *_faults_of_grounds(order, pairs, approved_on),
        *_faults_of_consent_dates(order, pairs, approved_on),
        *addendum_faults(order, pairs, day=approved_on),
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
    if "{куратор" in order.body.casefold() and curator_of(order) is None:
        text = _("No person stands behind the curator's account: the order names the curator without a name.")
        yield Fault(text, organization.get_absolute_url())


def _faults_of_text(order, pairs, content):
    address = reverse("documents:order-edit", args=[order.pk])
    ground, body = split_at_command(order.body)
    if order.kind_of_order.takes_pairs and not pairs:
        yield Fault(_("The order holds no pairs."), address)
    if not ground:
        yield Fault(_("The text has no ground: begin it with the acts on which the order rests."), address)
    preposition, _space, rest = order.title.partition(" ")
    if preposition in ("О", "Об", "Обо") and preposition != preposition_about(rest):
        text = _("The heading begins with “%(typed)s”; before this word stands “%(right)s”.")
        yield Fault(text % {"typed": preposition, "right": preposition_about(rest)}, address, "order-heading")
    if number := misnumbered(body):
        places = (f"point-{place}" for place, point in enumerate(content["points"], 1) if point["number"] == number)
        text = _("The points are not numbered one after the other: look at “%s”.")
        yield Fault(text % number, address, next(places, ""))


def _faults_of_grounds(order, pairs, day):
    """Acts that are not in force on the day (domain.md §8.3: acts are replaced, orders go on citing them)."""
    for act in grounds_of(order, pairs):
        if not act.is_in_force(day):
            text = _("The ground names an act that is not in force on %(day)s: %(act)s (%(force)s).")
            values = {"day": date_format(day, "SHORT_DATE_FORMAT"), "act": act, "force": act.force}
            yield Fault(text % values, reverse("documents:order-edit", args=[order.pk]), "ground-1")


def _lacks(order, pairs, day):
    """The Lacks of everybody whom the order names, mentors first; who stands in several pairs is named once."""
    mentors = {pair.mentor.pk: pair.mentor for pair in pairs}
    mentees = {person.pk: person for pair in pairs for person in pair.mentees}
    found = lacks_of(mentors.values(), mentees.values(), school_year=order.program.school_year, day=day)
    return [lack for lacks in found for lack in lacks.values() if lack.kinds]


def _board(person):
    return f"{reverse('participants:consents')}?{urlencode({'q': person.full_name})}"


def _faults_of_consents(order, pairs, today):
    """Consents that are not in force (Labour Code 351.8, 152-ФЗ art. 9): each with the board of consents.

    A line for each person; where many lack the same, as before the first order of a year, one line for them all.
    """
    by_kinds = defaultdict(list)
    for lack in _lacks(order, pairs, today):
        by_kinds[tuple(lack.kinds)].append(lack)
    for kinds, lacks in by_kinds.items():
        if len(lacks) > LACKS_APART_AT_MOST:
            text = ngettext(
                "%(count)s person has not given the consent (%(kinds)s): %(names)s.",
                "%(count)s people have not given the consent (%(kinds)s): %(names)s.",
                len(lacks),
            )
            names = _named([lack.person for lack in lacks])
            yield Fault(text % {"count": len(lacks), "kinds": in_words(kinds), "names": names}, _board_of(kinds))
            continue
        for lack in lacks:
            yield Fault(sentence_of(lack), _board(lack.person))


def _board_of(kinds):
    """The board of consents, of one kind where only one is lacking."""
    query = f"?{urlencode({'kind': kinds[0]})}" if len(kinds) == 1 else ""
    return reverse("participants:consents") + query


def _named(people):
    """The first of the people by name, «…» for the others."""
    more = "…" if len(people) > NAMED_AT_MOST else ""
    return "; ".join(person.full_name for person in people[:NAMED_AT_MOST]) + more


def _faults_of_consent_dates(order, pairs, approved_on):
    """Consents that were given after the date of the order, or ended before it."""
    today = timezone.localdate()
    now_lacking = {(lack.person.pk, kind) for lack in _lacks(order, pairs, today) for kind in lack.kinds}
    for lack in _lacks(order, pairs, approved_on):
        if kinds := [kind for kind in lack.kinds if (lack.person.pk, kind) not in now_lacking]:
            text = _("The order is dated before the consent of %(person)s: %(kinds)s.")
            yield Fault(text % {"person": lack.person.full_name, "kinds": in_words(kinds)}, _board(lack.person))


def addendum_faults(order, pairs, *, day=None):
    """Pairs of employees that stand in the order before the addendum to the mentor's labour contract (domain.md §3.15).

    Labour Code art. 351.8: the work of a mentor is agreed in writing first. With `day` only those count whose addendum
    is there, but of a later date than the order. One sentence for all: an order may hold hundreds of pairs.
    """
    lacking = pairs_without_addendum(pairs)
    if day:
        known = {pair.pk for pair in lacking}
        lacking = [pair for pair in pairs_without_addendum(pairs, day=day) if pair.pk not in known]
    if not lacking:
        return
    if day:
        text = ngettext(
            "The order is dated before the addendum to the labour contract of %(count)s mentor: %(names)s.",
            "The order is dated before the addenda to the labour contracts of %(count)s mentors: %(names)s.",
            len(lacking),
        )
    else:
        text = ngettext(
            "%(count)s mentor has no addendum to the labour contract for this pair: %(names)s (Labour Code art. 351.8).",
            "%(count)s mentors have no addendum to the labour contract for their pairs: %(names)s (Labour Code art. 351.8).",
            len(lacking),
        )
    address = reverse("documents:batch-new", args=[ADDENDUM, order.program_id])
    yield Fault(text % {"count": len(lacking), "names": _named([pair.mentor for pair in lacking])}, address)


def _faults_of_people(order, people, pairs):
    pairs_by_person = defaultdict(list)  # each is asked for his own pairs alone: an order may hold hundreds
    for pair in pairs:
        for person in (pair.mentor, *pair.mentees):
            pairs_by_person[person.pk].append(pair)
    controllers = {named.person_id for named in named_in(order, CONTROLLER)}
    for person in people:
        if not person.position:
            text = _("%(name)s: the file holds no position or class.")
            yield Fault(text % {"name": person.full_name}, reverse("participants:person-edit", args=[person.pk]))
        cases = printed_cases(order, person, pairs_by_person[person.pk])
        cases += ["accusative"] * (person.pk in controllers)
        for text, address in doubts_of_person(person, cases):
            yield Fault(text, address)


def _faults_of_forms(order, people):
    """Forms of the curator and of the organization that may be wrong: what the papers print beside the participants."""
    curator = curator_of(order)
    if curator is not None and curator not in people:
        for text, address in doubts_of_person(curator, CASES_OF_CURATOR):
            yield Fault(text, address)
    for text, address in doubts_of_organization(order.organization, ["genitive"]):
        yield Fault(text, address)


def _faults_of_pair(order, pair):
    if pair.status != Pair.Status.PROPOSED:
        text = _("%(pair)s: not a proposal any more (%(state)s).")
        yield Fault(text % {"pair": pair, "state": pair.get_status_display()}, pair.get_absolute_url())
    if pair.planned_from < order.program.starts_on or pair.planned_to > order.program.ends_on:
        text = _("%(pair)s: the planned dates lie outside of the programme.")
        yield Fault(text % {"pair": pair}, pair.get_absolute_url())


def _faults_of_ended_pairs(order, ended_pairs):
    last_day = day_of(order, LAST_DAY)
    for pair in ended_pairs:
        if pair.status != Pair.Status.ACTIVE:
            text = _("%(pair)s: not in force any more (%(state)s).")
            yield Fault(text % {"pair": pair, "state": pair.get_status_display()}, pair.get_absolute_url())
        elif last_day and last_day < pair.started_on:
            text = _("%(pair)s: in force from %(day)s, the last day of the order lies before.")
            values = {"pair": pair, "day": date_format(pair.started_on, "SHORT_DATE_FORMAT")}
            yield Fault(text % values, reverse("documents:order-edit", args=[order.pk]))


def _faults_of_named(order):
    """Who is appointed without an account, or is no longer of the organization."""
    for named in (
        order.typed.named if order.typed else order.named.select_related("person__user", "person__organization")
    ):
        if named.role == "curator" and named.person.user is None:
            text = _("%(name)s has no account: the order cannot be approved before the person is invited.")
            yield Fault(text % {"name": named.person.full_name}, named.person.get_absolute_url())
        if named.person.organization_id != order.organization_id or named.person.depersonalized_on:
            text = _("%(name)s is not in the files of this organization any more.")
            address = reverse("documents:order-edit", args=[order.pk])
            yield Fault(text % {"name": named.person.full_name}, address)


def _faults_of_date(order, pairs, approved_on):
    if moved := [pair for pair in pairs if start_of(pair, approved_on) != pair.planned_from]:
        text = ngettext(
            "%(count)s pair was planned to begin before the date of the order: it begins on that date.",
            "%(count)s pairs were planned to begin before the date of the order: they begin on that date.",
            len(moved),
        )
        yield Fault(text % {"count": len(moved)}, place=DATE_FIELD)
    if approved_on < order.program.starts_on:
        text = _("The order is dated before the programme begins.")
        yield Fault(text, order.program.get_absolute_url(), DATE_FIELD)
    if late := [pair for pair in pairs if pair.planned_to <= approved_on]:
        text = _("The planned term is over by the date of the order: %(pairs)s")
        yield Fault(text % {"pairs": "; ".join(map(str, late))}, late[0].get_absolute_url())
    if approved_on < order.created_at.date():
        text = _("The order is dated before %(date)s, the day on which it was drafted.")
        yield Fault(text % {"date": date_format(order.created_at.date(), "SHORT_DATE_FORMAT")}, place=DATE_FIELD)


def _faults_of_number(order, number, approved_on):
    if number and parse_sequence(order.number_template, number, year=approved_on.year) is None:
        text = _("The number is not of the form “%(form)s”; it is registered as it is typed and is not counted on.")
        yield Fault(text % {"form": order.number_template}, place=NUMBER_FIELD)
    if skipped := skipped_numbers(order, number, year=approved_on.year):
        text = _("The number leaves out the numbers from %(first)s to %(last)s.")
        yield Fault(text % {"first": skipped[0], "last": skipped[1]}, place=NUMBER_FIELD)
    if later := later_registered(order, approved_on):
        text = _("An order with a later date is registered already: %(order)s.")
        yield Fault(text % {"order": later}, later.get_absolute_url(), DATE_FIELD)
