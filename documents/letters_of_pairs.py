"""What the letters about a pair print: addendum, petition, act of hand-over."""

from documents.declension import guess_gender
from documents.letter_parts import (
    LINE,
    ground_of_head,
    head_of,
    lines_of,
    mentees_in,
    position_of_head,
    position_of_head_in,
    signature_of,
    to_head,
)
from documents.paper_texts import fill, points, with_lists
from documents.wording import described, in_copies, long_date, name_in
from participants.models import Person

ACTING = {"male": "действующего", "female": "действующей"}


def addendum_words(subject, values, day):
    """What stands for the names in braces of an addendum's text."""
    organization, pair = subject.organization, subject.pair
    head, worker = head_of(organization, day), pair.mentor
    gender = head.gender or guess_gender(head.full_name) if head else ""
    contract_on = long_date(values["contract_on"]) if values.get("contract_on") else "«___» __________ ____\xa0г."
    of_head = position_of_head_in(organization, day, "genitive")
    return {
        "организация": organization.full_name,
        "руководителя": f"{of_head} {name_in(head, 'genitive')}" if head else f"{of_head} {LINE}",
        "действующего": ACTING.get(gender, "действующего(ей)"),
        "устава": ground_of_head(organization, day),
        "работник": described(worker, "nominative"),
        "основание": "статьями 72 и 351.8" if leads_employees(pair) else "статьями 60.2 и 72",
        "договор": f"от {contract_on} № {values.get('contract_number') or LINE}",
        "наставляемого": mentees_in(pair, "genitive"),
        "содержание": "{содержание}",
        "форма": values["work_form"].rstrip("."),
        "начало": long_date(values["starts_on"]),
        "конец": long_date(values["ends_on"]),
        "оплата": values["pay"].rstrip("."),
        "экземпляры": in_copies(2),
    }


def addendum_content(subject, values, day, text):
    """An addendum to the labour contract of a mentor."""
    organization, worker = subject.organization, subject.pair.mentor
    head = head_of(organization, day)
    filled = fill(text, addendum_words(subject, values, day))
    return {
        "is_centred": True,
        "points": with_lists(points(filled), {"содержание": lines_of(values["task"])}),
        "parties": [
            {
                "role": "Работодатель",
                "lines": [organization.full_name, organization.address, organization.inn and f"ИНН {organization.inn}"],
                "position": position_of_head(organization, day),
                "signature": head.signature_for(organization) if head else "",
                "has_seal": True,
            },
            {
                "role": "Работник",
                "lines": [described(worker, "nominative")],
                "position": "",
                "signature": worker.signature_for(organization),
                "has_seal": False,
            },
        ],
        "received": "Экземпляр дополнительного соглашения получил(а):",
        "receiver": worker.signature_for(organization),
    }


def leads_employees(pair):
    """Whether an employee helps an employee: then Labour Code 351.8 rules (domain.md §8.1)."""
    return pair.mentor.kind == Person.Kind.TEACHER and any(each.kind == Person.Kind.TEACHER for each in pair.mentees)


def petition_words(subject, values, day):
    """What stands for the names in braces of a petition's text."""
    pair, successor = subject.pair, values.get("successor")
    return {
        "наставника": described(pair.mentor, "genitive"),
        "наставляемого": mentees_in(pair, "nominative"),
        "причина": values["reason"].strip().rstrip("."),
        "преемник": described(successor, "accusative") if successor else "",
        "форма": pair.form.name,
    }


def petition_content(subject, values, day, text):
    """A petition for another mentor."""
    organization, petitioner = subject.organization, values["petitioner"]
    return {
        "addressee": [*to_head(organization, day), f"от {described(petitioner, 'genitive')}"],
        "is_centred": True,
        "points": points(fill(text, petition_words(subject, values, day))),
        "signatures": [signature_of(petitioner, organization)],
        "place": "",
    }


def handover_words(subject, values, day):
    """What stands for the names in braces of the text of an act of hand-over."""
    return {
        "сдал": described(subject.pair.mentor, "nominative"),
        "принял": described(values["taken_by"], "nominative"),
        "наставляемого": mentees_in(subject.pair, "genitive"),
    }


def handover_content(subject, values, day, text):
    """An act of hand-over from one mentor to the next."""
    organization, pair, taker = subject.organization, subject.pair, values["taken_by"]
    remarks = values.get("remarks", "").strip()
    return {
        "points": points(fill(text, handover_words(subject, values, day))),
        "table": {
            "head": [
                {"name": "№", "width": "8mm"},
                {"name": "Что передано", "width": ""},
                {"name": "Примечание", "width": "5cm"},
            ],
            "rows": [[str(place), line, ""] for place, line in enumerate(lines_of(values["things"]), 1)],
        },
        "after": points(
            f"Замечания сторон: {remarks or 'нет'}.\nАкт составлен {in_copies(2)}, по одному для каждой из сторон."
        ),
        "signatures": [
            {**signature_of(pair.mentor, organization), "role": "Сдал:"},
            {**signature_of(taker, organization), "role": "Принял:"},
        ],
    }
