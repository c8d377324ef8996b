"""What the words in braces of an order's text stand for, and the lists that become its points.

Reads what the order names: the programme, the curator, the pairs, the people and the words that were typed.
"""

import re
from datetime import date

from documents.declension import agree_number
from documents.models import Order, RegulationEdition
from documents.order_kinds import CONTROL, CONTROLLER, EARLIER, ENDED_PAIRS, PAIRS
from documents.wording import (
    ROLE_WORDS,
    assignment_sentence,
    described,
    joined,
    long_date,
    name_in,
    organization_in,
    position_in,
)
from mentorship.school_year import SchoolYear
from participants.models import MenteeEntry, MentorEntry, Person
from programs.models import Meeting, Pair

TO_BE_TYPED = "__________"
# Of a council, a commission, a jury: in this order they stand in papers, whoever was ticked first.
OFFICES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\s*(со)?председател|\s*руководитель\s*((рабочей\s+)?группы|совета|комиссии|жюри)?\s*$",
        r"\s*зам\w*[.\s]+(председател|руководителя\s*((рабочей\s+)?группы|совета|комиссии|жюри)?\s*$)",
        r"\s*(\w+\s+)?секретар",
    )
)
FORMER_REGULATION = "прежнее положение"
CASES_OF_COUNTS = {
    "наставников": ("наставник", "наставника", "наставников"),
    "наставляемых": ("наставляемый", "наставляемых", "наставляемых"),
    "пар и групп": ("пара (группа)", "пары (группы)", "пар (групп)"),
    "завершено пар и групп": ("пара (группа)", "пары (группы)", "пар (групп)"),
    "встреч": ("встреча", "встречи", "встреч"),
}


def order_values(order, ground):
    """{placeholder: words}; a list stays its own placeholder, to be spread out by `with_lists`.

    `ground` are the words of the acts. What must still be typed is a line to fill.
    """
    organization, curator = order.organization, curator_of(order)
    kind = order.kind_of_order
    values = {
        "основание": ground,
        "организация": organization.full_name,
        "организации": organization_in(organization, "genitive"),
        "учебный год": str(SchoolYear(order.program.school_year)),
        "начало": long_date(order.program.starts_on),
        "конец": long_date(order.program.ends_on),
        "куратора": curator_words(curator, "accusative"),
        "куратору": curator_words(curator, "dative"),
        "куратором": curator_words(curator, "instrumental"),
        CONTROL: control_words(order),
    }
    values |= {value.placeholder: _typed(order, value) for value in kind.values if value.kind != "lines"}
    for slot in kind.people:
        if not slot.is_list:
            people = [named.person for named in named_in(order, slot.role)]
            values[slot.placeholder] = joined([titled(each, slot.case) for each in people]) if people else TO_BE_TYPED
    if FORMER_REGULATION in kind.counts:
        values[FORMER_REGULATION] = _former_regulation(order)
    elif kind.counts:
        values |= {name: words for name, words in _counts(order.program).items() if name in kind.counts}
    return values | {name: f"{{{name}}}" for name in kind.lists}


def order_lists(order, pairs, ended_pairs, *, way="mentor_first"):
    """{placeholder: sentences} of what becomes points; `way` as the organization words its pairs."""
    kind = order.kind_of_order
    lists = {
        PAIRS: [assignment_sentence(pair.mentor, pair.mentees, way=way) for pair in pairs],
        ENDED_PAIRS: _ended_sentences(ended_pairs),
        EARLIER: _earlier(order) or [TO_BE_TYPED],
    }
    for value in kind.values:
        if value.kind == "lines":
            lists[value.placeholder] = str(order.values.get(value.placeholder, "")).splitlines() or [TO_BE_TYPED]
    for slot in kind.people:
        if slot.is_list:
            named = named_in(order, slot.role)
            lists[slot.placeholder] = [_sentence_of(each, slot) for each in named] or [TO_BE_TYPED]
    return lists


def named_in(order, role):
    """The OrderPerson rows of a role: the chair of a council first, the deputies, the secretary, then as they were named."""
    if order.typed:
        named = [each for each in order.typed.named if each.role == role]
    else:
        named = order.named.filter(role=role).select_related("person").order_by("pk")
    return sorted(named, key=lambda each: _rank(each.words))


def _rank(words):
    """The place of an office in a list of members; members without one come last."""
    return next((place for place, office in enumerate(OFFICES) if office.match(words)), len(OFFICES))


def day_of(order, placeholder):
    """A date that was typed for the order, or None."""
    text = order.values.get(placeholder)
    return date.fromisoformat(text) if text else None


