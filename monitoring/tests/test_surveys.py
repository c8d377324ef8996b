from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorship.models import OutboxLetter
from monitoring.models import Invitation, Survey
from monitoring.surveys import (
    audience_of,
    change_survey,
    close_survey,
    create_survey,
    invite_newcomers,
    open_survey,
    send_invitations,
)
from monitoring.tests.factories import NOW, make_invitation, make_survey
from participants.models import Person
from participants.tests.factories import make_curator, make_person, make_questionnaire
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """A programme with a pair in force (both with an e-mail) and one that is only proposed."""
    program = make_program()
    make_pair(program=program, status="active")
    make_pair(program=program)
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"person-{person.pk}@example.org")
    return program


def draft(program, **values):
    return make_survey(program=program, status="draft", **values)


def test_audience_is_the_people_of_pairs_in_force(program):
    pair = program.pairs.get(status="active")
    mentor, mentee = pair.mentor_id, pair.members.get().person_id

    assert audience_of(draft(program)) == {mentor: "mentor", mentee: "mentee"}
    assert audience_of(draft(program, audience="mentors")) == {mentor: "mentor"}
    assert audience_of(draft(program, audience="mentees")) == {mentee: "mentee"}


def test_audience_asks_who_is_both_once_as_mentee(program):
    both = program.pairs.get(status="active").mentor
    make_pair(program=program, status="active", mentees=[both])

    assert audience_of(draft(program))[both.pk] == "mentee"
    assert audience_of(draft(program, audience="mentors"))[both.pk] == "mentor"


def test_open_survey_writes_one_letter_to_each(program):
    survey = open_survey(draft(program), by=make_curator(program.organization), now=NOW)

    invitations = Invitation.objects.filter(survey=survey)
    assert survey.status == "open"
    assert sorted(OutboxLetter.objects.values_list("recipient", flat=True)) == sorted(
        invitation.person.email for invitation in invitations
    )
    assert {invitation.last_sent_at for invitation in invitations} == {NOW}


def test_open_survey_letter_carries_the_link_and_how_to_stop(program):
    survey = open_survey(draft(program), by=None, now=NOW)

    invitations = list(survey.invitations.select_related("person"))
    assert len(invitations) == 2
    for invitation in invitations:
        letter = OutboxLetter.objects.get(recipient=invitation.person.email)
        assert letter.organization == program.organization
        assert f"/s/{invitation.token}/\n" in letter.body
        assert f"/s/{invitation.token}/stop/" in letter.body


def test_open_survey_letter_prints_quotes_as_they_are(program):
    survey = open_survey(draft(program, title='Анкета "Итоги" & планы'), by=None, now=NOW)

    letters = OutboxLetter.objects.filter(organization=survey.organization)
    assert [letter.subject.endswith('Анкета "Итоги" & планы') for letter in letters] == [True, True]


def test_open_survey_gives_links_to_people_without_email(program):
    Person.objects.update(email="")

    survey = open_survey(draft(program), by=None, now=NOW)

    assert survey.invitations.count() == 2
    assert OutboxLetter.objects.count() == 0


def test_open_survey_twice_is_refused(program):
    survey = draft(program)
    open_survey(survey, by=None, now=NOW)

    with pytest.raises(ValidationError):
        open_survey(survey, by=None, now=NOW)

    assert OutboxLetter.objects.count() == 2


def test_open_survey_without_pairs_is_refused():
    survey = make_survey(status="draft")

    with pytest.raises(ValidationError):
        open_survey(survey, by=None, now=NOW)

    survey.refresh_from_db()
    assert survey.status == "draft"


def test_open_survey_without_questions_is_refused(program):
    survey = draft(program, questionnaire=make_questionnaire(satisfaction=0, texts=0))

    with pytest.raises(ValidationError):
        open_survey(survey, by=None, now=NOW)


def test_open_survey_that_ended_is_refused(program):
    with pytest.raises(ValidationError):
        open_survey(draft(program, closes_on=date(2026, 11, 19)), by=None, now=NOW)


def test_survey_of_the_future_sends_letters_on_its_first_day(program):
    survey = draft(program, opens_on=date(2026, 11, 25))
    open_survey(survey, by=None, now=NOW)
    before = OutboxLetter.objects.count()

    sent = send_invitations(NOW.replace(day=25))

    assert (before, sent, OutboxLetter.objects.count()) == (0, 2, 2)


def test_send_invitations_twice_sends_once(program):
    make_invitation()

    assert [send_invitations(NOW), send_invitations(NOW)] == [1, 0]


def test_invite_newcomers_writes_to_those_who_joined(program):
    survey = open_survey(draft(program), by=None, now=NOW)
    joined = make_person(organization=program.organization, email="joined@example.org")
    make_pair(program=program, status="active", mentor=program.pairs.get(status="active").mentor, mentees=[joined])

    assert [invite_newcomers(survey, now=NOW), invite_newcomers(survey, now=NOW)] == [1, 0]

    assert OutboxLetter.objects.filter(recipient="joined@example.org").count() == 1
    assert OutboxLetter.objects.count() == 3


def test_invite_newcomers_of_a_closed_survey_is_refused(program):
    survey = close_survey(open_survey(draft(program), by=None, now=NOW), by=None)

    with pytest.raises(ValidationError):
        invite_newcomers(survey, now=NOW)


def test_close_survey_records_who_closed(program):
    curator = make_curator(program.organization)
    survey = open_survey(draft(program), by=curator, now=NOW)

    close_survey(survey, by=curator)

    steps = [(event.previous, event.status, event.actor) for event in survey.events.all()]
    assert steps == [("open", "closed", curator), ("draft", "open", curator)]


def test_create_survey_twice_makes_one(program):
    values = {
        "questionnaire": make_questionnaire(),
        "title": "Итоги",
        "opens_on": date(2026, 11, 2),
        "closes_on": date(2026, 11, 30),
    }
    create_survey(Survey(**values), program=program, by=None)

    with pytest.raises(ValidationError):
        create_survey(Survey(**values), program=program, by=None)

    assert Survey.objects.count() == 1


def test_change_survey_does_not_undo_a_sending(program):
    edited = draft(program)
    open_survey(Survey.objects.get(pk=edited.pk), by=None, now=NOW)

    with pytest.raises(ValidationError):
        change_survey(edited, fields=["title"])

    edited.refresh_from_db()
    assert edited.status == "open"


def test_open_survey_writes_to_the_representative_of_a_minor_without_an_address(program):
    pair = program.pairs.get(status="active")
    Person.objects.filter(pk=pair.members.get().person_id).update(
        email="", kind="pupil", birth_year=2012, representative_email="mother@a.example"
    )

    open_survey(draft(program), by=None, now=NOW)

    letter = OutboxLetter.objects.get(recipient="mother@a.example")
    assert pair.members.get().person.full_name in letter.body
