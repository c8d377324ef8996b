from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.models import Person
from participants.tests.factories import make_organization, make_person
from programs.meetings import change_meeting, delete_meeting, log_meeting, meeting_state, restore_meeting
from programs.models import Meeting, ProgressReport
from programs.tests.factories import make_meeting, make_pair, make_program, make_report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_log_meeting_writes_a_line_with_who_came():
    pair = make_pair(status="active", mentees=2)

    meeting = log_meeting(
        pair, held_on=date(2026, 11, 19), attendees=pair.mentees[:1], today=TODAY, topic="Разбор урока", minutes=60
    )

    assert (meeting.pair, meeting.minutes, list(meeting.attendees.all())) == (pair, 60, pair.mentees[:1])
    assert meeting_state(meeting, TODAY) == "held"


def test_the_log_and_the_reports_of_more_than_a_thousand_mentees_are_read():
    organization = make_organization()
    names = ({"last_name": f"Наставляемый {number}", "first_name": "Анна"} for number in range(1100))
    people = Person.objects.bulk_create(Person(organization=organization, **each) for each in names)
    pair = make_pair(program=make_program(organization=organization), mentees=people, status="active")
    make_meeting(pair=pair, attendees=[])
    make_report(pair=pair)

    for rows in (Meeting.objects.for_log(), ProgressReport.objects.for_list()):
        assert [len(row.pair.mentees) for row in rows] == [1100]


def test_the_log_of_a_pair_that_an_order_ends_is_open_until_its_last_day():
    """The order of 21 November ends the pair on the 30th: until then it meets."""
    pair = make_pair(status="ended", ended_on=date(2026, 11, 30))

    meeting = log_meeting(
        pair, held_on=date(2026, 11, 30), attendees=pair.mentees, today=date(2026, 11, 30), topic="Итоги"
    )

    assert meeting.pk
    with pytest.raises(ValidationError):
        log_meeting(pair, held_on=date(2026, 11, 29), attendees=pair.mentees, today=date(2026, 12, 1), topic="Итоги")


def test_log_meeting_of_a_day_to_come_plans_it_with_nobody_present():
    pair = make_pair(status="active")

    meeting = log_meeting(pair, held_on=date(2026, 12, 1), attendees=pair.mentees, today=TODAY, topic="План")

    assert list(meeting.attendees.all()) == []
    assert meeting_state(meeting, TODAY) == "planned"


@pytest.mark.parametrize(
    ("held_on", "state"), [(date(2026, 11, 19), "unmarked"), (TODAY, "planned"), (date(2026, 11, 21), "planned")]
)
def test_meeting_without_a_mark_is_planned_until_its_day_is_over(held_on, state):
    assert meeting_state(make_meeting(held_on=held_on, attendees=[]), TODAY) == state


def test_log_meeting_refuses_a_past_day_to_which_nobody_came():
    pair = make_pair(status="active")

    with pytest.raises(ValidationError) as refusal:
        log_meeting(pair, held_on=TODAY, today=TODAY, topic="Разбор урока")

    assert list(refusal.value.error_dict) == ["attendees"]
    assert Meeting.objects.count() == 0


def test_log_meeting_refuses_a_stranger_among_those_who_came():
    pair = make_pair(status="active")

    with pytest.raises(ValidationError) as refusal:
        log_meeting(pair, held_on=TODAY, attendees=[make_person()], today=TODAY, topic="Разбор урока")

    assert list(refusal.value.error_dict) == ["attendees"]


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2027, 6, 1)])
def test_log_meeting_refuses_a_day_outside_of_the_time_of_the_pair(day):
    pair = make_pair(status="active", started_on=date(2026, 10, 1))

    with pytest.raises(ValidationError) as refusal:
        log_meeting(pair, held_on=day, attendees=pair.mentees, today=date(2027, 6, 2), topic="Разбор урока")

    assert list(refusal.value.error_dict) == ["held_on"]


@pytest.mark.parametrize(("status", "ended_on"), [("proposed", None), ("ended", date(2026, 11, 19))])
def test_log_is_closed_unless_the_pair_is_in_force(status, ended_on):
    pair = make_pair(status=status, ended_on=ended_on)

    with pytest.raises(ValidationError) as refusal:
        log_meeting(pair, held_on=date(2026, 11, 1), attendees=pair.mentees, today=TODAY, topic="Разбор урока")

    assert refusal.value.code == "wrong_state"


def test_log_meeting_says_in_a_sentence_that_the_line_is_there_already():
    meeting = make_meeting()
    line = {"held_on": meeting.held_on, "topic": meeting.topic, "attendees": meeting.pair.mentees}

    with pytest.raises(ValidationError) as refusal:
        log_meeting(meeting.pair, today=TODAY, **line)

    assert len(refusal.value.messages) == 1
    assert Meeting.objects.count() == 1


def test_change_meeting_marks_a_planned_one_as_held():
    meeting = make_meeting(held_on=date(2026, 11, 10), attendees=[])

    changed = change_meeting(meeting, held_on=meeting.held_on, attendees=meeting.pair.mentees, today=TODAY)

    assert meeting_state(changed, TODAY) == "held"


def test_restore_meeting_puts_back_every_word():
    meeting = make_meeting(done="Посетили урок", agreed="План к 20.11", kind="trial", mode="remote", minutes=30)
    pair, came = meeting.pair, list(meeting.attendees.all())
    before = Meeting.objects.values().get()

    kept = delete_meeting(meeting)
    restored = restore_meeting(pair, kept)

    assert Meeting.objects.values().get() | {"id": 0} == before | {"id": 0}
    assert list(restored.attendees.all()) == came


def test_meetings_of_a_period_and_held_ones_are_told_apart():
    pair = make_pair(status="active")
    held = make_meeting(pair=pair, held_on=date(2026, 11, 10))
    make_meeting(pair=pair, held_on=date(2026, 11, 11), attendees=[])
    make_meeting(pair=pair, held_on=date(2026, 12, 1), attendees=[])
    make_meeting(pair=pair, held_on=date(2026, 10, 10))

    assert list(pair.meetings.in_period(date(2026, 11, 1), date(2026, 12, 31)).held_by(TODAY)) == [held]
