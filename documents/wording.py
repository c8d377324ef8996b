"""People, dates and terms in the words and cases that the slots of papers want.

A person's own forms (the person's file) win; without them documents/declension.py proposes. Which slot wants which
case: the order says «Закрепить наставника (кого) за наставляемым (кем)», the agreement «между (кем) и (кем)» and
«наставника (кого) и наставляемого (кого)». Reads objects that are loaded already; no queries of its own.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.formats import date_format

from documents.declension import (
    CASES,
    Doubt,
    agree_number,
    decline,
    decline_organization,
    decline_position,
    govern,
    guess_gender,
    name_doubts,
    number_in_words,
    organization_doubts,
    position_doubts,
    preposition_about,
)
from documents.declension.organizations import is_bare
from documents.kept_forms import kept_form
from mentorship.pdf import PAPER_LANGUAGE
from participants.initials import initials

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
class Form:
    """How papers print something in a case, whether a person has said so, and what is not sure of the proposal."""

    case: str
    nominative: str
    text: str
    proposal: str
    is_own: bool
    doubts: tuple

    @property
    def is_unsure(self):
        return bool(self.doubts) and not self.is_own


def name_form(person, case):
    """The Form of a person's full name in a case of `documents.declension.CASES`."""
    own = kept_form(person.name_forms, person.full_name, case)
    proposal = decline(person.full_name, case, person.gender or None)
    doubts = name_doubts(person.full_name, case, person.gender or None)
    return Form(case, person.full_name, own or proposal, proposal, bool(own), doubts)


def position_form(person, case):
    """The Form of a person's position or class in a case, without the place of work."""
    own = kept_form(person.position_forms, person.position, case)
    proposal = _proposed_position(person, case)
    return Form(case, person.position, own or proposal, proposal, bool(own), _position_doubts(person, case))


def name_in(person, case):
    """«Ивановой Марией Петровной»: the full name in the case."""
    own = kept_form(person.name_forms, person.full_name, case)
    return own or decline(person.full_name, case, person.gender or None)


def position_in(person, case):
    """«учителем математики», «обучающейся 7 «А» класса», or nothing; a place of work in brackets, unchanged."""
    words = kept_form(person.position_forms, person.position, case) or _proposed_position(person, case)
    return f"{words} ({person.workplace})" if words and person.workplace else words


def _position_doubts(person, case):
    if _is_of_a_class(person):
        has_gender = person.gender or guess_gender(person.full_name)
        return () if has_gender else (Doubt.GENDER,)
    return position_doubts(person.position, case)


def _is_of_a_class(person):
    return person.kind == person.Kind.PUPIL and _CLASS.match(person.position)


def _proposed_position(person, case):
    if _is_of_a_class(person):
        is_female = (person.gender or guess_gender(person.full_name)) == person.Gender.FEMALE
        return f"{_PUPIL[case][is_female]} {_class_in_genitive(person.position)}"
    return decline_position(person.position, case) if person.position else ""


def _class_in_genitive(text):
    """«7 «А» класс», «7А» → «7 «А» класса», «7А класса»."""
    if not re.search("класс", text, re.IGNORECASE):
        return f"{text} класса"
    return re.sub(r"\bкласс\b", "класса", text, flags=re.IGNORECASE)


def initials_in(person, case, organization, style="surname_first"):
    """«Иванову М.П.» or «М.П. Иванову»: the surname in the case with the initials as the organization writes them."""
    surname = " ".join(name_in(person, case).split()[: len(person.last_name.split())])
    return initials(surname, person.first_name, person.patronymic, style, spaced=organization.has_spaced_initials)


def described(person, case):
    """«Ивановой Марией Петровной, учителем математики»."""
    return ", ".join(filter(None, [name_in(person, case), position_in(person, case)]))


def described_in_brackets(person, case):
    position = position_in(person, case)
    return f"{name_in(person, case)} ({position})" if position else name_in(person, case)


def assignment_sentence(mentor, mentees, *, way="mentor_first"):
    """«Иванову Марию Петровну, учителя математики, – за Петровой Анной Ивановной, учителем физики» (кого – за кем).

    The other way round, "mentee_first": «за Петровой …, учителем физики, – наставника Иванову …» (domain.md §7.4).
    """
    who = described(mentor, "accusative")
    comma = "," if position_in(mentor, "accusative") else ""
    if len(mentees) == 1:
        whom = described(mentees[0], "instrumental")
    else:
        whom = joined([described_in_brackets(person, "instrumental") for person in mentees])
    if way == "mentee_first":
        after = "," if len(mentees) == 1 and position_in(mentees[0], "instrumental") else ""
        return f"за {whom}{after} – наставника {who}"
    return f"{who}{comma} – за {whom}"


