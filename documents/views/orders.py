"""One order: its page, drafting and changing it, submitting, approving, returning."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.agreeing import may_record, steps_of
from documents.contents import order_content, people_of
from documents.doubts import CASES_OF_CURATOR, doubts_of_organization, in_words, printed_cases
from documents.faults import addendum_faults, order_faults
from documents.forms import (
    NamedForm,
    OrderApproveForm,
    OrderDraftForm,
    OrderForm,
    OrderReturnForm,
    StepDecisionForm,
    add_broken_rule,
)
from documents.models import Order
from documents.order_kinds import KINDS, kinds_of
from documents.order_words import curator_of
from documents.orders import (
    change_order,
    delete_order,
    draft_order,
    ended_pairs_of,
    free_pairs,
    new_order,
    pairs_of,
    submit_order,
)
from documents.previewing import preview_of
from documents.registration import next_number
from documents.repealing import later_links_of, pairs_left_in_force, pairs_that_stay
from documents.wording import name_form, organization_forms, position_form
from mentorship.permissions import get_visible
from participants.rules import is_head
from programs.models import Pair, Program


# --- the page ---------------------------------------------------------------------------------------------------------
def order(request, pk):
    found = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if found.paper and found.paper.destroyed_on:
        return redirect(found.paper)
    return order_page(request, found)


def order_names(request, pk):
    """How the names decline in the order and its agreements, before it is too late to correct them."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    pairs = pairs_of(order)
    people = people_of(order, pairs, ended_pairs_of(order))
    rows = [_forms_of(person, printed_cases(order, person, pairs)) for person in people]
    if curator := curator_of(order):
        rows.append(_forms_of(curator, CASES_OF_CURATOR))
    organization = list(organization_forms(order.organization, "genitive").values())
    context = {
        "order": order,
        "rows": rows,
        "organization": organization,
        "organization_has_own": any(form.is_own for form in organization),
        "organization_doubts": list(doubts_of_organization(order.organization, ["genitive"])),
        "may_mend": request.user.has_perm("documents.draft_order", order),
    }
    return render(request, "documents/order_names.html", context)


def _forms_of(person, cases):
    """A row of the page of names: a person, the forms that the papers print, why they are not sure."""
    forms = [(name_form(person, case), position_form(person, case)) for case in cases]
    doubts = [doubt for pair in forms for form in pair if form.is_unsure for doubt in form.doubts]
    return {
        "person": person,
        "forms": forms,
        "why": in_words(doubts),
        "has_own": any(form.is_own for pair in forms for form in pair),
        "is_unchanged": all(name.text == person.full_name for name, _position in forms),
    }


def is_overtaken(order, seen):
    """Whether somebody has decided on the order, or changed it, since its version `seen` was shown or it was read."""
    if seen not in (None, order.version):
        return True
    return not Order.objects.filter(pk=order.pk, status=order.status, version=order.version).exists()


def overtaken_page(request, order, error):
    """The order as it stands now, and why the step was refused."""
    messages.error(request, " ".join(error.messages))
    order = get_visible(Order.objects.for_page(), request.user, pk=order.pk)
    return order_page(request, order, is_refused=True)


def order_page(request, order, *, return_form=None, step_form=None, is_refused=False):
    """The order as it is printed, with what the person may do with it now."""
    pairs, ended_pairs = pairs_of(order), ended_pairs_of(order)
    content = order.snapshot or order_content(order, pairs, ended_pairs=ended_pairs)
    may_mend = request.user.has_perm("documents.draft_order", order)
    may_decide = order.status == Order.Status.SUBMITTED and is_head(request.user, order)
    steps = steps_of(order)
    waits_for = next((state.step for state in steps if state.is_next), None)
    may_record_next = bool(waits_for and order.status == Order.Status.SUBMITTED and may_record(request.user, waits_for))
    is_refused = is_refused or return_form is not None or step_form is not None
    if may_record_next and step_form is None:
        step_form = StepDecisionForm(step=waits_for)
    context = {
        "order": order,
        "pairs": pairs,
        "ended_pairs": ended_pairs,
        "content": content,
        "faults": _faults(order, pairs, ended_pairs, content),
        "events": order.events.select_related("actor", "content_type").prefetch_related("actor__people"),
        "agreements": order.agreements.for_list() if order.is_approved else None,
        "steps": [] if order.is_editable else steps,
        "waits_for": waits_for,
        "step_form": step_form,
        "may_record": may_record_next,
        "comments": order.point_comments.select_related("made_by", "mended_by").prefetch_related("made_by__people"),
        "links": order.links.select_related("earlier"),
        "later_links": later_links_of(order) if order.is_approved else [],
        "pairs_left": pairs_left_in_force(order) if order.is_repealed else [],
        "pairs_that_stay": [] if order.is_approved else pairs_that_stay(order),
        "own_line": order.familiarizations.filter(person__user=request.user).first(),
        "reader_count": order.familiarizations.count(),
        "unread_count": order.familiarizations.waiting().count(),
        "may_mend": may_mend,
        "may_edit": order.is_editable and may_mend,
        "may_decide": may_decide,
        "decisions": _decisions(request, order, return_form) if may_decide else {},
    }
    return render(request, "documents/order.html", context, status=422 if is_refused else 200)


