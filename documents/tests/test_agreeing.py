"""Steps before the head, comments on points, versions, terms of heads, the second factor."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from documents.agreeing import agree_to_order, ask_second_factor, refuse_order, steps_of
from documents.approval_sheet import approval_sheet_pdf, sheet_lines
from documents.models import ApprovalStep, Order, PointComment
from documents.orders import approve_order, change_order, return_order, submit_order
from documents.returning import mend_comment
from documents.tests.factories import make_order
from mentorship.models import OutboxLetter
from participants.acting_heads import appoint_acting_head
from participants.models import Membership
from participants.tests.factories import make_curator, make_head, make_member, make_staff

pytestmark = pytest.mark.django_db
MINUTES = {"minutes_number": "3", "minutes_on": date(2026, 9, 20)}
DAY = date(2026, 10, 1)


def make_step(order, name="Педагогический совет", **values):
    return ApprovalStep.objects.create(
        **{"organization": order.organization, "name": name, "recorder": "curator"} | values
    )


def messages_of(error):
    return " ".join(error.value.messages)


# --- steps ------------------------------------------------------------------------------------------------------------
def test_the_head_cannot_approve_before_the_steps_and_reads_which():
    order = make_order(status="submitted")
    make_step(order)
    make_step(order, "Профсоюзный комитет", position=2)

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=make_head(order.organization), approved_on=DAY)

    assert "Педагогический совет, Профсоюзный комитет" in messages_of(error)


def test_steps_agree_in_their_order_and_then_the_head():
    order = make_order(status="submitted")
    council, union = make_step(order), make_step(order, "Профсоюзный комитет", position=2, needs_minutes=False)
    curator = order.created_by

    with pytest.raises(ValidationError) as error:
        agree_to_order(order, union, by=curator)
    agree_to_order(order, council, by=curator, **MINUTES)
    agree_to_order(order, union, by=curator, comment="Не возражаем")
    approved = approve_order(order, by=make_head(order.organization), approved_on=DAY)

    assert "Педагогический совет" in messages_of(error)
    assert [(mark["mark"], mark["by"]) for mark in approved.snapshot["agreed"]] == [
        ("СОГЛАСОВАНО", "Педагогический совет"),
        ("СОГЛАСОВАНО", "Профсоюзный комитет"),
    ]
    assert approved.snapshot["agreed"][0]["minutes"]["number"] == "3"


@pytest.mark.parametrize(
    "minutes",
    [
        {},
        {"minutes_number": "3"},
        {"minutes_on": DAY},
        {"minutes_number": "3", "minutes_on": date(2099, 1, 1)},
    ],
)
def test_minutes_are_asked_for_and_not_of_a_day_to_come(minutes):
    order = make_order(status="submitted")

    with pytest.raises(ValidationError):
        agree_to_order(order, make_step(order), by=order.created_by, **minutes)


def test_a_step_is_recorded_by_who_has_its_role():
    order = make_order(status="submitted")
    step = make_step(order, recorder="staff")

    for user in (order.created_by, make_head(order.organization), make_staff()):
        with pytest.raises(PermissionDenied):
            agree_to_order(order, step, by=user, **MINUTES)
    assert agree_to_order(order, step, by=make_staff(order.organization), **MINUTES).is_agreed


def test_a_step_of_another_kind_or_organization_is_not_asked():
    order = make_order(status="submitted")
    make_step(order, kind="award_order")
    make_step(make_order())

    assert steps_of(order) == []


def test_a_step_that_refuses_returns_the_order_and_decides_anew():
    order = make_order(status="submitted")
    step = make_step(order)

    returned = refuse_order(order, step, by=order.created_by, comment="Нет кворума")
    again = submit_order(returned, by=order.created_by)

    assert returned.status == "returned"
    assert returned.last_comment == "Педагогический совет: Нет кворума"
    assert [state.is_next for state in steps_of(again)] == [True]


def test_a_changed_order_is_agreed_anew():
    order = make_order(status="submitted")
    step, head = make_step(order), make_head(order.organization)
    agree_to_order(order, step, by=order.created_by, **MINUTES)
    returned = return_order(order, by=head, comment="Исправьте")
    changed = change_order(
        returned, title="О парах", body="А\n1. Б", pairs=list(order.pairs.all()), by=order.created_by
    )
    submitted = submit_order(changed, by=order.created_by)

    assert not steps_of(submitted)[0].is_done


# --- comments on points -----------------------------------------------------------------------------------------------
def test_comments_keep_the_point_as_it_was_and_reach_the_curator():
    order = make_order(status="submitted", title="О парах", body="В целях\nПРИКАЗЫВАЮ:\n1. Первое.\n2. Второе.")

    return_order(order, by=make_head(order.organization), comment="", points=[("3", "Назовите срок"), ("2", " ")])

    comment = PointComment.objects.get()
    assert (comment.number, comment.text, comment.comment) == ("2.", "Второе.", "Назовите срок")
    assert "Назовите срок" in OutboxLetter.objects.get(name="order-returned").body


@pytest.mark.parametrize("points", [[], [("1", "  ")], [("99", "нет такого")], [("1", "а" * 2001)]])
def test_a_return_says_something_of_what_is_there(points):
    order = make_order(status="submitted")

    with pytest.raises(ValidationError):
        return_order(order, by=make_head(order.organization), comment=" ", points=points)

    order.refresh_from_db()
    assert (order.status, PointComment.objects.count()) == ("submitted", 0)


def test_the_curator_ticks_what_he_has_mended_while_the_order_is_his():
    order = make_order(status="submitted")
    return_order(order, by=make_head(order.organization), comment="", points=[("1", "Исправьте 🙂")])
    comment = PointComment.objects.get()

    assert mend_comment(comment, by=order.created_by).mended_by == order.created_by
    assert mend_comment(comment, by=order.created_by, is_mended=False).mended_at is None
    with pytest.raises(PermissionDenied):
        mend_comment(comment, by=make_curator())
    submit_order(order, by=order.created_by)
    with pytest.raises(ValidationError):
        mend_comment(comment, by=order.created_by)


# --- what was read ----------------------------------------------------------------------------------------------------
def test_the_head_approves_only_what_he_has_read():
    order = make_order(status="submitted")
    head, seen = make_head(order.organization), order.version
    returned = return_order(order, by=head, comment="Исправьте")
    change_order(returned, title="О парах", body="А\n1. Б", pairs=list(order.pairs.all()), by=order.created_by)
    submit_order(order, by=order.created_by)

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=head, approved_on=DAY, seen=seen)

    assert error.value.code == "changed_meanwhile"
    assert str(order.created_by) in messages_of(error)
    assert approve_order(order, by=head, approved_on=DAY, seen=seen + 1).is_approved


def test_a_change_in_another_tab_is_not_overwritten():
    order = make_order()
    text = {"body": "А\n1. Б", "pairs": list(order.pairs.all()), "by": order.created_by}
    change_order(order, title="О первом", seen=1, **text)

    with pytest.raises(ValidationError):
        change_order(order, title="О втором", seen=1, **text)

    order.refresh_from_db()
    assert (order.title, order.version) == ("О первом", 2)


# --- terms ------------------------------------------------------------------------------------------------------------
def test_an_acting_head_signs_as_one_within_his_days_only():
    order = make_order(status="submitted")
    make_head(order.organization)
    today = timezone.localdate()
    deputy = make_staff(order.organization)
    first = today - timedelta(days=3)
    appoint_acting_head(deputy.people.get(), starts_on=first, ends_on=today, by=order.created_by)
    deputy = type(deputy).objects.get(pk=deputy.pk)

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=deputy, approved_on=first - timedelta(days=1))
    approved = approve_order(order, by=deputy, approved_on=first)

    assert "approved_on" in error.value.message_dict
    assert approved.snapshot["signature"]["position"].startswith("И.о.\xa0директора")
    assert deputy.people.get().last_name in approved.snapshot["signature"]["name"]
    assert "приказа и.о.\xa0директора" in json.dumps(approved.agreements.get().paper.content, ensure_ascii=False)


def test_a_head_does_not_sign_for_the_days_before_his_term():
    order = make_order(status="submitted")
    head = make_head(order.organization)
    Membership.objects.filter(user=head).update(starts_on=date(2026, 10, 10))

    with pytest.raises(ValidationError):
        approve_order(order, by=head, approved_on=date(2026, 10, 9))

    assert approve_order(order, by=head, approved_on=date(2026, 10, 10)).is_approved


def test_an_acting_head_is_of_the_organization_and_not_twice():
    order = make_order()
    person = make_staff(order.organization).people.get()
    days = {"starts_on": DAY, "ends_on": date(2026, 10, 10)}
    appoint_acting_head(person, by=order.created_by, **days)

    with pytest.raises(ValidationError):
        appoint_acting_head(person, by=order.created_by, **days)
    with pytest.raises(PermissionDenied):
        appoint_acting_head(person, by=make_curator(), **days)


# --- the second factor ------------------------------------------------------------------------------------------------
def test_the_second_factor_is_the_heads_to_ask_for_and_then_needed():
    order = make_order(status="submitted")
    head = make_head(order.organization)
    with pytest.raises(PermissionDenied):
        ask_second_factor(order.organization, by=order.created_by, is_needed=True)
    ask_second_factor(order.organization, by=head, is_needed=True)

    with pytest.raises(ValidationError) as error:
        approve_order(order, by=head, approved_on=DAY)

    assert error.value.code == "second_factor"
    assert approve_order(order, by=head, approved_on=DAY, has_second_factor=True).is_approved


# --- the approval sheet -----------------------------------------------------------------------------------------------
def test_the_approval_sheet_names_every_step(pdf_text):
    order = make_order(status="submitted")
    head = make_member(order.organization, "head", position="директор", last_name="Громова")
    agree_to_order(order, make_step(order), by=order.created_by, **MINUTES)
    return_order(order, by=head, comment="Исправьте", points=[("1", "Уточните цель")])

    words = pdf_text(approval_sheet_pdf(order))

    assert len(sheet_lines(order)) == 5
    for expected in (
        "Лист согласования",
        "направлен на утверждение",
        "возвращён на доработку",
        "Громова",
        "директор",
        "протокол от 20.09.2026 № 3",
        "Уточните цель",
    ):
        assert expected in words


# --- at which step it waits -------------------------------------------------------------------------------------------
def test_an_order_says_at_which_step_it_waits(django_assert_num_queries):
    order = make_order(status="submitted")
    council = make_step(order)
    make_step(order, "Комиссия по наградам", position=0, kind="award_order")
    union = make_step(order, "Профсоюзный комитет", position=2, needs_minutes=False)
    found = Order.objects.filter(pk=order.pk)
    waits = [found.get().waits_for_step]
    agree_to_order(order, council, by=order.created_by, **MINUTES)
    waits.append(found.get().waits_for_step)
    listed = next(iter(found.for_list()))
    with django_assert_num_queries(0):
        in_words = listed.get_status_display()
    agree_to_order(order, union, by=order.created_by)

    assert waits == ["Педагогический совет", "Профсоюзный комитет"]
    assert "Профсоюзный комитет" in in_words
    assert (found.get().waits_for_step, found.get().get_status_display()) == ("", str(Order.Status.SUBMITTED.label))


def test_the_message_and_the_journal_name_the_step(client):
    order = make_order()
    make_step(order, "Педагогический совет")
    make_head(order.organization)
    client.force_login(order.created_by)

    page = client.post(reverse("documents:order-submit", args=[order.pk]), follow=True)
    listed = client.get(reverse("documents:order-list"))

    assert "Педагогический совет" in " ".join(map(str, page.context["messages"]))
    assert "Педагогический совет" in listed.content.decode()
    assert make_order().waits_for_step == ""
