"""Who needs which consents, who gives them, and in which state they are. Pure: no database, no clock.

Grounds: 152-ФЗ art. 9 (processing; a representative for a minor), art. 10.1 (publication); Labour Code art. 351.8 (the
work of an employed mentor); the target model for participation. Kinds are the values of `ConsentKind`.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

import holidays

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
    STOPPED = "stopped"  # given, but the processing without which it cannot be used was refused or withdrawn
    NOT_NEEDED = "not_needed"


# Nothing in force, and nobody has said no: a paper helps.
LACKING = (State.MISSING, State.ASKED)
SAID_NO = (State.REFUSED, State.WITHDRAWN)
# Statuses of a consent that say nothing: a request without its answer, and what was cancelled.
SILENT = ("asked", "cancelled")


class ConsentLike(Protocol):
    """What is read of a consent."""

    pk: int
    status: str

    def is_in_force(self, day: date) -> bool: ...

    def expires_soon(self, day: date) -> bool: ...


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


def end_of_minority(birth_year: int | None) -> date | None:
    """The last day on which a consent of the legal representative holds: from the birthday on the person signs alone.

    Of the birthday the portal knows the year alone, so the consent is to be renewed all through the year of turning 18
    and holds no more with the end of it, when the person is an adult whatever the day.
    """
    return None if birth_year is None else date(birth_year + COMES_OF_AGE, 12, 31)


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


def years_later(day: date, years: int) -> date:
    """The same day so many years later, or earlier for a negative number; of 29 February the last of the month."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def stopped(states: dict[str, State]) -> dict[str, State]:
    """The states of all kinds, where a transfer or a publication that is in force stops with the processing."""
    if states[PROCESSING] not in SAID_NO:
        return states
    in_force = (State.VALID, State.EXPIRING)
    return {
        kind: State.STOPPED if kind in OPTIONAL_KINDS and state in in_force else state for kind, state in states.items()
    }


def after_working_days(day: date, count: int) -> date:
    """The day on which so many working days after `day` are over; public holidays of Russia are none."""
    days_off = holidays.country_holidays("RU", years=[day.year, day.year + 1])
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in days_off
    return day


def state_among(consents: Iterable[ConsentLike], day: date) -> State:
    """The state of one kind by all consents of that kind that a person has.

    What is in force counts first, then the latest word: refused or withdrawn, until a new yes, whatever was asked since;
    then an open request; what has run out is missing.
    """
    consents = list(consents)
    in_force = [consent for consent in consents if consent.is_in_force(day)]
    if in_force:
        return State.EXPIRING if all(consent.expires_soon(day) for consent in in_force) else State.VALID
    answered = [consent for consent in consents if consent.status not in SILENT]
    latest = max(answered, key=lambda consent: consent.pk, default=None)
    if latest is not None and latest.status in SAID_NO:
        return State(latest.status)
    return State.ASKED if any(consent.status == State.ASKED for consent in consents) else State.MISSING
