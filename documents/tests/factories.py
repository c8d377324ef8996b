"""Orders with every required field, and approved ones as the portal approves them."""

from datetime import date

from documents.models import Order
from documents.orders import approve_order, draft_order, submit_order
from documents.printing import file_order_papers
from participants.tests.factories import make_curator, make_head
from programs.tests.factories import make_pair, make_program


def make_order(*, program=None, pairs=1, status="draft", by=None, **values):
    """An order on new pairs; `pairs` is how many, or the pairs themselves. What is approved was submitted before."""
    program = program or make_program()
    if isinstance(pairs, int):
        pairs = [make_pair(program=program) for _number in range(pairs)]
    curator = by or make_curator(program.organization)
    order = draft_order(program, pairs, by=curator)
    Order.objects.filter(pk=order.pk).update(**values)
    if status in {"submitted", "approved"}:
        order = submit_order(order, by=curator)
    if status == "approved":
        order = make_approved(order)
    return Order.objects.get(pk=order.pk)


def make_approved(order, *, head=None, number=None, approved_on=date(2026, 10, 1)):
    """The order approved by the head of its organization."""
    head = head or order.organization.head() or make_head(order.organization)
    return approve_order(order, by=head, number=number, approved_on=approved_on)


def make_filed_order(**values):
    """An approved order whose files lie in their place, as the worker leaves them."""
    order = make_order(status="approved", **values)
    file_order_papers(order)
    return Order.objects.get(pk=order.pk)
