"""The annexes of an order: their list, one more, the places, the attached file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.annex_forms import AnnexForm
from documents.annexes import annexes_of
from documents.forms import add_broken_rule
from documents.models import Order, OrderAnnex
from documents.order_annexes import add_annex, raise_annex, remove_annex
from mentorship.lists import as_download
from mentorship.permissions import get_visible


def order_annexes(request, pk):
    """What stands behind the order; a form for one more."""
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    if not order.is_editable:
        messages.error(request, _("The order cannot be changed any more: it has left your hands."))
        return redirect(order)
    rows = annexes_of(order)
    is_sent = request.method == "POST"
    form = AnnexForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        order=order,
        taken={row.kind for row in rows},
    )
    if is_sent and form.is_valid():
        try:
            add_annex(order, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The annex is added: cite it in the text of the order."))
            return redirect("documents:order-annexes", pk=order.pk)
    context = {"order": order, "rows": rows, "form": form, "is_numbered": len(rows) > 1}
    return render(request, "documents/order_annexes.html", context, status=422 if form.errors else 200)


@require_POST
def annex_raise(request, pk):
    annex = get_visible(OrderAnnex, request.user, pk=pk)
    return _done(request, annex, raise_annex, _("The annex stands before the one above it now."))


@require_POST
def annex_remove(request, pk):
    annex = get_visible(OrderAnnex, request.user, pk=pk)
    return _done(request, annex, remove_annex, _("The annex is taken out."))


def annex_file(request, pk):
    """The attached file as it was given."""
    annex = get_visible(OrderAnnex, request.user, pk=pk)
    if not annex.file:
        raise Http404
    suffix = annex.file.name.rsplit(".", 1)[-1]
    return as_download(FileResponse(annex.file.open("rb")), f"{annex.title[:80]}.{suffix}")


def _done(request, annex, step, sentence):
    order = annex.order
    try:
        step(annex, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, sentence)
    return redirect("documents:order-annexes", pk=order.pk)
