"""Orders with every required field, and approved ones as the portal approves them."""

from datetime import date

from django.apps import apps

from documents.filing import file_order_papers, new_paper
from documents.letter_kinds import ADDENDUM
from documents.models import Letter, Order
from documents.orders import approve_order, draft_order, submit_order
from documents.regulations import draft_edition
from participants.tests.factories import make_curator, make_head
from programs.tests.factories import make_pair, make_program
from roadmap.models import Activity, Roadmap, Stage


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


def make_annexed(program, *, by):
    """What an order on the introduction annexes: a draft of the regulation, a roadmap, targets. Returns the edition."""
    organization = program.organization
    roadmap = Roadmap.objects.create(
        organization=organization,
        program=program,
        title="План мероприятий («дорожная карта») на 2026/2027 учебный год",
        school_year=program.school_year,
        starts_on=program.starts_on,
        ends_on=program.ends_on,
    )
    stage = Stage.objects.create(roadmap=roadmap, position=1, number="1", title="Подготовка")
    Activity.objects.create(
        stage=stage,
        position=1,
        number="1.1",
        content="Издать приказ о внедрении целевой модели наставничества",
        deadline_text="до 15 сентября 2026 г.",
        responsible_text="директор, куратор",
        document_text="приказ",
    )
    # The floor above, which documents may not import.
    indicator, _is_new = apps.get_model("monitoring", "Indicator").objects.get_or_create(
        formula="mentee_share",
        defaults={"title": "Доля педагогов, вошедших в программы наставничества в роли наставляемых"},
    )
    targets = apps.get_model("monitoring", "Target").objects
    for year, percent in ((2026, 30), (2027, 50)):
        targets.create(indicator=indicator, organization=organization, year=year, percent=percent)
    return draft_edition(organization, by=by)


def make_addenda(order, *, dated_on=date(2026, 9, 20)):
    """An addendum to the labour contract of the mentor of each pair of the order; what it says does not matter here."""
    for pair in order.pairs.all():
        make_kept_letter(order.program, ADDENDUM, pair=pair, dated_on=dated_on, by=order.created_by)


def make_kept_letter(program, kind, *, pair=None, dated_on=date(2026, 10, 1), by=None):
    """A letter of the kind that was made for good and says nothing."""
    paper = new_paper(program.organization, kind, title="Письмо", dated_on=dated_on, content={}, people=[], by=by)
    return Letter.objects.create(paper=paper, program=program, pair=pair)
