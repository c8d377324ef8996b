from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from documents.models import Agreement, NumberCounter, Order
from documents.orders import (
    approve_order,
    change_order,
    delete_order,
    draft_order,
    free_pairs,
    return_order,
    submit_order,
)
from documents.tests.factories import make_approved, make_order
from mentorship.models import OutboxLetter
from participants.tests.factories import make_curator, make_head, make_staff, make_user
from programs.models import Pair
from programs.pairs import holds_on
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


def messages_of(error):
    return " ".join(error.value.messages)


# --- draft, change, submit --------------------------------------------------------------------------------------------
def test_draft_order_takes_the_proposed_pairs():
    program = make_program(pairs=2)

    order = draft_order(program, list(program.pairs.all()), by=make_curator(program.organization))

    assert order.status == "draft"
    assert order.title == "О закреплении наставнических пар (групп) на 2026/2027 учебный год"
    assert order.pairs.count() == 2
    assert [event.status for event in order.events.all()] == ["draft"]


def test_draft_order_refuses_a_pair_of_another_order():
    order = make_order(pairs=1)
    pair = order.pairs.get()

    with pytest.raises(ValidationError) as error:
        draft_order(order.program, [pair], by=make_curator(order.organization))

    assert str(pair) in messages_of(error)
    assert Order.objects.count() == 1


@pytest.mark.parametrize("status", ["active", "ended"])
def test_draft_order_refuses_pairs_that_are_not_proposed(status):
    program = make_program()
    pair = make_pair(program=program, status=status)

    with pytest.raises(ValidationError):
        draft_order(program, [pair], by=make_curator(program.organization))


def test_draft_order_refuses_pairs_of_another_programme():
    program = make_program()

    with pytest.raises(ValidationError):
        draft_order(program, [make_pair()], by=make_curator(program.organization))


def test_draft_order_asks_for_a_pair():
    program = make_program()

    with pytest.raises(ValidationError):
        draft_order(program, [], by=make_curator(program.organization))


@pytest.mark.parametrize("make_person", [make_head, make_staff])
def test_draft_order_is_the_curators(make_person):
    program = make_program(pairs=1)

    with pytest.raises(PermissionDenied):
        draft_order(program, list(program.pairs.all()), by=make_person(program.organization))


def test_change_order_refuses_unknown_placeholders():
    order = make_order()

    with pytest.raises(ValidationError) as error:
        change_order(order, title="О парах", body="1. {директор}", pairs=list(order.pairs.all()), by=order.created_by)

    assert "{директор}" in messages_of(error)


def test_change_order_drops_the_full_stop_of_the_heading():
    order = make_order()

    changed = change_order(order, title="О парах. ", body="1. А", pairs=list(order.pairs.all()), by=order.created_by)

    assert (changed.title, changed.body) == ("О парах", "1. А")


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_change_order_refuses_what_has_left_the_curator(status):
    order = make_order(status=status)

    with pytest.raises(ValidationError):
        change_order(order, title="О парах", body="1. А", pairs=list(order.pairs.all()), by=order.created_by)

    order.refresh_from_db()
    assert order.title == "О закреплении наставнических пар (групп) на 2026/2027 учебный год"


def test_submit_order_writes_to_the_head():
    order = make_order()
    head = make_head(order.organization)

    submit_order(order, by=order.created_by)

    order.refresh_from_db()
    assert order.status == "submitted"
    assert [(letter.name, letter.recipient) for letter in OutboxLetter.objects.all()] == [
        ("order-submitted", head.email)
    ]


def test_submit_order_twice_writes_one_letter():
    order = make_order()
    make_head(order.organization)
    submit_order(order, by=order.created_by)

    with pytest.raises(ValidationError):
        submit_order(order, by=order.created_by)

    assert OutboxLetter.objects.count() == 1


def test_submit_order_without_pairs_is_refused():
    order = make_order()
    order.pairs.clear()

    with pytest.raises(ValidationError):
        submit_order(order, by=order.created_by)

    order.refresh_from_db()
    assert order.status == "draft"


def test_a_submitted_order_holds_its_pairs():
    order = make_order(status="submitted")

    assert len(holds_on(order.pairs.get())) == 1


