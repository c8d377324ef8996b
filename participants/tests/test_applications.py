from datetime import UTC, date, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from mentorship.models import OutboxLetter
from participants.application_decisions import accept_application, decline_application, likely_people
from participants.applications import (
    ABOUT,
    CHECK,
    CONSENT,
    QUESTIONS,
    TooManyDraftsError,
    can_be_changed,
    chase_drafts,
    confirm_consent,
    destroy_old_applications,
    first_open_step,
    giver_of,
    keep_about,
    keep_answers,
    parts_of,
    send_links_again,
    start_application,
    submit_application,
    withdraw_application,
)
from participants.consent_versions import text_for
from participants.models import Answers, Application
from participants.tests.factories import make_application, make_call, make_curator, make_organization, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00", tick=False)


def names_of_letters():
    return list(OutboxLetter.objects.order_by("pk").values_list("name", flat=True))


def begin(call, **values):
    values = {"role": "mentor", "is_pupil": False, "email": "Anna@Example.org", "today": TODAY} | values
    return start_application(call, **values)


# --- the page ---------------------------------------------------------------------------------------------------------
def test_parts_are_those_with_a_questionnaire():
    call = make_call(pupil_mentor_questionnaire=None)

    assert parts_of(call) == [("mentor", False), ("mentee", False), ("mentee", True)]


# --- a draft ----------------------------------------------------------------------------------------------------------
def test_start_application_sends_the_personal_link():
    application = begin(make_call())

    letter = OutboxLetter.objects.get()
    assert (application.status, application.email) == ("draft", "anna@example.org")
    assert (letter.recipient, letter.organization) == ("anna@example.org", None)
    assert application.personal_url in letter.body


@pytest.mark.parametrize(
    ("values", "today"),
    [({}, date(2026, 8, 31)), ({}, date(2027, 1, 1)), ({"pupil_mentor_questionnaire": None}, TODAY)],
)
def test_start_application_is_refused_where_nobody_may_apply(values, today):
    call = make_call(**values)

    with pytest.raises(ValidationError):
        begin(call, is_pupil=True, today=today)

    assert (Application.objects.count(), OutboxLetter.objects.count()) == (0, 0)


def test_start_application_stops_at_three_drafts_of_an_address():
    call = make_call()
    drafts = [begin(call) for _n in range(3)]

    with pytest.raises(TooManyDraftsError):
        begin(call)
    send_links_again(call, "ANNA@example.org")

    letter = OutboxLetter.objects.get(name="application-links")
    assert [draft.personal_url in letter.body for draft in drafts] == [True] * 3
    assert begin(call, email="other@example.org").email == "other@example.org"


def test_draft_leaves_no_trace_in_the_history():
    application = begin(make_call())
    keep_about(application, {"last_name": "Петрова"}, today=TODAY)
    withdraw_application(application)

    assert LogEntry.objects.filter(content_type__model="application").count() == 0


def test_steps_follow_one_another():
    application = begin(make_call())
    steps = [first_open_step(application, 2026)]

    about = {"last_name": "Петрова", "first_name": "Анна", "kind": "teacher", "position": "учитель"}
    application = keep_about(application, about, today=TODAY)
    steps.append(first_open_step(application, 2026))
    application = confirm_consent(application, text_for(application.organization, "processing"), now=NOW)
    steps.append(first_open_step(application, 2026))
    question = application.questionnaire.questions.first()
    application = keep_answers(application, {str(question.pk): "Ведёт проекты"}, today=TODAY)
    steps.append(first_open_step(application, 2026))

    assert steps == [ABOUT, CONSENT, QUESTIONS, CHECK]


def test_confirm_consent_waits_for_the_name():
    application = begin(make_call())

    with pytest.raises(ValidationError):
        confirm_consent(application, text_for(application.organization, "processing"), now=NOW)


@pytest.mark.parametrize(
    ("values", "is_kept"),
    [({"phone": "+79990001122"}, True), ({"last_name": "Сидорова"}, False), ({"birth_year": 2010}, False)],
)
def test_keep_about_asks_for_the_consent_anew_when_the_person_is_another(values, is_kept):
    application = make_application()

    application = keep_about(application, values, today=TODAY)

    assert (application.consented_at is not None, application.consent_text is not None) == (is_kept, is_kept)


