"""What a paper prints, as plain data: the same for the draft on the screen, for the approval and for the file.

The approval stores what these functions return; from then on the file is made from the stored data alone, and a name
or an address that changes later changes nothing in it.
"""

from documents.declension import initials
from documents.models import PaperText
from documents.paper_texts import PAIRS, fill, points, ready_text, split_at_command, with_pairs
from documents.wording import (
    ROLE_WORDS,
    assignment_sentence,
    described,
    head_position_in_genitive,
    in_genitive,
    long_date,
    name_in,
    position_in,
    short_date,
    term_in_months,
)
from mentorship.school_year import SchoolYear
from participants.models import Person

LABOUR_CODE = "статьёй 351.8 Трудового кодекса Российской Федерации"
TEACHERS_MODEL = (
    "письмом Министерства просвещения Российской Федерации и Профессионального союза работников народного образования "
    "и науки Российской Федерации от 21 декабря 2021 г. № АЗ-1128/08/657"
)
PUPILS_MODEL = "распоряжением Министерства просвещения Российской Федерации от 25 декабря 2019 г. № Р-145"


def order_content(order, pairs, *, number="", approved_on=None, head=None):
    """Everything that the order prints, as JSON data; without a number and a date they stay to be filled.

    `pairs` as `Pair.objects.for_register()` gives them. `head` is the user who signs, the head of today unless given.
    """
    organization = order.organization
    values = order_values(order, pairs)
    ground, body = split_at_command(fill(order.body, values))
    sentences = [assignment_sentence(pair.mentor, pair.mentees) for pair in pairs]
    return {
        "letterhead": _letterhead(organization),
        "place": organization.place,
        "date": long_date(approved_on) if approved_on else "",
        "short_date": short_date(approved_on) if approved_on else "",
        "number": number,
        "title": order.title,
        "ground": ground,
        "points": with_pairs(body, sentences),
        "signature": _signature(organization, head or organization.head()),
        "organization": organization.short_name,
        "rows": [_annex_row(pair, approved_on) for pair in pairs],
        "named": [_named(person) for person in _named_people(order, pairs)],
    }


def agreement_content(pair, person, *, order, text, number="", approved_on=None):
    """Everything that the agreement of the pair's mentor with one mentee prints, as JSON data.

    `text` is the wording, see `paper_text`.
    """
    organization, starts_on = order.organization, start_of(pair, approved_on)
    values = {
        "наставник": described(pair.mentor, "nominative"),
        "наставника": name_in(pair.mentor, "genitive"),
        "наставником": described(pair.mentor, "instrumental"),
        "наставляемый": described(person, "nominative"),
        "наставляемого": name_in(person, "genitive"),
        "наставляемым": described(person, "instrumental"),
        "организация": organization.full_name,
        "организации": in_genitive(organization),
        "учебный год": str(SchoolYear(pair.program.school_year)),
        "приказа": order_in_genitive(organization, number, approved_on),
        "форма": pair.form.name,
        "запрос": pair.topic,
        "срок": term_in_months(starts_on, pair.planned_to),
        "начало": long_date(starts_on),
        "конец": long_date(pair.planned_to),
    }
    return {
        "place": organization.place,
        "heading": f"о сотрудничестве наставника {values['наставника']} и наставляемого {values['наставляемого']}",
        "points": points(fill(text, values)),
        "mentor": _party(pair.mentor),
        "mentee": _party(person),
    }


def order_values(order, pairs):
    """What the placeholders of the order's text stand for."""
    organization, curator = order.organization, curator_of(order)
    return {
        "основание": f"в соответствии {_preposition(grounds(pairs))} {', '.join(grounds(pairs))}",
        "организация": organization.full_name,
        "организации": in_genitive(organization),
        "учебный год": str(SchoolYear(order.program.school_year)),
        "начало": long_date(order.program.starts_on),
        "конец": long_date(order.program.ends_on),
        "куратора": _curator_words(curator, "accusative"),
        "куратору": _curator_words(curator, "dative"),
        "куратором": _curator_words(curator, "instrumental"),
        PAIRS: f"{{{PAIRS}}}",
    }


def start_of(pair, approved_on):
    """The day from which the order puts the pair in force: its own date, or the planned start where that is later."""
    return max(pair.planned_from, approved_on or pair.planned_from)


def grounds(pairs):
    """The acts that the order rests on, in the instrumental, by who the people are (domain: Labour Code 351.8, Р-145).

    Labour law speaks only of an employee who helps an employee; pupils and students stay under the methodology Р-145.
    """
    acts = []
    if any(_has_employees(pair) for pair in pairs):
        acts += [LABOUR_CODE, TEACHERS_MODEL]
    if not acts or any(not _has_employees(pair) for pair in pairs):
        acts.append(PUPILS_MODEL)
    return acts


def order_in_genitive(organization, number, approved_on):
    """«приказа директора МОУ СШ № 1 от 1 октября 2026 г. № 5-од», with lines to fill while there is no number."""
    date = long_date(approved_on) if approved_on else "«___» __________ 20__ г."
    return f"приказа {head_position_in_genitive(organization)} от {date} №\xa0{number or '____'}"


def paper_text(organization, kind):
    """The organization's own text of a paper, else the ready one."""
    own = PaperText.objects.filter(organization=organization, kind=kind).first()
    return own.text if own else ready_text(kind)


def people_of(pairs):
    """Everybody whom the order names, once each, mentors first."""
    mentors = [pair.mentor for pair in pairs]
    mentees = [person for pair in pairs for person in pair.mentees]
    return list({person.pk: person for person in [*mentors, *mentees]}.values())


def _named_people(order, pairs):
    """Who signs that he has read the order: the participants and the curator."""
    people, curator = people_of(pairs), curator_of(order)
    return people if curator is None or curator in people else [*people, curator]


def curator_of(order):
    """The person whom the order charges with the work: who drafted it, else a curator of the organization; or None."""
    people = Person.objects.filter(organization=order.organization)
    if order.created_by_id and (drafter := people.filter(user=order.created_by_id).first()):
        return drafter
    curators = order.organization.memberships.in_force().filter(role="curator")
    return people.filter(user__in=curators.values("user")).order_by("pk").first()


def signer_of(organization, head):
    """The person behind the head's account, or None."""
    return Person.objects.filter(organization=organization, user=head).first() if head else None


def _has_employees(pair):
    people = [pair.mentor, *pair.mentees]
    return pair.mentor.kind == Person.Kind.TEACHER and any(each.kind == Person.Kind.TEACHER for each in people[1:])


def _preposition(acts):
    return "со" if acts[0].startswith("стать") else "с"


def _curator_words(curator, case):
    if curator is None:
        return ROLE_WORDS[case]
    words = position_in(curator, case)
    return f"{words} {name_in(curator, case)}" if words else f"{ROLE_WORDS[case]} {name_in(curator, case)}"


def _letterhead(organization):
    contacts = [organization.address, organization.phone and f"тел. {organization.phone}", organization.email]
    return {
        "founder": organization.parent.full_name if organization.parent else "",
        "full_name": organization.full_name,
        "short_name": organization.short_name,
        "contacts": ", ".join(filter(None, contacts)),
    }


def _signature(organization, head):
    signer = signer_of(organization, head)
    return {
        "position": organization.head_position,
        "name": initials(signer.last_name, signer.first_name, signer.patronymic) if signer else "",
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


def _party(person):
    return {
        **_named(person),
        "signature": initials(person.last_name, person.first_name, person.patronymic),
        "needs_representative": person.kind == Person.Kind.PUPIL,
    }
