"""What the papers of a programme print: minutes, attendance sheet."""

from documents.blanks import letterhead_content
from documents.letter_kinds import QUESTIONS_OF_MINUTES
from documents.letter_parts import lines_of, sentences_of
from documents.wording import initials_in, position_in


def minutes_content(subject, values, day):
    """Minutes of a council."""
    organization, chair, secretary = subject.organization, values["chair"], values["secretary"]
    present = [person for person in values.get("present") or () if person not in (chair, secretary)]
    others = [line.rstrip(";") for line in lines_of(values.get("others"))]
    names = [*(initials_in(person, "nominative", organization) for person in present), *others]
    count = len({*present, chair, secretary}) + len(others)
    questions = [
        {
            "question": values[f"question_{place}"].strip().rstrip("."),
            "agenda": sentences_of(values[f"question_{place}"])[0],
            "heard": sentences_of(values.get(f"heard_{place}")),
            "spoke": sentences_of(values.get(f"spoke_{place}")),
            "decided": sentences_of(values.get(f"decided_{place}")),
            "votes": (values.get(f"votes_{place}") or "").strip().rstrip("."),
        }
        for place in range(1, QUESTIONS_OF_MINUTES + 1)
        if (values.get(f"question_{place}") or "").strip()
    ]
    return {
        "letterhead": letterhead_content(organization),
        "heading": values["body"].strip(),
        "is_centred": True,
        "attendance": {
            "chair": initials_in(chair, "nominative", organization),
            "secretary": initials_in(secretary, "nominative", organization),
            "names": ", ".join(names),
            "count": count,
        },
        "questions": questions,
        "signatures": [
            {"role": "", "position": "Председатель", "name": chair.signature_for(organization)},
            {"role": "", "position": "Секретарь", "name": secretary.signature_for(organization)},
        ],
    }


def attendance_content(subject, values, day):
    """A sheet to sign for those who come."""
    organization = subject.organization
    roles = _roles_in(subject.program)
    rows = [
        [person.full_name, person.affiliation, position_in(person, "nominative"), roles.get(person.pk, ""), ""]
        for person in values.get("people") or ()
    ]
    rows += [[""] * 5 for _line in range(values.get("empty") or 0)]
    where = (values.get("held_at") or "").strip()
    return {
        "heading": values["event"].strip(),
        "is_centred": True,
        "place": where or organization.place,
        "has_number": False,
        "table": {
            "head": [
                {"name": "№", "width": "5%"},
                {"name": "Фамилия, имя, отчество", "width": "26%"},
                {"name": "Организация", "width": "18%"},
                {"name": "Должность", "width": ""},
                {"name": "Роль", "width": "15%"},
                {"name": "Подпись", "width": "15%"},
            ],
            "is_for_hand": True,
            "rows": [[str(place), *row] for place, row in enumerate(rows, 1)],
        },
    }


def _roles_in(program):
    roles = {}
    for pair in program.pairs.not_ended().for_register() if program else ():
        roles[pair.mentor_id] = "наставник"
        for person in pair.mentees:
            roles.setdefault(person.pk, "наставляемый")
    return roles