@pytest.mark.parametrize(
    ("birth_year", "kind", "representative", "giver"),
    [
        (1990, "teacher", "", "subject"),
        (2010, "pupil", "Петров Игорь Львович", "representative"),
        (2008, "pupil", "Петров Игорь Львович", "representative"),
        (2008, "pupil", "", "subject"),
        (None, "pupil", "", "representative"),
    ],
)
def test_giver_of_the_consent_follows_the_age(birth_year, kind, representative, giver):
    application = Application(birth_year=birth_year, kind=kind, representative_name=representative)

    assert giver_of(application, 2026) == giver


def test_minor_is_not_complete_without_a_representative():
    application = make_application(kind="pupil", birth_year=2012)
    with_name = make_application(kind="pupil", birth_year=2012, representative_name="Петров Игорь Львович")

    assert [first_open_step(each, 2026) for each in (application, with_name)] == [ABOUT, CHECK]


# --- submitted --------------------------------------------------------------------------------------------------------
def test_submit_application_keeps_the_answers_and_tells_both_sides():
    application = make_application()
    make_curator(application.organization)

    submitted = submit_application(application, now=NOW)

    assert (submitted.status, submitted.submitted_at, submitted.values) == ("submitted", NOW, {})
    assert list(submitted.answers.values.values()) == ["Ведёт проекты"]
    assert names_of_letters() == ["application-submitted", "application-waiting"]


def test_curators_get_one_letter_a_day():
    call = make_call()
    make_curator(call.organization)

    for _n in range(2):
        submit_application(make_application(call=call), now=NOW)
    submit_application(make_application(call=call), now=NOW + timedelta(days=1))

    assert names_of_letters().count("application-waiting") == 2


@pytest.mark.parametrize(
    "missing", [{"consented_at": None, "consent_text": None}, {"values": {}}, {"last_name": ""}, {"position": ""}]
)
def test_submit_application_is_refused_while_something_is_missing(missing):
    application = make_application(**missing)

    with pytest.raises(ValidationError):
        submit_application(application, now=NOW)

    application.refresh_from_db()
    assert (application.status, Answers.objects.count()) == ("draft", 0)


def test_submit_application_twice_is_refused():
    application = make_application()
    submit_application(application, now=NOW)

    with pytest.raises(ValidationError):
        submit_application(application, now=NOW)

    assert Answers.objects.count() == 1


def test_draft_of_a_closed_page_cannot_be_sent():
    application = make_application(call=make_call(closes_on=date(2026, 10, 4)))

    with pytest.raises(ValidationError):
        submit_application(application, now=NOW)

    assert can_be_changed(application, TODAY) is False


def test_asked_application_is_completed_after_the_page_has_closed():
    application = make_application(call=make_call(closes_on=date(2026, 10, 4)), status="asked")
    question = application.questionnaire.questions.first()
    application = keep_answers(application, {str(question.pk): "Подробнее"}, today=TODAY)

    submitted = submit_application(application, now=NOW)

    assert (submitted.status, list(submitted.answers.values.values())) == ("submitted", ["Подробнее"])
    assert Answers.objects.count() == 1


def test_asked_applicant_with_another_name_consents_anew():
    application = make_application(status="asked")

    application = keep_about(application, {"last_name": "Сидорова"}, today=TODAY)

    assert first_open_step(application, 2026) == CONSENT


# --- left alone -------------------------------------------------------------------------------------------------------
def leave(application, days):
    Application.objects.filter(pk=application.pk).update(changed_at=NOW - timedelta(days=days))


def test_chase_drafts_writes_once():
    left, fresh = make_application(), make_application()
    leave(left, 4)
    leave(fresh, 2)

    counts = [chase_drafts(NOW), chase_drafts(NOW), chase_drafts(NOW + timedelta(days=2))]

    assert counts == [1, 0, 1]
    assert [letter.recipient for letter in OutboxLetter.objects.order_by("pk")] == [left.email, fresh.email]


