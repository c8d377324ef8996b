"""The roadmap as a file: on which sheet, under which columns; the layouts to choose from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import as_download
from mentorship.permissions import get_visible, workspace_organization
from roadmap.export_forms import LayoutForm, NewLayoutForm, SheetForm
from roadmap.exporting import EXPORTS, PrintedRoadmap, export_roadmap
from roadmap.layout_samples import sample_rows
from roadmap.layouts import layouts_for, layouts_of, make_layout, save_layout
from roadmap.models import Roadmap, RoadmapLayout

SHOWN_ROWS = 6


def _exported(request, pk):
    rows = Roadmap.objects.select_related("organization")
    return get_visible(rows, request.user, pk=pk, allowed="roadmap.export_roadmap")


def _names_people(request, roadmap):
    return request.user.has_perm("roadmap.see_who_changed", roadmap)


def export_page(request, pk):
    """Columns, sheet and mark are chosen here, with the first rows as they will be printed."""
    roadmap = _exported(request, pk)
    form = SheetForm(request.GET, layouts=layouts_of(roadmap))
    preview = None
    if form.is_valid():
        preview = PrintedRoadmap(roadmap, form.sheet_for(names_people=_names_people(request, roadmap)))
    context = {
        "roadmap": roadmap,
        "form": form,
        "preview": preview,
        "rows": preview.rows[:SHOWN_ROWS] if preview else (),
        "more_count": max(0, len(preview.rows) - SHOWN_ROWS) if preview else 0,
        "may_change_layouts": request.workspace.organization
        and request.user.has_perm("roadmap.manage_layouts", request.workspace.organization),
    }
    if request.headers.get("HX-Target") == "export-preview":
        return render(request, "roadmap/_export_preview.html", context)
    return render(request, "roadmap/export.html", context, status=422 if form.errors else 200)


def roadmap_export(request, pk, file_format):
    """The roadmap as a file; without choices it has the columns of its document."""
    roadmap = _exported(request, pk)
    if file_format not in EXPORTS:
        raise Http404
    form = SheetForm(request.GET, layouts=layouts_of(roadmap))
    if not form.is_valid():
        return HttpResponseBadRequest()
    content = export_roadmap(roadmap, file_format, form.sheet_for(names_people=_names_people(request, roadmap)))
    response = HttpResponse(content, content_type=EXPORTS[file_format][1])
    name = slugify(f"{roadmap.organization.slug} {roadmap.year}".replace("/", "-"), allow_unicode=True)
    return as_download(response, f"roadmap-{name}.{file_format}", inline=file_format == "pdf")


# --- layouts ----------------------------------------------------------------------------------------------------------
def layout_list(request):
    """Own layouts, the ready ones, those of the offices above."""
    organization = workspace_organization(request, "roadmap.manage_layouts")
    context = {"organization": organization, "layouts": layouts_for(organization)}
    return render(request, "roadmap/layouts.html", context)


def layout_add(request):
    """Make a layout that starts as another one."""
    organization = workspace_organization(request, "roadmap.manage_layouts")
    form = NewLayoutForm(
        request.POST or None, organization=organization, initial={"start": request.GET.get("start", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = make_layout(organization, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("The layout is made: choose its columns."))
            return redirect(row)
    return render(request, "roadmap/layout_add.html", {"form": form}, status=422 if form.errors else 200)


def _own(request, pk):
    rows = RoadmapLayout.objects.select_related("organization")
    return get_visible(rows, request.user, pk=pk, allowed="roadmap.manage_layouts")


def layout_edit(request, pk):
    """The columns of a layout: a button that moves one, or shows the preview, saves nothing and loses nothing."""
    row = _own(request, pk)
    form = LayoutForm(request.POST or None, instance=row)
    saves = request.method == "POST" and not {"moved", "preview"} & request.POST.keys()
    if saves and form.is_valid():
        try:
            save_layout(RoadmapLayout.objects.get(pk=row.pk), name=form.cleaned_data["name"], chosen=form.chosen)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The layout is saved: it can be chosen where a roadmap is printed."))
            return redirect("roadmap:layouts")
    context = {"form": form, "layout": row, "preview": sample_rows(form.chosen), "shows_errors": saves}
    if request.headers.get("HX-Target") == "layout-preview":
        return render(request, "roadmap/_layout_preview.html", context)
    return render(request, "roadmap/layout_edit.html", context, status=422 if saves and form.errors else 200)


@require_POST
def layout_delete(request, pk):
    """Delete a layout; files made by it stay with those who took them."""
    row = _own(request, pk)
    row.delete()
    messages.success(request, _("The set of columns “%(name)s” is deleted.") % {"name": row.name})
    return redirect("roadmap:layouts")
