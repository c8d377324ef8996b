from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.tests.factories import (
    give_all_consents,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_person,
)
from programs import pairs
from programs.models import Pair
from programs.pairs import (
    PairExistsError,
    activate_pairs,
    change_pair,
    create_pair,
    delete_proposed_pair,
    end_pair,
    warnings_about,
)
from programs.tests.factories import make_form, make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def holds(monkeypatch):
    """The registered holds, empty for this test."""
    found = []
    monkeypatch.setattr(pairs, "_holds", found)
    return found


def values_for(program, *, mentees=1):
    scope = {"organization": program.organization, "school_year": program.school_year}
    return {
        "mentor": make_mentor_entry(**scope).person,
        "mentees": [make_mentee_entry(**scope).person for _number in range(mentees)],
        "form": make_form(),
        "by": make_curator(program.organization),
    }


def test_create_pair_proposes_a_group_for_the_time_of_the_programme():
    program = make_program()
    values = values_for(program, mentees=2)

    pair = create_pair(program, **values)

    assert (pair.status, pair.started_on, pair.is_group) == ("proposed", None, True)
    assert (pair.planned_from, pair.planned_to) == (program.starts_on, program.ends_on)
    assert {person.pk for person in pair.mentees} == {person.pk for person in values["mentees"]}
    assert [(event.status, event.actor) for event in pair.events.all()] == [("proposed", values["by"])]


def test_create_pair_refuses_a_mentor_who_is_the_mentee():
    program = make_program()
    values = values_for(program)
    make_mentee_entry(person=values["mentor"])

    with pytest.raises(ValidationError) as refusal:
        create_pair(program, **values | {"mentees": [values["mentor"]]})

    assert list(refusal.value.error_dict) == ["mentees"]


@pytest.mark.parametrize("field", ["mentor", "mentees"])
def test_create_pair_refuses_people_outside_of_the_registry(field):
    program = make_program()
    values = values_for(program)
    outsider = make_person(organization=program.organization)

    with pytest.raises(ValidationError) as refusal:
        create_pair(program, **values | {field: outsider if field == "mentor" else [outsider]})

    assert outsider.full_name in refusal.value.message_dict[field][0]
    assert Pair.objects.count() == 0


def test_create_pair_refuses_people_of_another_year_and_of_another_organization():
    program = make_program()
    values = values_for(program)
    last_year = make_mentee_entry(organization=program.organization, school_year=2025).person
    foreign = make_mentee_entry().person

    with pytest.raises(ValidationError) as refusal:
        create_pair(program, **values | {"mentees": [last_year, foreign]})

    assert refusal.value.message_dict["mentees"][0].endswith(f"{last_year.full_name}, {foreign.full_name}.")


def test_create_pair_refuses_a_form_of_another_organization():
    program = make_program()
    foreign = make_form(organization=make_program().organization)

    with pytest.raises(ValidationError) as refusal:
        create_pair(program, **values_for(program) | {"form": foreign})

    assert list(refusal.value.error_dict) == ["form"]


def test_create_pair_refuses_the_same_two_again_and_names_their_pair():
    program = make_program()
    values = values_for(program, mentees=2)
    first = create_pair(program, **values)

    with pytest.raises(PairExistsError) as refusal:
        create_pair(program, **values | {"mentees": values["mentees"][:1]})

    assert (refusal.value.pair, refusal.value.is_same) == (first, False)
    assert str(first) in refusal.value.messages[0]


def test_create_pair_allows_the_same_two_once_their_pair_has_ended():
    program = make_program()
    values = values_for(program)
    make_pair(
        program=program,
        mentor=values["mentor"],
        mentees=values["mentees"],
        status="ended",
        ended_on=date(2026, 11, 1),
    )

    assert create_pair(program, **values).status == "proposed"


def test_warnings_name_the_other_mentor_and_count_the_mentees():
    program = make_program()
    values = values_for(program, mentees=4)
    other = make_pair(program=program, mentees=values["mentees"][:1])
    give_all_consents(values["mentor"], *values["mentees"])

    sentences = warnings_about(create_pair(program, **values))

    assert len(sentences) == 2
    assert other.mentor.full_name in sentences[0]
    assert values["mentor"].full_name in sentences[1]
    assert "4" in sentences[1]


def test_warnings_are_silent_about_an_ordinary_pair():
    pair = make_pair()
    give_all_consents(pair.mentor, *pair.mentees)

    assert warnings_about(pair) == []


def test_change_pair_replaces_the_mentees_of_a_proposal():
    pair = make_pair(mentees=2)
    kept = pair.mentees[0]
    new = make_mentee_entry(organization=pair.organization).person

    changed = change_pair(pair, mentees=[kept, new], topic="Работа с родителями")

    assert changed.topic == "Работа с родителями"
    assert {member.person for member in changed.members.all()} == {kept, new}


@pytest.mark.parametrize("status", ["active", "ended"])
def test_change_and_delete_refuse_a_pair_that_was_in_force(status):
    pair = make_pair(status=status, ended_on=date(2026, 12, 1) if status == "ended" else None)

    with pytest.raises(ValidationError):
        change_pair(pair, mentees=pair.mentees, topic="иное")
    with pytest.raises(ValidationError):
        delete_proposed_pair(pair)

    pair.refresh_from_db()
    assert (pair.status, pair.topic) == (status, "")


def test_change_and_delete_refuse_a_pair_that_an_order_holds(holds):
    pair = make_pair()
    pairs.register_hold(lambda held: "Приказ ждёт руководителя" if held.pk == pair.pk else "")

    with pytest.raises(ValidationError, match="Приказ ждёт руководителя"):
        delete_proposed_pair(pair)
    with pytest.raises(ValidationError, match="Приказ ждёт руководителя"):
        change_pair(pair, mentees=pair.mentees)
    delete_proposed_pair(make_pair())

    assert list(Pair.objects.all()) == [pair]


def test_register_hold_keeps_one_of_the_same_function(holds):
    pairs.register_hold(str)
    pairs.register_hold(str)

    assert holds == [str]


def test_activate_pairs_sets_the_start_and_records_who():
    program = make_program(pairs=2)
    head = make_curator(program.organization)

    active = activate_pairs(program.pairs.all(), on=date(2026, 10, 1), by=head)

    assert [(pair.status, pair.started_on) for pair in active] == [("active", date(2026, 10, 1))] * 2
    assert [event.actor for pair in active for event in pair.events.all()] == [head, head]


def test_activate_pairs_activates_all_or_none():
    program = make_program(pairs=1)
    make_pair(program=program, status="active")

    with pytest.raises(ValidationError):
        activate_pairs(program.pairs.order_by("pk"), on=date(2026, 10, 1), by=None)

    assert program.pairs.filter(status="proposed").count() == 1


def test_end_pair_records_the_last_day_and_the_reason():
    pair = make_pair(status="active")

    ended = end_pair(pair, on=date(2027, 2, 1), by=None, comment="По ходатайству наставляемого")

    assert (ended.status, ended.ended_on) == ("ended", date(2027, 2, 1))
    assert ended.events.first().comment == "По ходатайству наставляемого"


def test_end_pair_refuses_a_day_before_the_start():
    pair = make_pair(status="active", started_on=date(2026, 10, 1))

    with pytest.raises(ValidationError, match=r"01\.10\.2026"):
        end_pair(pair, on=date(2026, 9, 1), by=None)