def control_words(order):
    """«контроль исполнения приказа оставляю за собой», «… возложить на заместителя директора Орлову Анну Ильиничну»."""
    named = named_in(order, CONTROLLER)
    if not named:
        return "контроль исполнения приказа оставляю за собой"
    return f"контроль исполнения приказа возложить на {titled(named[0].person, 'accusative')}"


def _ended_sentences(pairs):
    """«Иванова Мария Петровна (наставник) – Орлов Пётр Ильич (наставляемый), закреплены приказом от … № …» of each pair.

    The orders that put the pairs in force are found at once: an order at the end of the year ends hundreds.
    """
    if not pairs:
        return []
    starts = Order.pairs.through.objects.filter(pair__in=pairs, order__status=Order.Status.APPROVED)
    rows = starts.order_by("-order__approved_on", "-order_id").values_list(
        "pair_id", "order__approved_on", "order__number"
    )
    begun = {pair: f", закреплены приказом от {day:%d.%m.%Y} № {number}" for pair, day, number in rows}
    return [_pair_words(pair) + begun.get(pair.pk, "") for pair in pairs]


def _pair_words(pair):
    mentees = pair.mentees
    led = "наставляемый" if len(mentees) == 1 else "наставляемые"
    return f"{pair.mentor.full_name} (наставник) – {joined([each.full_name for each in mentees])} ({led})"


def _earlier(order):
    """Sentences on the earlier orders; an order that is shown before it is kept has none yet."""
    return [earlier_sentence(link) for link in order.links.select_related("earlier")] if order.pk else []


def earlier_sentence(link):
    """«Признать утратившим силу приказ от 01.09.2025 № 5-од «О …»», or what it changes in it."""
    earlier = link.earlier
    named = f"от {earlier.approved_on:%d.%m.%Y} №\xa0{earlier.number} «{earlier.title}»"
    if link.is_whole_repeal:
        return f"Признать утратившим силу приказ {named}"
    if link.action == link.Action.REPEALS:
        return f"Признать утратившими силу в приказе {named}: {link.items}"
    return f"Внести изменения в приказ {named}: {link.items}"


def curator_of(order):
    """The person whom the order charges with the work: who drafted it, else a curator of the organization; or None."""
    people = Person.objects.filter(organization=order.organization)
    if order.created_by_id and (drafter := people.filter(user=order.created_by_id).first()):
        return drafter
    curators = order.organization.memberships.in_force().filter(role="curator")
    return people.filter(user__in=curators.values("user")).order_by("pk").first()


def curator_words(curator, case):
    if curator is None:
        return ROLE_WORDS[case]
    return titled(curator, case) if position_in(curator, case) else f"{ROLE_WORDS[case]} {name_in(curator, case)}"


def titled(person, case):
    """«учителя физики Иванову Марию Петровну»: the position first, so that no comma follows the name."""
    return " ".join(filter(None, [position_in(person, case), name_in(person, case)]))


def _typed(order, value):
    if value.kind == "date":
        day = day_of(order, value.placeholder)
        return long_date(day) if day else TO_BE_TYPED
    return str(order.values.get(value.placeholder, "")).strip().rstrip(".") or TO_BE_TYPED


def _sentence_of(named, slot):
    words = described(named.person, slot.case)
    return f"{words}, – {named.words}" if named.words and slot.words_label else words


def _former_regulation(order):
    """What the order on the regulation does with the one before it."""
    former = RegulationEdition.objects.filter(organization=order.organization, status="in_force").first()
    if former is None:
        return "считать утратившими силу ранее принятые локальные нормативные акты организации о наставничестве"
    words = "признать утратившим силу положение о системе наставничества"
    if former.order is None:
        return words
    return f"{words}, утверждённое приказом от {former.order.approved_on:%d.%m.%Y} №\xa0{former.order.number}"


def _counts(program):
    """«12 наставников»: the figures of the programme in words that follow a verb in the nominative."""
    registered = {"person__organization": program.organization_id, "school_year": program.school_year}
    begun = program.pairs.exclude(status=Pair.Status.PROPOSED)
    counts = {
        "наставников": MentorEntry.objects.filter(**registered, is_archived=False).count(),
        "наставляемых": MenteeEntry.objects.filter(**registered, is_archived=False).count(),
        "пар и групп": begun.count(),
        "завершено пар и групп": begun.filter(status=Pair.Status.ENDED).count(),
        "встреч": Meeting.objects.filter(pair__program=program).count(),
    }
    return {name: agree_number(count, *CASES_OF_COUNTS[name]) for name, count in counts.items()}
