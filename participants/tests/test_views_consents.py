import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants.models import Consent, ConsentText, RemovalTask
from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import (
    give_all_consents,
    make_consent,
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)
from participants.tests.test_scans import pdf, picture

pytestmark = pytest.mark.django_db
BOARD, TASKS = reverse("participants:consents"), reverse("participants:removal-tasks")
GIVEN, ASK = reverse("participants:consents-given"), reverse("participants:consents-ask")


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20 12:00")


@pytest.fixture(autouse=True)
def ready_texts(db):
    """The texts that the migrations load; a test with real transactions leaves an empty database behind."""
    load_ready_consent_texts()


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def make_teacher(organization, **values):
    return make_mentor_entry(person=make_person(organization=organization, **values)).person


def make_pupil(organization, **values):
    values = {"kind": "pupil", "birth_year": 2012, "representative_name": "Иванова Ольга Сергеевна"} | values
    return make_mentee_entry(person=make_person(organization=organization, **values)).person


def page_of(person, kind="processing", name="consent-kind"):
    return reverse(f"participants:{name}", args=[person.pk, kind])


def names(response):
    return [row.record.last_name for row in response.context["table"].rows]


# --- the board --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_board_query_count_does_not_grow(client, organization, curator, count, django_assert_num_queries):
    for _n in range(count):
        give_all_consents(make_teacher(organization))
    client.get(BOARD)

    # session, user, his person, memberships, his two kinds of rows, four of the board, count, rows, open tasks
    with django_assert_num_queries(13):
        response = client.get(BOARD)

    assert len(response.context["table"].rows) == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Абрамова", "Белов", "Волков"]),
        ("state=missing", ["Белов", "Волков"]),
        ("state=missing&kind=processing", ["Волков"]),
        ("state=valid&kind=extra_duties", ["Абрамова"]),
        ("kind=extra_duties", ["Абрамова", "Белов"]),
        ("state=withdrawn&kind=publication", ["Волков"]),
        ("role=mentee", ["Волков"]),
        ("q=абрамова", ["Абрамова"]),
        ("state=nonsense", ["Абрамова", "Белов", "Волков"]),
    ],
)
def test_board_finds_and_filters(client, organization, curator, query, found):
    give_all_consents(make_teacher(organization, last_name="Абрамова"))
    make_consent(person=make_teacher(organization, last_name="Белов"))
    make_consent(person=make_pupil(organization, last_name="Волков"), kind="publication", status="withdrawn")
    make_teacher(make_organization(), last_name="Чужая")

    assert names(client.get(f"{BOARD}?{query}")) == found


def test_board_counts_what_is_missing_and_what_would_be_printed(client, organization, curator):
    make_consent(person=make_teacher(organization), valid_until=date(2026, 12, 1))
    make_consent(person=make_teacher(organization), status="asked")
    make_consent(person=make_teacher(organization), status="withdrawn")
    make_teacher(organization)

    sums = client.get(BOARD).context["sums"][0]

    found = {name: sums[name] for name in ("kind", "missing", "asked", "expiring", "said_no", "printed")}
    assert found == {"kind": "processing", "missing": 1, "asked": 1, "expiring": 1, "said_no": 1, "printed": 3}


def test_board_is_for_those_in_charge(client, organization):
    statuses = []
    for user in (make_head(organization), make_staff(organization), make_coordinator(), make_user()):
        client.force_login(user)
        statuses.append(client.get(BOARD).status_code)

    assert statuses == [200, 200, 403, 404]


def test_board_of_an_empty_year_leads_to_the_registries(client, organization, curator):
    assert reverse("participants:registry-mentors") in client.get(BOARD).content.decode()


# --- one person, one kind ---------------------------------------------------------------------------------------------
def test_consent_page_is_not_of_others(client, organization, curator):
    own, foreign = make_teacher(organization), make_teacher(make_organization())

    statuses = [client.get(page_of(person)).status_code for person in (own, foreign)]

    assert [*statuses, client.get(page_of(own, "nonsense")).status_code] == [200, 404, 404]


def test_consent_page_says_to_check_the_birthday_in_the_year_of_turning_18(client, organization, curator):
    person = make_pupil(organization, birth_year=2008)

    response = client.get(page_of(person))

    assert response.context["turns_18"] is True
    assert response.context["form"]["given_by"].value() is None


def test_consent_give_enters_the_paper_with_its_scan(client, organization, curator):
    person = make_teacher(organization)
    scan = SimpleUploadedFile("подпись.pdf", pdf(), content_type="text/html")

    response = client.post(
        page_of(person, name="consent-give"), {"given_on": "2026-11-18", "given_by": "subject", "scan": scan}
    )

    given = Consent.objects.get()
    assert (response.status_code, response.url) == (302, given.get_absolute_url())
    assert (given.status, given.given_on, given.valid_until) == ("given", date(2026, 11, 18), date(2027, 11, 17))
    assert given.scan_sha256 == hashlib.sha256(pdf()).hexdigest()
    assert "подпись" not in given.scan.name


