"""Storage terms of papers, and their destruction by an act of the head."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.archive_forms import DestructionForm, TermsForm
from documents.archive_lists import PaperFilter
from documents.retention import MOST_AT_ONCE, destroy_papers, save_terms, terms_of
from documents.views.archive import ticked_papers
from mentorship.lists import sent_by_bar
from mentorship.permissions import workspace_organization

NAMED = 20


def terms(request):
    """How long each kind of paper is kept in the organization."""
    organization = workspace_organization(request, "documents.manage_terms")
    form = TermsForm(request.POST if request.method == "POST" else None, terms=terms_of(organization))
    if request.method == "POST" and form.is_valid():
        save_terms(organization, form.cleaned_data, by=request.user)
        messages.success(request, _("The storage terms are kept."))
        return redirect("documents:archive")
    return render(request, "documents/terms.html", {"form": form}, status=422 if form.errors else 200)


def papers_destroy(request):
    """Ask once more, then destroy the ticked papers and show the act."""
    organization, papers = ticked_papers(request, "documents.destroy_papers")
    chosen = list(papers[: MOST_AT_ONCE + 1])
    if not chosen:
        messages.warning(request, _("No paper was chosen: nothing was destroyed."))
        return redirect("documents:archive")
    form = DestructionForm(
        request.POST if request.method == "POST" else None, initial={"dated_on": request.workspace.today}
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("number", "dated_on", "reason")}
        try:
            act = destroy_papers(organization, chosen, by=request.user, **values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            count = act.destroyed.count()
            said = ngettext("%s paper is destroyed by this act.", "%s papers are destroyed by this act.", count)
            messages.success(request, said % count)
            return redirect(act)
    source = request.POST if request.method == "POST" else request.GET
    context = {
        "form": form,
        "named": chosen[:NAMED],
        "count": len(chosen),
        "more_count": max(0, len(chosen) - NAMED),
        "sent": sent_by_bar(source, PaperFilter),
    }
    return render(request, "documents/papers_destroy.html", context, status=422 if form.errors else 200)
