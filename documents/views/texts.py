"""Texts of papers: which are in force, the editor with its preview, the versions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms import add_broken_rule
from documents.letter_kinds import CERTIFICATE, THANKS
from documents.models import PaperText
from documents.order_kinds import kinds_of
from documents.paper_texts import ready_text
from documents.previewing import UNPRINTABLE, pages_of
from documents.samples import examples, sample_content, sample_values
from documents.text_forms import PaperTextForm
from documents.text_kinds import AGREEMENT, text_kind, text_kinds
from documents.text_versions import difference, return_to_ready, save_text, take_back, text_in_force
from mentorship.pdf import PaperError
from mentorship.permissions import get_visible, workspace_organization


def text_list(request):
    """Every text with what new papers are made from."""
    organization = workspace_organization(request, "documents.view_papers")
    own = {each.kind: each for each in PaperText.objects.in_force().filter(organization=organization)}
    issued = {kind.key for kind in kinds_of(organization)}
    kinds = [kind for kind in text_kinds().values() if not kind.is_order or kind.paper in issued]
    context = {
        "texts": [(kind, own.get(kind.key), "") for kind in kinds if not kind.is_title],
        "titles": [(kind, own.get(kind.key), _words_of(own, kind)) for kind in kinds if kind.is_title],
        "may_manage": request.user.has_perm("documents.manage_texts", organization),
    }
    return render(request, "documents/text_list.html", context)


def text_edit(request, kind):
    """Write the next version; the button "preview" shows the paper without saving."""
    found, organization = _kind(kind), workspace_organization(request, "documents.manage_texts")
    used = text_in_force(organization, kind)
    text = used.text if used else ready_text(kind)
    initial = {"text": text, "based_on": used.pk if used else 0}
    form = PaperTextForm(request.POST if request.method == "POST" else None, kind=kind, initial=initial)
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        try:
            save_text(organization, kind, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The text is in force: new papers are made from it."))
            return redirect("documents:text-list")
    typed = form.cleaned_data.get("text", text) if form.is_bound and "text" not in form.errors else text
    context = {
        "kind": found,
        "form": form,
        "used": used,
        "versions": PaperText.objects.filter(organization=organization, kind=kind).select_related("created_by"),
        "names": _names(organization, found),
        "lists": _lists(organization, found),
        "preview": _preview(organization, kind, typed, form if form.is_bound else None),
    }
    return render(request, "documents/text_edit.html", context, status=422 if form.errors else 200)


@require_POST
def text_preview(request, kind):
    """The paper with the text as it stands in the editor; faults in its place."""
    _kind(kind)
    organization = workspace_organization(request, "documents.manage_texts")
    form = PaperTextForm(request.POST, kind=kind)
    form.is_valid()
    preview = _preview(organization, kind, form.cleaned_data.get("text", ""), form)
    return render(request, "documents/_text_preview.html", {"preview": preview})


def text_version(request, pk):
    """A version with what it changed against the one before it."""
    version = get_visible(PaperText.objects.select_related("organization", "created_by"), request.user, pk=pk)
    before = PaperText.objects.filter(organization=version.organization, kind=version.kind, version__lt=version.version)
    former = before.order_by("-version").first()
    context = {
        "version": version,
        "former": former,
        "rows": difference(former.text if former else ready_text(version.kind), version.text),
        "may_manage": request.user.has_perm("documents.manage_texts", version.organization),
    }
    return render(request, "documents/text_version.html", context)


@require_POST
def text_take_back(request, pk):
    version = get_visible(PaperText, request.user, allowed="documents.manage_texts", pk=pk)
    try:
        take_back(version, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Version %s is in force again.") % version.version)
    return redirect(version)


@require_POST
def text_ready(request, kind):
    _kind(kind)
    return_to_ready(workspace_organization(request, "documents.manage_texts"), kind, by=request.user)
    messages.success(request, _("New papers are made from the ready text; your versions stay to be read."))
    return redirect("documents:text-edit", kind)


def _words_of(own, kind):
    """The heading in force on one line."""
    return " ".join((own[kind.key].text if kind.key in own else ready_text(kind.key)).split())


def _kind(key):
    found = text_kind(key)
    if found is None:
        raise Http404
    return found


def _names(organization, kind):
    """[(name, what it is, example)] for the list beside the editor."""
    shown = examples(organization, kind.key)
    return [(name, about, shown.get(name, "")) for name, about in kind.placeholders.items()]


def _lists(organization, kind):
    """[(list, what it is, [(name, what it is, example)])]: a loop of the text with the names inside it."""
    values, _sentences = sample_values(organization, kind.key)
    rows = []
    for name, each in kind.lists.items():
        items = values.lists.get(name) or []
        words = items[0].words if items else {}
        word = "каждой" if name in {"пары", "прекращаемой пары"} else "каждого"
        inside = [(inner, about, words.get(inner, "")) for inner, about in each.placeholders.items()]
        rows.append((f"для {word} {name}", each.about, inside))
    return rows


def _form_of(kind):
    """Which sheets show the text: those of the agreement, of a letter, of a letter of honour or of an order."""
    known = text_kind(kind)
    if known.is_order:
        return "order"
    if known.paper in (THANKS, CERTIFICATE):
        return "honour"
    return "agreement" if kind == AGREEMENT else "letter"


def _preview(organization, kind, text, form):
    """What the preview shows: the content, or the faults of the text."""
    faults = list(form.errors.get("text", [])) if form is not None else []
    if not faults:
        try:
            content = sample_content(organization, kind, text)
            # What stands on a background is drawn as a whole.
            pages = pages_of(text_kind(kind).paper, content) if _form_of(kind) == "honour" else []
        except ValidationError as error:
            faults = error.messages
        except PaperError:
            faults = [UNPRINTABLE]
        else:
            wrong = form.wrong_number if form is not None and hasattr(form, "cleaned_data") else None
            return {"content": content, "form": _form_of(kind), "wrong_number": wrong, "pages": pages}
    return {"faults": faults}
