"""Inspection folders: asked for from the archive, made by the worker, taken from their page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.archive_lists import PaperFilter
from documents.inspection import KEPT_DAYS, start_folder
from documents.models import InspectionFolder
from documents.views.archive import ticked_papers
from mentorship.lists import as_download, sent_by_bar
from mentorship.permissions import get_visible

FILES = {"pdf": ("pdf", "application/pdf"), "zip": ("archive", "application/zip")}


def folder_ask(request):
    """Which papers are put together; by POST the worker begins."""
    organization, papers = ticked_papers(request, "documents.view_papers")
    count = papers.count()
    if request.method == "POST" or not count:
        try:
            folder = start_folder(organization, papers, by=request.user)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return redirect("documents:archive")
        return redirect(folder.job)
    said = ngettext("%s paper is put together.", "%s papers are put together.", count) % count
    context = {"said": said, "sent": sent_by_bar(request.GET, PaperFilter), "days": KEPT_DAYS}
    return render(request, "documents/folder_ask.html", context)


def folder(request, pk):
    """The two files of a folder, and what was wrong with papers in it."""
    found = get_visible(InspectionFolder.objects.select_related("job", "made_by"), request.user, pk=pk)
    if not found.pdf and found.job and not found.job.is_over:
        return redirect(found.job)
    return render(request, "documents/folder.html", {"folder": found, "days": KEPT_DAYS})


def folder_file(request, pk, kind):
    """The PDF or the zip of a folder."""
    found = get_visible(InspectionFolder, request.user, pk=pk)
    field, content_type = FILES[kind]
    try:
        file = getattr(found, field).open("rb")
    except (OSError, ValueError) as missing:
        raise Http404 from missing
    name = _("Inspection folder %(day)s") % {"day": f"{found.made_at:%d.%m.%Y}"}
    return as_download(FileResponse(file, content_type=content_type), f"{name}.{kind}")
