"""Import of a roadmap in the browser: bring the document, check what was read, confirm."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible, workspace_organization
from mentorship.school_year import SchoolYear
from roadmap.blocks import NoRoadmapFound
from roadmap.check_view import counts_of, entries_of, remarks_of_the_whole, with_deadlines
from roadmap.corrections import decisions_of
from roadmap.import_columns import column_choices
from roadmap.import_forms import RoadmapUploadForm
from roadmap.importing import confirm_import, drop_import, read_import, upload_roadmap
from roadmap.models import RoadmapImport
from roadmap.reading import UnreadableDocument
from roadmap.terms import calendar_of

ENTRIES_OF_PAGE = 60


def import_upload(request):
    """Choose a file or paste the table; it is read at once, no roadmap is made yet."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    form = RoadmapUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        is_file = bool(form.cleaned_data["file"])
        file = form.cleaned_data["file"] or ContentFile(form.pasted.encode(), name=_("pasted table") + ".txt")
        try:
            upload = upload_roadmap(
                file,
                organization=organization,
                school_year=request.workspace.school_year.start,
                by=request.user,
            )
        except UnreadableDocument as error:
            form.add_error("file" if is_file else "text", str(error))
        else:
            return redirect(upload)
    unfinished = RoadmapImport.objects.visible_to(request.user).filter(organization=organization).unfinished()
    context = {"form": form, "unfinished": unfinished.defer("source", "corrections")[:20]}
    return render(request, "roadmap/import_upload.html", context, status=422 if form.errors else 200)


def import_check(request, pk):
    """The document beside what was read from it, before it becomes a roadmap; corrections are made from here."""
    upload = get_visible(RoadmapImport, request.user, pk=pk, allowed="roadmap.import_roadmap")
    if upload.roadmap:
        return redirect(upload.roadmap)
    try:
        reading = read_import(upload)
    except NoRoadmapFound:
        return redirect("roadmap:import-table", upload.pk)
    year = reading.school_year or upload.school_year
    period = reading.period or (SchoolYear(year).starts_on, SchoolYear(year).ends_on)
    entries = entries_of(reading, decisions_of(upload.corrections))
    with_deadlines(entries, year, period, calendar_of(upload.organization, year))
    doubtful_only, line = request.GET.get("show") == "doubtful", request.GET.get("line", "")
    # the line that a person comes back from stays in sight, though it needs no look any more
    shown = [entry for entry in entries if entry.needs_a_look or entry.holds(line)] if doubtful_only else entries
    place = next((at for at, entry in enumerate(shown) if entry.holds(line)), 0)
    number = request.GET.get("page", place // ENTRIES_OF_PAGE + 1)
    context = {
        "upload": upload,
        "reading": reading,
        "period": period,
        "page": Paginator(shown, ENTRIES_OF_PAGE).get_page(number),
        "counts": counts_of(entries),
        "doubtful_only": doubtful_only,
        "shown": "?show=doubtful" if doubtful_only else "",
        "doubtful_count": sum(entry.needs_a_look for entry in entries),
        "remarks": remarks_of_the_whole(reading, entries),
        "columns": column_choices(reading.columns),
        "headings": [heading or str(place) for place, (_role, heading) in enumerate(reading.columns, 1)],
    }
    return render(request, "roadmap/import_check.html", context)


@require_POST
def import_confirm(request, pk):
    """Make the roadmap; a second confirmation leads to the same roadmap."""
    upload = get_visible(RoadmapImport, request.user, pk=pk, allowed="roadmap.import_roadmap")
    try:
        roadmap = confirm_import(upload, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(upload)
    messages.success(request, _("The roadmap is imported. What was found odd is listed above the stages."))
    return redirect(roadmap)


@require_POST
def import_drop(request, pk):
    """Forget an unfinished import."""
    upload = get_visible(RoadmapImport, request.user, pk=pk, allowed="roadmap.import_roadmap")
    try:
        drop_import(upload)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The upload is deleted."))
    return redirect("roadmap:import")
