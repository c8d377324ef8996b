"""One order: its page, drafting and changing it, submitting, approving, returning."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.contents import curator_of, order_content, people_of
from documents.emails import addresses_on_approval
from documents.faults import approval_faults, order_faults
from documents.forms import OrderApproveForm, OrderDraftForm, OrderForm, OrderReturnForm, add_broken_rule
from documents.models import Order
from documents.orders import (
    approve_order,
    change_order,
    delete_order,
    draft_order,
    free_pairs,
    pairs_of,
    return_order,
    submit_order,
)
from documents.registration import next_number
from documents.wording import name_form
from mentorship.permissions import get_visible
from participants.rules import is_head
from programs.models import Program


# --- the page ---------------------------------------------------------------------------------------------------------
def order(request, pk):
    return _order_page(request, get_visible(Order.objects.for_page(), request.user, pk=pk))


def order_names(request, pk):
    """How the names decline in the order and its agreements, before it is too late to correct them."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    pairs = pairs_of(order)
    rows = [(person, [name_form(person, case) for case in _cases(person, pairs)]) for person in people_of(pairs)]
    if curator := curator_of(order):
        rows.append((curator, [name_form(curator, case) for case in ("accusative", "dative")]))
    may_mend = request.user.has_perm("documents.draft_order", order)
    return render(request, "documents/order_names.html", {"order": order, "rows": rows, "may_mend": may_mend})


def _cases(person, pairs):
    """The cases in which the papers print a participant: see the slots in documents/wording.py."""
    is_mentor = any(pair.mentor_id == person.pk for pair in pairs)
    return ["genitive", "accusative", "instrumental"] if is_mentor else ["genitive", "instrumental"]


def _order_page(request, order, *, return_form=None):
    """The order as it is printed, with what the person may do with it now."""
    pairs = pairs_of(order)
    may_mend = request.user.has_perm("documents.draft_order", order)
    may_decide = order.status == Order.Status.SUBMITTED and is_head(request.user, order)
    context = {
        "order": order,
        "pairs": pairs,
        "content": order.snapshot or order_content(order, pairs),
        "faults": [] if order.is_approved else order_faults(order, pairs),
        "events": order.events.select_related("actor", "content_type").prefetch_related("actor__people"),
        "agreements": order.agreements.for_list() if order.is_approved else None,
        "may_mend": may_mend,
        "may_edit": order.is_editable and may_mend,
        "may_decide": may_decide,
        "decisions": _decisions(request, order, return_form) if may_decide else {},
    }
    return render(request, "documents/order.html", context, status=422 if return_form is not None else 200)


def _decisions(request, order, return_form):
    """The two forms of the head; they stand above the paper and below it, so their fields have ids of their own."""
    number = next_number(order, year=request.workspace.today.year)
    return {
        place: {
            "approve": OrderApproveForm(
                initial={"approved_on": request.workspace.today},
                order=order,
                next_number=number,
                auto_id=f"id_{place}_%s",
            ),
            "return": return_form if return_form and place == "top" else OrderReturnForm(auto_id=f"id_{place}_%s"),
        }
        for place in ("top", "end")
    }


# --- the curator ------------------------------------------------------------------------------------------------------
def order_draft(request, program_pk):
    """Choose the pairs of a new order."""
    program = get_visible(
        Program.objects.select_related("organization"), request.user, allowed="documents.draft_order", pk=program_pk
    )
    pairs = free_pairs(program).for_register()
    form = OrderDraftForm(request.POST if request.method == "POST" else None, pairs=pairs)
    if request.method == "POST" and form.is_valid():
        try:
            order = draft_order(program, list(form.cleaned_data["pairs"]), by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The order is drafted. Read it, change its text, then submit it."))
            return redirect(order)
    context = {"form": form, "program": program, "pairs": pairs, "orders": program.orders.for_list()}
    return render(request, "documents/order_draft.html", context, status=422 if form.errors else 200)


def order_edit(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    if not order.is_editable:
        messages.error(request, _("The order cannot be changed any more: it has left your hands."))
        return redirect(order)
    pairs = free_pairs(order.program, order=order).for_register()
    form = OrderForm(request.POST if request.method == "POST" else None, order=order, pairs=pairs)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "pairs": list(form.cleaned_data["pairs"])}
        try:
            order = change_order(order, **values, by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The order is changed."))
            return redirect(order)
    context = {"form": form, "order": order, "comment": order.last_comment}
    return render(request, "documents/order_form.html", context, status=422 if form.errors else 200)


@require_POST
def order_submit(request, pk):
    order = get_visible(Order, request.user, allowed="documents.draft_order", pk=pk)
    try:
        submit_order(order, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The order waits for the head, who gets a letter about it."))
    return redirect(order)


def order_delete(request, pk):
    """Ask, then delete a draft or a returned order."""
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    if request.method != "POST":
        return render(request, "documents/order_delete.html", {"order": order})
    try:
        delete_order(order, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(order)
    messages.success(request, _("The order is deleted; its pairs are proposals as before."))
    return redirect(order.program)


# --- the head ---------------------------------------------------------------------------------------------------------
def order_approve(request, pk):
    """Show what the approval will bring about; approve when the head says so."""
    order = _order_for_head(request, pk)
    if order.is_approved:
        messages.info(request, _("The order is approved already."))
        return redirect(order)
    if order.status != Order.Status.SUBMITTED:
        messages.error(request, _("The order is with the curator now and does not wait for the head."))
        return redirect(order)
    given = request.POST if request.method == "POST" else request.GET
    number = next_number(order, year=request.workspace.today.year)
    form = OrderApproveForm(given or {"approved_on": request.workspace.today}, order=order, next_number=number)
    if form.is_valid() and request.method == "POST":
        try:
            order = approve_order(order, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            text = _("Order No. %(number)s of %(date)s is in force. Its files are being made.")
            messages.success(request, text % {"number": order.number, "date": f"{order.approved_on:%d.%m.%Y}"})
            return redirect(order)
    context = {"form": form, "order": order, **_consequences(request.user, order, form)}
    return render(request, "documents/order_approve.html", context, status=422 if form.errors else 200)


@require_POST
def order_return(request, pk):
    order = _order_for_head(request, pk)
    form = OrderReturnForm(request.POST, auto_id="id_top_%s")
    if form.is_valid():
        try:
            return_order(order, by=request.user, comment=form.cleaned_data["comment"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The order is returned; the curator gets a letter with your comment."))
        return redirect(order)
    return _order_page(request, order, return_form=form)


def _order_for_head(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if not is_head(request.user, order):
        raise PermissionDenied
    return order


def _consequences(user, order, form):
    """What the check page says: the number, how many pairs, agreements and letters, what is unusual."""
    pairs = pairs_of(order)
    approved_on = form.cleaned_data.get("approved_on") or timezone.localdate()
    typed = form.cleaned_data.get("number", "")
    faults = [*approval_faults(order, pairs, number=typed, approved_on=approved_on), *order_faults(order, pairs)]
    return {
        "number": typed or next_number(order, year=approved_on.year),
        "approved_on": approved_on,
        "pair_count": len(pairs),
        "agreement_count": sum(len(pair.mentees) for pair in pairs),
        "letter_count": len(addresses_on_approval(order, pairs)),
        "faults": faults,
        "may_mend": user.has_perm("documents.draft_order", order),
    }
