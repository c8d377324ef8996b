"""The regulation of the organization: its editions, one edition, its sections, what two editions differ in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.annex_forms import RegulationForm, SectionForm
from documents.blanks import layout_content
from documents.forms import add_broken_rule
from documents.models import RegulationEdition, RegulationSection
from documents.printing import regulation_pdf
from documents.regulation_texts import changes_between
from documents.regulations import (
    change_edition,
    delete_edition,
    delete_section,
    draft_edition,
    paragraphs_of,
    raise_section,
    regulation_content,
    save_section,
    words_of_rules,
)
from documents.wording import head_position_in
from mentorship.lists import as_download
from mentorship.permissions import get_visible, workspace_organization

MANAGE = "documents.manage_regulations"


def regulation_list(request):
    """All editions of the organization, the newest first."""
    organization = workspace_organization(request, "documents.view_papers")
    editions = list(RegulationEdition.objects.filter(organization=organization).for_list())
    context = {
        "editions": editions,
        "has_draft": any(edition.is_draft for edition in editions),
        "may_manage": request.user.has_perm(MANAGE, organization),
    }
    return render(request, "documents/regulation_list.html", context)


@require_POST
def regulation_add(request):
    organization = workspace_organization(request, MANAGE)
    try:
        edition = draft_edition(organization, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("documents:regulation-list")
    messages.success(request, _("A new edition is drafted. Read it section by section and change what is needed."))
    return redirect(edition)


def regulation(request, pk):
    """The edition as it prints, with a way to change each section of a draft."""
    edition = _edition(request, pk)
    others = RegulationEdition.objects.filter(organization=edition.organization).exclude(pk=pk).order_by("-number")
    context = {
        "edition": edition,
        "content": regulation_content(edition),
        "head": head_position_in(edition.organization, "genitive"),
        "grif_side": layout_content(edition.organization)["grif_side"],
        "sections": edition.sections.order_by("place"),
        "others": others,
        "may_edit": edition.is_draft and request.user.has_perm(MANAGE, edition.organization),
        "events": edition.events.select_related("actor", "content_type").prefetch_related("actor__people"),
    }
    return render(request, "documents/regulation.html", context)


def regulation_file(request, pk):
    edition = _edition(request, pk)
    response = HttpResponse(regulation_pdf(edition), content_type="application/pdf")
    return as_download(response, f"{_('Regulation')}, {edition.number}.pdf", inline="inline" in request.GET)


def regulation_edit(request, pk):
    """Title, rules and marks of a draft."""
    edition = _edition(request, pk, allowed=MANAGE)
    form = RegulationForm(request.POST if request.method == "POST" else None, instance=edition)
    if request.method == "POST" and form.is_valid():
        try:
            change_edition(RegulationEdition.objects.get(pk=pk), by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The regulation is changed."))
            return redirect("documents:regulation", pk=pk)
    context = {"form": form, "edition": edition}
    return render(request, "documents/regulation_form.html", context, status=422 if form.errors else 200)


def section_edit(request, pk, section_pk=None):
    """A section of a draft, or a new one."""
    edition = _edition(request, pk, allowed=MANAGE)
    if section_pk:
        section = get_object_or_404(RegulationSection, pk=section_pk, edition=edition)
    else:
        section = RegulationSection(edition=edition, place=edition.sections.count() + 1)
    form = SectionForm(request.POST if request.method == "POST" else None, instance=section)
    if request.method == "POST" and form.is_valid():
        try:
            section = save_section(form.save(commit=False), by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The section is kept."))
            return redirect(f"{edition.get_absolute_url()}#section-{section.place}")
    placeholders = [(f"{{{name}}}", words) for name, words in words_of_rules(edition).items()]
    context = {"form": form, "edition": edition, "section": section, "placeholders": placeholders}
    return render(request, "documents/section_form.html", context, status=422 if form.errors else 200)


@require_POST
def section_raise(request, pk, section_pk):
    return _step(request, pk, section_pk, raise_section, _("The section stands before the one above it now."))


def section_delete(request, pk, section_pk):
    """Ask, for the text of a section does not come back; then delete it."""
    if request.method != "POST":
        edition = _edition(request, pk, allowed=MANAGE)
        section = get_object_or_404(RegulationSection, pk=section_pk, edition=edition)
        return render(request, "documents/section_delete.html", {"edition": edition, "section": section})
    return _step(request, pk, section_pk, delete_section, _("The section is deleted."))


def regulation_delete(request, pk):
    """Ask, then delete a draft."""
    edition = _edition(request, pk, allowed=MANAGE)
    if request.method != "POST":
        return render(request, "documents/regulation_delete.html", {"edition": edition})
    try:
        delete_edition(edition, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edition)
    messages.success(request, _("The draft of the regulation is deleted."))
    return redirect("documents:regulation-list")


def regulation_compare(request, pk, other_pk):
    """What the edition says otherwise than an older one."""
    edition = _edition(request, pk)
    other = get_object_or_404(RegulationEdition, pk=other_pk, organization=edition.organization)
    old, new = sorted((edition, other), key=lambda each: each.number)
    changes = changes_between(paragraphs_of(old), paragraphs_of(new))
    context = {
        "old": old,
        "new": new,
        "changes": changes,
        "count": sum(change.kind != "same" for change in changes),
    }
    return render(request, "documents/regulation_compare.html", context)


def _edition(request, pk, allowed=None):
    editions = RegulationEdition.objects.select_related("organization__parent", "order")
    return get_visible(editions, request.user, allowed=allowed, pk=pk)


def _step(request, pk, section_pk, step, sentence):
    edition = _edition(request, pk, allowed=MANAGE)
    section = get_object_or_404(RegulationSection, pk=section_pk, edition=edition)
    try:
        step(section, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, sentence)
    return redirect(edition)
