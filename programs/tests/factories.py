"""Programmes, pairs, meetings and reports with every required field."""

from datetime import date
from itertools import count

from participants.tests.factories import make_mentee_entry, make_mentor_entry, make_organization
from programs.models import Meeting, MentoringForm, Pair, PairMentee, Program, ProgressReport

_numbers = count(1)


def make_program(*, organization=None, pairs=0, **values):
    program = Program.objects.create(
        **{
            "organization": organization or make_organization(),
            "school_year": 2026,
            "title": f"Программа наставничества {next(_numbers)}",
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2027, 5, 31),
        }
        | values
    )
    for _number in range(pairs):
        make_pair(program=program)
    return program


def make_form(**values):
    return MentoringForm.objects.create(**{"name": f"педагог – педагог {next(_numbers)}"} | values)


def make_pair(*, program=None, mentor=None, mentees=1, status="proposed", **values):
    """A pair of people from the registries; `mentees` is how many, or the people themselves."""
    program = program or make_program()
    scope = {"organization": program.organization, "school_year": program.school_year}
    mentor = mentor or make_mentor_entry(**scope).person
    if isinstance(mentees, int):
        mentees = [make_mentee_entry(**scope).person for _number in range(mentees)]
    if status != "proposed":
        values.setdefault("started_on", date(2026, 10, 1))
    pair = Pair.objects.create(
        **{
            "program": program,
            "mentor": mentor,
            "form": values.pop("form", None) or make_form(),
            "status": status,
            "planned_from": date(2026, 10, 1),
            "planned_to": date(2027, 5, 31),
        }
        | values
    )
    PairMentee.objects.bulk_create(PairMentee(pair=pair, person=person) for person in mentees)
    return pair


def make_meeting(*, pair=None, **values):
    """A meeting that took place, all mentees present; `attendees=[]` for a planned or forgotten one."""
    pair = pair or make_pair(status="active")
    attendees = values.pop("attendees", pair.mentees)
    meeting = Meeting.objects.create(
        **{"pair": pair, "held_on": date(2026, 10, 15), "topic": f"Посещение занятия {next(_numbers)}"} | values
    )
    meeting.attendees.set(attendees)
    return meeting


def make_report(*, pair=None, **values):
    pair = pair or make_pair(status="active")
    return ProgressReport.objects.create(
        **{"pair": pair, "starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 30)} | values
    )
