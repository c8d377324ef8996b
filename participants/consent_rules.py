"""Who needs which consents, who gives them, and in which state they are. Pure: no database, no clock.

Grounds: 152-ФЗ art. 9 (processing; a representative for a minor), art. 10.1 (publication); Labour Code art. 351.8 (the
work of an employed mentor); the target model for participation. Kinds are the values of `ConsentKind`.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

PROCESSING, PARTICIPATION, EXTRA_DUTIES = "processing", "participation", "extra_duties"
PUBLICATION, UPWARD = "publication", "upward"
OPTIONAL_KINDS = (PUBLICATION, UPWARD)

COMES_OF_AGE = 18
SIGNS_FROM = 14
PUPIL, TEACHER = "pupil", "teacher"


class Age(StrEnum):
    """What a birth year tells of who gives a consent."""

    MINOR = "minor"
    TURNS_18 = "turns_18"  # both are possible until the birthday is looked up
    ADULT = "adult"


class State(StrEnum):
    """How a person stands with a kind of consent on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    ASKED = "asked"
    MISSING = "missing"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"


# Nothing in force, and nobody has said no: a paper helps.
LACKING = (State.MISSING, State.ASKED)
SAID_NO = (State.REFUSED, State.WITHDRAWN)


class ConsentLike(Protocol):
    """What is read of a consent."""

    pk: int
    status: str
    valid_until: date | None

    def is_in_force(self, day: date) -> bool: ...


def needed_kinds(person_kind: str, *, is_mentor: bool, is_mentee: bool) -> list[str]:
    """The kinds without which the person cannot take part, in the order of the board.

    `person_kind` is a value of `Person.kind`: a teacher who mentors works under the Labour Code, anybody else takes part.
    """
    kinds = [PROCESSING]
    if is_mentee or (is_mentor and person_kind != TEACHER):
        kinds.append(PARTICIPATION)
    if is_mentor and person_kind == TEACHER:
        kinds.append(EXTRA_DUTIES)
    return kinds


def concerns(kind: str, needed: Iterable[str]) -> bool:
    """Whether the kind has to do with the person: it is needed, or may be asked of anybody."""
    return kind in OPTIONAL_KINDS or kind in needed


def age_in(year: int, birth_year: int | None, *, person_kind: str) -> Age:
    """What the birth year tells in a calendar year; a pupil without one is treated as a minor, others as adults."""
    if birth_year is None:
        return Age.MINOR if person_kind == PUPIL else Age.ADULT
    difference = year - birth_year
    if difference < COMES_OF_AGE:
        return Age.MINOR
    return Age.TURNS_18 if difference == COMES_OF_AGE else Age.ADULT


def may_be_14(year: int, birth_year: int | None) -> bool:
    """Whether a minor may have turned 14: then the paper has a line for the own signature."""
    return birth_year is None or year - birth_year >= SIGNS_FROM


def last_day(given_on: date, months: int | None) -> date | None:
    """The last day of a consent given for so many months, or None where it lasts until it is withdrawn."""
    if not months:
        return None
    year, month = divmod(given_on.year * 12 + given_on.month - 1 + months, 12)
    day = min(given_on.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def state_among(consents: Iterable[ConsentLike], day: date, *, soon: int) -> State:
    """The state of one kind by all consents of that kind that a person has.

    What is in force counts first, then an open request, then the latest word: refused or withdrawn; what has run out is
    missing. In force for at most `soon` days more is expiring.
    """
    consents = list(consents)
    in_force = [consent for consent in consents if consent.is_in_force(day)]
    if in_force:
        ends = [consent.valid_until for consent in in_force]
        lasts = any(end is None or (end - day).days > soon for end in ends)
        return State.VALID if lasts else State.EXPIRING
    if any(consent.status == State.ASKED for consent in consents):
        return State.ASKED
    latest = max(consents, key=lambda consent: consent.pk, default=None)
    if latest is not None and latest.status in SAID_NO:
        return State(latest.status)
    return State.MISSING
