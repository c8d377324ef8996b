from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from mentorship import jobs
from mentorship.jobs import Outcome, cancel_job, run_job, start_job, take_up_lost_jobs
from mentorship.models import Job, OutboxLetter
from participants.tests.factories import make_curator, make_organization

pytestmark = pytest.mark.django_db
NAME = "tests.count"


@pytest.fixture
def work(monkeypatch):
    """`work(function)`: what jobs of this test do; the list of arguments of jobs that were given up."""
    given_up = []

    def register(function):
        monkeypatch.setitem(jobs._kinds, NAME, jobs.Kind(function, lambda **arguments: given_up.append(arguments)))
        return given_up

    return register


def make_job(**values):
    curator = make_curator()
    return Job.objects.create(
        **{"name": NAME, "title": "Счёт", "created_by": curator, "arguments": {"until": 3}} | values
    )


def outcome_of(job):
    job.refresh_from_db()
    return job.status, job.result


def test_start_job_runs_after_the_commit(work, django_capture_on_commit_callbacks):
    work(lambda progress, until: Outcome(f"до {until}", "/home/"))

    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(NAME, title="Счёт", organization=None, by=make_curator(), arguments={"until": 3})
        assert job.status == "waiting"

    assert outcome_of(job) == ("done", "до 3")
    assert (job.result_url, job.attempt_count) == ("/home/", 1)


def test_start_job_refuses_a_name_that_nobody_registered():
    with pytest.raises(KeyError):
        start_job("tests.unknown", title="", organization=None, by=make_curator(), arguments={})


def test_run_job_twice_works_once(work):
    calls = []
    work(lambda progress, until: calls.append(until))
    job = make_job()

    run_job(job.pk)
    run_job(job.pk)

    assert calls == [3]


def test_run_job_leaves_a_job_that_another_worker_does(work):
    work(lambda progress, until: pytest.fail("the job is another worker's"))
    job = make_job(status="running", seen_at=timezone.now() - timedelta(minutes=1), attempt_count=1, claim="other")

    run_job(job.pk)

    assert outcome_of(job) == ("running", "")


def test_run_job_takes_the_job_of_a_worker_that_is_gone(work):
    work(lambda progress, until: Outcome("готово"))
    job = make_job(status="running", seen_at=timezone.now() - timedelta(minutes=3), attempt_count=1, claim="gone")

    run_job(job.pk)

    assert (outcome_of(job), job.attempt_count) == (("done", "готово"), 2)


def test_worker_that_lost_its_claim_stops_and_changes_nothing(work):
    job = make_job()

    def lose_claim(progress, until):
        Job.objects.filter(pk=job.pk).update(claim="another worker")
        progress.phase("пишем")

    work(lose_claim)
    run_job(job.pk)

    assert outcome_of(job) == ("running", "")


def test_progress_is_written_at_most_once_a_second(work, django_assert_num_queries):
    def count(progress, until):
        progress.phase("Считаем", 1000)
        with django_assert_num_queries(0):
            for _step in range(100):
                progress.advance()

    work(count)
    job = make_job()

    run_job(job.pk)

    assert (outcome_of(job), job.total_count) == (("done", ""), 1000)


def test_progress_tells_how_far_the_work_is(work, monkeypatch):
    monkeypatch.setattr(jobs, "WRITE_EVERY_SECONDS", 0)
    job = make_job()
    seen = []

    def count(progress, until):
        progress.phase("Считаем", until)
        for _step in range(until):
            progress.advance()
            job.refresh_from_db()
            seen.append((job.phase, job.done_count, job.total_count))

    work(count)
    run_job(job.pk)

    assert seen == [("Считаем", 1, 3), ("Считаем", 2, 3), ("Считаем", 3, 3)]


def test_seconds_left_follow_from_the_pace():
    now = timezone.now()
    job = Job(status="running", phase_at=now - timedelta(seconds=10), done_count=100, total_count=400)

    assert job.seconds_left(now) == 30
    assert Job(status="running", phase_at=now, done_count=0, total_count=400).seconds_left(now) is None


