import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mentorship.models import OutboxLetter
from monitoring.models import Invitation
from monitoring.reminders import remind, send_reminders, stop_reminding
from monitoring.tasks import send_reminders_task
from monitoring.tests.factories import NOW, make_invitation, make_survey
from participants.tests.factories import make_person


def silent(*, days_ago=3, **values):
    """An invitation of a survey that reminds every 3 days, at most twice; last written to some days ago."""
    values.setdefault("survey", None)
    survey = values.pop("survey") or make_survey(remind_every_days=3, remind_at_most=2)
    return make_invitation(survey=survey, last_sent_at=NOW - timedelta(days=days_ago), **values)


@pytest.mark.django_db
def test_reminder_goes_to_the_silent():
    invitation = silent()

    sent = send_reminders(NOW)

    invitation.refresh_from_db()
    letter = OutboxLetter.objects.get()
    assert sent == 1
    assert (invitation.reminder_count, invitation.last_sent_at) == (1, NOW)
    assert (letter.recipient, letter.key) == (invitation.person.email, f"survey-reminder:{invitation.pk}:1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"is_answered": True},
        {"is_reminding_stopped": True},
        {"reminder_count": 2},
        {"days_ago": 2},
    ],
)
def test_reminder_stays_away(values):
    silent(**values)

    assert send_reminders(NOW) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"status": "closed"},
        {"closes_on": date(2026, 11, 19)},
        {"opens_on": date(2026, 11, 21)},
        {"remind_at_most": 0},
    ],
)
def test_reminder_stays_away_from_a_survey_that_takes_no_answers(values):
    silent(survey=make_survey(**{"remind_every_days": 3} | values))

    assert send_reminders(NOW) == 0


@pytest.mark.django_db
def test_reminder_skips_people_without_email():
    survey = make_survey()
    silent(survey=survey, person=make_person(organization=survey.organization))

    assert send_reminders(NOW) == 0


@pytest.mark.django_db
def test_reminder_before_the_first_letter_is_not_sent():
    make_invitation()

    assert send_reminders(NOW) == 0


@pytest.mark.django_db
def test_reminder_twice_in_a_row_sends_once():
    silent()

    assert [send_reminders(NOW), send_reminders(NOW)] == [1, 0]
    assert OutboxLetter.objects.count() == 1


@pytest.mark.django_db
def test_reminders_end_after_the_last_one():
    silent()

    sent = [send_reminders(NOW + timedelta(days=3 * step)) for step in range(3)]

    assert sent == [1, 1, 0]


@pytest.mark.django_db
def test_each_survey_keeps_its_own_distance():
    silent(survey=make_survey(remind_every_days=2), days_ago=2)
    silent(survey=make_survey(remind_every_days=5), days_ago=2)

    assert send_reminders(NOW) == 1


@pytest.mark.django_db
def test_reminder_looks_at_the_local_day():
    last_day = make_survey(closes_on=date(2026, 11, 20), remind_every_days=1)
    make_invitation(survey=last_day, last_sent_at=NOW - timedelta(days=2))

    # 20 November, 22:00 in Greenwich is 21 November, 1:00 in Moscow.
    assert send_reminders(datetime(2026, 11, 20, 22, tzinfo=UTC)) == 0
    assert send_reminders(datetime(2026, 11, 20, 20, tzinfo=UTC)) == 1


@pytest.mark.django_db
def test_stale_worker_does_not_remind_again():
    invitation = silent()
    seen_by_both = list(Invitation.objects.to_remind(NOW).values_list("pk", "reminder_count"))

    sent = [remind(key, count, NOW) for key, count in seen_by_both + seen_by_both]

    assert sent == [True, False]
    assert OutboxLetter.objects.count() == 1
    invitation.refresh_from_db()
    assert invitation.reminder_count == 1


@pytest.mark.django_db
def test_answer_that_came_meanwhile_stops_the_reminder():
    invitation = silent()
    Invitation.objects.filter(pk=invitation.pk).update(is_answered=True)

    assert remind(invitation.pk, 0, NOW) is False


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter_each_person():
    """At once where the database lets threads in, else one after the other; both have read the list before."""
    survey = make_survey(remind_every_days=3)
    for _number in range(5):
        silent(survey=survey)
    due = list(Invitation.objects.to_remind(NOW).values_list("pk", "reminder_count"))
    workers = 4 if connection.features.test_db_allows_multiple_connections else 1
    start = threading.Barrier(workers)

    def work(_number):
        start.wait()
        won = [key for key, count in due if remind(key, count, NOW)]
        if workers > 1:
            connection.close()
        return won

    if workers > 1:
        with ThreadPoolExecutor(workers) as pool:
            won = [key for keys in pool.map(work, range(workers)) for key in keys]
    else:
        won = work(1) + work(2)

    assert sorted(won) == sorted(key for key, _count in due)
    assert OutboxLetter.objects.filter(name="survey-reminder").count() == 5


@pytest.mark.django_db
def test_stop_reminding_stops_this_survey_alone():
    stopped, other = silent(), silent()

    stop_reminding(stopped)

    assert send_reminders(NOW) == 1
    assert OutboxLetter.objects.get().recipient == other.person.email


@pytest.mark.django_db
def test_command_says_how_many_it_sent():
    silent()
    make_invitation()
    out = StringIO()

    call_command("send_reminders", now="2026-11-20T12:00", stdout=out)

    assert out.getvalue() == "First letters: 1\nReminders: 1\nDigests of the roadmap: 0\n"


@pytest.mark.django_db
def test_command_refuses_a_broken_moment():
    with pytest.raises(CommandError):
        call_command("send_reminders", now="tomorrow")


@pytest.mark.django_db
def test_task_sends_first_letters_and_reminders(time_machine):
    time_machine.move_to(NOW)
    silent()
    make_invitation()

    send_reminders_task()

    assert sorted(OutboxLetter.objects.values_list("name", flat=True)) == ["survey-invitation", "survey-reminder"]
