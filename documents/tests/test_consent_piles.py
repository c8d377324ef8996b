"""Large piles of consents: made by the worker, watched, stopped, kept for a day."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from documents import consent_piles
from documents.consent_piles import file_of, remove_old_piles
from documents.tests.test_consent_papers import make_school, make_teacher, pages_of  # noqa: F401
from mentorship.jobs import cancel_job, run_job
from mentorship.models import Job
from participants.consent_rules import State
from participants.consent_standing import standings
from participants.consent_versions import save_text
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import make_consent, make_curator

pytestmark = pytest.mark.django_db
PRINT = reverse("documents:consents-print")
LACKING = {"kind": "processing", "lacking": "yes"}


@pytest.fixture(autouse=True)
def small_piles(monkeypatch, db):
    """Two papers are many; the texts that the migrations load are there."""
    load_ready_consent_texts()
    monkeypatch.setattr("documents.views.consents.PRINTED_AT_ONCE", 1)
    monkeypatch.setattr(consent_piles, "AT_A_TIME", 2)


@pytest.fixture
def organization():
    return make_school()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


@pytest.fixture
def teachers(organization):
    return [make_teacher(organization, last_name=name) for name in ("Яшина", "Абрамова", "Петрова")]


def begin(client):
    """The Job that the pile becomes, before the worker has seen it."""
    client.post(PRINT, LACKING)
    return Job.objects.get()


def test_a_large_pile_asks_before_the_worker_gets_it(client, curator, teachers):
    question = client.get(PRINT, LACKING)
    answer = client.post(PRINT, dict(question.context["sent"]))

    job = Job.objects.get()
    assert (question.context["count"], question.context["people_count"]) == (3, 3)
    assert (answer.url, job.created_by, job.organization) == (job.get_absolute_url(), curator, teachers[0].organization)


def test_the_worker_makes_one_file_in_the_order_of_the_registry(client, curator, teachers, pages_of):  # noqa: F811
    job = begin(client)

    run_job(job.pk)

    job.refresh_from_db()
    response = client.get(f"{job.result_url}?format=pdf")
    pages = pages_of(response.getvalue())
    assert (job.status, client.get(job.result_url).context["is_there"]) == ("done", True)
    assert [page.split("Я, ")[1].split()[0] for page in pages] == ["Абрамова", "Петрова", "Яшина"]


def test_a_second_run_leaves_one_file(client, curator, teachers):
    job = begin(client)
    run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(status="running", seen_at=timezone.now() - timedelta(minutes=5))

    run_job(job.pk)

    names = [name for name in default_storage.listdir(consent_piles.FOLDER)[1] if job.arguments["key"] in name]
    assert names == [f"{job.arguments['key']}.pdf"]


def test_a_pile_that_was_stopped_leaves_no_file_and_touches_no_text(client, organization, curator, teachers):
    values = {"title": "Своё", "body": "Даю согласие.", "body_of_representative": "", "valid_months": 12}
    text = save_text(organization, "processing", by=curator, **values)
    job = begin(client)

    cancel_job(job)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.status, default_storage.exists(file_of(job.arguments["key"]))) == ("cancelled", False)
    text.refresh_from_db()
    assert text.used_at is None


def test_a_pile_of_consents_that_came_meanwhile_says_so(client, curator, teachers):
    job = begin(client)
    for person in teachers:
        make_consent(person=person)

    run_job(job.pk)

    job.refresh_from_db()
    found = standings(teachers, school_year=2026, day=timezone.localdate()).values()
    assert {standing.states["processing"] for standing in found} == {State.VALID}
    assert (job.status, bool(job.result)) == ("failed", True)


def test_the_file_is_of_the_one_who_asked_for_it(client, organization, curator, teachers):
    job = begin(client)
    run_job(job.pk)
    job.refresh_from_db()
    client.force_login(make_curator(organization))

    statuses = [client.get(address).status_code for address in (job.result_url, f"{job.result_url}?format=pdf")]

    assert statuses == [404, 404]


def test_the_file_goes_after_a_day_and_the_page_says_so(client, curator, teachers):
    job = begin(client)
    run_job(job.pk)
    job.refresh_from_db()

    kept = remove_old_piles(timezone.now() + timedelta(hours=23))
    gone = remove_old_piles(timezone.now() + timedelta(hours=25))

    page, file = client.get(job.result_url), client.get(f"{job.result_url}?format=pdf")
    assert (kept, gone >= 1, page.context["is_there"], file.status_code) == (0, True, False, 404)


def test_people_of_others_are_in_no_pile(client, curator, teachers):
    foreign = make_teacher(make_school())

    response = client.post(PRINT, {"kind": "processing", "person": [foreign.pk]})

    assert (response.url, Job.objects.exists()) == (reverse("participants:consents"), False)


def test_a_depersonalized_person_is_not_printed(client, curator, organization):
    person = make_teacher(organization, depersonalized_on=date(2026, 9, 1))

    assert client.get(PRINT, {"kind": "processing", "person": [person.pk]}).status_code == 302
