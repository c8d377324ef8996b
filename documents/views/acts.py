"""The acts on which orders rest: ready ones to read, the organization's own to keep."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.act_forms import ActForm
from documents.acts import delete_act, save_act
from documents.forms import add_broken_rule
from documents.models import LegalAct
from mentorship.permissions import get_visible, workspace_organization


def act_list(request):
    """All acts that an order of the organization may rest on, own ones last."""
    organization = workspace_organization(request, "documents.view_acts")
    acts = LegalAct.objects.offered_in(organization).select_related("organization")
    context = {
        "acts": [
            (act, act.is_in_force(request.workspace.today), act.organization_id == organization.pk) for act in acts
        ],
        "may_manage": request.user.has_perm("documents.manage_acts", organization),
    }
    return render(request, "documents/act_list.html", context)


def act_edit(request, pk=None):
    """A new act of the organization, or a change of one of its own."""
    organization = workspace_organization(request, "documents.manage_acts")
    act = _own_act(request, pk) if pk else LegalAct(organization=organization)
    form = ActForm(request.POST if request.method == "POST" else None, instance=act)
    if request.method == "POST" and form.is_valid():
        try:
            save_act(form.save(commit=False), by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The act is kept."))
            return redirect("documents:act-list")
    return render(request, "documents/act_form.html", {"form": form, "act": act}, status=422 if form.errors else 200)


@require_POST
def act_delete(request, pk):
    act = _own_act(request, pk)
    try:
        delete_act(act, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("documents:act-edit", pk=pk)
    messages.success(request, _("The act is deleted."))
    return redirect("documents:act-list")


def _own_act(request, pk):
    act = get_visible(LegalAct, request.user, pk=pk)
    if act.organization is None or not request.user.has_perm("documents.manage_acts", act.organization):
        raise Http404
    return act