def test_a_draft_order_does_not_hold_its_pairs():
    order = make_order()

    assert holds_on(order.pairs.get()) == []


def test_a_returned_order_lets_its_pairs_go_and_cannot_come_back_with_them():
    order = make_order(status="submitted")
    pair = order.pairs.get()
    return_order(order, by=make_head(order.organization), comment="Уточните состав")

    assert list(free_pairs(order.program)) == [pair]

    draft_order(order.program, [pair], by=order.created_by)
    with pytest.raises(ValidationError):
        submit_order(order, by=order.created_by)


# --- approve ----------------------------------------------------------------------------------------------------------
def test_approve_order_puts_everything_in_force_together():
    order = make_order(status="submitted", pairs=2)
    head = make_head(order.organization)

    approve_order(order, by=head, approved_on=date(2026, 10, 1))

    order.refresh_from_db()
    assert (order.status, order.number, order.approved_by) == ("approved", "1-од", head)
    assert order.approved_on == date(2026, 10, 1)
    assert [pair.started_on for pair in order.pairs.all()] == [date(2026, 10, 1)] * 2
    assert {pair.status for pair in order.pairs.all()} == {Pair.Status.ACTIVE}
    assert order.agreements.count() == 2


def test_approve_order_makes_an_agreement_for_each_mentee_of_a_group():
    program = make_program()
    group = make_pair(program=program, mentees=3)
    order = make_order(program=program, pairs=[group], status="approved")

    assert {agreement.mentee for agreement in order.agreements.all()} == set(group.members.all())


def test_approve_order_starts_pairs_not_before_the_order_nor_before_their_plan():
    program = make_program()
    early = make_pair(program=program, planned_from=date(2026, 9, 1))
    late = make_pair(program=program, planned_from=date(2026, 11, 1))
    order = make_order(program=program, pairs=[early, late], status="submitted")

    make_approved(order, approved_on=date(2026, 10, 5))

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.started_on, late.started_on) == (date(2026, 10, 5), date(2026, 11, 1))
    terms = {row["starts_on"] for row in Order.objects.get(pk=order.pk).snapshot["rows"]}
    assert terms == {"05.10.2026", "01.11.2026"}


def test_approve_order_writes_to_the_curator_and_the_participants():
    program = make_program()
    pair = make_pair(program=program, mentees=2)
    mentee = pair.mentees[0]
    type(mentee).objects.filter(pk=mentee.pk).update(email="mentee@example.org")
    type(mentee).objects.filter(pk=pair.mentor.pk).update(email="mentor@example.org")
    order = make_order(program=program, pairs=[pair], status="submitted")
    OutboxLetter.objects.all().delete()

    make_approved(order)

    letters = {(letter.name, letter.recipient) for letter in OutboxLetter.objects.all()}
    assert letters == {
        ("order-approved", order.created_by.email),
        ("order-to-read", order.created_by.email),
        ("pair-in-force", "mentor@example.org"),
        ("pair-in-force", "mentee@example.org"),
    }


def test_approve_order_twice_changes_nothing_the_second_time():
    order = make_order(status="submitted", pairs=1)
    head = make_head(order.organization)
    approve_order(order, by=head, approved_on=date(2026, 10, 1))

    with pytest.raises(ValidationError):
        approve_order(order, by=head, number="1-од", approved_on=date(2026, 10, 2))

    order.refresh_from_db()
    assert (order.number, order.approved_on) == ("1-од", date(2026, 10, 1))
    assert (Agreement.objects.count(), NumberCounter.objects.get().last) == (1, 1)


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_approve_order_wants_a_submitted_one(status):
    order = make_order()
    Order.objects.filter(pk=order.pk).update(status=status)

    with pytest.raises(ValidationError):
        approve_order(order, by=make_head(order.organization), approved_on=date(2026, 10, 1))


def test_approve_order_refuses_a_date_in_the_future():
    order = make_order(status="submitted")
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError):
        approve_order(order, by=make_head(order.organization), approved_on=tomorrow)

    order.refresh_from_db()
    assert (order.status, NumberCounter.objects.count()) == ("submitted", 0)


