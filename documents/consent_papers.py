"""Consents on paper: what each prints, as plain data, and one PDF of as many as are wanted.

The name stands in the case that its place wants; address and documents are lines to be filled by hand: the portal keeps
none of them (152-ФЗ art. 9 part 4 asks for them on the paper). A minor's paper is the representative's, from 14 on with
a line for the minor's own signature.
"""

from dataclasses import dataclass

from documents.declension import agree_number
from documents.paper_texts import fill, points
from documents.wording import in_genitive, name_in, position_in
from mentorship.pdf import render_pdf
from mentorship.school_year import SchoolYear
from participants.consent_rules import EXTRA_DUTIES, PARTICIPATION, may_be_14
from participants.consents import REPRESENTATIVE, SUBJECT, giver_of
from participants.models import ConsentText, Person

LINE = "_" * 40
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
ROLES = {
    (True, False): "наставника",
    (False, True): "наставляемого",
    (True, True): "наставника и наставляемого",
    (False, False): "_" * 20,
}


@dataclass(frozen=True)
class Sheet:
    """One paper to be printed: whose, by which text, who signs."""

    person: Person
    text: ConsentText
    given_by: str
    is_mentor: bool = False
    is_mentee: bool = False
    representative_name: str = ""
    is_one_of_two: bool = False  # both variants are printed, because only the birthday says which one holds


def sheets_for(standing, kind, text, *, today):
    """The Sheets of one kind for a person with his Standing (participants/consents.py).

    Who turns 18 in this year gets both variants: the birth year does not say which one holds, and the sheets say so.
    """
    giver = giver_of(standing.person, kind, year=today.year)
    return [
        Sheet(
            standing.person,
            text,
            each,
            is_mentor=standing.is_mentor,
            is_mentee=standing.is_mentee,
            is_one_of_two=giver is None,
        )
        for each in ([giver] if giver else [REPRESENTATIVE, SUBJECT])
        if each == SUBJECT or text.body_of_representative
    ]


def consent_content(sheet, *, school_year, today):
    """Everything that one paper prints."""
    person, text = sheet.person, sheet.text
    is_representative = sheet.given_by == REPRESENTATIVE
    body = text.body_of_representative if is_representative else text.body
    has_name = bool(person.last_name)
    return {
        "kind": text.kind,
        "title": text.title,
        "place": person.organization.place,
        "is_one_of_two": sheet.is_one_of_two,
        "is_representative": is_representative,
        "name": person.full_name,
        "name_genitive": name_in(person, "genitive") if has_name else "",
        "position": position_in(person, "nominative"),
        "representative": sheet.representative_name or person.representative_name,
        "has_identity": text.kind != EXTRA_DUTIES,
        "points": _breakable(points(fill(body, consent_values(sheet, school_year=school_year)))),
        "signature": person.signature if has_name else "",
        "signs_too": is_representative and may_be_14(today.year, person.birth_year),
    }


def consent_values(sheet, *, school_year):
    """What the placeholders of participants/consent_texts.py stand for; what is not known is a line to be filled."""
    person, organization = sheet.person, sheet.person.organization
    office = organization.parent
    has_name = bool(person.last_name)
    return {
        "организация": organization.full_name,
        "организации": in_genitive(organization),
        "адрес организации": organization.address or LINE,
        "получатель": office.full_name if office else LINE,
        "адрес получателя": office.address if office and office.address else LINE,
        "субъект": person.full_name if has_name else LINE,
        "субъекта": name_in(person, "genitive") if has_name else LINE,
        "роли": ROLES[sheet.is_mentor, sheet.is_mentee],
        "учебный год": str(SchoolYear(school_year)),
        "срок": term_in_words(sheet.text),
    }


def _breakable(body):
    """The points with lines for the hand («_____») that may go over to the next line anywhere."""
    return [{**point, "text": point["text"].replace("_", f"_{MAY_BREAK}")} for point in body]


def term_in_words(text):
    """«в течение 12 месяцев», or until the purpose is reached; reads after «действует со дня подписания»."""
    if text.valid_months:
        return f"в течение {agree_number(text.valid_months, 'месяца', 'месяцев', 'месяцев')}"
    return "до отзыва" if text.kind in (PARTICIPATION, EXTRA_DUTIES) else "до достижения цели обработки"


def consents_pdf(sheets, *, school_year, today):
    """The papers one after another, each on sheets of its own, numbered by itself."""
    contents = [consent_content(sheet, school_year=school_year, today=today) for sheet in sheets]
    return render_pdf("documents/pdf/consents.html", {"contents": contents})


def blank_person(organization):
    """Nobody in particular, for the preview of a text: the paper prints lines in place of the name."""
    return Person(organization=organization, last_name="", first_name="", patronymic="")