def test_cancel_job_stops_a_running_job_at_its_next_step(work, monkeypatch):
    monkeypatch.setattr(jobs, "WRITE_EVERY_SECONDS", 0)
    job = make_job()

    def count(progress, until):
        cancel_job(job)
        progress.advance()
        pytest.fail("the job went on")

    given_up = work(count)
    run_job(job.pk)

    assert (outcome_of(job), given_up) == (("cancelled", ""), [{"until": 3}])


@pytest.mark.parametrize(
    ("end", "url"), [(jobs.JobCancelled, "/begun/"), (ValidationError("Нет файла."), "/begun/"), (None, "/result/")]
)
def test_job_that_was_not_done_leads_back_to_where_it_was_begun(work, end, url):
    def run(progress, until):
        if end:
            raise end
        return Outcome("готово", "/result/")

    work(run)
    job = start_job(NAME, title="Счёт", organization=None, by=make_curator(), arguments={"until": 3}, url="/begun/")

    run_job(job.pk)

    job.refresh_from_db()
    assert job.result_url == url


def test_cancel_job_ends_a_waiting_job_at_once(work):
    given_up = work(lambda progress, until: pytest.fail("the job was cancelled"))
    job = make_job()

    cancel_job(job)
    run_job(job.pk)

    assert (outcome_of(job), given_up) == (("cancelled", ""), [{"until": 3}])


def test_run_job_shows_the_sentences_of_a_refusal(work):
    def refuse(progress, until):
        raise ValidationError(["Строка 5: нет имени.", "Строка 7: нет фамилии."])

    given_up = work(refuse)
    job = make_job()

    run_job(job.pk)

    assert outcome_of(job) == ("failed", "Строка 5: нет имени. Строка 7: нет фамилии.")
    assert given_up == [{"until": 3}]


def test_run_job_hides_the_words_of_a_fault_and_records_it(work, caplog):
    def break_off(progress, until):
        raise ZeroDivisionError("float division by zero")

    work(break_off)
    job = make_job(language="en")

    run_job(job.pk)

    sentence = "The portal could not finish this work: the fault is its own and was recorded. Nothing was written."
    assert outcome_of(job) == ("failed", sentence)
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_run_job_waits_for_a_busy_database(work):
    def find_locked(progress, until):
        raise OperationalError("database is locked")

    given_up = work(find_locked)
    job = make_job()

    run_job(job.pk)

    assert (outcome_of(job), given_up) == (("waiting", ""), [])


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({"status": "waiting"}, "done"),
        ({"status": "running", "attempt_count": 1}, "done"),
        ({"status": "running", "attempt_count": 3}, "failed"),
        ({"status": "waiting", "attempt_count": 3}, "failed"),
        ({"status": "running", "attempt_count": 1, "is_cancel_wished": True}, "cancelled"),
    ],
)
def test_take_up_lost_jobs_begins_them_anew_three_times(work, values, result):
    work(lambda progress, until: Outcome("готово"))
    job = make_job(seen_at=timezone.now() - timedelta(minutes=3), **values)

    assert take_up_lost_jobs(timezone.now()) == 1

    assert outcome_of(job)[0] == result


@pytest.mark.parametrize(
    "values",
    [
        {"status": "waiting"},
        {"status": "running", "attempt_count": 1},
        {"status": "done"},
    ],
)
def test_take_up_lost_jobs_leaves_those_that_go_on(work, values):
    now = timezone.now()
    make_job(seen_at=now if values["status"] == "running" else None, **values)

    assert take_up_lost_jobs(now) == 0


