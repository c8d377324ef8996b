"""What a paper prints, as plain data: the same for the draft on the screen, for the approval and for the file.

The approval stores what these functions return; from then on the file is made from the stored data alone, and a name
or an address that changes later changes nothing in it.
"""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.annexes import annex_sheets, citations_in, listed_pairs
from documents.blanks import acting_position, blank_of, layout_content, letterhead_content
from documents.models import ApprovalStep, LegalAct, SigningCertificate
from documents.order_words import curator_of, order_lists, order_values
from documents.paper_kinds import AGREEMENT, paper_kind
from documents.paper_texts import fill, points, split_at_command, with_lists
from documents.parties import countersignature, party_of, party_words
from documents.text_values import mentee_items, order_loops
from documents.wording import (
    described,
    head_position_in,
    in_copies,
    long_date,
    name_in,
    organization_in,
    paper_date,
    position_in,
    quoted_date,
    short_date,
    short_name_in,
    term_in_months,
)
from mentorship.school_year import SchoolYear
from participants.models import Person

CURATOR_IN_TEXT = re.compile(r"\{\s*куратор(?:а|у|ом)\s*\}", re.IGNORECASE)


def order_content(order, pairs, *, ended_pairs=(), number="", approved_on=None, head=None):
    """Everything that the order prints, as JSON data; without a number and a date they stay to be filled.

    `pairs` and `ended_pairs` as `Pair.objects.for_register()` gives them. `head` is the user who signs, the head of
    today unless given.
    """
    organization = order.organization
    annexes = annex_sheets(order, pairs)
    values = order_values(order, _ground_words(grounds_of(order, [*pairs, *ended_pairs]))) | citations_in(annexes)
    blank = blank_of(organization)
    loops = order_loops(order, pairs, ended_pairs)
    ground, body = split_at_command(_filled(order.body, values, loops, is_final=bool(number)))
    return {
        "letterhead": letterhead_content(organization, blank),
        "layout": layout_content(organization, blank),
        "text_origin": order.text_origin,
        "place": organization.place,
        "date": paper_date(approved_on, organization) if approved_on else "",
        "short_date": short_date(approved_on) if approved_on else "",
        "number": number,
        "title": order.title,
        "ground": ground,
        "points": with_lists(body, order_lists(order, pairs, ended_pairs, way=blank.assignment_way)),
        "signature": signature_content(organization, head or organization.head(), approved_on),
        # Room for the mark of the electronic signature, which is set into the filed file.
        "has_mark_room": SigningCertificate.objects.filter(organization=organization).exists(),
        "agreed": agreed_marks(order),
        "organization": short_name_in(organization, "genitive"),
        "rows": [_annex_row(pair, approved_on) for pair in pairs],
        "annexes": annexes,
        "named": [_named(person) for person in named_people(order, pairs, ended_pairs)],
    }


def agreement_content(pair, person, *, order, text, number="", approved_on=None):
    """Everything that the agreement of the pair's mentor with one mentee prints, as JSON data.

    `text` is the wording, see `paper_text`.
    """
    organization, starts_on = order.organization, start_of(pair, approved_on)
    year = (approved_on or timezone.localdate()).year
    values = {
        "наставник": described(pair.mentor, "nominative"),
        "наставника": name_in(pair.mentor, "genitive"),
        "наставником": party_words(pair.mentor, year=year),
        "наставляемый": described(person, "nominative"),
        "наставляемого": name_in(person, "genitive"),
        "наставляемым": party_words(person, year=year),
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "учебный год": str(SchoolYear(pair.program.school_year)),
        "приказа": order_in_genitive(organization, number, approved_on, head=order.approved_by),
        "форма": pair.form.name,
        "запрос": pair.topic,
        "срок": term_in_months(starts_on, pair.planned_to),
        "начало": long_date(starts_on),
        "конец": long_date(pair.planned_to),
        "экземпляры": in_copies(paper_kind(AGREEMENT).copies),
    }
    return {
        "place": organization.place,
        "heading": f"о сотрудничестве наставника {values['наставника']} и наставляемого {values['наставляемого']}",
        "points": points(_filled(text, values, mentee_items(pair.mentees), is_final=bool(number))),
        "layout": layout_content(organization),
        "mentor": party_of(pair.mentor, organization, year=year),
        "mentee": party_of(person, organization, year=year),
        "curator": countersignature(organization, curator_of(order)),
    }


def start_of(pair, approved_on):
    """The day from which the order puts the pair in force: its own date, or the planned start where that is later."""
    return max(pair.planned_from, approved_on or pair.planned_from)


