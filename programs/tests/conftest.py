"""A school in the middle of its year, and everybody who may knock at its pages."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_staff,
    make_user,
)
from programs.tests.factories import make_meeting, make_pair, make_program, make_report

NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def november():
    """20 November 2026."""
    with time_machine.travel(NOON, tick=False):
        yield NOON.date()


def with_account(entry):
    entry.person.user = make_user()
    entry.person.save()
    return entry.person


@pytest.fixture
def school(db, november):
    """`school.users` by role; a pair in force with a meeting and a report, a proposed one of the other mentor."""
    office = make_organization(kind="education_office")
    organization = make_organization(parent=office)
    program = make_program(organization=organization)
    mentor, other_mentor = (with_account(make_mentor_entry(organization=organization)) for _number in range(2))
    mentee, other_mentee = (with_account(make_mentee_entry(organization=organization)) for _number in range(2))
    pair = make_pair(program=program, mentor=mentor, mentees=[mentee], status="active")
    return SimpleNamespace(
        organization=organization,
        program=program,
        pair=pair,
        proposed=make_pair(program=program, mentor=other_mentor, mentees=[other_mentee]),
        meeting=make_meeting(pair=pair),
        report=make_report(pair=pair, done="Сделано", results="Есть план"),
        users={
            "curator": make_curator(organization),
            "head": make_head(organization),
            "staff": make_staff(organization),
            "coordinator": make_coordinator(office),
            "mentor": mentor.user,
            "other mentor": other_mentor.user,
            "mentee": mentee.user,
            "other mentee": other_mentee.user,
            "foreign curator": make_curator(),
            "no role": make_user(),
        },
    )


@pytest.fixture
def sign_in(client, school):
    """`sign_in("mentor")` returns a client of that person."""

    def sign_in_as(role):
        client.force_login(school.users[role])
        return client

    return sign_in_as


@pytest.fixture
def queries_of(client):
    """`queries_of(url)`: how many queries the page makes once the caches of a first visit are warm."""

    def count(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