@pytest.mark.parametrize(
    ("field", "value"),
    [("given_on", "2026-11-21"), ("given_on", ""), ("valid_until", "2026-11-01"), ("scan", b"<html></html>")],
)
def test_consent_give_says_what_is_wrong(client, organization, curator, field, value):
    person = make_teacher(organization)
    if field == "scan":
        value = SimpleUploadedFile("согласие.pdf", value)

    response = client.post(
        page_of(person, name="consent-give"), {"given_on": "2026-11-18", "given_by": "subject", field: value}
    )

    assert (response.status_code, Consent.objects.count()) == (422, 0)
    assert response.context["form"].errors


def test_consent_steps_are_for_curators(client, organization):
    given = make_consent(person=make_teacher(organization))
    client.force_login(make_staff(organization))
    addresses = [page_of(given.person, name=f"consent-{step}") for step in ("give", "ask", "refuse")]
    addresses += [reverse(f"participants:consent-{step}", args=[given.pk]) for step in ("withdraw", "scan-add")]

    assert [client.post(address).status_code for address in addresses] == [403] * 5
    assert [client.get(address).status_code for address in addresses] == [405] * 5


def test_consent_ask_sends_the_link(client, organization, curator):
    person = make_teacher(organization, email="a@example.org")

    response = client.post(page_of(person, name="consent-ask"))

    asked = Consent.objects.get()
    assert (response.url, asked.status) == (asked.get_absolute_url(), "asked")
    assert OutboxLetter.objects.get().recipient == "a@example.org"


def test_consent_refuse_and_withdraw_are_entered(client, organization, curator):
    given = make_consent(person=make_teacher(organization))

    client.post(page_of(given.person, "upward", "consent-refuse"), {"comment": "не хочет"})
    response = client.post(reverse("participants:consent-withdraw", args=[given.pk]), {"withdrawn_on": "2026-11-19"})

    assert response.url == TASKS
    assert set(Consent.objects.values_list("kind", "status")) == {("upward", "refused"), ("processing", "withdrawn")}


def test_consent_scan_is_a_download_of_those_who_may_see_it(client, organization, curator):
    scan = SimpleUploadedFile("фото.pdf", picture("PNG"))
    person = make_teacher(organization, user=make_user())
    client.post(page_of(person, name="consent-give"), {"given_on": "2026-11-18", "given_by": "subject", "scan": scan})
    address = reverse("participants:consent-scan", args=[Consent.objects.get().pk])

    response = client.get(address)

    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == picture("PNG")
    statuses = []
    for user in (person.user, make_curator(), make_coordinator()):
        client.force_login(user)
        statuses.append(client.get(address).status_code)
    assert statuses == [200, 404, 404]


def test_consent_scan_is_filed_once(client, organization, curator):
    given = make_consent(person=make_teacher(organization))
    address = reverse("participants:consent-scan-add", args=[given.pk])

    statuses = [
        client.post(address, {"scan": SimpleUploadedFile("1.jpg", picture("JPEG"))}).status_code for _n in range(2)
    ]

    assert statuses == [302, 422]


# --- the pile of papers -----------------------------------------------------------------------------------------------
def test_pile_enters_the_ticked_papers_with_one_day(client, organization, curator):
    teacher, pupil, late = make_teacher(organization), make_pupil(organization), make_teacher(organization)
    data = {
        "person": [teacher.pk, pupil.pk, late.pk],
        "kind": "processing",
        "given_on": "2026-11-10",
        "row": [f"{teacher.pk}:processing", f"{pupil.pk}:processing"],
        f"name-{pupil.pk}:processing": "Иванов Пётр Ильич",
    }

    response = client.post(GIVEN, data)

    assert (response.status_code, response.url) == (302, BOARD)
    found = Consent.objects.order_by("pk").values_list("person", "given_on", "given_by", "representative_name")
    assert set(found) == {
        (teacher.pk, date(2026, 11, 10), "subject", ""),
        (pupil.pk, date(2026, 11, 10), "representative", "Иванов Пётр Ильич"),
    }


def test_pile_enters_what_it_can_and_keeps_the_rest_with_a_sentence(client, organization, curator):
    teacher, pupil = make_teacher(organization), make_pupil(organization, representative_name="")
    rows = [f"{person.pk}:processing" for person in (teacher, pupil)]
    data = {"person": [teacher.pk, pupil.pk], "kind": "processing", "given_on": "2026-11-10", "row": rows}

    response = client.post(GIVEN, data)

    assert response.status_code == 422
    assert [(row["person"], bool(row["error"])) for row in response.context["rows"]] == [(pupil, True)]
    assert Consent.objects.get().person == teacher


def test_pile_without_a_kind_offers_what_each_needs_and_lacks(client, organization, curator):
    teacher, pupil = make_teacher(organization), make_pupil(organization)
    make_consent(person=teacher)

    rows = client.get(f"{GIVEN}?person={teacher.pk}&person={pupil.pk}&person=9999&person=x&kind=").context["rows"]

    assert {(row["person"].pk, row["kind"]) for row in rows} == {
        (teacher.pk, "extra_duties"),
        (pupil.pk, "processing"),
        (pupil.pk, "participation"),
    }


