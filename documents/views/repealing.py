"""Which earlier orders a draft repeals or changes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms import LinkForm, add_broken_rule
from documents.models import Order, OrderLink
from documents.repealing import earlier_orders, link_order, pairs_that_stay, unlink_order
from mentorship.permissions import get_visible


def order_links(request, pk):
    """The earlier orders that the draft names, with what it does to them; one more is added."""
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    if not order.is_editable:
        messages.error(request, _("The order cannot be changed any more: it has left your hands."))
        return redirect(order)
    links = list(order.links.select_related("earlier"))
    earlier = earlier_orders(order).exclude(pk__in=[link.earlier_id for link in links])
    form = LinkForm(request.POST if request.method == "POST" else None, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        try:
            link_order(order, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The order names the earlier one; it takes effect with the approval."))
            return redirect("documents:order-links", order.pk)
    context = {"order": order, "links": links, "form": form, "earlier": earlier, "stay": pairs_that_stay(order)}
    return render(request, "documents/order_links.html", context, status=422 if form.errors else 200)


@require_POST
def link_delete(request, pk, link_pk):
    order = get_visible(Order, request.user, allowed="documents.draft_order", pk=pk)
    link = get_object_or_404(OrderLink.objects.filter(order=order), pk=link_pk)
    try:
        unlink_order(link, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(order)
    messages.success(request, _("The earlier order is taken out of this one."))
    return redirect("documents:order-links", order.pk)
