"""Two people decide at one moment: one of them is told, and nothing is done twice or by halves."""

from datetime import date
from functools import partial

import pytest

from documents import orders
from documents.agreeing import agree_to_order
from documents.drafting import change_order, delete_order
from documents.models import ApprovalStep, Order, PaperText, StepDecision
from documents.orders import approve_order, return_order
from documents.paper_texts import ready_text
from documents.registration import keep_number
from documents.repealing import link_order
from documents.tests.factories import make_approved, make_order
from documents.tests.racing import at_one_moment
from documents.text_versions import save_text
from participants.tests.factories import make_curator, make_head, make_organization
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    """What is decided is the subject here, not the files that the worker makes of it."""
    monkeypatch.setattr(orders.file_order_papers_task, "delay_on_commit", lambda key: None)


def outcomes(*actions):
    """How many were refused of what was done at one moment."""
    return at_one_moment(list(actions)).count("refused")


def test_a_step_is_recorded_once():
    order = make_order(status="submitted")
    step = ApprovalStep.objects.create(
        organization=order.organization, name="Профсоюзный комитет", recorder="curator", needs_minutes=False
    )
    agree = partial(agree_to_order, order, step, by=order.created_by, seen=order.version)

    assert outcomes(agree, agree) == 1
    assert StepDecision.objects.count() == 1


def test_of_two_texts_saved_from_one_version_the_second_is_told():
    organization = make_organization()
    save = partial(save_text, organization, "agreement", by=make_curator(organization), based_on=0)
    text = ready_text("agreement")

    assert outcomes(partial(save, f"{text}\nПервый."), partial(save, f"{text}\nВторой.")) == 1
    assert list(PaperText.objects.in_force().values_list("version", flat=True)) == [1]


def test_an_order_is_repealed_by_one_other():
    earlier = make_order(status="approved")
    program = earlier.program
    later = [make_order(program=program, status="draft", by=earlier.created_by) for _number in range(2)]
    for order in later:
        link_order(order, earlier, action="repeals", by=earlier.created_by)
        Order.objects.filter(pk=order.pk).update(status="submitted")
    head = earlier.organization.head()

    refused = outcomes(*(partial(approve_order, order, by=head, approved_on=DAY) for order in later))

    earlier.refresh_from_db()
    earlier.paper.refresh_from_db()
    approved = Order.objects.get(pk__in=[order.pk for order in later], status="approved")
    assert refused == 1
    assert (earlier.repealed_by, earlier.paper.ended_by) == (approved, approved.paper)
    assert approved.number == "2-од"


@pytest.mark.parametrize("status", ["submitted", "returned"])
def test_what_the_head_decides_and_what_the_curator_edits_exclude_each_other(status):
    order = make_order(status="submitted")
    head = make_head(order.organization)
    if status == "returned":
        order = return_order(order, by=head, comment="Исправьте заголовок.")
    edit = partial(
        change_order, order, title="О другом", body=order.body, pairs=list(order.pairs.all()), by=order.created_by
    )
    approve = partial(approve_order, order, by=head, approved_on=DAY, seen=order.version)

    assert outcomes(partial(edit, seen=order.version), approve) == 1
    order.refresh_from_db()
    expected = {"submitted": ("approved", False), "returned": ("returned", True)}
    assert (order.status, order.title == "О другом") == expected[status]


def test_a_draft_edited_in_two_tabs_keeps_one_of_the_edits():
    order = make_order()
    edit = partial(
        change_order, order, body=order.body, pairs=list(order.pairs.all()), by=order.created_by, seen=order.version
    )

    assert outcomes(partial(edit, title="О первом"), partial(edit, title="О втором")) == 1
    order.refresh_from_db()
    assert order.version == 2


def test_of_approving_and_returning_one_happens():
    order = make_order(status="submitted")
    head = make_head(order.organization)

    refused = outcomes(
        partial(approve_order, order, by=head, approved_on=DAY), partial(return_order, order, by=head, comment="Нет.")
    )

    assert refused == 1


def test_a_draft_is_deleted_once():
    order = make_order()
    delete = partial(delete_order, order, by=order.created_by)

    deleted = at_one_moment([partial(_gone_or_done, delete)] * 2)

    assert sorted(deleted) == ["done", "gone"]


def _gone_or_done(act):
    try:
        act()
    except Order.DoesNotExist:
        return "gone"
    return "done"


def test_numbers_kept_and_given_at_one_moment_differ():
    program = make_program()
    submitted = [make_order(program=program, status="submitted") for _number in range(2)]
    head = make_head(program.organization)
    keep = partial(keep_number, program.organization, year=2026, purpose="об итогах", by=head, today=date(2026, 10, 1))

    done = at_one_moment([*(partial(make_approved, order, head=head) for order in submitted), keep])

    assert sorted(each.number for each in done) == ["1-од", "2-од", "3-од"]
