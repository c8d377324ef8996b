"""The storage term of consents: what is due, and its destruction with an act."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from mentorship.tests.papers import pdf_text
from participants.consent_rules import years_later
from participants.consent_storage import destroy_consents, due_for_destruction
from participants.models import Consent, DestructionAct, RemovalTask
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import (
    make_consent,
    make_curator,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 5)
OLD = date(2022, 9, 1)
PAGE = reverse("participants:consents-storage")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture(autouse=True)
def ready_texts(db):
    load_ready_consent_texts()


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


@pytest.fixture
def due(organization):
    """Ran out in August 2023 and has a scan."""
    person = make_person(organization=organization, last_name="Абрамова")
    consent = make_consent(person=person, given_on=OLD, valid_until=date(2023, 8, 31))
    consent.scan.save("scan.pdf", ContentFile(b"%PDF-"))
    return consent


def found(organization, today=TODAY):
    return [(consent.kind, consent.kept_until) for consent in due_for_destruction(organization, today)]


def test_years_later_knows_the_leap_day():
    assert years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_later(date(2026, 10, 5), -3) == date(2023, 10, 5)


def test_a_consent_is_kept_for_three_years_after_its_term(organization, due):
    assert found(organization, date(2026, 8, 31)) == []
    assert found(organization, date(2026, 9, 1)) == [("processing", date(2026, 8, 31))]


def test_a_consent_without_a_term_ends_with_the_last_school_year_of_the_person(organization):
    person = make_mentor_entry(person=make_person(organization=organization), school_year=2022).person
    make_consent(person=person, given_on=OLD, valid_until=None)

    before = found(organization)
    make_mentor_entry(person=person, school_year=2026)

    assert (before, found(organization)) == ([("processing", date(2026, 8, 31))], [])


def test_a_withdrawal_counts_from_its_day_and_waits_for_its_tasks(organization):
    person = make_person(organization=organization)
    consent = make_consent(person=person, given_on=OLD, status="withdrawn", withdrawn_on=date(2022, 10, 1))
    task = RemovalTask.objects.create(consent=consent, what="Убрать с сайта", due_on=date(2022, 10, 31))

    waiting = found(organization)
    task.done_on = TODAY
    task.save()

    assert (waiting, found(organization)) == ([], [("processing", date(2025, 10, 1))])


def test_open_requests_and_consents_of_others_are_not_due(organization, due):
    asked = make_consent(person=due.person, status="asked", kind="publication")
    Consent.objects.filter(pk=asked.pk).update(created_at="2020-01-01T00:00Z")
    make_consent(person=make_person(), given_on=OLD, valid_until=date(2023, 8, 31))

    assert len(found(organization)) == 1


def test_destroying_takes_the_scan_and_the_representative_and_leaves_the_fact(
    organization, curator, due, django_capture_on_commit_callbacks
):
    Consent.objects.filter(pk=due.pk).update(given_by="representative", representative_name="Абрамова Ольга")
    name = due.scan.name

    with django_capture_on_commit_callbacks(execute=True):
        act = destroy_consents(organization, [due.pk], by=curator, today=TODAY)

    due.refresh_from_db()
    assert (due.status, due.given_on, due.destroyed_on, due.scan.name) == ("given", OLD, TODAY, "")
    assert ("Абрамова" in due.representative_name, default_storage.exists(name)) == (False, False)
    assert act.lines == [{"consent": due.pk, "person": due.person_id}]
    assert found(organization) == []


def test_the_act_names_what_was_destroyed(organization, curator, due):
    act = destroy_consents(organization, [due.pk], by=curator, today=TODAY)

    words = pdf_text(act.pdf.read())
    assert [part for part in ("Абрамова", "31.08.2026", "скан", "№ 236") if part not in words] == []


def test_what_is_not_due_is_not_destroyed(organization, curator, due):
    fresh = make_consent(person=due.person, kind="publication")
    foreign = make_consent(person=make_person(), given_on=OLD, valid_until=date(2023, 8, 31))

    with pytest.raises(ValidationError):
        destroy_consents(organization, [fresh.pk, foreign.pk], by=curator, today=TODAY)

    assert (DestructionAct.objects.count(), Consent.objects.filter(destroyed_on=None).count()) == (0, 3)


def test_the_page_shows_what_is_due_and_leads_to_the_act(client, organization, curator, due):
    page = client.get(PAGE)
    first = client.post(PAGE, {"consent": [due.pk, "x", "9" * 40]}, follow=True)
    second = client.post(PAGE, {"consent": [due.pk]}, follow=True)

    act = DestructionAct.objects.get()
    assert [consent.pk for consent in page.context["page"]] == [due.pk]
    assert first.redirect_chain[-1][0] == act.get_absolute_url()
    assert [message.level_tag for message in second.context["messages"]] == ["error"]
    assert client.get(act.get_absolute_url(), {"format": "pdf"}).content.startswith(b"%PDF")


def test_the_page_is_for_curators_of_the_organization(client, organization, curator, due):
    act = destroy_consents(organization, [due.pk], by=curator, today=TODAY)
    client.force_login(make_staff(organization))
    statuses = [client.get(PAGE).status_code]
    client.force_login(make_curator(make_organization()))
    statuses.append(client.get(act.get_absolute_url()).status_code)

    assert statuses == [403, 404]


def test_home_names_what_is_due(client, organization, curator, due):
    assert PAGE in client.get(reverse("home")).content.decode()
    Consent.objects.update(valid_until=TODAY + timedelta(days=300))
    assert f'href="{PAGE}"' not in client.get(reverse("home")).content.decode()