@pytest.mark.parametrize("values", [{"status": "submitted"}, {"call": "closed"}])
def test_chase_drafts_leaves_in_peace_who_has_nothing_to_do(values):
    if values.get("call"):
        values = {"call": make_call(closes_on=date(2026, 10, 4))}
    leave(make_application(**values), 4)

    assert chase_drafts(NOW) == 0


def test_old_drafts_are_destroyed_with_their_letters():
    call = make_call()
    old = begin(call)
    other = begin(call, email="other@example.org")
    kept = [other, make_application(call=call), make_application(call=call, status="submitted")]
    for application in [old, kept[2]]:
        leave(application, 31)

    count = destroy_old_applications(NOW)

    assert count == 1
    assert set(Application.objects.all()) == set(kept)
    assert [letter.recipient for letter in OutboxLetter.objects.all()] == ["other@example.org"]


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_declined_application_is_destroyed_a_month_later_with_its_answers_letters_and_history(days, left):
    application = submit_application(make_application(last_name="Отказова"), now=NOW)
    decline_application(application, by=make_curator(application.organization), now=NOW, letter="Мест больше нет.")

    count = destroy_old_applications(NOW + timedelta(days=days))

    about_it = LogEntry.objects.get_for_model(Application).filter(object_repr__contains="Отказова")
    of_it = (Application.objects.count(), Answers.objects.count(), about_it.exists())
    assert (count, of_it) == (1 - left, (left, left, bool(left)))
    assert OutboxLetter.objects.filter(recipient=application.email).exists() is bool(left)


@pytest.mark.parametrize(
    ("status", "is_destroyed"),
    [("draft", True), ("submitted", True), ("asked", True), ("accepted", False), ("declined", False)],
)
def test_application_is_taken_back_before_it_is_decided(status, is_destroyed):
    application = make_application(status=status)

    assert withdraw_application(application) is is_destroyed
    assert Application.objects.exists() is not is_destroyed


def test_curators_learn_that_an_application_was_taken_back_without_the_name():
    application = submit_application(make_application(last_name="Отозвалова"), now=NOW)
    curator = make_curator(application.organization)

    withdraw_application(application)

    letter = OutboxLetter.objects.get(name="application-withdrawn")
    assert (letter.recipient, "Отозвалова" in letter.body) == (curator.email, False)


def test_applications_are_seen_by_those_in_charge_without_drafts():
    organization = make_organization()
    call = make_call(organization=organization)
    sent = make_application(call=call, status="submitted")
    make_application(call=call)
    make_application(status="submitted")

    assert list(Application.objects.visible_to(make_curator(organization))) == [sent]
    assert list(Application.objects.visible_to(make_curator())) == []


def test_applications_are_found_whatever_the_letter_case():
    application = make_application(status="submitted", last_name="Семёнова")

    assert list(Application.objects.matching("СЕМЕНОВА анна")) == [application]


# --- who it is --------------------------------------------------------------------------------------------------------
def test_likely_people_are_namesakes_too_whose_birth_year_differs():
    application = make_application(last_name="Муравьёва", first_name="Жанна", patronymic="Григорьевна", birth_year=2012)
    names = {"last_name": "Муравьева", "first_name": "Жанна", "patronymic": "Григорьевна"}
    known = make_person(organization=application.organization, birth_year=2013, **names)
    make_person(organization=application.organization, last_name="Муравьёва", first_name="Елена", birth_year=2013)

    assert likely_people(application) == [known]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"representative_name": "Петрова Анна Игоревна"}, "Анна Игоревна"),
        ({"representative_name": ""}, "Илья Олегович"),
    ],
)
def test_letters_of_a_minor_are_read_by_the_representative(values, name):
    application = Application(first_name="Илья", patronymic="Олегович", **values)

    assert application.salutation == name


def test_accepted_applicant_gets_the_link_by_which_the_consent_is_withdrawn():
    application = submit_application(make_application(), now=NOW)

    accepted = accept_application(application, by=make_curator(application.organization), now=NOW)

    letter = OutboxLetter.objects.get(name="application-accepted")
    assert f"/c/{accepted.consent.token}/" in letter.body
