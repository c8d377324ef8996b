from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from mentorship.models import OutboxLetter
from participants.application_decisions import (
    accept_application,
    ask_for_more,
    changes_for,
    decline_application,
    likely_people,
    ready_refusal,
    twins_of,
)
from participants.models import Consent, MenteeEntry, MentorEntry, Person
from participants.tests.factories import (
    make_application,
    make_call,
    make_consent,
    make_curator,
    make_mentor_entry,
    make_person,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 7, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-07 12:00", tick=False)


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def organization(curator):
    return curator.people.get().organization


def accept(application, curator, **values):
    return accept_application(application, by=curator, now=NOW, **values)


# --- accepted ---------------------------------------------------------------------------------------------------------
def test_accept_application_makes_a_person_with_a_row_and_a_consent(curator, organization):
    application = make_application(organization=organization, status="submitted", phone="+79990001122")

    accepted = accept(application, curator, message="Ждём в среду")

    person = accepted.person
    entry = MentorEntry.objects.get(person=person, school_year=2026)
    consent = Consent.objects.get(person=person)
    assert (accepted.status, accepted.decided_by, accepted.message) == ("accepted", curator, "Ждём в среду")
    assert (person.full_name, person.gender, person.kind) == (application.full_name, "female", "teacher")
    assert (person.email, person.phone, person.birth_year) == (application.email, "+79990001122", 1990)
    assert (entry.competences, entry.joined_on) == ("Ведёт проекты", date(2026, 10, 7))
    assert (consent.kind, consent.status, consent.way) == ("processing", "given", "link")
    assert (consent.given_on, consent.text, consent.scan.name) == (date(2026, 10, 5), application.consent_text, "")
    letter = OutboxLetter.objects.get(name="application-accepted")
    assert (letter.recipient, "Ждём в среду" in letter.body) == (application.email, True)


def test_accept_application_of_a_minor_keeps_the_contacts_of_the_representative(curator, organization):
    application = make_application(
        organization=organization,
        role="mentee",
        status="submitted",
        kind="pupil",
        birth_year=2013,
        phone="+79990001122",
        representative_name="Петров Игорь Львович",
        words="Подтянуть химию",
    )

    person = accept(application, curator).person

    consent = person.consents.get()
    assert (person.email, person.phone) == ("", "")
    assert (person.representative_email, person.representative_phone) == (application.email, "+79990001122")
    assert (consent.given_by, consent.representative_name) == ("representative", "Петров Игорь Львович")
    assert MenteeEntry.objects.get(person=person).request == "Подтянуть химию"


def test_accept_application_joins_a_known_person_filling_gaps_alone(curator, organization):
    person = make_person(
        organization=organization, position="учитель биологии", birth_year=None, email="old@example.org"
    )
    application = make_application(organization=organization, status="submitted")

    accept(application, curator, person=person)

    person.refresh_from_db()
    assert (person.position, person.email, person.birth_year) == ("учитель биологии", "old@example.org", 1990)
    assert person.full_name != application.full_name
    assert Person.objects.filter(organization=organization).count() == 2  # and the curator


def test_accept_application_replaces_what_was_ticked(curator, organization):
    person = make_person(organization=organization, position="учитель биологии", email="old@example.org")
    make_mentor_entry(person=person, competences="Старое")
    application = make_application(organization=organization, status="submitted")

    accept(application, curator, person=person, replaced={"person.position", "entry.competences"})

    person.refresh_from_db()
    assert (person.position, person.email) == ("учитель химии", "old@example.org")
    assert person.mentor_entries.get().competences == "Ведёт проекты"


def test_changes_tell_gaps_from_differences(organization):
    person = make_person(organization=organization, position="учитель химии", birth_year=1989)
    application = make_application(organization=organization, status="submitted")

    changes = {change.key: (change.old, change.new) for change in changes_for(application, person)}

    assert changes == {
        "person.birth_year": ("1989", "1990"),
        "person.email": ("", application.email),
        "entry.competences": ("", "Ведёт проекты"),
    }


def test_answers_to_one_column_stand_together_and_fit_it(organization):
    application = make_application(organization=organization, status="submitted", words="я" * 300)
    application.questionnaire.questions.update(fills="preferred_age")
    other = application.questionnaire.questions.last()
    application.answers.values[str(other.pk)] = ["утром", "вечером"]
    application.answers.save()

    change = next(each for each in changes_for(application, None) if each.key == "entry.preferred_age")

    assert (len(change.value), change.value[-1]) == (100, "…")


def test_accept_application_twice_is_refused(curator, organization):
    application = make_application(organization=organization, status="submitted")
    accept(application, curator)

    with pytest.raises(ValidationError):
        accept(application, curator)

    assert Consent.objects.count() == 1


def test_accept_application_does_not_double_a_consent_of_that_day(curator, organization):
    person = make_person(organization=organization)
    make_consent(person=person, given_on=date(2026, 10, 5))
    application = make_application(organization=organization, status="submitted")

    accept(application, curator, person=person)

    assert person.consents.count() == 1


def test_accept_application_changes_nothing_where_the_consent_does_not_fit(curator, organization):
    child = make_person(organization=organization, kind="pupil", birth_year=2013)
    application = make_application(organization=organization, status="submitted")

    with pytest.raises(ValidationError):
        accept(application, curator, person=child)

    application.refresh_from_db()
    assert (application.status, MentorEntry.objects.count(), Consent.objects.count()) == ("submitted", 0, 0)


# --- who is it? -------------------------------------------------------------------------------------------------------
def test_likely_people_are_found_by_name_and_by_contact(organization):
    application = make_application(organization=organization, status="submitted", last_name="Семёнова")
    by_name = make_person(organization=organization, last_name="Семенова", first_name="Анна", patronymic="Игоревна")
    by_email = make_person(organization=organization, email=application.email)
    make_person(organization=organization)
    make_person(last_name="Семёнова", first_name="Анна", patronymic="Игоревна")

    assert set(likely_people(application)) == {by_name, by_email}


def test_twins_are_other_applications_of_the_same_person(organization):
    call = make_call(organization=organization)
    first = make_application(call=call, status="submitted", email="one@example.org")
    same_address = make_application(call=call, status="declined", email="one@example.org")
    make_application(call=call, email="one@example.org")
    make_application(call=call, status="submitted")

    assert list(twins_of(first)) == [same_address]


# --- asked, declined --------------------------------------------------------------------------------------------------
def test_ask_for_more_sends_the_application_back_with_its_answers(curator, organization):
    application = make_application(organization=organization, status="submitted")

    asked = ask_for_more(application, by=curator, now=NOW, message="Какой предмет вы ведёте?")

    letter = OutboxLetter.objects.get()
    assert (asked.status, asked.values) == ("asked", application.answers.values)
    assert (letter.name, "Какой предмет" in letter.body, asked.personal_url in letter.body) == (
        "application-asked",
        True,
        True,
    )


def test_decline_application_sends_the_letter_as_it_was_edited(curator, organization):
    application = make_application(organization=organization, status="submitted")

    declined = decline_application(application, by=curator, now=NOW, letter="В этом году мест нет.")

    letter = OutboxLetter.objects.get()
    assert (declined.status, declined.events.get().comment) == ("declined", "В этом году мест нет.")
    assert (letter.name, letter.body.strip()) == ("application-declined", "В этом году мест нет.")


def test_ready_refusal_names_the_person_and_the_organization(organization):
    application = make_application(organization=organization, status="submitted")

    letter = ready_refusal(application)

    assert ("Анна Игоревна" in letter, organization.short_name in letter) == (True, True)


@pytest.mark.parametrize("status", ["draft", "asked", "accepted", "declined"])
def test_only_a_waiting_application_is_accepted(curator, organization, status):
    application = make_application(organization=organization, status=status)

    with pytest.raises(ValidationError):
        accept(application, curator)
