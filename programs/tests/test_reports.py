from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorship.models import OutboxLetter
from participants.tests.factories import make_curator, make_mentor_entry, make_user
from programs.models import ProgressReport
from programs.reports import (
    Period,
    accept_report,
    change_report,
    delete_draft,
    draft_report,
    next_period,
    refill_report,
    return_report,
    submit_report,
)
from programs.tests.factories import make_meeting, make_pair, make_program, make_report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 20)


@pytest.fixture
def pair():
    """A pair in force whose mentor has an account, in an organization with a curator."""
    program = make_program()
    make_curator(program.organization)
    mentor = make_mentor_entry(organization=program.organization).person
    mentor.user = make_user()
    mentor.save()
    return make_pair(program=program, mentor=mentor, status="active")


def test_draft_report_is_filled_from_the_held_meetings_of_the_period(pair):
    make_meeting(pair=pair, held_on=date(2026, 10, 15), topic="Знакомство", done="Составили\nплан")
    make_meeting(pair=pair, held_on=date(2026, 11, 5), topic="Разбор урока")
    make_meeting(pair=pair, held_on=date(2026, 11, 6), topic="Не состоялась", attendees=[])
    make_meeting(pair=pair, held_on=date(2026, 12, 5), topic="Уже другой период")

    report = draft_report(
        pair, starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 30), by=pair.mentor.user, today=TODAY
    )

    assert report.done == "15.10.2026 – Знакомство. Составили план\n05.11.2026 – Разбор урока"
    assert [event.status for event in report.events.all()] == ["draft"]


def test_draft_report_refuses_days_that_another_report_covers(pair):
    other = make_report(pair=pair, starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 30))

    with pytest.raises(ValidationError, match=str(other)):
        draft_report(pair, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 31), by=None, today=TODAY)


def test_draft_report_refuses_a_period_beyond_the_end_of_the_pair(pair):
    with pytest.raises(ValidationError) as refusal:
        draft_report(pair, starts_on=date(2026, 10, 1), ends_on=date(9999, 12, 31), by=None, today=TODAY)

    assert list(refusal.value.message_dict) == ["ends_on"]


def test_next_period_is_none_where_a_report_reaches_the_last_day_of_the_calendar(pair):
    reports = [make_report(pair=pair, starts_on=date(2026, 10, 1), ends_on=date(9999, 12, 31))]

    assert next_period(pair, reports) is None


def test_draft_report_refuses_a_proposed_pair():
    with pytest.raises(ValidationError):
        draft_report(make_pair(), starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 30), by=None, today=TODAY)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 11, 1), date(2026, 10, 1)),
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2027, 7, 1), date(2027, 8, 1)),
    ],
)
def test_draft_report_refuses_a_period_outside_of_the_time_of_the_pair(pair, starts_on, ends_on):
    with pytest.raises(ValidationError):
        draft_report(pair, starts_on=starts_on, ends_on=ends_on, by=None, today=TODAY)


def test_refill_report_adds_what_is_new_and_keeps_what_was_typed(pair):
    make_meeting(pair=pair, held_on=date(2026, 10, 15), topic="Знакомство")
    report = draft_report(pair, starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 30), by=None, today=TODAY)
    report = change_report(report, done=f"Мы начали.\n{report.done}")
    make_meeting(pair=pair, held_on=date(2026, 11, 5), topic="Разбор урока")

    added = refill_report(report, today=TODAY)

    report.refresh_from_db()
    assert added == 1
    assert report.done == "Мы начали.\n15.10.2026 – Знакомство\n05.11.2026 – Разбор урока"
    assert refill_report(report, today=TODAY) == 0