def test_pile_never_takes_people_of_others(client, organization, curator):
    foreign = make_teacher(make_organization())

    client.post(GIVEN, {"person": foreign.pk, "given_on": "2026-11-10", "row": f"{foreign.pk}:processing"})

    assert Consent.objects.count() == 0


def test_ask_shows_who_gets_a_letter_before_it_is_sent(client, organization, curator):
    teacher, pupil = make_teacher(organization, email="a@example.org"), make_pupil(organization)
    query = {"person": [teacher.pk, pupil.pk], "kind": ""}

    shown = client.get(ASK, query)
    client.post(ASK, query)

    assert [row["addresses"] for row in shown.context["rows"]] == [["a@example.org"], [""]]
    assert shown.context["letters"] == 1
    assert OutboxLetter.objects.get().recipient == "a@example.org"
    assert Consent.objects.filter(status="asked").count() == 4


# --- tasks ------------------------------------------------------------------------------------------------------------
def test_tasks_are_marked_as_done_with_day_and_remark(client, organization, curator):
    withdrawn = make_consent(person=make_teacher(organization), status="withdrawn")
    task = RemovalTask.objects.create(consent=withdrawn, what="Убрать с сайта", due_on=date(2026, 10, 31))
    address = reverse("participants:removal-task-done", args=[task.pk])

    shown = client.get(TASKS).context["lines"]
    refused = client.post(address, {f"task-{task.pk}-done_on": "2026-09-01"})
    client.post(address, {f"task-{task.pk}-done_on": "2026-11-20", f"task-{task.pk}-note": "удалено"})

    assert [(line["task"], line["is_late"]) for line in shown] == [(task, True)]
    assert refused.status_code == 422
    task.refresh_from_db()
    assert (task.done_on, task.done_by, task.note) == (date(2026, 11, 20), curator, "удалено")
    assert list(client.get(TASKS).context["done"]) == [task]


def test_task_of_another_organization_is_not_there(client, organization, curator):
    task = RemovalTask.objects.create(consent=make_consent(status="withdrawn"), what="Убрать", due_on=date(2026, 12, 1))

    assert client.get(TASKS).context["lines"] == []
    assert client.post(reverse("participants:removal-task-done", args=[task.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_query_count_does_not_grow(client, organization, curator, count, django_assert_num_queries):
    for _n in range(count):
        withdrawn = make_consent(person=make_teacher(organization), status="withdrawn")
        RemovalTask.objects.create(consent=withdrawn, what="Убрать", due_on=date(2026, 12, 1))
    client.get(TASKS)

    with django_assert_num_queries(8):
        client.get(TASKS)


# --- texts ------------------------------------------------------------------------------------------------------------
def test_text_is_written_by_curators_as_a_version_of_the_organization(client, organization, curator):
    address = reverse("participants:consent-text", args=["upward"])
    data = {"title": "Согласие", "body": "Даю согласие {организации}.", "valid_months": 6}

    wrong = client.post(address, data | {"body": "Даю {нечто}."})
    client.post(address, data)

    text = ConsentText.objects.get(organization=organization)
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["body"])
    assert (text.kind, text.version, text.body, text.valid_months) == ("upward", 1, "Даю согласие {организации}.", 6)
    client.force_login(make_staff(organization))
    assert [client.get(address).status_code, client.post(address, data).status_code] == [200, 403]


def test_texts_list_names_the_text_in_use(client, organization, curator):
    own = ConsentText.objects.create(organization=organization, kind="upward", title="Своё", body="Текст.")

    texts = client.get(reverse("participants:consent-texts")).context["texts"]

    assert [text.kind for text in texts] == ["processing", "participation", "extra_duties", "publication", "upward"]
    assert texts[-1] == own


# --- panels -----------------------------------------------------------------------------------------------------------
def test_home_of_the_curator_counts_what_is_missing_and_names_the_tasks(client, organization, curator):
    make_teacher(organization)
    withdrawn = make_consent(person=make_teacher(organization), status="withdrawn")
    RemovalTask.objects.create(consent=withdrawn, what="Убрать с сайта", due_on=date(2026, 12, 1))

    page = client.get(reverse("home")).content.decode()

    assert "Убрать с сайта" in page
    assert f"{BOARD}?state=missing" in page


def test_home_of_a_mentor_leads_to_his_own_link(client, organization):
    person = make_teacher(organization, user=make_user())
    asked = make_consent(person=person, status="asked")
    client.force_login(person.user)

    assert reverse("consent-link", args=[asked.token]) in client.get(reverse("home")).content.decode()


def test_file_of_a_person_shows_consents_to_those_in_charge(client, organization, curator):
    person = make_teacher(organization, user=make_user())
    address = page_of(person)

    pages = [client.get(person.get_absolute_url()).content.decode()]
    client.force_login(person.user)
    pages.append(client.get(person.get_absolute_url()).content.decode())

    assert [address in page for page in pages] == [True, False]
