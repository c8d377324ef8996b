from dataclasses import dataclass
from datetime import date

import pytest

from participants import consent_rules
from participants.consent_rules import (
    Age,
    State,
    after_working_days,
    age_in,
    last_day,
    may_be_14,
    needed_kinds,
    state_among,
)
from participants.models import Consent, ConsentKind, Person

TODAY = date(2026, 11, 20)


@dataclass
class Given:
    """A consent as the rules see it."""

    pk: int
    status: str = "given"
    in_force: bool = True
    is_ending: bool = False

    def is_in_force(self, day):
        return self.in_force

    def expires_soon(self, day):
        return self.is_ending


def test_the_rules_speak_of_the_kinds_and_states_of_the_models():
    kinds = {consent_rules.PROCESSING, consent_rules.PARTICIPATION, consent_rules.EXTRA_DUTIES}

    assert kinds | set(consent_rules.OPTIONAL_KINDS) == set(ConsentKind.values)
    assert {*consent_rules.SAID_NO, *consent_rules.SILENT} == {*Consent.Status.values} - {"given"}
    assert {consent_rules.PUPIL, consent_rules.TEACHER} <= set(Person.Kind.values)


@pytest.mark.parametrize(
    ("kind", "roles", "needed"),
    [
        ("teacher", "mentor", ["processing", "extra_duties"]),
        ("teacher", "mentee", ["processing", "participation"]),
        ("teacher", "both", ["processing", "participation", "extra_duties"]),
        ("pupil", "mentor", ["processing", "participation"]),
        ("outside", "mentor", ["processing", "participation"]),
        ("student", "mentee", ["processing", "participation"]),
        ("teacher", "none", ["processing"]),
    ],
)
def test_needed_kinds_by_who_the_person_is_and_what_he_does(kind, roles, needed):
    found = needed_kinds(kind, is_mentor=roles in {"mentor", "both"}, is_mentee=roles in {"mentee", "both"})

    assert found == needed


@pytest.mark.parametrize(
    ("birth_year", "kind", "age"),
    [
        (2009, "pupil", Age.MINOR),
        (2008, "pupil", Age.TURNS_18),
        (2007, "pupil", Age.ADULT),
        (2009, "teacher", Age.MINOR),
        (None, "pupil", Age.MINOR),
        (None, "teacher", Age.ADULT),
    ],
)
def test_age_in_by_the_birth_year_alone(birth_year, kind, age):
    assert age_in(2026, birth_year, person_kind=kind) == age


@pytest.mark.parametrize(("birth_year", "is_asked"), [(2012, True), (2013, False), (None, True)])
def test_may_be_14_from_the_year_in_which_the_birthday_lies(birth_year, is_asked):
    assert may_be_14(2026, birth_year) is is_asked


@pytest.mark.parametrize(
    ("given_on", "months", "last"),
    [
        (date(2026, 10, 10), 12, date(2027, 10, 9)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 10, 10), None, None),
    ],
)
def test_last_day_counts_whole_months(given_on, months, last):
    assert last_day(given_on, months) == last


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 20), date(2026, 11, 25)),
        (date(2026, 12, 30), date(2027, 1, 13)),
        (date(2026, 11, 3), date(2026, 11, 9)),
    ],
)
def test_after_working_days_knows_weekends_and_holidays(day, last):
    assert after_working_days(day, 3) == last


@pytest.mark.parametrize(
    ("consents", "state"),
    [
        ([], State.MISSING),
        ([Given(1)], State.VALID),
        ([Given(1, is_ending=True)], State.EXPIRING),
        ([Given(1, is_ending=True), Given(2)], State.VALID),
        ([Given(1, in_force=False)], State.MISSING),
        ([Given(1, "withdrawn", in_force=False)], State.WITHDRAWN),
        ([Given(1, "withdrawn", in_force=False), Given(2, "asked", in_force=False)], State.WITHDRAWN),
        ([Given(1, "refused", in_force=False), Given(2, "asked", in_force=False)], State.REFUSED),
        ([Given(1, in_force=False), Given(2, "asked", in_force=False)], State.ASKED),
        ([Given(1, "asked", in_force=False)], State.ASKED),
        ([Given(1, "cancelled", in_force=False)], State.MISSING),
        ([Given(1, "withdrawn", in_force=False), Given(2, "cancelled", in_force=False)], State.WITHDRAWN),
        ([Given(1, "withdrawn", in_force=False), Given(2)], State.VALID),
        ([Given(1, "withdrawn", in_force=False), Given(2, "refused", in_force=False)], State.REFUSED),
        ([Given(1), Given(2, "refused", in_force=False)], State.VALID),
    ],
)
def test_state_among_takes_what_is_in_force_then_the_latest_word_then_a_request(consents, state):
    assert state_among(consents, TODAY) == state