def joined(words):
    """«а», «а и б», «а, б и в»."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"


def in_copies(count):
    """«в двух экземплярах», «в одном экземпляре»."""
    noun = "экземпляре" if count % 10 == 1 and count % 100 != 11 else "экземплярах"
    return f"в {number_in_words(count, case='prepositional')} {noun}"


@lru_cache(maxsize=2000)
def long_date(day):
    """«1 октября 2026 г.», held together at its end; kept, since an annex of hundreds of pairs repeats a few dates."""
    with translation.override(PAPER_LANGUAGE):
        return date_format(day, "j E Y") + f"{NO_BREAK}г."


def short_date(day):
    """«01.10.2026»."""
    return f"{day:%d.%m.%Y}"


def quoted_date(day=None):
    """««01» октября 2026 г.», as signed forms print it; without a day a line to be filled by hand."""
    if day is None:
        return f"«___» __________ 20__{NO_BREAK}г."
    with translation.override(PAPER_LANGUAGE):
        return f"«{day:%d}»{NO_BREAK}{date_format(day, 'E Y')}{NO_BREAK}г."


def paper_date(day, organization):
    """The date in the style that the organization has chosen: «1 октября 2026 г.», «01.10.2026», ««01» октября 2026 г.»."""
    styles = organization.DateStyle
    if organization.date_style == styles.QUOTED:
        return quoted_date(day)
    return short_date(day) if organization.date_style == styles.DIGITS else long_date(day)


def months_between(starts_on, ends_on):
    """Whole months of a period with both its ends, rounded by half a month, at least one: 1 October – 31 May is 8."""
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    days = ends_on.day + 1 - starts_on.day
    return max(1, months + (days >= 15) - (days <= -15))


def term_in_months(starts_on, ends_on):
    """«8 месяцев», «1 месяц»: reads after «на»."""
    return agree_number(months_between(starts_on, ends_on), "месяц", "месяца", "месяцев")


def organization_forms(organization, case):
    """{"full", "short", "head": Form}: the names of the organization and the position of its head in the case."""
    return {
        "full": _organization_form(organization.name_forms, organization.full_name, case),
        "short": _organization_form(organization.short_name_forms, organization.short_name, case),
        "head": head_form(organization, case),
    }


def _organization_form(forms, text, case):
    own = kept_form(forms, text, case)
    proposal = decline_organization(text, case)
    return Form(case, text, own or proposal, proposal, bool(own), organization_doubts(text, case))


def head_form(organization, case):
    """The Form of the head's position; where it names no place, the short name stands behind it, governed rightly.

    «Заведующий» wants the instrumental («заведующего детским садом № 3»), «директор» the genitive (domain §7.4).
    """
    text = organization.head_position
    own = kept_form(organization.head_position_forms, text, case)
    proposal = decline_position(text, case)
    doubts = position_doubts(text, case)
    if is_bare(text):
        proposal += govern(text, organization.short_name)[len(text.strip()) :]
        doubts = tuple(dict.fromkeys([*doubts, *organization_doubts(organization.short_name, case)]))
    return Form(case, text, own or proposal, proposal, bool(own), doubts)


def head_position_in(organization, case):
    """«директора МБОУ СШ № 1», as it stands within a sentence («приказа директора …»)."""
    position = head_form(organization, case).text
    return position[:1].lower() + position[1:]


def organization_in(organization, case):
    """The full name in the case: as it is kept, else as the portal proposes."""
    return _organization_form(organization.name_forms, organization.full_name, case).text


def short_name_in(organization, case):
    """The short name in the case; abbreviations and names in quotes stay as they are."""
    return _organization_form(organization.short_name_forms, organization.short_name, case).text


def organization_phrases(organization):
    """{case: phrases of papers with the names of the organization and the position of its head}."""
    forms = {case: organization_forms(organization, case) for case in CASES}
    full, short, head = ({case: forms[case][name].text for case in CASES} for name in ("full", "short", "head"))
    about = preposition_about(full["prepositional"], capital=False)
    of_head = head_position_in(organization, "prepositional")
    return {
        "nominative": [full["nominative"], f"{organization.head_position} – подпись"],
        "genitive": [
            f"положение о системе наставничества {full['genitive']}",
            f"Приложение к приказу {short['genitive']}",
            f"УТВЕРЖДЕНО приказом {head_position_in(organization, 'genitive')}",
        ],
        "dative": [f"согласие даётся {full['dative']}", f"{head['dative']} (в заявлении)"],
        "accusative": [
            f"принять в {full['accusative']}",
            f"возложить на {head_position_in(organization, 'accusative')}",
        ],
        "instrumental": [
            f"соглашение с {full['instrumental']}",
            f"утверждено {head_position_in(organization, 'instrumental')}",
        ],
        "prepositional": [
            f"сведения {about} {full['prepositional']}",
            f"сведения {preposition_about(of_head, capital=False)} {of_head}",
        ],
    }
