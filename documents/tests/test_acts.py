"""Acts on which orders rest: proposed by the people, chosen by the curator, pointed at when they have lost their force."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from documents.acts import delete_act, save_act
from documents.contents import grounds_of, order_content
from documents.faults import approval_faults, order_faults
from documents.models import LegalAct
from documents.orders import change_order, pairs_of
from documents.tests.factories import make_order
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
)
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
ACTS = reverse("documents:act-list")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00", tick=False)


def make_act(organization=None, **values):
    usual = {"name": "Приказ управления", "words": "приказом управления образования от 1 сентября 2026 г. № 5"}
    return LegalAct.objects.create(organization=organization, **usual | {"in_force_from": date(2026, 9, 1)} | values)


def order_of(*kinds):
    """An order with a pair for each (kind of the mentor, kind of the mentee)."""
    program = make_program()
    pairs = []
    for mentor_kind, mentee_kind in kinds:
        mentor, mentee = (
            make_person(organization=program.organization, kind=kind) for kind in (mentor_kind, mentee_kind)
        )
        make_mentor_entry(person=mentor, school_year=program.school_year)
        make_mentee_entry(person=mentee, school_year=program.school_year)
        pairs.append(make_pair(program=program, mentor=mentor, mentees=[mentee]))
    return make_order(program=program, pairs=pairs)


# --- what an order rests on -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kinds", "marks"),
    [
        ([("teacher", "teacher")], ["351.8", "АЗ-1128"]),
        ([("pupil", "pupil")], ["Р-145"]),
        ([("teacher", "teacher"), ("outside", "pupil")], ["351.8", "АЗ-1128", "Р-145"]),
    ],
)
def test_acts_are_proposed_by_who_the_people_are(kinds, marks):
    order = order_of(*kinds)

    acts = grounds_of(order, pairs_of(order))

    assert [any(mark in act.words for mark in marks) for act in acts] == [True] * len(marks)


def test_chosen_acts_stand_in_the_ground_instead_of_the_proposed_ones():
    order = make_order()
    own = make_act(order.organization)
    law = LegalAct.objects.get(words__contains="273-ФЗ")
    values = {"title": order.title, "body": order.body, "pairs": list(order.pairs.all()), "by": order.created_by}

    order = change_order(order, **values, grounds=[own, law])

    (ground,) = order_content(order, pairs_of(order))["ground"]
    words = ground["text"].replace("\xa0", " ")
    assert words.startswith(f"В соответствии с {law.words}, {own.words}, положением")


def test_an_act_of_another_organization_cannot_be_chosen():
    order = make_order()
    values = {"title": order.title, "body": order.body, "pairs": list(order.pairs.all()), "by": order.created_by}

    with pytest.raises(ValidationError):
        change_order(order, **values, grounds=[make_act(make_organization(slug="other"))])


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 9, 1), None, 0),
        (date(2026, 10, 6), None, 1),
        (date(2020, 1, 1), date(2026, 10, 4), 1),
        (date(2020, 1, 1), date(2026, 10, 5), 0),
    ],
)
def test_an_act_that_is_not_in_force_is_a_fault(first, last, count):
    order = make_order()
    order.grounds.add(make_act(order.organization, in_force_from=first, in_force_to=last))

    faults = [fault.text for fault in order_faults(order, pairs_of(order)) if "Приказ управления" in fault.text]

    assert len(faults) == count


def test_the_force_of_an_act_is_looked_at_on_the_date_of_the_order():
    order = make_order()
    order.grounds.add(make_act(order.organization, in_force_to=date(2026, 9, 20)))

    texts = {
        day: [fault.text for fault in approval_faults(order, pairs_of(order), number="", approved_on=day)]
        for day in (date(2026, 9, 20), date(2026, 9, 21))
    }

    named = {day: any("Приказ управления" in text for text in found) for day, found in texts.items()}
    assert named == {date(2026, 9, 20): False, date(2026, 9, 21): True}


# --- the organization's own acts --------------------------------------------------------------------------------------
def test_acts_of_the_office_are_offered_below_it():
    office = make_organization(kind="education_office", slug="office")
    school, other = make_organization(parent=office, slug="school"), make_organization(slug="other")
    act = make_act(office)

    offered = [act in LegalAct.objects.offered_in(organization) for organization in (office, school, other)]

    assert offered == [True, True, False]


def test_an_act_on_which_an_order_rests_stays():
    order = make_order()
    act = make_act(order.organization)
    order.grounds.add(act)

    with pytest.raises(ValidationError):
        delete_act(act, by=order.created_by)


def test_acts_are_kept_by_those_in_charge_alone():
    organization = make_organization()
    act = LegalAct(organization=organization, name="Акт", words="актом", in_force_from=date(2026, 9, 1))

    with pytest.raises(PermissionDenied):
        save_act(act, by=make_staff(organization))
    assert save_act(act, by=make_curator(organization)).pk


def test_the_pages_of_acts(client):
    organization = make_organization()
    client.force_login(make_curator(organization))
    data = {
        "name": "Наш приказ",
        "words": "приказом  от 1 сентября. ",
        "in_force_from": "2026-09-01",
        "proposed": "never",
    }

    added = client.post(reverse("documents:act-add"), data)
    act = LegalAct.objects.get(name="Наш приказ")
    changed = client.post(reverse("documents:act-edit", args=[act.pk]), data | {"in_force_to": "2025-01-01"})
    shown = client.get(ACTS)
    deleted = client.post(reverse("documents:act-delete", args=[act.pk]))

    assert [response.status_code for response in (added, changed, shown, deleted)] == [302, 422, 200, 302]
    assert (act.words, act.organization) == ("приказом от 1 сентября", organization)
    assert not LegalAct.objects.filter(name="Наш приказ").exists()


def test_ready_acts_and_those_of_others_are_changed_by_nobody(client):
    client.force_login(make_curator(make_organization()))
    ready = LegalAct.objects.filter(organization=None).first()
    theirs = make_act(make_organization(slug="other"))

    statuses = [client.post(reverse("documents:act-edit", args=[act.pk]), {}).status_code for act in (ready, theirs)]

    assert statuses == [404, 404]


def test_a_coordinator_keeps_the_acts_of_the_office(client):
    office = make_organization(kind="education_office", slug="office")
    client.force_login(make_coordinator(office))
    data = {"name": "Приказ № 132", "words": "приказом № 132", "in_force_from": "2026-09-01", "proposed": "never"}

    response = client.post(reverse("documents:act-add"), data)

    assert (response.status_code, LegalAct.objects.get(name="Приказ № 132").organization) == (302, office)
