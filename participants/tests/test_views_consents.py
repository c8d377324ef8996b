import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from openpyxl import load_workbook

from mentorship.models import OutboxLetter
from participants.models import Consent, ConsentKind, ConsentText, RemovalTask
from participants.ready_consent_texts import load_ready_consent_texts
from participants.templatetags.consents import ASKED_AGAIN
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
UNDO = reverse("participants:consents-undo")
REGISTER = reverse("participants:consent-register")
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
    with django_assert_num_queries(14):
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


def test_board_shows_that_a_withdrawn_consent_was_asked_for_again(client, organization, curator):
    teacher = make_teacher(organization)
    make_consent(person=teacher, status="withdrawn")
    client.post(page_of(teacher, name="consent-ask"))

    pages = [client.get(address).content.decode() for address in (BOARD, page_of(teacher), teacher.get_absolute_url())]

    assert [str(ASKED_AGAIN["withdrawn"]) in page for page in pages] == [True] * 3
    assert names(client.get(f"{BOARD}?state=withdrawn&kind=processing")) == [teacher.last_name]


def test_board_is_for_those_in_charge(client, organization):
    statuses = []
    for user in (make_head(organization), make_staff(organization), make_coordinator(), make_user()):
        client.force_login(user)
        statuses.append(client.get(BOARD).status_code)

    assert statuses == [200, 200, 403, 404]


def test_board_of_an_empty_year_calls_nothing_valid(client, organization, curator):
    client.force_login(curator)

    response = client.get(BOARD)

    assert [each["concerns"] for each in response.context["sums"]] == [0] * len(ConsentKind.values)
    assert response.content.decode().count(gettext("nobody needs it so far")) == len(ConsentKind.values) - 2


def test_board_of_an_empty_year_leads_to_the_registries(client, organization, curator):
    assert reverse("participants:registry-mentors") in client.get(BOARD).content.decode()


# --- who has signed what ----------------------------------------------------------------------------------------------
def cells_of(response):
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_board_exports_every_consent_of_those_shown_and_what_they_lack(client, organization, curator):
    pupil = make_pupil(organization, last_name="Волков")
    own = ConsentText.objects.create(organization=organization, kind="processing", version=2, title="Своё", body="Да.")
    make_consent(
        person=pupil, text=own, given_by="representative", representative_name="Волкова Ольга", way="link",
        valid_until=date(2027, 8, 31),
    )  # fmt: skip
    make_consent(person=pupil, kind="upward", status="withdrawn", scan="consents/1.pdf")
    make_teacher(organization, last_name="Абрамова")

    response = client.get(f"{BOARD}?role=mentee&export=xlsx")

    assert response.headers["Content-Type"].endswith("sheet")
    head, *rows = cells_of(response)
    assert head[1:4] == ["ФИО", "Согласие", "Состояние"]
    assert [row[1] for row in rows] == [pupil.full_name] * 3
    given, lacking, withdrawn = rows
    assert given[4:8] == [datetime(2026, 9, 1), datetime(2027, 8, 31), None, own.label]
    assert ("Волкова Ольга" in given[8], withdrawn[4:7]) == (True, [datetime(2026, 9, 1), None, datetime(2026, 10, 1)])
    assert lacking[4:] == [None] * 7
    assert given[10] != withdrawn[10]


def test_board_exports_one_kind_where_the_filter_names_it(client, organization, curator):
    give_all_consents(make_teacher(organization))

    assert len(cells_of(client.get(f"{BOARD}?kind=processing&export=xlsx"))) == 2


def test_register_names_who_has_signed_a_version_of_the_text(client, organization, curator):
    make_consent(person=make_teacher(organization, last_name="Белова"))
    own = ConsentText.objects.create(organization=organization, kind="processing", title="Своё", body="Да.")
    make_consent(person=make_teacher(organization, last_name="Абрамова"), text=own)
    make_consent(text=own, person=make_teacher(make_organization(), last_name="Чужая"))
    text_page = client.get(reverse("participants:consent-text", args=["processing"])).content.decode()
    address = f"{REGISTER}?text={own.pk}"

    shown, exported = client.get(address), cells_of(client.get(f"{address}&export=xlsx"))

    assert address in text_page
    assert [row.record.person.last_name for row in shown.context["table"].rows] == ["Абрамова"]
    assert own.label in shown.content.decode()
    assert [row[1].split()[0] for row in exported[1:]] == ["Абрамова"]


