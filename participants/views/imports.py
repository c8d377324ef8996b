"""Import of a registry in the browser: upload, check page, confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible, workspace_organization
from participants.forms.imports import UploadForm
from participants.models import RegistryImport
from participants.registries import ADDRESSES, ENTRY_MODELS
from participants.registry_import import (
    FATES,
    STORED,
    check_upload_file,
    confirm_import,
    result_in_words,
    table_remarks,
)
from participants.registry_reading import UnreadableRegistry

PAGE_SIZE = 50


def import_upload(request):
    """Take a file; a file that can be read leads to its check page, another gets the reason."""
    organization = workspace_organization(request, "participants.manage_registry")
    kind = request.GET.get("kind")
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"kind": kind if kind in ENTRY_MODELS else "mentors"}
    )
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            checked = check_upload_file(
                upload.read(),
                upload.name,
                kind=form.cleaned_data["kind"],
                organization=organization,
                school_year=request.workspace.school_year.start,
                by=request.user,
                today=timezone.localdate(),
            )
        except UnreadableRegistry as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(checked)
    return render(
        request, "participants/import_upload.html", {"form": form, "kind": kind}, status=422 if form.errors else 200
    )


def import_check(request, pk):
    """Each row of the file with its fate, before anything is written; after the confirmation, what was written."""
    checked = get_visible(RegistryImport, request.user, pk=pk, allowed="participants.manage_registry")
    rows = [{**row, **FATES[row["fate"]]} for row in checked.report["plan"]]
    counts = {fate: sum(row["fate"] == fate for row in rows) for fate in FATES}
    fate = request.GET.get("fate", "")
    shown = [row for row in rows if row["fate"] == fate] if fate in FATES else rows
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "checked": checked,
        "page": page,
        "fate": fate,
        "tabs": [(name, FATES[name]["label"], count) for name, count in counts.items() if count],
        "total": len(rows),
        "remarks": table_remarks(checked.report),
        "stored_count": sum(counts[name] for name in STORED if name != "unchanged"),
        "registry_address": ADDRESSES[checked.kind],
    }
    return render(request, "participants/import_check.html", context)


@require_POST
def import_confirm(request, pk):
    """Write what the check page shows."""
    checked = get_visible(RegistryImport, request.user, pk=pk, allowed="participants.manage_registry")
    try:
        plan = confirm_import(checked, by=request.user)
    except ValidationError as error:
        if error.error_list[0].code == "changed":
            messages.warning(request, " ".join(error.messages))
            return redirect(checked)
        messages.warning(request, _("This file was confirmed before: nothing was added a second time."))
    else:
        messages.success(request, result_in_words(plan))
    return redirect(ADDRESSES[checked.kind])
