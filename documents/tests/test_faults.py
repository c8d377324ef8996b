from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.urls import reverse

from documents.contents import people_of
from documents.faults import approval_faults, order_faults
from documents.models import Order
from documents.orders import pairs_of
from documents.tests.factories import make_order
from participants.models import Person
from participants.tests.factories import give_all_consents, make_consent, make_head
from programs.consents import lacks_of
from programs.models import Pair
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 20, 12, tzinfo=UTC)


def faults_of(order):
    order = Order.objects.get(pk=order.pk)
    return order_faults(order, pairs_of(order))


def make_order_with_consents(**values):
    order = make_order(**values)
    give_all_consents(*people_of(pairs_of(order)))
    return order


def make_sound_order(**values):
    order = make_order_with_consents(**values)
    make_head(order.organization)
    return order


def test_a_sound_order_has_no_faults():
    assert faults_of(make_sound_order()) == []


def test_an_order_without_a_head_cannot_be_approved():
    order = make_order_with_consents()

    assert [fault.url for fault in faults_of(order)] == [order.organization.get_absolute_url()]


def test_a_person_without_position_is_named():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    Person.objects.filter(pk=mentor.pk).update(position="")

    (fault,) = faults_of(order)

    assert mentor.full_name in fault.text


def test_a_name_that_may_decline_wrongly_is_named():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    Person.objects.filter(pk=mentor.pk).update(first_name="Айыран", last_name="Монгуш", patronymic="", gender="")

    (fault,) = faults_of(order)

    assert "Монгуш Айыран" in fault.text


def test_dates_outside_of_the_programme_are_named():
    order = make_sound_order()
    order.pairs.update(planned_to=date(2027, 8, 31))

    assert len(faults_of(order)) == 1


def test_a_pair_that_is_no_proposal_any_more_is_named():
    order = make_sound_order()
    order.pairs.update(status=Pair.Status.ACTIVE, started_on=date(2026, 10, 1))

    assert len(faults_of(order)) == 1


@pytest.mark.parametrize(("body", "count"), [("Закон\n1. А\n3. Б", 1), ("1. А\n2. Б", 1), ("Закон\n1. А\n2. Б", 0)])
def test_text_without_ground_or_order_of_numbers_is_named(body, count):
    order = make_sound_order()
    Order.objects.filter(pk=order.pk).update(body=body)

    assert len(faults_of(order)) == count


# --- consents ---------------------------------------------------------------------------------------------------------
def test_missing_consents_are_named_with_the_board_of_consents():
    order = make_order(pairs=1)
    make_head(order.organization)
    pair = order.pairs.get()
    give_all_consents(pair.mentor)

    (fault,) = faults_of(order)

    assert pair.mentees[0].full_name in fault.text
    assert fault.url.startswith(reverse("participants:consents"))


def test_a_withdrawn_consent_is_named_too():
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    mentor.consents.filter(kind="extra_duties").update(status="withdrawn", withdrawn_on=date(2026, 9, 15))

    (fault,) = faults_of(order)

    assert mentor.full_name in fault.text


def test_an_order_dated_before_a_consent_is_named(time_machine):
    time_machine.move_to("2026-11-20 12:00")
    order = make_sound_order()
    mentor = order.pairs.get().mentor
    mentor.consents.filter(kind="extra_duties").delete()
    make_consent(person=mentor, kind="extra_duties", given_on=date(2026, 10, 5))
    Order.objects.filter(pk=order.pk).update(created_at=NOON)
    order = Order.objects.get(pk=order.pk)

    days = [date(2026, 10, 4), date(2026, 10, 5)]
    faults = [approval_faults(order, pairs_of(order), number="", approved_on=day) for day in days]

    boards = [[fault for fault in found if "consents" in fault.url] for found in faults]
    assert [len(found) for found in boards] == [1, 0]
    assert mentor.full_name in boards[0][0].text


@pytest.mark.parametrize("count", [1, 3])
def test_faults_of_consents_take_as_many_queries_for_three_pairs(count, django_assert_num_queries):
    order = make_sound_order(pairs=count)
    pairs = pairs_of(order)
    lacks = partial(lacks_of, [pair.mentor for pair in pairs], [pair.mentees[0] for pair in pairs])

    with django_assert_num_queries(3):
        lacks(school_year=2026, day=date(2026, 11, 20))


# --- approval ---------------------------------------------------------------------------------------------------------
def faults_of_approval(order, *, number="", approved_on=date(2026, 10, 1)):
    return approval_faults(order, pairs_of(order), number=number, approved_on=approved_on)


def make_old_order(**values):
    """An order that was drafted before every date of these tests."""
    order = make_order(status="submitted", **values)
    Order.objects.filter(pk=order.pk).update(created_at="2026-09-01T08:00:00+03:00")
    return Order.objects.get(pk=order.pk)


def test_an_ordinary_date_has_no_faults():
    assert faults_of_approval(make_old_order()) == []


def test_pairs_planned_before_the_order_are_named():
    assert len(faults_of_approval(make_old_order(), approved_on=date(2026, 10, 2))) == 1


def test_a_date_before_the_programme_and_the_draft_is_named_twice():
    assert len(faults_of_approval(make_old_order(), approved_on=date(2026, 8, 20))) == 2


def test_a_term_that_is_over_is_named():
    program = make_program()
    pair = make_pair(program=program, planned_from=date(2026, 9, 1), planned_to=date(2026, 9, 30))

    assert len(faults_of_approval(make_old_order(program=program, pairs=[pair]))) == 2


def test_left_out_numbers_and_a_later_order_are_named():
    order = make_old_order()
    make_order(program=order.program, status="approved")

    faults = faults_of_approval(order, number="9-од", approved_on=date(2026, 9, 25))

    assert len(faults) == 2