@pytest.mark.parametrize("year", [1, 26, 2016, 2024])
def test_approve_order_refuses_a_slip_in_the_year(year):
    order = make_order(status="submitted")

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=make_head(order.organization), approved_on=date(year, 10, 1))

    order.refresh_from_db()
    assert f"01.10.{year:04}" in messages_of(error)
    assert (order.status, NumberCounter.objects.count()) == ("submitted", 0)


@pytest.mark.parametrize("make_person", [make_curator, make_staff])
def test_approve_order_is_the_heads(make_person):
    order = make_order(status="submitted")

    with pytest.raises(PermissionDenied):
        approve_order(order, by=make_person(order.organization), approved_on=date(2026, 10, 1))


def test_approve_order_is_not_the_head_of_another_organization_nor_a_superuser():
    order = make_order(status="submitted")

    for user in (make_head(), make_user(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            approve_order(order, by=user, approved_on=date(2026, 10, 1))


def test_approve_order_refuses_when_a_pair_is_in_force_already():
    order = make_order(status="submitted", pairs=2)
    pair = order.pairs.first()
    Pair.objects.filter(pk=pair.pk).update(status="active", started_on=date(2026, 9, 1))

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=make_head(order.organization), approved_on=date(2026, 10, 1))

    order.refresh_from_db()
    assert str(pair) in messages_of(error)
    assert (order.status, order.number, Agreement.objects.count()) == ("submitted", "", 0)


def test_a_failed_approval_leaves_no_gap_in_the_numbers(monkeypatch):
    order = make_order(status="submitted")
    head = make_head(order.organization)
    make_approved(make_order(program=order.program, status="submitted"), head=head)

    def fail(*args, **kwargs):
        raise ValidationError("no")

    monkeypatch.setattr("documents.order_effects.activate_pairs", fail)
    with pytest.raises(ValidationError):
        approve_order(order, by=head, approved_on=date(2026, 10, 2))

    monkeypatch.undo()
    assert approve_order(order, by=head, approved_on=date(2026, 10, 2)).number == "2-од"


def test_the_papers_of_an_order_are_filed_after_the_commit(django_capture_on_commit_callbacks):
    order = make_order(status="submitted")

    with django_capture_on_commit_callbacks(execute=True):
        make_approved(order)

    order.refresh_from_db()
    assert order.paper.pdf.read(5) == b"%PDF-"
    assert order.agreements.get().paper.pdf.read(5) == b"%PDF-"


# --- return, delete ---------------------------------------------------------------------------------------------------
def test_return_order_tells_the_curator_why():
    order = make_order(status="submitted")

    return_order(order, by=make_head(order.organization), comment="Исправьте должность Ивановой М.П.")

    order.refresh_from_db()
    letter = OutboxLetter.objects.get(name="order-returned")
    assert order.status == "returned"
    assert order.events.first().comment == "Исправьте должность Ивановой М.П."
    assert letter.recipient == order.created_by.email
    assert "Исправьте должность Ивановой М.П." in letter.body


def test_return_order_asks_for_a_comment():
    order = make_order(status="submitted")

    with pytest.raises(ValidationError):
        return_order(order, by=make_head(order.organization), comment="  ")

    order.refresh_from_db()
    assert order.status == "submitted"


def test_a_returned_order_can_be_changed_and_submitted_again():
    order = make_order(status="submitted")
    return_order(order, by=make_head(order.organization), comment="Уточните")
    change_order(order, title="О парах", body="1. А", pairs=list(order.pairs.all()), by=order.created_by)

    submit_order(order, by=order.created_by)

    order.refresh_from_db()
    assert order.status == "submitted"
    assert [event.status for event in order.events.all()] == ["submitted", "returned", "submitted", "draft"]


def test_delete_order_lets_its_pairs_go():
    order = make_order()
    pair = order.pairs.get()

    delete_order(order, by=order.created_by)

    assert list(free_pairs(pair.program)) == [pair]


def test_an_approved_order_cannot_be_deleted():
    order = make_order(status="approved")

    for delete in (order.delete, Order.objects.all().delete, lambda: delete_order(order, by=order.created_by)):
        with transaction.atomic(), pytest.raises(ValidationError):
            delete()

    assert Order.objects.filter(pk=order.pk).exists()
