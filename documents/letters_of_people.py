"""What the papers about a person print: letter of thanks, certificate, extract of a mentor's work."""

from documents.blanks import blank_of, letterhead_content
from documents.declension import guess_gender
from documents.letter_parts import is_female, lines_of, signature_of_head
from documents.paper_texts import fill, points
from documents.wording import long_date, name_in, organization_in, position_in
from documents.work_of_mentor import work_of_mentor
from mentorship.school_year import SchoolYear
from participants.models import Person


def thanks_content(subject, values, day):
    """A letter of thanks."""
    person, organization = subject.person, subject.organization
    if person:
        whom = [name_in(person, "dative"), position_in(person, "dative")]
        female = (person.gender or guess_gender(person.full_name)) == Person.Gender.FEMALE
        salutation = f"{'Уважаемая' if female else 'Уважаемый'} {person.salutation}!"
    else:
        whom, salutation = [subject.outside], ""
    return _sheet_of_honour(subject, values, day) | {
        "whom": list(filter(None, whom)),
        "salutation": salutation,
        "text": lines_of(_filled(subject, values, day)),
        "place": organization.place,
    }


def certificate_content(subject, values, day):
    """A certificate."""
    person = subject.person
    whom = [person.full_name, position_in(person, "nominative")] if person else [subject.outside]
    word = values["word"].strip()
    return (
        _sheet_of_honour(subject, values, day)
        | ({"kind_word": word} if word else {})
        | {
            "whom": list(filter(None, whom)),
            "salutation": "",
            "text": lines_of(_filled(subject, values, day)),
            "is_centred": True,
        }
    )


def honour_words(subject, day):
    """What stands for the names in braces of letters of thanks and certificates."""
    year = subject.program.school_year if subject.program else SchoolYear.of(day).start
    return {"организации": organization_in(subject.organization, "genitive"), "учебный год": str(SchoolYear(year))}


def _filled(subject, values, day):
    return fill(values["text"], honour_words(subject, day))


def _sheet_of_honour(subject, values, day):
    organization = subject.organization
    layout = values.get("layout") or "portrait"
    blank = blank_of(organization)
    picture = getattr(blank, f"background_{layout}") if values.get("has_background") else None
    return {
        "layout": layout,
        "letterhead": letterhead_content(organization, blank),
        # The picture lies beside the papers under a name of its own and is never changed.
        "background": picture.name if picture else "",
        "has_seal": blank.has_seal_place,
        "signatures": [signature_of_head(organization, day)],
    }


def work_extract_content(subject, values, day):
    """What a mentor did in a period, for attestation."""
    organization, person = subject.organization, subject.person
    work = work_of_mentor(person, values["starts_on"], values["ends_on"])
    text = [
        f"Дана {name_in(person, 'dative')}"
        + (f", {position_in(person, 'dative')}" if position_in(person, "dative") else "")
        + f", в том, что в период с {long_date(values['starts_on'])} по {long_date(values['ends_on'])} "
        + ("она выполняла" if is_female(person) else "он выполнял")
        + f" обязанности наставника в {organization_in(organization, 'prepositional')}.",
    ]
    purpose = (values.get("purpose") or "").strip().rstrip(".")
    return {
        "letterhead": letterhead_content(organization),
        "points": points("\n".join(text)),
        "table": {
            "head": [
                {"name": "№", "width": "5%"},
                {"name": "Наставляемые", "width": ""},
                {"name": "Форма, срок", "width": "25%"},
                {"name": "Приказ", "width": "21%"},
                {"name": "Встречи, часы", "width": "15%"},
            ],
            "rows": [[str(place), *row] for place, row in enumerate(work.rows, 1)],
        },
        "after": points("\n".join([work.total, *work.results, f"Справка дана {purpose}." if purpose else ""])),
        "signatures": [signature_of_head(organization, day)],
    }
