from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from documents.views.consent_links import ANSWER_LIMIT, UNKNOWN_LIMIT
from participants.models import Consent, RemovalTask
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import make_consent, make_curator, make_mentee_entry, make_person, make_user

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november(time_machine, request):
    if "page" not in request.fixturenames:
        time_machine.move_to(NOW)


@pytest.fixture(autouse=True)
def ready_texts(db):
    """The texts that the migrations load; a test with real transactions leaves an empty database behind."""
    load_ready_consent_texts()


def make_request(**values):
    """A request that waits for the answer of a pupil's mother."""
    person = make_mentee_entry(
        person=make_person(kind="pupil", birth_year=2012, last_name="Одинцова", representative_name="Иванова Ольга")
    ).person
    values = {"given_by": "representative", "representative_name": "Иванова Ольга", "status": "asked"} | values
    return make_consent(person=person, **values)


def link_of(consent, step=""):
    return reverse(f"consent-link{step}", args=[consent.token])


@pytest.mark.django_db
def test_link_shows_the_text_and_for_whom_without_signing_in(client):
    asked = make_request()

    response = client.get(link_of(asked))

    page = response.content.decode()
    assert response.status_code == 200
    assert [
        words for words in ("Одинцова Мария Петровна", "Иванова Ольга", "персональных данных") if words not in page
    ] == []
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    asked.refresh_from_db()
    assert asked.status == "asked"


@pytest.mark.django_db
def test_link_takes_the_consent_only_with_the_tick(client):
    asked = make_request()

    without = client.post(link_of(asked, "-give"))
    given = client.post(link_of(asked, "-give"), {"is_read": "yes"})

    assert (without.status_code, given.status_code, given.url) == (422, 302, link_of(asked))
    asked.refresh_from_db()
    assert (asked.status, asked.way, asked.given_on) == ("given", "link", date(2026, 11, 20))
    assert [event.actor for event in asked.events.all()] == [None]


@pytest.mark.django_db
def test_link_takes_a_refusal_and_then_another_mind(client):
    asked = make_request()

    client.post(link_of(asked, "-refuse"))
    client.post(link_of(asked, "-give"), {"is_read": "yes"})

    asked.refresh_from_db()
    assert [event.status for event in asked.events.all()] == ["given", "refused"]


@pytest.mark.django_db
def test_link_takes_the_withdrawal_and_the_curator_gets_the_tasks(client):
    given = make_request(status="given", given_on=date(2026, 11, 1))
    make_curator(given.organization)

    client.post(link_of(given, "-withdraw"))

    given.refresh_from_db()
    assert (given.status, given.withdrawn_on) == ("withdrawn", date(2026, 11, 20))
    assert RemovalTask.objects.filter(consent=given, due_on=date(2026, 12, 20)).exists()
    assert "20 ноября 2026" in client.get(link_of(given)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["-give", "-refuse", "-withdraw"])
def test_link_changes_nothing_by_a_visit_or_in_a_wrong_state(client, step):
    withdrawn = make_request(status="withdrawn", given_on=date(2026, 11, 1), withdrawn_on=date(2026, 11, 2))

    statuses = [
        client.get(link_of(withdrawn, step)).status_code,
        client.post(link_of(withdrawn, step), {"is_read": 1}).status_code,
    ]

    assert statuses == [405, 422]
    assert Consent.objects.get().status == "withdrawn"


@pytest.mark.django_db
def test_link_of_who_may_not_answer_any_more_is_over(client):
    asked = make_request(given_by="subject", representative_name="")

    statuses = [
        client.get(link_of(asked)).status_code,
        client.post(link_of(asked, "-give"), {"is_read": 1}).status_code,
    ]

    assert statuses == [410, 410]
    assert Consent.objects.get().status == "asked"


@pytest.mark.django_db
def test_link_that_was_not_used_for_a_month_is_gone_and_takes_nothing(client, time_machine):
    asked = make_request()
    time_machine.move_to("2026-12-21 12:00")

    statuses = [
        client.get(link_of(asked)).status_code,
        client.post(link_of(asked, "-give"), {"is_read": 1}).status_code,
    ]

    assert statuses == [410, 410]
    assert Consent.objects.get().status == "asked"


@pytest.mark.django_db
def test_link_of_nobody_is_not_found_and_guessing_is_slowed_down(client):
    addresses = [reverse("consent-link", args=[f"guess-{number}"]) for number in range(UNKNOWN_LIMIT + 1)]

    statuses = [client.get(address).status_code for address in addresses]

    assert set(statuses[:-1]) == {404}
    assert statuses[-1] == 429


@pytest.mark.django_db
def test_link_takes_so_many_answers_in_five_minutes(client, time_machine):
    asked = make_request()
    statuses = [client.post(link_of(asked, "-give")).status_code for _n in range(ANSWER_LIMIT + 1)]

    assert statuses == [422] * ANSWER_LIMIT + [429]


@pytest.mark.django_db
def test_link_shows_no_blanks_and_counts_the_points_anew(client):
    asked = make_request()

    pages = [client.get(link_of(asked)).content.decode()]
    asked.organization.data_processor = "ООО «Облако», г. Кедровск, ул. Новая, д. 1."
    asked.organization.save()
    pages.append(client.get(link_of(asked)).content.decode())

    assert ["___" in page for page in pages] == [False, False]
    assert ["По поручению оператора" in page for page in pages] == [False, True]
    assert ["4. Согласие действует" in page for page in pages] == [True, False]
    assert "обрабатывает: ООО «Облако», г. Кедровск, ул. Новая, д. 1." in pages[1]


@pytest.mark.django_db
def test_link_of_a_consent_with_lines_for_the_hand_gives_the_paper_alone(client):
    asked = make_request(kind="publication")

    page = client.get(link_of(asked))
    refused = client.post(link_of(asked, "-give"), {"is_read": "yes"})

    assert (page.context["may_give"], page.context["may_refuse"], refused.status_code) == (False, True, 422)
    assert link_of(asked, "-paper") in page.content.decode()


@pytest.mark.django_db
def test_link_gives_the_paper_to_sign(client):
    response = client.get(link_of(make_request(), "-paper"))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_link_of_the_depersonalized_is_not_found(client):
    asked = make_request()
    asked.person.depersonalized_on = date(2026, 11, 19)
    asked.person.save(update_fields=["depersonalized_on"])

    assert client.get(link_of(asked)).status_code == 404


@pytest.mark.django_db
def test_link_used_by_the_person_signed_in_names_him_in_the_history(client):
    person = make_person(user=make_user())
    asked = make_consent(person=person, kind="upward", status="asked")
    client.force_login(person.user)

    client.post(link_of(asked, "-give"), {"is_read": "yes"})

    assert [event.actor for event in asked.events.all()] == [person.user]


@pytest.mark.django_db(transaction=True)
def test_link_walks_on_a_phone_from_reading_to_withdrawal(page, axe):
    asked = make_request()
    phone = page(width=360)

    phone.goto(link_of(asked))
    faults = axe(phone)
    phone.locator("#is_read").check()
    phone.locator(f"form[action='{link_of(asked, '-give')}'] button").click()
    phone.wait_for_url(f"**{link_of(asked)}")
    faults += axe(phone)
    phone.locator("details.consent-link__withdraw summary").click()
    phone.locator("details.consent-link__withdraw button").click()
    phone.wait_for_url(f"**{link_of(asked)}")
    faults += axe(phone)

    assert faults == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    asked.refresh_from_db()
    assert [event.status for event in asked.events.all()] == ["withdrawn", "given"]