def grounds_of(order, pairs):
    """The acts that the order rests on: those chosen for it, else those that are proposed by who the people are.

    Labour law speaks only of an employee who helps an employee (Labour Code 351.8); pupils and students stay under the
    methodology Р-145. Of the proposed ones those count that are in force on the order's date, today for a draft.
    """
    if chosen := order.typed.grounds if order.typed else list(order.grounds.all()):
        return chosen
    has_employees = any(_has_employees(pair) for pair in pairs) or not pairs
    kinds = {LegalAct.Proposed.EMPLOYEES} if has_employees else {LegalAct.Proposed.OTHERS}
    if any(not _has_employees(pair) for pair in pairs):
        kinds.add(LegalAct.Proposed.OTHERS)
    acts = LegalAct.objects.offered_in(order.organization).filter(proposed__in=kinds)
    day = order.approved_on or timezone.localdate()
    return [act for act in acts if act.is_in_force(day)]


def order_in_genitive(organization, number, approved_on, *, head=None):
    """«приказа директора МОУ СШ № 1 от 1 октября 2026 г. № 5-од», with lines to fill while there is no number."""
    date = paper_date(approved_on, organization) if approved_on else quoted_date()
    position = head_position_in(organization, "genitive")
    term = organization.head_term(on=approved_on, user=head) if head else None
    if term and term.is_acting:
        position = f"и.о.\xa0{position}"
    return f"приказа {position} от {date} №\xa0{number or '____'}"


def people_of(order, pairs, ended_pairs=()):
    """Everybody whom the order names, once each: mentors first, then mentees, then those named by themselves."""
    every = [*pairs, *ended_pairs]
    people = [pair.mentor for pair in every] + [person for pair in every for person in pair.mentees]
    named = order.typed.named if order.typed else order.named.select_related("person").order_by("pk")
    people += [each.person for each in named]
    return list({person.pk: person for person in people}.values())


def named_people(order, pairs, ended_pairs=()):
    """Who signs that he has read the order: those whom it names, and the curator.

    An office has no curator: its coordinator, who drafts its orders, signs where the text names her.
    """
    listed = listed_pairs(order)
    people, curator = people_of(order, [*pairs, *listed], ended_pairs), curator_of(order)
    if order.organization.is_office and not CURATOR_IN_TEXT.search(order.body):
        return people
    return people if curator is None or curator in people else [*people, curator]


def signer_of(organization, head):
    """The person behind the head's account, or None."""
    return Person.objects.filter(organization=organization, user=head).first() if head else None


def _has_employees(pair):
    people = [pair.mentor, *pair.mentees]
    return pair.mentor.kind == Person.Kind.TEACHER and any(each.kind == Person.Kind.TEACHER for each in people[1:])


def _ground_words(acts):
    """«в соответствии со статьёй …, приказом …», or nothing."""
    if not acts:
        return ""
    preposition = "со" if acts[0].words.startswith("стать") else "с"
    return f"в соответствии {preposition} {', '.join(act.words for act in acts)}"


def _filled(text, values, loops, *, is_final):
    """The text filled; a draft whose text comes out too long says so in its place, a paper for good is refused."""
    try:
        return fill(text, values, loops)
    except ValidationError as error:
        if is_final:
            raise
        return " ".join(error.messages)


def agreed_marks(order):
    """What is printed of the steps before the head; of a step that has not decided yet, with lines to fill."""
    decisions = order.step_decisions.filter(version=order.version) if order.pk else ()
    decided = {each.step_id: each for each in decisions if each.is_agreed}
    marks = []
    for step in ApprovalStep.objects.before(order):
        said = decided.get(step.pk, step)
        if said.mark == ApprovalStep.Mark.NONE:
            continue
        minutes = {}
        if said is not step and said.minutes_number and said.minutes_on:
            minutes = {"number": said.minutes_number, "date": paper_date(said.minutes_on, order.organization)}
        marks.append(
            {
                "mark": str(said.get_mark_display()),
                "by": said.printed or said.name,
                "minutes": minutes,
                "has_minutes": bool(minutes) or (said is step and step.needs_minutes),
                "is_done": said is not step,
            }
        )
    return marks


def signature_content(organization, head, day=None):
    """Who signs: the position, of who acts for the head as well, and the name with initials."""
    signer = signer_of(organization, head)
    term = organization.head_term(on=day, user=head) if head else None
    position = acting_position(organization) if term and term.is_acting else organization.head_position
    return {
        "position": position.replace("№ ", "№\xa0"),
        "name": signer.signature_for(organization) if signer else "",
    }


def _annex_row(pair, approved_on):
    return {
        "mentor": _named(pair.mentor),
        "mentees": [_named(person) for person in pair.mentees],
        "form": pair.form.name,
        "starts_on": short_date(start_of(pair, approved_on)),
        "ends_on": short_date(pair.planned_to),
    }


def _named(person):
    return {"name": person.full_name, "position": position_in(person, "nominative")}