@pytest.mark.parametrize(
    ("minutes", "status", "letters"), [(1, "done", 1), (0, "done", 0), (1, "failed", 1), (1, "cancelled", 0)]
)
def test_letter_comes_when_the_work_took_long(work, minutes, status, letters):
    def end(progress, until):
        if status == "failed":
            raise ValidationError("Файл не читается.")
        if status == "cancelled":
            raise jobs.JobCancelled
        return Outcome("Внесено 12 человек.", "/people/mentors/")

    work(end)
    job = make_job()
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))

    run_job(job.pk)

    assert OutboxLetter.objects.filter(recipient=job.created_by.email).count() == letters


def test_letter_of_a_job_leads_to_the_result(work, settings):
    work(lambda progress, until: Outcome("Внесено 12 человек.", "/people/mentors/"))
    job = make_job()
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=1))

    run_job(job.pk)

    lines = OutboxLetter.objects.get().body.splitlines()
    assert ("Внесено 12 человек." in lines, f"{settings.PORTAL_URL}/people/mentors/" in lines) == (True, True)


def test_letter_of_a_job_that_has_failed_leads_to_its_reason(work, settings):
    def refuse(progress, until):
        raise ValidationError("Файл не читается.")

    work(refuse)
    job = make_job(result_url="/begun/")
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=1))

    run_job(job.pk)

    assert f"{settings.PORTAL_URL}{job.get_absolute_url()}" in OutboxLetter.objects.get().body.splitlines()


# --- pages ------------------------------------------------------------------------------------------------------------
def test_job_page_asks_again_until_the_job_is_over(client):
    job = make_job(status="running", phase="Читаем", done_count=200, total_count=1000)
    client.force_login(job.created_by)

    page = client.get(job.get_absolute_url()).content.decode()
    part = client.get(f"{job.get_absolute_url()}?watch=1", headers={"HX-Request": "true"})

    assert page.count('http-equiv="refresh"') == 1
    assert part.content.decode().count("hx-get=") == 1
    assert [template.name for template in part.templates] == ["mentorship/_job.html"]


def test_job_page_leads_to_the_result(client):
    job = make_job(status="done", result="Готово.", result_url="/people/mentors/")
    client.force_login(job.created_by)
    watch = f"{job.get_absolute_url()}?watch=1"

    assert client.get(watch).url == "/people/mentors/"
    assert client.get(watch, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/people/mentors/"
    assert client.get(job.get_absolute_url()).status_code == 200


def test_job_page_says_why_the_job_failed(client):
    job = make_job(status="failed", result="Строка 5: нет имени.")
    client.force_login(job.created_by)

    page = client.get(f"{job.get_absolute_url()}?watch=1").content.decode()

    assert (page.count("Строка 5: нет имени."), page.count("http-equiv")) == (1, 0)


def test_job_is_cancelled_by_its_button(client, work):
    work(lambda progress, until: None)
    job = make_job()
    client.force_login(job.created_by)

    response = client.post(reverse("job-cancel", args=[job.pk]))

    assert (response.url, outcome_of(job)[0]) == (job.get_absolute_url(), "cancelled")


def test_job_is_seen_by_nobody_else(client):
    job = make_job()
    client.force_login(make_curator())

    statuses = [
        client.get(job.get_absolute_url()).status_code,
        client.post(reverse("job-cancel", args=[job.pk])).status_code,
    ]

    assert statuses == [404, 404]
    assert list(client.get(reverse("job-list")).context["page"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_job_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    curator = make_curator(make_organization())
    for _n in range(count):
        make_job(created_by=curator, status="done", result_url="/home/")
    client.force_login(curator)
    client.get(reverse("job-list"))

    # session, user, his person, memberships, mentor's and mentee's organizations, count, jobs
    with django_assert_num_queries(8):
        response = client.get(reverse("job-list"))

    assert len(response.context["page"]) == count


def test_home_shows_own_work_while_it_lasts(client):
    curator = make_curator()
    client.force_login(curator)
    job = make_job(created_by=curator)
    make_job(title="Чужая работа")

    page = client.get(reverse("home")).content.decode()

    assert (page.count(job.get_absolute_url()), page.count("Чужая работа")) == (1, 0)
