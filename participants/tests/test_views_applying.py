import pytest
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants.applications import DRAFTS_PER_EMAIL
from participants.models import Application
from participants.tests.factories import make_application, make_call, make_curator
from participants.views import applying

pytestmark = pytest.mark.django_db
ABOUT = {
    "last_name": "ПЕТРОВА",
    "first_name": "анна",
    "patronymic": "Игоревна",
    "birth_year": "1990",
    "kind": "teacher",
    "position": "учитель химии",
    "phone": "8 999 000-11-22",
}


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00", tick=False)


def step(name, application):
    return reverse(f"application-{name}", args=[application.token])


def begin(client, call, **values):
    return client.post(call.get_absolute_url(), {"part": "mentor", "email": "anna@example.org", **values})


# --- the public page --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "status"), [("2026-08-31", 403), ("2026-10-05", 200), ("2027-01-01", 410)])
def test_call_answers_by_its_dates(client, time_machine, day, status):
    time_machine.move_to(f"{day} 12:00", tick=False)

    assert client.get(make_call().get_absolute_url()).status_code == status


def test_unknown_call_is_a_page_that_says_so(client):
    assert client.get(reverse("application-call", args=["nothing"])).status_code == 404


def test_guessing_addresses_is_held_back(client):
    statuses = [client.get(reverse("application-call", args=[f"guess-{n}"])).status_code for n in range(42)]

    assert (statuses[0], statuses[-1]) == (404, 429)


def test_begin_leads_to_the_first_step_of_a_draft(client):
    response = begin(client, make_call())

    application = Application.objects.get()
    assert response.url == step("about", application)
    assert (application.role, application.is_pupil) == ("mentor", False)
    assert [letter.name for letter in OutboxLetter.objects.all()] == ["application-begun"]


def test_begin_as_a_pupil_is_kept(client):
    begin(client, make_call(), part="mentee-pupil")

    application = Application.objects.get()
    assert (application.role, application.kind) == ("mentee", "pupil")


@pytest.mark.parametrize("values", [{"part": "head"}, {"part": ""}, {"email": "anna"}, {"email": ""}])
def test_begin_says_what_is_wrong(client, values):
    response = begin(client, make_call(), **values)

    assert (response.status_code, Application.objects.count()) == (422, 0)


def test_begin_takes_nothing_from_a_program(client):
    response = begin(client, make_call(), website="http://spam.example")

    assert (response.status_code, Application.objects.count(), OutboxLetter.objects.count()) == (200, 0, 0)


def test_begin_sends_the_links_again_instead_of_a_fourth_draft(client):
    call = make_call()
    for _n in range(DRAFTS_PER_EMAIL + 1):
        response = begin(client, call)

    assert (response.status_code, Application.objects.count()) == (200, DRAFTS_PER_EMAIL)
    assert OutboxLetter.objects.filter(name="application-links").count() == 1


def test_begin_is_limited_by_address_and_by_visitor(client, monkeypatch):
    call = make_call()
    of_email = [begin(client, call).status_code for _n in range(applying.STARTS_OF_EMAIL + 1)]
    monkeypatch.setattr(applying, "STARTS_OF_VISITOR", 9)
    of_visitor = [begin(client, call, email=f"other-{n}@example.org").status_code for n in range(4)]

    assert (of_email[0], of_email[-1]) == (302, 429)
    assert of_visitor == [302, 302, 302, 429]


# --- step by step -----------------------------------------------------------------------------------------------------
def test_application_goes_from_the_first_page_to_the_queue(client):
    call = make_call()
    begin(client, call)
    application = Application.objects.get()
    question, times = application.questionnaire.questions.all()

    steps = [
        client.post(step("about", application), ABOUT),
        client.post(step("consent", application), {"is_read": "yes"}),
        client.post(
            step("questions", application),
            {f"question-{question.pk}": "Веду проекты", f"question-{times.pk}": ["утром", "вечером"]},
        ),
    ]
    check = client.get(step("check", application))
    sent = client.post(step("check", application))

    application.refresh_from_db()
    assert [each.url for each in steps] == [step(name, application) for name in ("consent", "questions", "check")]
    assert [str(words) for _question, words in check.context["answered"]] == ["Веду проекты", "утром; вечером"]
    assert sent.url == application.personal_url
    assert (application.status, application.full_name) == ("submitted", "Петрова Анна Игоревна")
    assert application.phone == "+79990001122"
    assert client.get(application.personal_url).status_code == 200


@pytest.mark.parametrize("name", ["consent", "questions", "check"])
def test_steps_ahead_lead_back_to_the_first_open_one(client, name):
    begin(client, make_call())
    application = Application.objects.get()

    assert client.get(step(name, application)).url == step("about", application)


def test_consent_is_a_step_that_cannot_be_skipped(client):
    application = make_application(consented_at=None, consent_text=None)

    skipped = [client.get(step(name, application)).url for name in ("questions", "check")]
    unticked = client.post(step("consent", application), {})

    application.refresh_from_db()
    assert skipped == [step("consent", application)] * 2
    assert (unticked.status_code, application.consented_at) == (422, None)


