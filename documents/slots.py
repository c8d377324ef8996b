"""The slots of papers and the case that each wants (domain §7.4): a phrase with a person in it.

The page of a person's forms shows them all; a paper fills the one that it needs by name. Phrases are Russian: they are
what papers print. Reads objects that are loaded already; no queries of its own.
"""

from dataclasses import dataclass

from documents.declension import CASES, preposition_about
from documents.wording import described, initials_in, name_in, position_in


@dataclass(frozen=True)
class Slot:
    """A phrase and the case in which the person stands in it."""

    name: str
    case: str
    phrase: str


SLOTS = {
    slot.name: slot
    for slot in (
        Slot("consent-giver", "nominative", "Я, {name}, даю согласие"),
        Slot("signature", "nominative", "{signature}"),
        Slot("list", "nominative", "{listed}"),
        Slot("consent-subject", "genitive", "даю согласие на обработку персональных данных {name}"),
        Slot("representative-of", "genitive", "являясь законным представителем {name}"),
        Slot("application-from", "genitive", "заявление от {who}"),
        Slot("approved-by", "genitive", "УТВЕРЖДЕНО приказом {title}"),
        Slot("program-of", "genitive", "Персонализированная программа наставника {name}"),
        Slot("report-of", "genitive", "Отчёт о работе наставника {name}"),
        Slot("petition-of", "genitive", "по ходатайству {who}"),
        Slot("thank", "dative", "Объявить благодарность {who}"),
        Slot("hand", "dative", "Вручить благодарственное письмо {who}"),
        Slot("application-to", "dative", "{title}"),
        Slot("appoint", "accusative", "Назначить {enclosed} куратором программы наставничества"),
        Slot("assign", "accusative", "Закрепить наставника {enclosed} за наставляемым"),
        Slot("charge", "accusative", "Контроль исполнения приказа возложить на {title}"),
        Slot("release", "accusative", "Освободить {enclosed} от обязанностей наставника"),
        Slot("reward", "accusative", "Наградить {enclosed} почётной грамотой"),
        Slot("assign-to", "instrumental", "Закрепить за {enclosed} наставника"),
        Slot("between", "instrumental", "Соглашение заключено между {enclosed} и другой стороной"),
        Slot("work-with", "instrumental", "работа с наставляемым {name}"),
        Slot("about", "prepositional", "сведения {about} {name}"),
    )
}


def slot_phrase(slot, person, organization):
    """The slot's phrase with the person in it, in the style of initials of the organization whose paper it is."""
    case = slot.case
    name, position, listed = name_in(person, case), position_in(person, case), initials_in(person, case, organization)
    who = described(person, case)
    values = {
        "name": name,
        "who": who,
        "enclosed": f"{who}," if position else who,
        "title": f"{position} {listed}".strip(),
        "signature": person.signature_for(organization),
        "listed": listed,
        "about": preposition_about(name, capital=False),
    }
    phrase = slot.phrase.format(**values)
    return phrase[:1].upper() + phrase[1:]


def phrases_by_case(person, organization):
    """{case: the phrases of all slots that want it}, for every case."""
    return {
        case: [slot_phrase(slot, person, organization) for slot in SLOTS.values() if slot.case == case]
        for case in CASES
    }
