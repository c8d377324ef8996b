"""The register of consents: who has signed which version of which text, and when; as a list and as an Excel table."""

from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mentorship.workbooks import list_workbook
from participants.consent_rules import SAID_NO, State
from participants.models import Consent, Person
from participants.templatetags.consents import KINDS, STATES

# Words and widths of the columns, that of the number first.
HEADS = [
    ("№", 5), ("ФИО", 32), ("Согласие", 34), ("Состояние", 18), ("Дано", 12), ("Действует до", 14), ("Отозвано", 12),
    ("Текст", 28), ("Кем дано", 36), ("Способ", 18), ("Скан", 8),
]  # fmt: skip
TITLE = "Согласия"


class RegisterLine(NamedTuple):
    """A consent, or a kind that the person needs and was never asked for: then `consent` is None."""

    person: Person
    kind: str
    state: State
    consent: Consent | None = None


def consents_of(organization):
    """All consents that the organization keeps, those of former years too, by name."""
    consents = Consent.objects.filter(person__organization=organization).select_related("person", "text")
    return consents.order_by("person__sort_name", "person", "kind", "-given_on", "-pk")


def state_of_one(consent, day):
    """The State of a consent for itself: one that has run out is missing."""
    if consent.is_in_force(day):
        return State.EXPIRING if consent.expires_soon(day) else State.VALID
    if consent.status in (*SAID_NO, State.ASKED):
        return State(consent.status)
    return State.MISSING


def lines_of_consents(consents, day):
    return [RegisterLine(each.person, each.kind, state_of_one(each, day), each) for each in consents]


def lines_of_people(standings, kinds, day):
    """The lines of the board: for each person every consent of the kinds, or that there is none where one is needed.

    `standings` are {key: Standing} in the order wanted, `kinds` those to be told of (all without any).
    """
    consents = {}
    rows = Consent.objects.filter(person__in=standings).select_related("person", "text")
    for each in rows.order_by("-given_on", "-pk"):
        consents.setdefault((each.person_id, each.kind), []).append(each)
    lines = []
    for standing in standings.values():
        for kind, state in standing.states.items():
            if kinds and kind not in kinds:
                continue
            own = consents.get((standing.person.pk, kind), [])
            lines += lines_of_consents(own, day)
            if not own and kind in standing.needed:
                lines.append(RegisterLine(standing.person, kind, state))
    return lines


def register_workbook(lines):
    """The lines as an xlsx for the inspector: who, what, by which text, when, until when, by whom and how."""
    return list_workbook([_cells(line) for line in lines], HEADS, title=TITLE)


def state_in_words(line):
    if line.state == State.MISSING and line.consent is not None and line.consent.given_on:
        return _("has run out")
    return str(STATES[line.state][2])


def giver_in_words(consent):
    """«законный представитель: Иванова Ольга», or the person."""
    words = consent.get_given_by_display()
    return f"{words}: {consent.representative_name}" if consent.representative_name else words


def _cells(line: RegisterLine) -> list[Any]:
    consent = line.consent
    head = [line.person.full_name, capfirst(KINDS[line.kind]), state_in_words(line)]
    if consent is None:
        return [*head, *[None] * (len(HEADS) - 1 - len(head))]
    return [
        *head,
        consent.given_on,
        consent.ends_on,
        consent.withdrawn_on,
        consent.text.label,
        giver_in_words(consent),
        consent.get_way_display() if consent.given_on else None,
        (_("yes") if consent.scan else _("no")) if consent.given_on else None,
    ]
