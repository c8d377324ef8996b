"""A school below an office, its programme with a pair in force, a survey of it."""

import pytest

from monitoring.tests.factories import make_survey, ready_indicator
from participants.tests.factories import make_organization
from programs.tests.factories import make_pair, make_program


@pytest.fixture
def office():
    return make_organization(kind="education_office")


@pytest.fixture
def school(office):
    ready_indicator("mentee_share")
    return make_organization(parent=office)


@pytest.fixture
def program(school):
    program = make_program(organization=school, teachers_count=10)
    make_pair(program=program, status="active")
    return program


@pytest.fixture
def survey(program):
    return make_survey(program=program)
