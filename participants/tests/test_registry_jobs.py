"""Imports by the worker: progress, cancelling, a worker that was killed, files that are not needed any more."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from mentorship import jobs
from mentorship.jobs import cancel_job, take_up_lost_jobs
from mentorship.models import Job
from participants import registry_import, registry_storing, registry_writing
from participants.models import MentorEntry, Person, RegistryImport
from participants.registry_import import choose_columns, receive_file, remove_old_uploads
from participants.registry_writing import begin_writing
from participants.tests.books import make_workbook
from participants.tests.factories import make_curator, make_mentor_entry, make_organization, make_person

pytestmark = pytest.mark.django_db
ROWS = [[f"Иванова{letter} Мария Петровна", "", "методика", ""] for letter in "абвгд"]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    """Each import is a job."""
    monkeypatch.setattr(registry_import, "AT_ONCE_ROWS", 0)


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(organization):
    return make_curator(organization, last_name="Куратова")


@pytest.fixture
def received(organization, curator):
    return receive_file(
        make_workbook(*ROWS), "реестр.xlsx", kind="mentors", organization=organization, school_year=2026, by=curator
    )


def begin_reading(received, curator):
    fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
    return choose_columns(received, fields, by=curator)


@pytest.fixture
def checked(received, curator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        begin_reading(received, curator)
    received.refresh_from_db()
    return received


def kill_worker(job):
    """What a worker leaves that was killed in the middle of a job two minutes ago."""
    Job.objects.filter(pk=job.pk).update(
        status="running", attempt_count=1, claim="killed", seen_at=timezone.now() - timedelta(minutes=3)
    )


def test_large_file_is_read_and_written_by_the_worker(client, curator, received, django_capture_on_commit_callbacks):
    client.force_login(curator)
    columns = reverse("participants:import-columns", args=[received.pk])
    answers = {field.html_name: field.value() for _column, field in client.get(columns).context["form"].rows}

    waiting = client.post(columns, answers)
    received.refresh_from_db()
    was = (received.status, client.get(received.get_absolute_url()).url)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_job(received.job.pk)
    ready = client.get(f"{waiting.url}?watch=1")
    with django_capture_on_commit_callbacks(execute=True):
        writing = client.post(reverse("participants:import-confirm", args=[received.pk]))

    received.refresh_from_db()
    assert was == ("reading", waiting.url)
    assert ready.url == received.get_absolute_url()
    assert (writing.url, received.job.status) == (received.job.get_absolute_url(), "done")
    assert (received.status, MentorEntry.objects.count()) == ("confirmed", 5)


@pytest.mark.parametrize("has_begun", [False, True])
def test_reading_that_was_killed_is_taken_up_again(received, curator, has_begun):
    reading = begin_reading(received, curator)
    kill_worker(reading.job)
    if has_begun:
        jobs.run_job(reading.job.pk)
        kill_worker(reading.job)

    take_up_lost_jobs(timezone.now())

    reading.refresh_from_db()
    assert (reading.status, reading.job.status, len(reading.report["rows"])) == ("checked", "done", 5)


def test_writing_that_was_killed_in_the_middle_leaves_nothing_and_is_finished_later(checked, curator, monkeypatch):
    writing = begin_writing(checked, scope="sound_rows", by=curator)

    class Killed(BaseException):
        pass

    def kill(*args):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(registry_storing, "log", kill)
        with pytest.raises(Killed):
            jobs.run_job(writing.job.pk)
    left = (Person.objects.filter(last_name__startswith="Иванова").count(), MentorEntry.objects.count())
    status = RegistryImport.objects.get().status
    kill_worker(writing.job)

    take_up_lost_jobs(timezone.now())

    writing.refresh_from_db()
    assert (left, status) == ((0, 0), "writing")
    assert (writing.status, writing.job.status, MentorEntry.objects.count()) == ("confirmed", "done", 5)


def test_writing_that_was_killed_after_its_end_is_not_written_twice(checked, curator):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    jobs.run_job(writing.job.pk)
    kill_worker(writing.job)

    take_up_lost_jobs(timezone.now())

    writing.refresh_from_db()
    assert (writing.status, writing.job.status, MentorEntry.objects.count()) == ("confirmed", "done", 5)
    assert writing.job.result == registry_writing.result_of(writing)


def write(checked, curator):
    return begin_writing(checked, scope="sound_rows", by=curator)


@pytest.mark.parametrize(("begin", "status"), [(begin_reading, "uploaded"), (write, "checked")])
def test_cancelled_import_returns_to_the_page_before(client, checked, curator, begin, status):
    current = begin(checked, curator)
    client.force_login(curator)

    cancel_job(current.job)
    jobs.run_job(current.job.pk)

    current.refresh_from_db()
    assert (current.status, current.job.status, MentorEntry.objects.count()) == (status, "cancelled", 0)
    assert current.get_absolute_url() in client.get(current.job.get_absolute_url()).content.decode()


def test_import_cancelled_in_the_middle_leads_back_from_the_page_of_its_job(client, checked, curator, monkeypatch):
    monkeypatch.setattr(jobs, "WRITE_EVERY_SECONDS", 0)
    reading = begin_reading(checked, curator)
    Job.objects.update(is_cancel_wished=True, status="running", claim="a", seen_at=timezone.now())
    client.force_login(curator)

    jobs._run(Job.objects.get(pk=reading.job.pk))

    reading.refresh_from_db()
    assert (reading.status, reading.job.status) == ("uploaded", "cancelled")
    assert reading.get_absolute_url() in client.get(reading.job.get_absolute_url()).content.decode()


def test_import_that_failed_three_times_returns_to_the_page_before(checked, curator):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    kill_worker(writing.job)
    Job.objects.update(attempt_count=3)

    take_up_lost_jobs(timezone.now())

    writing.refresh_from_db()
    assert (writing.status, writing.job.status) == ("checked", "failed")


def test_worker_shows_the_check_again_when_the_base_has_changed(organization, checked, curator):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    make_person(organization=organization, last_name="Иванова" + "а")

    jobs.run_job(writing.job.pk)

    writing.refresh_from_db()
    assert (writing.status, writing.job.status, MentorEntry.objects.count()) == ("checked", "done", 0)
    assert [row["fate"] for row in writing.report["plan"]][:2] == ["joins", "new"]
    assert begin_writing(writing, scope="sound_rows", by=curator).status == "writing"


def test_worker_matches_anew_when_somebody_changes_during_the_matching(organization, checked, curator, monkeypatch):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    match = registry_writing.match_again

    def match_while_somebody_works(*args, **kwargs):
        plan = match(*args, **kwargs)
        if not MentorEntry.objects.exists():
            make_mentor_entry(person=make_person(organization=organization, last_name="Ивановаа"), school_year=2026)
        return plan

    monkeypatch.setattr(registry_writing, "match_again", match_while_somebody_works)

    jobs.run_job(writing.job.pk)

    writing.refresh_from_db()
    assert (writing.status, MentorEntry.objects.count()) == ("checked", 1)


def test_import_leaves_a_line_of_history_for_each_person_and_row(checked, curator):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    LogEntry.objects.all().delete()

    jobs.run_job(writing.job.pk)

    lines = LogEntry.objects.values_list("content_type__model", "action", "actor")
    step = ("registryimport", LogEntry.Action.UPDATE, None)
    assert list(lines).count(step) == 1
    assert sorted(line for line in lines if line != step) == sorted(
        [("mentorentry", LogEntry.Action.CREATE, curator.pk)] * 5 + [("person", LogEntry.Action.CREATE, curator.pk)] * 5
    )


# --- files ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "removed"), [(29, 0), (31, 1)])
def test_file_is_removed_a_month_after_the_confirmation(checked, curator, days, removed):
    writing = begin_writing(checked, scope="sound_rows", by=curator)
    jobs.run_job(writing.job.pk)
    name = writing.file.name

    count = remove_old_uploads(timezone.now() + timedelta(days=days))

    writing.refresh_from_db()
    assert (count, default_storage.exists(name), bool(writing.file)) == (removed, not removed, not removed)
    assert ("Ивановаа" in str(writing.report), "entries" in writing.written) == (not removed, not removed)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_import_that_nobody_finished_is_removed_after_a_month(checked, days, left):
    name = checked.file.name

    remove_old_uploads(timezone.now() + timedelta(days=days))

    assert (RegistryImport.objects.count(), default_storage.exists(name)) == (left, bool(left))
