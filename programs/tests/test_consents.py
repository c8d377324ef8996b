from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.consent_asking import ask_consent
from participants.consents import give_by_link, withdraw_consent
from participants.models import Person, RemovalTask
from participants.tests.factories import (
    give_all_consents,
    make_consent,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_person,
)
from programs.forms.pairs import PairForm
from programs.models import Pair
from programs.pairs import create_pair, warnings_about
from programs.tests.factories import make_form, make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20 12:00")


@pytest.fixture
def program():
    return make_program()


def make_mentor(program, **values):
    person = make_person(organization=program.organization, **values)
    return make_mentor_entry(person=person, school_year=program.school_year).person


def make_mentee(program, **values):
    person = make_person(organization=program.organization, **values)
    return make_mentee_entry(person=person, school_year=program.school_year).person


def groups_of(form, name):
    """{heading: last names} of a choice; those before the first heading stand under ""."""
    groups = {"": []}
    for key, choice in form.fields[name].choices:
        members = choice if isinstance(choice, list) else [(key, choice)]
        groups.setdefault(key if isinstance(choice, list) else "", []).extend(
            label.split()[0] for value, label in members if value
        )
    return groups


# --- the form ---------------------------------------------------------------------------------------------------------
def test_pair_form_sets_apart_who_lacks_a_paper_and_names_it(program):
    give_all_consents(make_mentor(program, last_name="Готовая"), make_mentee(program, last_name="Ждущая"))
    make_consent(person=make_mentor(program, last_name="Частая"), kind="processing")
    make_mentee(program, last_name="Новая")

    form = PairForm(program=program)
    mentors, mentees = groups_of(form, "mentor"), groups_of(form, "mentees")

    assert list(mentors.values()) == [["Готовая"], ["Частая"]]
    assert list(mentees.values()) == [["Ждущая"], ["Новая"]]
    assert len({*mentors, *mentees}) == 3
    assert form.is_somebody_lacking


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
@pytest.mark.parametrize("kind", ["processing", "participation"])
def test_pair_form_does_not_offer_who_said_no(program, kind, status):
    mentee = make_mentee(program)
    make_consent(person=mentee, kind=kind, status=status)

    form = PairForm(program=program)

    assert list(form.fields["mentees"].queryset) == []
    assert list(Person.objects.filter(pk=mentee.pk)) == [mentee]


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_pair_form_does_not_offer_who_said_no_and_was_asked_again(program, status):
    mentee = make_mentee(program)
    give_all_consents(mentee)
    mentee.consents.filter(kind="participation").delete()
    make_consent(person=mentee, kind="participation", status=status)
    asked = ask_consent(mentee, "participation", by=make_curator(), today=date(2026, 11, 20))

    offered = [list(PairForm(program=program).fields["mentees"].queryset)]
    give_by_link(asked, by=None, today=date(2026, 11, 20))
    offered.append(list(PairForm(program=program).fields["mentees"].queryset))

    assert offered == [[], [mentee]]


def test_pair_form_offers_a_mentee_who_has_withdrawn_only_the_publication(program):
    mentee = make_mentee(program, last_name="Скромная")
    give_all_consents(mentee)
    make_consent(person=mentee, kind="publication", status="withdrawn")

    assert groups_of(PairForm(program=program), "mentees") == {"": ["Скромная"]}


@pytest.mark.parametrize("count", [1, 4])
def test_pair_form_query_count_does_not_grow(program, count, django_assert_num_queries):
    for _n in range(count):
        make_mentor(program)
        make_consent(person=make_mentee(program))

    # members of pairs; both lists for the consents, roles in both registries, consents; forms; both lists as choices
    with django_assert_num_queries(10):
        form = PairForm(program=program)
        sizes = [len(list(form.fields[name].choices)) for name in ("mentor", "mentees")]

    assert sizes[0] >= 1


def test_pair_page_leads_to_the_papers(client, program):
    make_mentee(program)
    client.force_login(make_curator(program.organization))

    page = client.get(reverse("programs:pair-add", args=[program.pk])).content.decode()

    assert f"{reverse('participants:consents')}?state=missing" in page


# --- the pair ---------------------------------------------------------------------------------------------------------
def test_create_pair_without_consents_keeps_the_mark(program):
    mentor, mentee = make_mentor(program), make_mentee(program)
    give_all_consents(mentor)

    pair = create_pair(program, mentor=mentor, mentees=[mentee], form=make_form(), by=make_curator())

    (event,) = pair.events.all()
    assert mentee.full_name in event.comment
    assert mentor.full_name not in event.comment
    assert [mentee.full_name in sentence for sentence in warnings_about(pair)] == [True]


def test_create_pair_with_all_consents_keeps_no_mark(program):
    mentor, mentee = make_mentor(program), make_mentee(program)
    give_all_consents(mentor, mentee)

    pair = create_pair(program, mentor=mentor, mentees=[mentee], form=make_form(), by=make_curator())

    assert pair.events.get().comment == ""
    assert warnings_about(pair) == []


@pytest.mark.parametrize(("who", "kind"), [("mentor", "extra_duties"), ("mentees", "participation")])
def test_create_pair_refuses_who_has_withdrawn(program, who, kind):
    people = {"mentor": make_mentor(program), "mentees": make_mentee(program)}
    make_consent(person=people[who], kind=kind, status="withdrawn")

    with pytest.raises(ValidationError) as refusal:
        create_pair(program, mentor=people["mentor"], mentees=[people["mentees"]], form=make_form(), by=make_curator())

    assert list(refusal.value.error_dict) == [who]
    assert Pair.objects.count() == 0


# --- what a withdrawal leaves -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["processing", "participation"])
def test_withdrawal_of_a_mentee_leaves_the_pairs_to_end(kind):
    pair = make_pair(status="active")
    (mentee,) = pair.mentees
    given = make_consent(person=mentee, kind=kind)

    withdraw_consent(given, by=None, withdrawn_on=date(2026, 11, 20))

    assert RemovalTask.objects.filter(url=pair.get_absolute_url()).count() == 1


def test_withdrawal_from_the_work_of_a_mentor_leaves_the_pairs_that_he_leads():
    led, other = make_pair(status="active"), make_pair(status="active")
    other.members.update(person=led.mentor)
    given = make_consent(person=led.mentor, kind="extra_duties")

    withdraw_consent(given, by=None, withdrawn_on=date(2026, 11, 20))

    assert list(RemovalTask.objects.values_list("url", flat=True)) == [led.get_absolute_url()]


def test_withdrawal_of_the_publication_leaves_the_pairs_alone():
    pair = make_pair(status="active")

    withdraw_consent(make_consent(person=pair.mentor, kind="publication"), by=None, withdrawn_on=date(2026, 11, 20))

    assert RemovalTask.objects.count() == 0
