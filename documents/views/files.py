"""Files of papers: drafts made now, approved ones as they were frozen."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from documents.integrity import DamagedFileError, read_frozen
from documents.models import Agreement, Order
from documents.printing import draft_agreement_pdf, draft_order_pdf, papers_zip
from mentorship.lists import as_download
from mentorship.permissions import get_visible
from programs.models import PairMentee


def order_draft_file(request, pk):
    """The order as it would be printed now; an approved one is given only as it was filed."""
    order = _unapproved(request, pk)
    return pdf_response(draft_order_pdf(order), _("Draft order"), inline=True)


def agreement_draft_file(request, pk, member_pk):
    """The agreement that the approval of the order would make for one mentee."""
    order = _unapproved(request, pk)
    members = PairMentee.objects.select_related("pair__mentor__organization", "pair__program", "pair__form", "person")
    member = get_object_or_404(members, pk=member_pk, pair__in=order.pairs.all())
    return pdf_response(draft_agreement_pdf(order, member), _("Draft agreement"), inline=True)


def order_file(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if not order.is_approved:
        raise Http404
    return give_frozen(request, order.paper, order_name(order))


def agreement_file(request, pk):
    agreement = get_visible(Agreement.objects.for_list(), request.user, pk=pk)
    return give_frozen(request, agreement.paper, agreement_name(agreement))


def order_agreements(request, pk):
    """All agreements of an order as one zip."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    agreements = list(order.agreements.for_list().filter(paper__destroyed_on=None))
    if not agreements:
        raise Http404
    if not all(agreement.paper.pdf for agreement in agreements):
        return _being_prepared(request, order)
    try:
        files = [(agreement_name(agreement), read_frozen(agreement.paper)) for agreement in agreements]
    except DamagedFileError:
        return damaged(request, order)
    response = HttpResponse(papers_zip(files), content_type="application/zip")
    return as_download(response, _("Agreements, %s") % order_name(order) + ".zip")


def order_name(order):
    """A name for the file; a number may hold a slash, a file's name may not."""
    number = order.number.replace("/", "-")
    return _("Order No. %(number)s of %(date)s") % {"number": number, "date": f"{order.approved_on:%d.%m.%Y}"}


def agreement_name(agreement):
    return _("Agreement %s") % agreement


def _unapproved(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if order.is_approved:
        raise Http404
    return order


def give_frozen(request, paper, name):
    """The file of a filed Paper as it was frozen; `?inline=1` opens it in the browser."""
    if paper.destroyed_on:
        return render(request, "documents/file_destroyed.html", {"paper": paper}, status=410)
    if not paper.pdf:
        return _being_prepared(request, paper)
    try:
        content = read_frozen(paper)
    except DamagedFileError:
        return damaged(request, paper)
    return pdf_response(content, name, inline="inline" in request.GET)


def pdf_response(content, name, *, inline):
    """A PDF as a download, or opened in the browser."""
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{name}.pdf", inline=inline)


def _being_prepared(request, paper):
    return render(request, "documents/file_being_prepared.html", {"paper": paper}, status=404)


def damaged(request, paper):
    """The page that says that a kept file is missing or changed."""
    return render(request, "documents/file_damaged.html", {"paper": paper}, status=500)
