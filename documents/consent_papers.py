"""Consents on paper: what each prints, as plain data, and one PDF of as many as are wanted.

The name stands in the case that its place wants; address and documents are lines to be filled by hand: the portal keeps
none of them (152-ФЗ art. 9 part 4 asks for them on the paper). A minor's paper is the representative's, from 14 on with
a line for the minor's own signature.
"""

from dataclasses import dataclass
from itertools import count

from documents.declension import agree_number
from documents.marks import consent_mark
from documents.paper_texts import fill, points
from documents.wording import name_in, organization_in, position_in
from mentorship.pdf import render_pdf
from mentorship.school_year import SchoolYear
from participants.consent_givers import REPRESENTATIVE, SUBJECT, giver_of
from participants.consent_rules import EXTRA_DUTIES, PARTICIPATION, PUBLICATION, may_be_14
from participants.consent_texts import with_processor
from participants.consent_versions import known_of
from participants.models import ConsentText, Person

LINE = "_" * 40
NO_PROCESSOR = "(наименование и адрес; если поручения нет, ставится прочерк)"
FORBIDDEN_BY_PERSON = "запрещаю публиковать (заполняется по желанию; если строка пуста, запретов нет):"
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

    Who turns 18 in this year gets both variants: the birth year does not say which one holds, and the sheets say so;
    where the representative's is in force, the person's own is left, to be signed from the birthday on. What was
    confirmed by the link is printed as it was confirmed.
    """
    consent = standing.consents.get(kind)
    if kind in standing.without_paper:
        return [
            Sheet(
                standing.person,
                consent.text,
                consent.given_by,
                is_mentor=standing.is_mentor,
                is_mentee=standing.is_mentee,
                representative_name=consent.representative_name,
            )
        ]
    giver = giver_of(standing.person, kind, year=today.year)
    if giver is None and consent is not None and consent.is_in_force(today) and consent.given_by == REPRESENTATIVE:
        giver = SUBJECT
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


def consent_content(sheet, *, school_year, today, by_link=False):
    """Everything that one paper prints; `by_link` as it is read on the screen, where nothing is filled by hand."""
    person, text = sheet.person, sheet.text
    is_representative = sheet.given_by == REPRESENTATIVE
    body = with_processor(text.body_of_representative if is_representative else text.body)
    has_name = bool(person.last_name)
    representative = sheet.representative_name or person.representative_name
    values = consent_values(sheet, school_year=school_year)
    if by_link:
        values |= values_by_link(person.organization)
    paragraphs = points(fill(body, values))
    return {
        "kind": text.kind,
        "title": text.title,
        "place": person.organization.place,
        "is_one_of_two": sheet.is_one_of_two,
        "is_sample": person.pk is None and not has_name,
        "is_representative": is_representative,
        "name": person.full_name,
        "name_genitive": name_in(person, "genitive") if has_name else "",
        "position": position_in(person, "nominative"),
        "representative": representative,
        "representative_signature": signature_of(representative),
        "has_identity": text.kind != EXTRA_DUTIES,
        "points": _renumbered(paragraphs) if by_link else _breakable(paragraphs),
        "signature": person.signature if has_name else "",
        "version": version_in_words(text),
        "signs_too": is_representative and may_be_14(today.year, person.birth_year),
    }


def consent_values(sheet, *, school_year):
    """What the placeholders of participants/consent_texts.py stand for; what is not known is a line to be filled."""
    person, organization = sheet.person, sheet.person.organization
    office = organization.parent
    has_name = bool(person.last_name)
    known = known_of(person, sheet.given_by)
    requisites = [("ИНН", organization.inn), ("ОГРН", organization.ogrn)]
    social = organization.social_pages or (LINE if sheet.text.kind == PUBLICATION else "")
    conditions = [organization.publication_conditions.rstrip("."), f"{FORBIDDEN_BY_PERSON} {LINE}"]
    return {
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "реквизиты": "".join(f", {name} {number}" for name, number in requisites if number),
        "адрес организации": known["адрес организации"] or LINE,
        "обработчик": organization.data_processor.rstrip(".") or f"{LINE} {NO_PROCESSOR}",
        "получатель": office.full_name if office else LINE,
        "адрес получателя": known["адрес получателя"] or LINE,
        "сайт": known["сайт"] or f"https://{LINE}",
        "соцсети": f"; страницы оператора в социальных сетях: {social}" if social else "",
        "условия": "; ".join(filter(None, conditions)),
        "контакты": (known["контакты"] if has_name else "") or LINE,
        "субъект": person.full_name if has_name else LINE,
        "субъекта": name_in(person, "genitive") if has_name else LINE,
        "роли": ROLES[sheet.is_mentor, sheet.is_mentee],
        "учебный год": str(SchoolYear(school_year)),
        "срок": term_in_words(sheet.text),
    }


def values_by_link(organization):
    """What differs on the screen from the paper: a line for the hand is left out, or the words that say so."""
    conditions = organization.publication_conditions.rstrip(".") or "не установлены"
    social = organization.social_pages
    return {
        "адрес организации": organization.address or "не указан",
        "обработчик": organization.data_processor.rstrip("."),
        "соцсети": f"; страницы оператора в социальных сетях: {social}" if social else "",
        "условия": f"{conditions}. Чтобы установить свои запреты, подпишите согласие на бумаге",
    }


def _renumbered(body):
    """The points counted anew, where one of them was left out."""
    numbers = count(1)
    return [{**point, "number": f"{next(numbers)}."} if point["level"] == 1 else point for point in body]


def signature_of(full_name):
    """«О.С. Иванова» of «Иванова Ольга Сергеевна»; what is no name in three words stays as it is."""
    last, *others = full_name.split() or [""]
    initials = "".join(f"{part[0]}." for part in others[:2] if part[0].isupper())
    return f"{initials}\N{NO-BREAK SPACE}{last}" if initials else full_name


def version_in_words(text):
    """«версия 2 организации», for the foot of the paper: by it one sees later which text was signed."""
    if text.organization_id:
        return f"версия {text.version} организации"
    return f"готовый текст портала, версия {text.version}"


def _breakable(body):
    """The points with lines for the hand («_____») that may go over to the next line anywhere."""
    return [{**point, "text": point["text"].replace("_", f"_{MAY_BREAK}")} for point in body]


def term_in_words(text):
    """«в течение 12 месяцев», or until the purpose is reached; reads after «действует со дня подписания»."""
    if text.valid_months:
        return f"в течение {agree_number(text.valid_months, 'месяца', 'месяцев', 'месяцев')}"
    return "до отзыва" if text.kind in (PARTICIPATION, EXTRA_DUTIES) else "до достижения цели обработки"


def consents_pdf(sheets, *, school_year, today, codes=()):
    """The papers one after another, each on sheets of its own, numbered by itself.

    `codes` are those of documents/signed_scans.py, one for each sheet: by it the signed paper finds its way back.
    """
    contents = [consent_content(sheet, school_year=school_year, today=today) for sheet in sheets]
    for content, code in zip(contents, codes, strict=False):
        content["mark"] = consent_mark(code) if code else None
    return render_pdf("documents/pdf/consents.html", {"contents": contents})


def blank_person(organization):
    """Nobody in particular, for the preview of a text: the paper prints lines in place of the name."""
    return Person(organization=organization, last_name="", first_name="", patronymic="")
