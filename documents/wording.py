"""People, dates and terms in the words and cases that the slots of papers want.

A person's own forms (the person's file) win; without them documents/declension.py proposes. Which slot wants which
case: the order says «Закрепить наставника (кого) за наставляемым (кем)», the agreement «между (кем) и (кем)» and
«наставника (кого) и наставляемого (кого)». Reads objects that are loaded already; no queries of its own.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format

from documents.declension import agree_number, decline, decline_position, guess_gender
from mentorship.pdf import PAPER_LANGUAGE

NO_BREAK = "\xa0"
_CLASS = re.compile(r"\d|.*\bкласс\b", re.IGNORECASE)
_PUPIL = {
    "nominative": ("обучающийся", "обучающаяся"),
    "genitive": ("обучающегося", "обучающейся"),
    "dative": ("обучающемуся", "обучающейся"),
    "accusative": ("обучающегося", "обучающуюся"),
    "instrumental": ("обучающимся", "обучающейся"),
    "prepositional": ("обучающемся", "обучающейся"),
}
ROLE_WORDS = {
    "accusative": "куратора программы наставничества",
    "dative": "куратору программы наставничества",
    "instrumental": "куратором программы наставничества",
}


@dataclass(frozen=True)
class NameForm:
    """How a paper prints a person in a case, and how sure the portal is of it."""

    person: object
    case: str
    name: str
    position: str
    is_own: bool
    is_unsure: bool
    is_unchanged: bool


def name_form(person, case):
    """The NameForm of a person in a case of `documents.declension.CASES`."""
    name = name_in(person, case)
    return NameForm(
        person=person,
        case=case,
        name=name,
        position=position_in(person, case),
        is_own=bool(person.name_forms.get(case)),
        is_unsure=not person.name_forms.get(case) and not person.gender and guess_gender(person.full_name) is None,
        is_unchanged=case != "nominative" and name == person.full_name,
    )


def name_in(person, case):
    """«Ивановой Марией Петровной»: the full name in the case."""
    return person.name_forms.get(case) or decline(person.full_name, case, person.gender or None)


def position_in(person, case):
    """«учителем математики», «обучающейся 7 «А» класса», or nothing; a place of work in brackets, unchanged."""
    words = person.position_forms.get(case) or _proposed_position(person, case)
    return f"{words} ({person.workplace})" if words and person.workplace else words


def _proposed_position(person, case):
    if person.kind == person.Kind.PUPIL and _CLASS.match(person.position):
        is_female = (person.gender or guess_gender(person.full_name)) == person.Gender.FEMALE
        return f"{_PUPIL[case][is_female]} {_class_in_genitive(person.position)}"
    return decline_position(person.position, case) if person.position else ""


def _class_in_genitive(text):
    """«7 «А» класс», «7А» → «7 «А» класса», «7А класса»."""
    if not re.search("класс", text, re.IGNORECASE):
        return f"{text} класса"
    return re.sub(r"\bкласс\b", "класса", text, flags=re.IGNORECASE)


def described(person, case):
    """«Ивановой Марией Петровной, учителем математики»."""
    return ", ".join(filter(None, [name_in(person, case), position_in(person, case)]))


def described_in_brackets(person, case):
    position = position_in(person, case)
    return f"{name_in(person, case)} ({position})" if position else name_in(person, case)


def assignment_sentence(mentor, mentees):
    """«Иванову Марию Петровну, учителя математики, – за Петровой Анной Ивановной, учителем физики» (кого – за кем)."""
    who = described(mentor, "accusative")
    comma = "," if position_in(mentor, "accusative") else ""
    if len(mentees) == 1:
        return f"{who}{comma} – за {described(mentees[0], 'instrumental')}"
    return f"{who}{comma} – за {joined([described_in_brackets(person, 'instrumental') for person in mentees])}"


def joined(words):
    """«а», «а и б», «а, б и в»."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"


def long_date(day):
    """«1 октября 2026 г.», held together at its end."""
    with translation.override(PAPER_LANGUAGE):
        return date_format(day, "j E Y") + f"{NO_BREAK}г."


def short_date(day):
    return f"{day:%d.%m.%Y}"


def months_between(starts_on, ends_on):
    """Whole months of a period with both its ends, rounded by half a month, at least one: 1 October – 31 May is 8."""
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    days = ends_on.day + 1 - starts_on.day
    return max(1, months + (days >= 15) - (days <= -15))


def term_in_months(starts_on, ends_on):
    """«8 месяцев», «1 месяц»: reads after «на»."""
    return agree_number(months_between(starts_on, ends_on), "месяц", "месяца", "месяцев")


def head_position_in_genitive(organization):
    """«директора МОУ СШ № 1», as it stands within a sentence («приказа директора …»)."""
    position = decline_position(organization.head_position, "genitive")
    return position[:1].lower() + position[1:]


def in_genitive(organization):
    """The full name in the genitive where it is on file, else the short name: abbreviations do not decline."""
    return organization.full_name_genitive or organization.short_name
