"""Proposals of pairs: the score by words, the page."""

import pytest
from django.urls import reverse

from participants.ready_consent_texts import load_ready_consent_texts
from participants.tests.factories import (
    make_consent,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_person,
    make_staff,
)
from programs.fit import MenteeWords, MentorWords, fit, propose
from programs.tests.factories import make_pair, make_program

PROJECTS = MentorWords(1, competences="Проектная деятельность, презентации", preferred_age="12–15 лет")
CHEMISTRY = MentorWords(2, competences="Подготовка к олимпиадам", interests="походы", subject="химия")


def test_fit_counts_words_by_their_beginnings_and_says_which():
    found = fit(PROJECTS, MenteeWords(10, request="Сделать презентацию проекта", age=13))

    assert (found.words, found.is_wished_age, found.score > 0) == (["презентации", "проектная"], True, True)


def test_fit_takes_words_that_everybody_says_for_nothing():
    mentor, mentee = (
        MentorWords(1, competences="Опыт работы педагогом"),
        MenteeWords(10, request="Нужна помощь в работе"),
    )

    assert fit(mentor, mentee).score == 0


@pytest.mark.parametrize(("wish", "age", "fits"), [("12–15 лет", 16, False), ("любой", 12, False), ("7", 7, True)])
def test_fit_reads_the_wished_age(wish, age, fits):
    assert fit(MentorWords(1, preferred_age=wish), MenteeWords(10, age=age)).is_wished_age == fits


def test_fit_prefers_who_has_fewer_mentees():
    busy = MentorWords(3, competences=PROJECTS.competences, taken=2)
    mentee = MenteeWords(10, request="проект")

    assert [key for key, _fit in propose([busy, PROJECTS], [mentee], shown=3, apart=frozenset())[10]] == [1, 3]


def test_propose_gives_everybody_somebody_and_nobody_himself():
    mentees = [MenteeWords(10, request="проект"), MenteeWords(1, request="презентация проекта")]

    found = propose([PROJECTS, CHEMISTRY], mentees, shown=3, apart=frozenset())

    assert [found[10][0][0], found[1][0][0]] == [1, 2]


def test_propose_leaves_out_who_is_a_pair_already():
    assert propose([PROJECTS], [MenteeWords(10, request="проект")], shown=3, apart=frozenset({(1, 10)})) == {10: []}
    assert propose([], [MenteeWords(10)], shown=3, apart=frozenset()) == {}


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def program(db, time_machine):
    time_machine.move_to("2026-10-05 12:00")
    load_ready_consent_texts()
    return make_program()


def agreed(entry):
    """All consents that the row's person needs are in force."""
    for kind in ("processing", "participation", "extra_duties"):
        make_consent(person=entry.person, kind=kind)
    return entry


def make_two(program):
    organization = program.organization
    mentor = agreed(make_mentor_entry(person=make_person(organization=organization), competences="Проекты"))
    mentee = agreed(make_mentee_entry(person=make_person(organization=organization), request="Защитить проект"))
    return mentor, mentee


def test_matching_page_proposes_and_leads_to_the_form_filled_in(client, program):
    mentor, mentee = make_two(program)
    client.force_login(make_curator(program.organization))

    page = client.get(reverse("programs:matching", args=[program.pk]))
    ((row, found),) = page.context["page"][0].mentors
    form = client.get(
        reverse("programs:pair-add", args=[program.pk]), {"mentor": row.person_id, "mentees": mentee.person_id}
    )

    assert (row, found.words) == (mentor, ["проекты"])
    assert (form.context["mentor_row"], form.context["mentee_rows"]) == (mentor, [mentee])


def test_matching_leaves_out_who_has_a_mentor_and_who_lacks_a_consent(client, program):
    mentor, mentee = make_two(program)
    make_mentee_entry(person=make_person(organization=program.organization))
    make_pair(program=program, mentor=mentor.person, mentees=[mentee.person])
    client.force_login(make_curator(program.organization))

    context = client.get(reverse("programs:matching", args=[program.pk])).context

    assert (len(context["page"]), context["matching"].without_consent) == (0, 1)


def test_matching_is_for_curators(client, program):
    statuses = []
    for user in (make_staff(program.organization), make_curator(make_program().organization)):
        client.force_login(user)
        statuses.append(client.get(reverse("programs:matching", args=[program.pk])).status_code)

    assert statuses == [403, 404]


@pytest.mark.parametrize("query", ["?mentor=x&mentees=y", "?mentor=" + "9" * 30, "?mentor=1&mentor=2&mentees=0"])
def test_a_link_with_nonsense_opens_the_empty_form(client, program, query):
    client.force_login(make_curator(program.organization))

    response = client.get(reverse("programs:pair-add", args=[program.pk]) + query)

    assert (response.status_code, response.context["mentor_row"]) == (200, None)
