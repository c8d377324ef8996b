"""Consents whose storage term is over, the acts of their destruction."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.lists import MAX_KEY_LENGTH, PAGE_SIZE, as_download
from mentorship.permissions import get_visible, workspace_organization
from participants.consent_storage import destroy_consents, due_for_destruction
from participants.models import DestructionAct, Person

ACTS_SHOWN = 20


def consents_storage(request):
    """What is due, to be ticked; the act is drawn up by the button. Below it the acts of before."""
    organization = workspace_organization(request, "participants.manage_consents")
    today = request.workspace.today
    if request.method == "POST":
        keys = {int(key) for key in request.POST.getlist("consent") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH}
        try:
            act = destroy_consents(organization, keys, by=request.user, today=today)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("participants:consents-storage")
        messages.success(request, _("The act is drawn up. Print it, destroy the papers, let the commission sign."))
        return redirect(act)
    due = due_for_destruction(organization, today)
    acts = DestructionAct.objects.visible_to(request.user).filter(organization=organization)
    context = {
        "page": Paginator(due, PAGE_SIZE).get_page(request.GET.get("page")),
        "count": len(due),
        "acts": acts.select_related("made_by")[:ACTS_SHOWN],
    }
    return render(request, "participants/consents_storage.html", context)


def destruction_act(request, pk):
    """The act on the page, or its file (`?format=pdf`)."""
    act = get_visible(DestructionAct.objects.select_related("organization"), request.user, pk=pk)
    if request.GET.get("format") == "pdf":
        try:
            content = act.pdf.read()
        except (OSError, ValueError) as missing:
            raise Http404 from missing
        return as_download(HttpResponse(content, content_type="application/pdf"), f"{act}.pdf", inline=True)
    people = Person.objects.visible_to(request.user).filter(pk__in={line["person"] for line in act.lines}).in_order()
    return render(request, "participants/destruction_act.html", {"act": act, "people": people})