@pytest.mark.parametrize("count", [1, 3])
def test_register_query_count_does_not_grow(client, organization, curator, count, django_assert_num_queries):
    for _n in range(count):
        make_consent(person=make_teacher(organization))
    client.get(REGISTER)

    with django_assert_num_queries(9):
        client.get(REGISTER)


def test_register_is_for_those_in_charge(client, organization):
    statuses = []
    for user in (make_staff(organization), make_coordinator(), make_user()):
        client.force_login(user)
        statuses.append(client.get(REGISTER).status_code)

    assert statuses == [200, 403, 404]


@pytest.mark.parametrize("name", ["applications", "questionnaire-list"])
def test_a_list_without_an_export_takes_no_notice_of_the_wish(client, curator, name):
    response = client.get(reverse(f"participants:{name}"), {"export": "xlsx"})

    assert (response.status_code, response.headers["Content-Type"][:9]) == (200, "text/html")


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


def test_consent_scan_is_replaced_only_with_a_reason(client, organization, curator):
    given = make_consent(person=make_teacher(organization))
    address = reverse("participants:consent-scan-add", args=[given.pk])

    statuses = [
        client.post(address, {"scan": SimpleUploadedFile("1.jpg", picture("JPEG")), **more}).status_code
        for more in ({}, {}, {"why": "чужой лист"})
    ]

    assert statuses == [302, 422, 302]
    assert "чужой лист" in client.get(page_of(given.person)).content.decode()


def test_a_step_that_another_tab_has_taken_already_says_so(client, organization, curator):
    given = make_consent(person=make_teacher(organization))
    by_link = make_consent(person=make_teacher(organization), way="link", paper_on=date(2026, 11, 1))
    withdraw = reverse("participants:consent-withdraw", args=[given.pk])
    paper = reverse("participants:consent-paper", args=[by_link.pk])
    client.post(withdraw, {"withdrawn_on": "2026-11-20"})

    responses = [client.post(withdraw, {"withdrawn_on": "2026-11-20"}), client.post(paper, {"signed_on": "2026-11-20"})]

    assert [response.status_code for response in responses] == [422, 422]
    last = [list(response.context["messages"])[-1].level_tag for response in responses]
    assert last == ["error", "error"]


def test_a_task_done_twice_says_so(client, organization, curator):
    withdrawn = make_consent(person=make_teacher(organization), status="withdrawn")
    task = RemovalTask.objects.create(consent=withdrawn, what="Убрать с сайта", due_on=date(2026, 12, 1))
    address = reverse("participants:removal-task-done", args=[task.pk])
    client.post(address, {f"task-{task.pk}-done_on": "2026-11-20"})
    client.get(TASKS)

    response = client.post(address, {f"task-{task.pk}-done_on": "2026-11-20"}, follow=True)

    (said,) = response.context["messages"]
    assert ("Убрать с сайта" in str(said), said.level_tag) == (True, "error")


def test_what_was_entered_by_mistake_is_taken_back(client, organization, curator):
    teacher = make_teacher(organization)
    data = {"given_on": "2026-11-18", "given_by": "subject"}
    client.post(page_of(teacher, name="consent-give"), data)

    offered = [UNDO in client.get(address).content.decode() for address in (BOARD, page_of(teacher))]
    client.post(UNDO)
    client.post(UNDO)

    assert offered == [True, True]
    assert Consent.objects.get().status == "cancelled"
    assert UNDO not in client.get(BOARD).content.decode()


def test_consent_by_the_link_waits_for_its_paper(client, organization, curator):
    teacher = make_teacher(organization, last_name="Абрамова")
    given = make_consent(person=teacher, way="link")
    make_consent(person=make_teacher(organization, last_name="Белова"), scan="consents/1.pdf")
    make_consent(person=make_teacher(organization, last_name="Волкова"))

    sums = client.get(BOARD).context["sums"][0]
    found = [names(client.get(f"{BOARD}?kind=processing&paper={paper}")) for paper in ("to_sign", "to_scan")]
    client.post(GIVEN, {"person": teacher.pk, "given_on": "2026-11-19", "row": f"{teacher.pk}:processing"})

    assert (sums["to_sign"], sums["to_scan"], sums["printed"]) == (1, 1, 1)
    assert found == [["Абрамова"], ["Волкова"]]
    given.refresh_from_db()
    assert (given.paper_on, Consent.objects.filter(person=teacher).count()) == (date(2026, 11, 19), 1)


def test_a_void_link_is_shown_to_the_curator(client, organization, curator):
    pupil = make_pupil(organization)
    make_consent(person=pupil, status="asked", given_by="subject")

    pages = [client.get(address) for address in (BOARD, page_of(pupil))]

    assert pages[0].context["table"].standings[pupil.pk].overtaken == {"processing"}
    assert pages[1].context["consents"][0].is_overtaken is True


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


