from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from monitoring.measurements import freeze_indicators, last_measurements
from monitoring.models import Measurement
from monitoring.tasks import recalculate_indicators_task
from monitoring.tests.factories import NOW, TODAY, make_responses, make_survey, ready_indicator
from participants.tests.factories import make_organization
from programs.models import Program
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    """A school below an office with one mentee of four teachers, and too few answers of a survey."""
    ready_indicator("mentee_share")
    program = make_program(
        organization=make_organization(parent=make_organization(kind="education_office")), teachers_count=4
    )
    make_pair(program=program, status="active")
    make_responses(survey=make_survey(program=program), scales=[8] * 4)
    return program.organization


def frozen(organization):
    rows = Measurement.objects.filter(organization=organization).order_by("indicator__position")
    return [(row.indicator.formula, row.numerator, row.denominator, row.taken_on) for row in rows]


def test_freezing_keeps_numerator_and_denominator(school):
    freeze_indicators(2026, today=TODAY)

    assert frozen(school) == [("mentee_share", 1, 4, TODAY)]
    assert frozen(school.parent) == [("mentee_share", 1, 4, TODAY), ("supplying_share", 1, 1, TODAY)]


def test_freezing_twice_a_day_corrects_the_first(school):
    freeze_indicators(2026, today=TODAY)
    Program.objects.update(teachers_count=8)
    freeze_indicators(2026, today=TODAY)

    assert frozen(school) == [("mentee_share", 1, 8, TODAY)]


def test_freezing_on_another_day_keeps_the_earlier(school):
    freeze_indicators(2026, today=TODAY)
    Program.objects.update(teachers_count=8)
    freeze_indicators(2026, today=date(2026, 11, 27))

    last = last_measurements(school, 2026, before=date(2026, 11, 27))
    assert [(row.numerator, row.denominator) for row in last.values()] == [(1, 4)]
    assert len(frozen(school)) == 2


def test_command_says_what_it_froze(school, time_machine):
    time_machine.move_to(NOW)
    out = StringIO()

    call_command("recalculate_indicators", stdout=out)

    assert out.getvalue() == "Figures frozen: 3\nWithout a figure (no data or too few answers): 5\n"


def test_task_freezes_the_current_school_year(school, time_machine):
    time_machine.move_to(NOW)

    recalculate_indicators_task()

    assert Measurement.objects.filter(school_year=2026, taken_on=TODAY).count() == 3
