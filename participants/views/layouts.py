"""Layouts of registries: the list, making one, its columns with a live preview, deleting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible, workspace_organization
from mentorship.workbooks import in_words, value_of
from participants.forms.registries import LayoutForm, NewLayoutForm
from participants.models import RegistryLayout
from participants.registry_layouts import COLUMNS, layouts_for, make_layout, save_layout
from participants.registry_samples import sample_lines

SHOWN_ROWS = 3


def layout_list(request):
    """The layouts of each registry: own ones, the ready ones, those of the offices above."""
    organization = workspace_organization(request, "participants.manage_layouts")
    kinds = [(kind, capfirst(kind.label), layouts_for(organization, kind.value)) for kind in RegistryLayout.Kind]
    return render(request, "participants/layouts.html", {"kinds": kinds, "organization": organization})


def layout_add(request, kind):
    """Make a layout that starts as one of those that can be printed by."""
    organization = workspace_organization(request, "participants.manage_layouts")
    if kind not in RegistryLayout.Kind.values:
        raise Http404
    initial = {"start": request.GET.get("start", "")}
    form = NewLayoutForm(request.POST or None, organization=organization, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = make_layout(organization, kind, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            return redirect(row)
    context = {"form": form, "kind": RegistryLayout.Kind(kind)}
    return render(request, "participants/layout_add.html", context, status=422 if form.errors else 200)


def _own(request, pk):
    rows = RegistryLayout.objects.select_related("organization")
    return get_visible(rows, request.user, pk=pk, allowed="participants.manage_layouts")


def layout_edit(request, pk):
    """The columns of a layout: a button that moves one, or shows the preview, saves nothing and loses nothing."""
    row = _own(request, pk)
    form = LayoutForm(request.POST or None, instance=row)
    saves = request.method == "POST" and not {"moved", "preview"} & request.POST.keys()
    if saves and form.is_valid():
        values = {name: form.cleaned_data[name] for name in LayoutForm.Meta.fields}
        try:
            save_layout(RegistryLayout.objects.get(pk=row.pk), chosen=form.chosen, **values)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The layout is saved: prints and exports use it from now on."))
            return redirect("participants:layouts")
    context = {"form": form, "layout": row, "preview": preview_of(row.kind, form.chosen), "shows_errors": saves}
    if request.headers.get("HX-Target") == "layout-preview":
        return render(request, "participants/_layout_preview.html", context)
    return render(request, "participants/layout_edit.html", context, status=422 if saves and form.errors else 200)


def preview_of(kind, chosen):
    """The headers and three invented rows as they will be printed."""
    columns = [COLUMNS[kind][each.key]._replace(header=each.header, width=each.width) for each in chosen]
    rows = [[in_words(value_of(line, column)) for column in columns] for line in sample_lines(kind)[:SHOWN_ROWS]]
    return {"columns": columns, "rows": rows}


@require_POST
def layout_delete(request, pk):
    """Delete a layout; the ready ones stay."""
    row = _own(request, pk)
    row.delete()
    messages.success(request, _("The layout “%(name)s” is deleted.") % {"name": row.name})
    return redirect("participants:layouts")
