"""Import of a roadmap in the browser: upload, check, confirm."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible, workspace_organization
from roadmap.forms import RoadmapUploadForm
from roadmap.importing import confirm_import, read_import, upload_roadmap
from roadmap.models import RoadmapImport
from roadmap.reading import UnreadableDocument


def import_upload(request):
    """Choose the file; it is read at once, nothing is stored but the file itself."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    form = RoadmapUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = upload_roadmap(
                form.cleaned_data["file"],
                organization=organization,
                school_year=request.workspace.school_year.start,
                by=request.user,
            )
        except UnreadableDocument as error:
            form.add_error("file", str(error))
        else:
            return redirect(upload)
    return render(request, "roadmap/import_upload.html", {"form": form}, status=422 if form.errors else 200)


def import_check(request, pk):
    """What was read, before it becomes a roadmap."""
    upload = get_visible(RoadmapImport, request.user, pk=pk, allowed="roadmap.import_roadmap")
    if upload.roadmap:
        return redirect(upload.roadmap)
    return render(request, "roadmap/import_check.html", {"upload": upload, "reading": read_import(upload)})


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