def _faults(order, pairs, ended_pairs, content):
    """Of an approved order only what may still be mended beside it: addenda that its pairs lack."""
    if not order.is_approved:
        return order_faults(order, pairs, ended_pairs, content=content)
    if order.is_repealed:
        return []
    return list(addendum_faults(order, [pair for pair in pairs if pair.status == Pair.Status.ACTIVE]))


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


def order_kinds(request, program_pk):
    """Which order is to be written."""
    program = get_visible(
        Program.objects.select_related("organization"), request.user, allowed="documents.draft_order", pk=program_pk
    )
    return render(request, "documents/order_kinds.html", {"program": program, "kinds": kinds_of(program.organization)})


def order_draft_kind(request, program_pk, kind):
    """What an order of a kind names: people, pairs, dates, words."""
    program = get_visible(
        Program.objects.select_related("organization"), request.user, allowed="documents.draft_order", pk=program_pk
    )
    if kind not in {each.key for each in kinds_of(program.organization)}:
        raise Http404
    if kind == Order.ASSIGNMENT:
        return redirect("documents:order-draft", program_pk=program.pk)
    sent = request.POST if request.method == "POST" else None
    form = NamedForm(sent, kind=KINDS[kind], program=program, pairs=free_pairs(program).for_register())
    if request.method == "POST" and form.is_valid():
        try:
            order = draft_order(program, kind=kind, by=request.user, grounds=form.cleaned_data["grounds"], **form.named)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The order is drafted. Read it, change its text, then submit it."))
            return redirect(order)
    preview_url = reverse("documents:order-draft-preview", args=[program.pk, kind])
    context = {"form": form, "program": program, "kind": KINDS[kind], "preview_url": preview_url}
    return render(request, "documents/order_draft_kind.html", context, status=422 if form.errors else 200)


def order_edit(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    if not order.is_editable:
        messages.error(request, _("The order cannot be changed any more: it has left your hands."))
        return redirect(order)
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(sent, order=order, pairs=free_pairs(order.program, order=order).for_register())
    if request.method == "POST" and form.is_valid():
        try:
            order = change_order(order, **form.text, **form.named, by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The order is changed."))
            return redirect(order)
    preview_url = reverse("documents:order-preview", args=[order.pk])
    context = {"form": form, "order": order, "comment": order.last_comment, "preview_url": preview_url}
    return render(request, "documents/order_form.html", context, status=422 if form.errors else 200)


@require_POST
def order_preview(request, pk):
    """The order with what stands in its form now: a part of the page for htmx, else the form with the sheets below it."""
    order = get_visible(Order.objects.for_page(), request.user, allowed="documents.draft_order", pk=pk)
    form = OrderForm(request.POST, order=order, pairs=free_pairs(order.program, order=order).for_register())
    comment = order.last_comment
    content, pairs, ended_pairs = preview_of(order, form)
    context = {
        "form": form,
        "order": order,
        "comment": comment,
        "content": content,
        "faults": order_faults(order, pairs, ended_pairs, content=content),
        "preview_url": request.path,
    }
    return render(request, "documents/_preview.html" if request.htmx else "documents/order_form.html", context)


@require_POST
def order_draft_preview(request, program_pk, kind):
    """The same before there is a draft: the ready text with what the wizard has asked."""
    program = get_visible(
        Program.objects.select_related("organization"), request.user, allowed="documents.draft_order", pk=program_pk
    )
    if kind not in {each.key for each in kinds_of(program.organization)}:
        raise Http404
    form = NamedForm(request.POST, kind=KINDS[kind], program=program, pairs=free_pairs(program).for_register())
    content, _pairs, _ended = preview_of(new_order(program, kind=kind, by=request.user), form)
    context = {
        "form": form,
        "program": program,
        "kind": KINDS[kind],
        "content": content,
        "preview_url": request.path,
    }
    return render(request, "documents/_preview.html" if request.htmx else "documents/order_draft_kind.html", context)


@require_POST
def order_submit(request, pk):
    order = get_visible(Order, request.user, allowed="documents.draft_order", pk=pk)
    try:
        order = submit_order(order, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _submitted(order))
    return redirect(order)


def _submitted(order):
    """What the curator reads: at which step the order waits now."""
    if step := order.waits_for_step:
        return _("The order waits for “%(step)s”, then for the head.") % {"step": step}
    if order.organization.head() is None:
        return _("The order waits for the head, but the organization has none in the portal yet: nobody is told of it.")
    return _("The order waits for the head, who gets a letter about it.")


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
    messages.success(request, _("The order is deleted; its pairs stand as before."))
    return redirect(order.program)
