"""The head reads and decides: one order, several at once, returned with comments on points."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.agreeing import may_record, refuse_order, steps_of
from documents.contents import order_content
from documents.emails import addresses_on_approval
from documents.faults import approval_faults, order_faults
from documents.forms import ApprovalDateForm, CodeForm, OrderApproveForm, OrderReturnForm, add_broken_rule
from documents.models import Order, PointComment
from documents.orders import approve_order, ended_pairs_of, pairs_of, return_order
from documents.registration import next_number
from documents.repealing import pairs_that_stay
from documents.returning import mend_comment, points_to_comment
from documents.views.orders import is_overtaken, order_page, overtaken_page
from mentorship.origin import by_second_factor
from mentorship.permissions import get_visible
from participants.rules import is_head
from participants.second_factor import confirm, has_second_factor, is_confirmed


# --- one order --------------------------------------------------------------------------------------------------------
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
    is_filled = request.method == "POST" or "approved_on" in given or "number" in given
    shown = given if is_filled else {"approved_on": request.workspace.today}
    form = OrderApproveForm(shown, order=order, next_number=number)
    code = _code_form(request, [order])
    if form.is_valid() and request.method == "POST" and _is_proved(request, code):
        try:
            with by_second_factor_of(request, order):
                order = approve_order(
                    order,
                    by=request.user,
                    seen=seen_version(given),
                    has_second_factor=is_confirmed(request),
                    **form.cleaned_data,
                )
        except ValidationError as error:
            if is_overtaken(order, seen_version(given)):
                return overtaken_page(request, order, error)
            add_broken_rule(form, error)
        else:
            text = _("Order No. %(number)s of %(date)s is in force. Its files are being made.")
            messages.success(request, text % {"number": order.number, "date": f"{order.approved_on:%d.%m.%Y}"})
            return redirect(order)
    has_errors = form.errors or (code and code.errors)
    context = {
        "form": form,
        "code": code,
        "lacks_second_factor": _lacks_second_factor(request.user, [order]),
        "order": order,
        "seen": seen_version(given) or order.version,
        "steps": [state for state in steps_of(order) if not state.is_done],
        "stay": pairs_that_stay(order),
        **_consequences(request.user, order, form),
    }
    return render(request, "documents/order_approve.html", context, status=422 if has_errors else 200)


@require_POST
def order_return(request, pk):
    order = _order_for_head(request, pk)
    form = OrderReturnForm(request.POST, auto_id="id_top_%s")
    if form.is_valid():
        comment = form.cleaned_data["comment"]
        try:
            return_order(order, by=request.user, comment=comment, seen=seen_version(request.POST))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The order is returned; the curator gets a letter with your comment."))
        return redirect(order)
    return order_page(request, order, return_form=form)


def order_points(request, pk):
    """Write comments beside single points and return the order; for the head, or a step before him (`?step=`)."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    step = _step_of(request, order)
    if order.status != Order.Status.SUBMITTED:
        messages.error(request, _("The order is with the curator now and does not wait for a decision."))
        return redirect(order)
    content = order_content(order, pairs_of(order), ended_pairs=ended_pairs_of(order))
    typed = request.POST if request.method == "POST" else {}
    points = [(key, number, text, typed.get(f"point_{key}", "")) for key, number, text in points_to_comment(content)]
    errors = []
    if request.method == "POST":
        said = {"comment": typed.get("comment", ""), "points": [(key, words) for key, _n, _t, words in points]}
        try:
            if step:
                refuse_order(order, step, by=request.user, seen=seen_version(typed), **said)
            else:
                return_order(order, by=request.user, seen=seen_version(typed), **said)
        except ValidationError as error:
            errors = error.messages
            order = get_visible(Order.objects.for_page(), request.user, pk=pk)
        else:
            messages.success(request, _("The order is returned; the curator reads your comments beside the points."))
            return redirect(order)
    context = {
        "order": order,
        "step": step,
        "points": points,
        "comment": typed.get("comment", ""),
        "errors": errors,
        "seen": seen_version(typed) or order.version,
    }
    return render(request, "documents/order_points.html", context, status=422 if errors else 200)


@require_POST
def comment_mend(request, pk, comment_pk):
    """The curator ticks a comment as mended, or takes the tick away."""
    order = get_visible(Order, request.user, allowed="documents.draft_order", pk=pk)
    comment = get_object_or_404(PointComment.objects.filter(order=order), pk=comment_pk)
    try:
        mend_comment(comment, by=request.user, is_mended=request.POST.get("is_mended") == "1")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{order.get_absolute_url()}#comments")


