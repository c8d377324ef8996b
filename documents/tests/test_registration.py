from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from documents.models import KeptNumber, NumberCounter, NumberSeries
from documents.orders import approve_order, change_order
from documents.registration import (
    keep_number,
    later_registered,
    next_number,
    release_number,
    skipped_numbers,
    take_number,
)
from documents.tests.factories import make_approved, make_order
from documents.tests.racing import at_one_moment
from participants.tests.factories import make_head, make_organization, make_staff
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db


def make_submitted(*, template="{n}-од", count=1):
    organization = make_organization(order_number_template=template)
    make_head(organization)
    program = make_program(organization=organization)
    return [make_order(program=program, status="submitted") for _number in range(count)]


def test_numbers_follow_one_another():
    orders = make_submitted(template="01-12/{n}", count=3)

    assert [make_approved(order).number for order in orders] == ["01-12/1", "01-12/2", "01-12/3"]


def test_numbers_begin_anew_in_a_calendar_year():
    last, first = make_submitted(count=2)

    make_approved(last, approved_on=date(2025, 12, 30))

    assert make_approved(first, approved_on=date(2026, 1, 9)).number == "1-од"


def test_organizations_count_by_themselves():
    (one,), (other,) = make_submitted(), make_submitted()
    make_approved(one)

    assert make_approved(other).number == "1-од"


def test_a_typed_number_moves_the_counter_on():
    typed, following = make_submitted(count=2)

    make_approved(typed, number="№ 40-ОД")

    assert make_approved(following).number == "41-од"


def test_a_typed_number_of_another_form_leaves_the_counter():
    typed, following = make_submitted(count=2)

    make_approved(typed, number="181/1")

    assert make_approved(following).number == "1-од"


def test_an_earlier_typed_number_does_not_turn_the_counter_back():
    first, second, third = make_submitted(count=3)
    make_approved(first, number="40-од")
    make_approved(second, number="7-од")

    assert make_approved(third).number == "41-од"


@pytest.mark.parametrize("typed", ["1-од", "1-ОД", "№ 1 – од", "1-oд"])
def test_a_taken_number_is_refused_with_the_name_of_the_other_order(typed):
    first, second = make_submitted(count=2)
    first = make_approved(first)

    with pytest.raises(ValidationError) as error:
        make_approved(second, number=typed)

    second.refresh_from_db()
    assert str(first) in error.value.messages[0]
    assert (second.status, NumberCounter.objects.get().last) == ("submitted", 1)


def test_the_next_number_passes_over_one_that_was_typed_otherwise():
    first, second = make_submitted(template="{n}", count=2)
    make_approved(first, number="1")
    NumberCounter.objects.update(last=0)

    assert make_approved(second).number == "2"


def test_next_number_takes_nothing():
    (order,) = make_submitted()

    numbers = [next_number(order, year=2026) for _time in range(2)]

    assert (numbers, NumberCounter.objects.count()) == (["1-од", "1-од"], 0)


def test_take_number_gives_the_number_back_when_the_transaction_fails():
    (order,) = make_submitted()

    with pytest.raises(RuntimeError), transaction.atomic():
        fail_after(take_number(order, "", year=2026))

    assert next_number(order, year=2026) == "1-од"


def fail_after(number):
    raise RuntimeError(number)


@pytest.mark.parametrize(("typed", "skipped"), [("5-од", (2, 4)), ("2-од", None), ("7/1", None), ("", None)])
def test_skipped_numbers_are_those_between(typed, skipped):
    first, second = make_submitted(count=2)
    make_approved(first)

    assert skipped_numbers(second, typed, year=2026) == skipped


def test_later_registered_finds_the_order_that_runs_against_the_date():
    first, second = make_submitted(count=2)
    make_approved(first, approved_on=date(2026, 10, 20))

    assert later_registered(second, date(2026, 10, 19)) == first
    assert later_registered(second, date(2026, 10, 20)) is None