def test_submit_report_freezes_the_figures_and_writes_to_the_curator(pair):
    make_meeting(pair=pair, held_on=date(2026, 10, 15), minutes=40)
    make_meeting(pair=pair, held_on=date(2026, 11, 15), minutes=60)
    report = make_report(pair=pair, done="Сделано", results="Есть план")

    submitted = submit_report(report, by=pair.mentor.user, today=TODAY)
    make_meeting(pair=pair, held_on=date(2026, 11, 16))

    submitted.refresh_from_db()
    assert (submitted.status, submitted.meetings_count, submitted.minutes_total) == ("submitted", 2, 100)
    curator = pair.organization.memberships.get(role="curator").user
    assert [(letter.name, letter.recipient) for letter in OutboxLetter.objects.all()] == [
        ("report-submitted", curator.email)
    ]


def test_submit_report_refuses_an_empty_one_and_names_the_fields(pair):
    with pytest.raises(ValidationError) as refusal:
        submit_report(make_report(pair=pair), by=None, today=TODAY)

    assert sorted(refusal.value.error_dict) == ["done", "results"]
    assert OutboxLetter.objects.count() == 0


def test_submit_report_twice_sends_one_letter(pair):
    report = make_report(pair=pair, done="Сделано", results="Есть план")
    submit_report(report, by=None, today=TODAY)

    with pytest.raises(ValidationError):
        submit_report(report, by=None, today=TODAY)

    assert OutboxLetter.objects.count() == 1


def test_accept_report_writes_to_the_mentor(pair):
    report = make_report(pair=pair, status="submitted")

    accepted = accept_report(report, by=None)

    assert accepted.status == "accepted"
    assert [(letter.name, letter.recipient) for letter in OutboxLetter.objects.all()] == [
        ("report-accepted", pair.mentor.user.email)
    ]


def test_return_report_needs_a_comment_and_sends_it(pair):
    report = make_report(pair=pair, status="submitted")

    with pytest.raises(ValidationError):
        return_report(report, by=None, comment="  ")
    returned = return_report(report, by=None, comment="Опишите «результаты» & выводы")

    assert (returned.status, returned.events.first().comment) == ("returned", "Опишите «результаты» & выводы")
    letter = OutboxLetter.objects.get()
    assert letter.name == "report-returned"
    assert "Опишите «результаты» & выводы" in letter.body


def test_returned_report_is_changed_and_submitted_again(pair):
    report = make_report(pair=pair, status="returned", done="Сделано")

    report = change_report(report, results="Есть план")

    assert submit_report(report, by=None, today=TODAY).status == "submitted"


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_sent_report_cannot_be_changed_or_deleted(pair, status):
    report = make_report(pair=pair, status=status)

    with pytest.raises(ValidationError):
        change_report(report, done="Иначе")
    with pytest.raises(ValidationError):
        delete_draft(report)

    assert ProgressReport.objects.get().done == ""


def test_delete_draft_keeps_a_returned_report(pair):
    returned = make_report(pair=pair, status="returned")
    draft = make_report(pair=pair, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))

    with pytest.raises(ValidationError):
        delete_draft(returned)
    delete_draft(draft)

    assert list(ProgressReport.objects.all()) == [returned]


def test_next_period_goes_by_half_years_to_the_end_of_the_pair(pair):
    first = next_period(pair, [])
    half = make_report(pair=pair, starts_on=first.starts_on, ends_on=first.ends_on)
    second = next_period(pair, [half])
    rest = make_report(pair=pair, starts_on=second.starts_on, ends_on=second.ends_on)

    assert first == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert second == Period(date(2027, 1, 1), date(2027, 5, 31))
    assert next_period(pair, [half, rest]) is None


def test_next_period_of_an_ended_pair_stops_at_its_end():
    pair = make_pair(status="ended", ended_on=date(2026, 11, 15))

    assert next_period(pair, []) == Period(date(2026, 10, 1), date(2026, 11, 15))
    assert next_period(make_pair(), []) is None


def test_period_is_due_a_fortnight_before_its_end():
    period = Period(date(2026, 10, 1), date(2026, 12, 31))

    assert [period.is_due(day) for day in (date(2026, 12, 16), date(2026, 12, 17))] == [False, True]