# --- several at once --------------------------------------------------------------------------------------------------
def orders_approve(request):
    """Check the chosen orders of the inbox, then approve each by itself on one date; say what became of each."""
    if not is_head(request.user):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, given.getlist("order"))
    if not chosen:
        messages.error(request, _("Tick the orders that you want to approve."))
        return redirect("documents:inbox")
    today = request.workspace.today
    is_filled = request.method == "POST" or "approved_on" in given
    form = ApprovalDateForm(given if is_filled else {"approved_on": today})
    orders = [order for order, _seen in chosen]
    code = _code_form(request, orders)
    if form.is_valid() and request.method == "POST" and _is_proved(request, code):
        fates = [_fate(request, order, seen, form.cleaned_data["approved_on"]) for order, seen in chosen]
        return render(request, "documents/orders_approved.html", {"fates": fates})
    context = {
        "chosen": [(order, seen, _doubts(order, form)) for order, seen in chosen],
        "form": form,
        "code": code,
        "lacks_second_factor": _lacks_second_factor(request.user, orders),
    }
    has_errors = form.errors or (code and code.errors)
    return render(request, "documents/orders_approve.html", context, status=422 if has_errors else 200)


def _chosen(request, values):
    """[(order, the version that was seen)] in the order of the page; what is not the head's to approve is no choice."""
    known = {order.pk: order for order in Order.objects.visible_to(request.user).for_inbox()}
    found = []
    for value in dict.fromkeys(values):
        key, _colon, seen = value.partition(":")
        if _is_key(key) and _is_key(seen) and int(key) in known and is_head(request.user, known[int(key)]):
            found.append((known[int(key)], int(seen)))
    return found


def _fate(request, order, seen, approved_on):
    """(order, why it was refused): approved in a transaction of its own."""
    try:
        with by_second_factor_of(request, order):
            approved = approve_order(
                order,
                by=request.user,
                approved_on=approved_on,
                seen=seen,
                has_second_factor=is_confirmed(request),
            )
    except ValidationError as error:
        return order, " ".join(error.messages)
    return approved, ""


def _doubts(order, form):
    """The faults of an order on the day, for the check page."""
    day = form.cleaned_data.get("approved_on") if form.is_bound and form.is_valid() else None
    pairs = pairs_of(order)
    faults = order_faults(order, pairs, ended_pairs_of(order))
    return [*faults, *approval_faults(order, pairs, number="", approved_on=day or timezone.localdate())]


# --- who decides, on what, proved by what -----------------------------------------------------------------------------
def seen_version(given):
    """The version of the draft that the page showed, or None where it says none."""
    value = given.get("seen", "")
    return int(value) if _is_key(value) else None


def _is_key(value):
    """Digits as a row or a version has them: thousands of them Python refuses to read."""
    return value.isdecimal() and len(value) < 19


def by_second_factor_of(request, order):
    """The steps within are told as made with a second factor, where the organization asks for it."""
    return by_second_factor(is_used=order.organization.approval_needs_second_factor and is_confirmed(request))


def _code_form(request, orders):
    """The form that asks for a code, or None where none is asked for or one was given a moment ago."""
    is_needed = any(order.organization.approval_needs_second_factor for order in orders)
    if not is_needed or is_confirmed(request) or not has_second_factor(request.user):
        return None
    return CodeForm(request.POST if request.method == "POST" else None)


def _is_proved(request, code):
    """Whether the head may go on: no code is asked for, or the right one was typed."""
    if code is None:
        return True
    if not code.is_valid():
        return False
    try:
        confirm(request, code.cleaned_data["code"])
    except ValidationError as error:
        add_broken_rule(code, error)
        return False
    return True


def _lacks_second_factor(user, orders):
    return any(order.organization.approval_needs_second_factor for order in orders) and not has_second_factor(user)


def _order_for_head(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if not is_head(request.user, order):
        raise PermissionDenied
    return order


def _step_of(request, order):
    """The step for which the user refuses the order; None for the head. Raises PermissionDenied for anybody else."""
    wanted = request.POST.get("step") or request.GET.get("step")
    if not wanted:
        if not is_head(request.user, order):
            raise PermissionDenied
        return None
    state = next((each for each in steps_of(order) if str(each.step.pk) == wanted), None)
    if state is None:
        raise Http404
    if not may_record(request.user, state.step):
        raise PermissionDenied
    return state.step


def _consequences(user, order, form):
    """What the check page says: the number, how many pairs, agreements and letters, what is unusual."""
    pairs = pairs_of(order)
    cleaned = getattr(form, "cleaned_data", {})
    approved_on = cleaned.get("approved_on") or timezone.localdate()
    typed = cleaned.get("number", "")
    faults = [
        *approval_faults(order, pairs, number=typed, approved_on=approved_on),
        *order_faults(order, pairs, ended_pairs_of(order)),
    ]
    return {
        "number": typed or next_number(order, year=approved_on.year),
        "approved_on": approved_on,
        "pair_count": len(pairs),
        "ended_count": order.ended_pairs.count(),
        "agreement_count": sum(len(pair.mentees) for pair in pairs),
        "letter_count": len(addresses_on_approval(order, pairs)),
        "faults": list(dict.fromkeys(faults)),
        "may_mend": user.has_perm("documents.draft_order", order),
    }
