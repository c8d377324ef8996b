"""Steps before the head: set for the organization, recorded for an order; the approval sheet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.agreeing import agree_to_order, ask_second_factor, delete_step, save_step
from documents.approval_sheet import approval_sheet_pdf
from documents.forms import StepDecisionForm, StepForm, add_broken_rule
from documents.models import ApprovalStep, Order
from documents.views.approving import seen_version
from documents.views.orders import is_overtaken, order_page, overtaken_page
from mentorship.lists import as_download
from mentorship.permissions import get_visible, workspace_organization


def steps(request):
    """The steps that orders of the organization pass before the head."""
    organization = workspace_organization(request, "documents.view_papers")
    context = {
        "organization": organization,
        "steps": ApprovalStep.objects.filter(organization=organization),
        "may_manage": request.user.has_perm("documents.manage_steps", organization),
        "may_ask_second_factor": request.user.has_perm("documents.manage_second_factor", organization),
    }
    return render(request, "documents/steps.html", context)


def step_edit(request, pk=None):
    organization = workspace_organization(request, "documents.manage_steps")
    step = get_visible(ApprovalStep, request.user, allowed="documents.manage_steps", pk=pk) if pk else None
    position = ApprovalStep.objects.filter(organization=organization).count() + 1
    instance = step or ApprovalStep(organization=organization, position=position)
    form = StepForm(request.POST if request.method == "POST" else None, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            save_step(form.instance, by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The step is kept; orders that wait for the head pass it, too."))
            return redirect("documents:steps")
    return render(request, "documents/step_form.html", {"form": form, "step": step}, status=422 if form.errors else 200)


@require_POST
def step_delete(request, pk):
    step = get_visible(ApprovalStep, request.user, allowed="documents.manage_steps", pk=pk)
    delete_step(step, by=request.user)
    messages.success(request, _("The step is removed; what it has decided stays with the orders."))
    return redirect("documents:steps")


@require_POST
def second_factor(request):
    organization = workspace_organization(request, "documents.manage_second_factor")
    ask_second_factor(organization, by=request.user, is_needed=request.POST.get("is_needed") == "1")
    messages.success(request, _("The setting is kept."))
    return redirect("documents:steps")


@require_POST
def order_agree(request, pk, step_pk):
    """Record that a step agrees to the order."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    step = get_object_or_404(ApprovalStep.objects.before(order), pk=step_pk)
    form = StepDecisionForm(request.POST, step=step)
    if form.is_valid():
        try:
            agree_to_order(order, step, by=request.user, seen=seen_version(request.POST), **form.cleaned_data)
        except ValidationError as error:
            if is_overtaken(order, seen_version(request.POST)):
                return overtaken_page(request, order, error)
            add_broken_rule(form, error)
        else:
            messages.success(request, _("Recorded: “%(step)s” agrees to the order.") % {"step": step.name})
            return redirect(order)
    return order_page(request, order, step_form=form)


def approval_sheet(request, pk):
    """Every step of the order with who, when, from where, and the comments."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    response = HttpResponse(approval_sheet_pdf(order), content_type="application/pdf")
    return as_download(response, _("Approval sheet") + ".pdf", inline=True)