def test_pile_takes_the_version_by_which_the_papers_were_printed(client, organization, curator):
    teacher = make_teacher(organization)
    old, new = (
        ConsentText.objects.create(
            organization=organization, kind="processing", version=number, title="Своё", body="Да.", created_at=written
        )
        for number, written in ((1, datetime(2026, 9, 1, tzinfo=UTC)), (2, datetime(2026, 11, 15, tzinfo=UTC)))
    )
    data = {"person": teacher.pk, "kind": "processing", "row": f"{teacher.pk}:processing"}

    field = client.get(f"{GIVEN}?person={teacher.pk}&kind=processing").context["form"]["text_processing"]
    late = client.post(GIVEN, data | {"given_on": "2026-11-10", "text_processing": new.pk})
    client.post(GIVEN, data | {"given_on": "2026-11-10", "text_processing": old.pk})

    assert field.value() == new.pk
    assert (late.status_code, bool(late.context["rows"][0]["error"])) == (422, True)
    assert Consent.objects.get().text == old


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
    assert [row["on_paper"] for row in shown.context["rows"]] == [["extra_duties"], []]
    assert Consent.objects.filter(status="asked").count() == 3


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


def test_requisites_are_entered_by_curators_and_stand_in_the_papers(client, organization, curator):
    address = reverse("participants:consent-requisites")
    data = {
        "inn": "7701234567",
        "ogrn": "",
        "data_processor": "ООО «Облако»,\r\nг. Кедровск",
        "site_url": "school.example",
    }

    wrong = client.post(address, data | {"inn": "12"})
    missing = [len(client.get(reverse("participants:consent-texts")).context["missing"])]
    client.post(address, data)
    missing.append(len(client.get(reverse("participants:consent-texts")).context["missing"]))

    organization.refresh_from_db()
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["inn"])
    assert (organization.data_processor, organization.site_url) == (
        "ООО «Облако», г. Кедровск",
        "https://school.example",
    )
    assert missing == [5, 2]
    client.force_login(make_staff(organization))
    assert [client.get(address).status_code, client.post(address, data).status_code] == [403, 403]


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


def test_file_of_a_person_says_that_a_case_is_published_without_a_consent(client, organization, curator):
    person = make_mentor_entry(
        person=make_person(organization=organization), case_url="https://school.example/case"
    ).person
    pages = [client.get(person.get_absolute_url()).content.decode()]
    make_consent(person=person, kind="publication")
    pages.append(client.get(person.get_absolute_url()).content.decode())

    assert ["bi-exclamation-triangle" in page.partition("Кейс или отзыв")[2][:300] for page in pages] == [True, False]
    assert ['href="https://school.example/case"' in page for page in pages] == [False, True]


def test_the_address_of_a_case_without_a_consent_is_told_to_the_curator_alone(client, organization, curator):
    entry = make_mentor_entry(person=make_person(organization=organization), case_url="https://school.example/case")

    pages = [client.get(entry.person.get_absolute_url()).content.decode()]
    client.force_login(make_staff(organization))
    pages.append(client.get(entry.person.get_absolute_url()).content.decode())

    assert ["school.example" in page for page in pages] == [True, False]


def test_board_can_be_filtered_by_the_text_that_was_signed(client, organization, curator):
    make_consent(person=make_teacher(organization))
    own = ConsentText.objects.create(organization=organization, kind="processing", title="Своё", body="Текст.")
    signed = make_consent(person=make_teacher(organization), text=own).person

    response = client.get(BOARD, {"text": own.pk})

    assert [row.record for row in response.context["table"].rows] == [signed]


def test_texts_list_leads_from_the_number_of_people_to_the_register(client, organization, curator):
    text = make_consent(person=make_teacher(organization)).text
    make_consent(person=make_teacher(make_organization()))

    response = client.get(reverse("participants:consent-texts"))

    assert response.context["texts"][0].people_count == 1
    assert f'{REGISTER}?text={text.pk}"' in response.content.decode()


def test_file_of_a_person_shows_consents_to_those_in_charge(client, organization, curator):
    person = make_teacher(organization, user=make_user())
    address = page_of(person)

    pages = [client.get(person.get_absolute_url()).content.decode()]
    client.force_login(person.user)
    pages.append(client.get(person.get_absolute_url()).content.decode())

    assert [address in page for page in pages] == [True, False]