@pytest.mark.django_db(transaction=True)
def test_orders_approved_at_one_moment_get_numbers_of_their_own():
    orders = make_submitted(count=4)
    head = orders[0].organization.head()
    approvals = [partial(approve_order, order, by=head, approved_on=date(2026, 10, 1)) for order in orders]

    approved = at_one_moment(approvals)

    assert sorted(order.number for order in approved) == ["1-од", "2-од", "3-од", "4-од"]


@pytest.mark.django_db(transaction=True)
def test_one_order_approved_twice_at_one_moment_is_approved_once():
    (order,) = make_submitted()
    approval = partial(approve_order, order, by=order.organization.head(), approved_on=date(2026, 10, 1))

    outcomes = at_one_moment([approval, approval])

    order.refresh_from_db()
    assert (outcomes.count("refused"), order.number, order.agreements.count()) == (1, "1-од", 1)


# --- series -----------------------------------------------------------------------------------------------------------
def test_each_series_counts_by_itself_and_by_its_own_form():
    main, other, following = make_submitted(count=3)
    staff = NumberSeries.objects.create(organization=main.organization, name="по личному составу", template="{n}-лс")
    for order in (other, following):
        order.number_series, order.series = staff, staff.key
        order.save()

    assert [make_approved(order).number for order in (main, other, following)] == ["1-од", "1-лс", "2-лс"]


def test_an_order_is_put_into_a_series_of_its_organization_alone():
    order = make_order()
    own = NumberSeries.objects.create(organization=order.organization, name="своя", template="{n}-а")
    other = NumberSeries.objects.create(organization=make_organization(), name="чужая", template="{n}-б")
    values = {"title": order.title, "body": order.body, "pairs": list(order.pairs.all()), "by": order.created_by}

    changed = change_order(order, **values, number_series=own)

    assert (changed.series, next_number(changed, year=2026)) == (own.key, "1-а")
    with pytest.raises(ValidationError):
        change_order(changed, **values, number_series=other)


# --- kept numbers -----------------------------------------------------------------------------------------------------
def keep(order, **values):
    usual = {"year": 2026, "purpose": "об итогах года", "by": order.created_by, "today": date(2026, 10, 1)}
    return keep_number(order.organization, **usual | values)


def test_a_kept_number_is_given_to_nobody_else():
    first, second = make_submitted(count=2)

    kept = keep(first)

    assert (kept.number, make_approved(first).number, make_approved(second).number) == ("1-од", "2-од", "3-од")


def test_a_kept_number_is_taken_up_by_the_order_that_names_it():
    (order,) = make_submitted()
    kept = keep(order)

    make_approved(order, number="№ 1-ОД")

    kept.refresh_from_db()
    assert (kept.paper.order, KeptNumber.objects.free().count()) == (order, 0)
    with pytest.raises(ValidationError):
        release_number(kept, by=order.created_by)


def test_a_number_far_ahead_is_kept_by_hand_and_the_counter_follows():
    (order,) = make_submitted()

    keep(order, typed="40-од")

    assert next_number(order, year=2026) == "41-од"


@pytest.mark.parametrize("typed", ["1-од", "№ 1 – ОД"])
def test_a_number_that_is_taken_or_kept_is_not_kept_again(typed):
    order, other = make_submitted(count=2)
    make_approved(order)
    keep(other, typed="7-од")

    for taken in (typed, "7-од"):
        with pytest.raises(ValidationError):
            keep(other, typed=taken)


def test_a_number_given_back_is_free_for_who_types_it():
    (order,) = make_submitted()
    release_number(keep(order), by=order.created_by)

    assert make_approved(order, number="1-од").number == "1-од"


def test_numbers_are_kept_by_curators_and_heads_alone():
    (order,) = make_submitted()

    with pytest.raises(PermissionDenied):
        keep(order, by=make_staff(order.organization))
