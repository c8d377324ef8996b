"""What this app adds to the pages of others: home, programme, pair, the mentee's plan, the person's file."""

from django.db.models import Case, When
from django.urls import reverse

from documents.familiarization import waiting_for
from documents.letter_kinds import ATTENDANCE, MINUTES
from documents.models import Agreement, LegalAct, Order, OrderPerson, Paper
from documents.order_kinds import KINDS as ORDER_KINDS
from documents.orders import free_pairs
from documents.retention import counted_from, terms_of, with_term_over
from mentorship import panels
from participants.registries import register_pair_column

SHOWN = 5


def register_panels():
    panels.register("home:head", "documents/panels/head.html", waiting_orders, order=10)
    panels.register("home:curator", "documents/panels/curator.html", orders_in_work, order=20)
    panels.register("home:coordinator", "documents/panels/acts.html", acts_of_office, order=90)
    for role in ("mentor", "mentee", "curator", "head", "staff"):
        panels.register(f"home:{role}", "documents/panels/to_read.html", orders_to_read, order=15)
    for role in ("curator", "head"):
        panels.register(f"home:{role}", "documents/panels/term_over.html", papers_with_term_over, order=70)
    panels.register("program", "documents/panels/program.html", orders_of_program, order=20)
    panels.register("pair", "documents/panels/agreements.html", papers_of_pair, order=20)
    panels.register("my-plan", "documents/panels/my_agreements.html", own_agreements, order=80)
    panels.register("person", "documents/panels/agreements.html", papers_of_person, order=60)
    register_pair_column("order", orders_in_registry)


def waiting_orders(request):
    orders = Order.objects.waiting_for(request.user).for_inbox()
    orders = list(orders.filter(organization=request.workspace.organization))
    return {"orders": orders[:SHOWN], "count": len(orders)}


def orders_to_read(request):
    """Approved orders that name the user and that he has not confirmed yet."""
    lines = list(waiting_for(request.user)[: SHOWN + 1])
    return {"lines": lines} if lines else None


def orders_in_work(request):
    """Returned ones first, then drafts, then those that wait for the head; nothing where nothing is under way."""
    orders = Order.objects.visible_to(request.user).filter(organization=request.workspace.organization).for_list()
    by_status = {status: [] for status in (Order.Status.RETURNED, Order.Status.DRAFT, Order.Status.SUBMITTED)}
    for order in orders.filter(status__in=by_status):
        by_status[order.status].append(order)
    found = [order for orders in by_status.values() for order in orders]
    return {"orders": found[:SHOWN], "count": len(found)} if found else None


def papers_with_term_over(request):
    """How many papers of the archive have been kept for their whole term; nothing where there are none."""
    organization = request.workspace.organization
    papers = Paper.objects.filter(organization=organization).annotate(counted_from=counted_from())
    count = with_term_over(papers, terms_of(organization), today=request.workspace.today).count()
    return {"count": count, "address": f"{reverse('documents:archive')}?term=over"} if count else None


def acts_of_office(request):
    """The acts that the office gives to the organizations below it, for their orders to rest on."""
    return {"acts": list(LegalAct.objects.filter(organization=request.workspace.organization)[:SHOWN])}


def orders_of_program(request, program, **objects):
    if not request.user.has_perm("documents.view_papers", program):
        return None
    may_draft = request.user.has_perm("documents.draft_order", program)
    return {
        "orders": list(program.orders.for_list()),
        "free_count": free_pairs(program).count() if may_draft else 0,
        "may_draft": may_draft,
    }


def papers_of_pair(request, pair, **objects):
    agreements = list(Agreement.objects.visible_to(request.user).filter(pair=pair).for_list())
    orders = list(Order.objects.visible_to(request.user).filter(pk__in=pair.orders.values("pk")).for_list())
    return {"agreements": agreements, "orders": orders} if agreements or orders else None


def own_agreements(request, **objects):
    """The agreements to which the user is a party as a mentee."""
    mine = Agreement.objects.filter(mentee__person__user=request.user).for_list()
    mine = list(mine.filter(order__organization=request.workspace.organization))
    return {"agreements": mine} if mine else None


def papers_of_person(request, person, **objects):
    if not request.user.has_perm("documents.view_papers", person):
        return None
    agreements = Agreement.objects.visible_to(request.user).of_person(person).for_list()
    orders = Order.objects.visible_to(request.user).naming(person).for_list()
    awards = OrderPerson.objects.visible_to(request.user).awards_of(person)
    found = {"agreements": list(agreements), "orders": list(orders), "awards": list(awards)}
    return found if any(found.values()) else None


def orders_in_registry(pair_keys):
    """{key of a pair: «№ 56-од от 03.10.2025»} of the first order that put it in force; in Russian, as forms have it."""
    through = Order.pairs.through.objects.filter(pair__in=pair_keys, order__status=Order.Status.APPROVED)
    lines = through.order_by("-order__approved_on", "-order").values_list("pair", "order__number", "order__approved_on")
    return {pair: f"№ {number} от {day:%d.%m.%Y}" for pair, number, day in lines}


def other_papers_to_link(roadmap, user):
    """Filed papers of the organization that are no orders: minutes and lists of who was there first, the latest first."""
    papers = Paper.objects.visible_to(user).filter(organization=roadmap.organization, destroyed_on=None)
    is_likely = Case(When(kind__in=(MINUTES, ATTENDANCE), then=0), default=1)
    return papers.exclude(kind__in=ORDER_KINDS).order_by(is_likely, "-dated_on", "-pk")


def title_of_paper(paper):
    """How the paper is called in a choice and, linked, beside the activity."""
    return paper.in_words if paper.title in paper.in_words else f"{paper.in_words}: {paper.title}"


def papers_to_link(roadmap, user):
    """Approved orders of the organization that may prove an activity of its roadmap, the latest first."""
    orders = Order.objects.visible_to(user).filter(organization=roadmap.organization, status=Order.Status.APPROVED)
    return orders.order_by("-approved_on", "-pk")