def test_consent_shows_the_text_about_the_applicant_and_prints_it(client):
    application = make_application(last_name="Петрова", first_name="Анна", consented_at=None, consent_text=None)

    page, paper = client.get(step("consent", application)), client.get(step("consent-paper", application))

    assert page.context["content"]["name"] == "Петрова Анна Игоревна"
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_pupil_under_18_names_the_representative(client):
    begin(client, make_call(), part="mentee-pupil")
    application = Application.objects.get()
    about = {"last_name": "Петров", "first_name": "Лев", "birth_year": "2012", "position": "7 «А»"}

    refused = client.post(step("about", application), about)
    taken = client.post(step("about", application), {**about, "representative_name": "Петрова Анна Игоревна"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["representative_name"])
    assert taken.url == step("consent", application)
    assert client.get(taken.url).context["is_representative"] is True


def test_student_under_18_is_asked_for_the_representative_when_the_year_says_so(client):
    begin(client, make_call())
    application = Application.objects.get()
    before = client.get(step("about", application)).context["form"].fields

    refused = client.post(step("about", application), {**ABOUT, "kind": "student", "birth_year": "2010"})

    assert "representative_name" not in before
    assert list(refused.context["form"].errors) == ["representative_name"]


def test_later_keeps_what_was_typed_and_leads_to_the_overview(client):
    begin(client, make_call())
    application = Application.objects.get()

    response = client.post(step("about", application), {"last_name": "Петрова", "phone": "нет", "later": "yes"})

    application.refresh_from_db()
    assert (response.url, application.last_name, application.phone) == (application.personal_url, "Петрова", "")
    assert client.get(application.personal_url).context["next_url"] == step("about", application)


def test_script_keeps_a_step_while_it_is_typed(client):
    application = make_application()
    question = application.questionnaire.questions.first()
    keep = {
        name: reverse("application-keep", args=[application.token, name]) for name in ("about", "questions", "check")
    }

    statuses = [
        client.post(keep["about"], {"last_name": "Сидорова", "phone": "+7 999 000-11-22"}).status_code,
        client.post(keep["check"]).status_code,
    ]
    client.post(step("about", application), ABOUT)
    client.post(step("consent", application), {"is_read": "yes"})
    statuses.append(client.post(keep["questions"], {f"question-{question.pk}": "Ещё пишу"}).status_code)

    application.refresh_from_db()
    assert statuses == [200, 404, 200]
    assert application.values == {str(question.pk): "Ещё пишу"}


def test_application_is_taken_back_by_its_writer_until_it_is_decided(client):
    draft, sent, decided = (make_application(status=status) for status in ("draft", "submitted", "accepted"))

    taken_back = [client.post(step("delete", application)).status_code for application in (draft, sent)]
    kept = client.post(step("delete", decided))

    assert (taken_back, kept.url) == ([200, 200], decided.personal_url)
    assert list(Application.objects.all()) == [decided]
    assert [client.get(each.personal_url).status_code for each in (draft, sent)] == [404, 404]


def test_draft_of_a_closed_page_is_shown_as_over(client, time_machine):
    application = make_application()
    time_machine.move_to("2027-01-10 12:00", tick=False)

    state, about = client.get(application.personal_url), client.get(step("about", application))

    assert (state.status_code, about.url) == (410, application.personal_url)


@pytest.mark.parametrize("status", ["submitted", "accepted", "declined"])
def test_decided_application_shows_its_state_and_cannot_be_changed(client, status):
    application = make_application(status=status, message="Слова куратора")

    state = client.get(application.personal_url)
    client.post(step("about", application), {**ABOUT, "last_name": "Другая"})

    application.refresh_from_db()
    assert (state.status_code, state.context["may_change"]) == (200, False)
    assert application.last_name != "Другая"


def test_asked_application_is_completed_and_sent_again(client):
    application = make_application(status="asked", message="Какой предмет?")
    make_curator(application.organization)
    question = application.questionnaire.questions.first()

    client.post(step("questions", application), {f"question-{question.pk}": "Химия"})
    client.post(step("check", application))

    application.refresh_from_db()
    assert (application.status, list(application.answers.values.values())) == ("submitted", ["Химия"])


def test_pages_stay_out_of_caches_and_search_engines(client):
    headers = client.get(make_application().personal_url).headers

    assert (headers["X-Robots-Tag"], headers["Referrer-Policy"]) == ("noindex", "same-origin")
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "birth_year", "role", "is_taken"),
    [
        ("teacher", 2021, "mentor", False),
        ("teacher", 2000, "mentor", True),
        ("pupil", 2022, "mentor", False),
        ("pupil", 2022, "mentee", True),
        ("pupil", 2025, "mentee", False),
        ("pupil", 1926, "mentee", False),
        ("outside", 1946, "mentor", True),
        ("student", 2010, "mentor", True),
    ],
)
def test_about_oneself_a_birth_year_that_cannot_be_is_pointed_at(
    client, time_machine, kind, birth_year, role, is_taken
):
    time_machine.move_to("2026-10-05 12:00", tick=False)
    application = make_application(call=make_call(), kind=kind if kind == "pupil" else "", role=role, birth_year=None)
    values = {**ABOUT, "kind": kind, "birth_year": birth_year, "representative_name": "Петрова Анна Игоревна"}

    response = client.post(step("about", application), values)

    assert ("birth_year" not in response.context["form"].errors if response.context else True) is is_taken


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "12345", "😀"])
def test_about_oneself_a_name_is_written_in_letters(client, name):
    application = make_application(call=make_call())

    response = client.post(step("about", application), {**ABOUT, "last_name": name})

    assert response.status_code == 422
    assert "last_name" in response.context["form"].errors


def test_one_address_gets_few_links_a_day(client, monkeypatch):
    monkeypatch.setattr(applying, "STARTS_OF_EMAIL_A_DAY", 2)
    call = make_call()

    statuses = [begin(client, call).status_code for _n in range(3)]

    assert statuses == [302, 302, 429]
