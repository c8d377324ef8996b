"""Import of a registry in the browser: file, columns, check, result."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView, xlsx_response
from mentorship.permissions import get_visible, workspace_organization
from participants.forms.imports import ColumnsForm, HeaderForm, ScopeForm, UploadForm
from participants.import_tables import ImportFilter, ImportTable
from participants.models import RegistryImport
from participants.refused_rows import refused_workbook, returned_rows
from participants.registries import ADDRESSES, ENTRY_MODELS
from participants.registry_check import decide, table_remarks
from participants.registry_comparing import cards_of
from participants.registry_import import choose_columns, look_again, receive_file
from participants.registry_matching import DIFFERS, FATES, NEW, RETURNED, STORED, UNCLEAR
from participants.registry_reading import UnreadableRegistry
from participants.registry_undo import begin_undo
from participants.registry_writing import begin_writing, result_of

PAGE_SIZE = 50
QUESTIONS = "questions"
Status = RegistryImport.Status


def _own_import(request, pk):
    return get_visible(
        RegistryImport.objects.select_related("organization", "job"),
        request.user,
        pk=pk,
        allowed="participants.manage_registry",
    )


def _next_page(registry_import):
    """Where the import stands: its job, its columns, or its check page."""
    if registry_import.status in (Status.READING, Status.WRITING) and registry_import.job:
        return registry_import.job.get_absolute_url()
    if registry_import.status == Status.UPLOADED:
        return reverse("participants:import-columns", args=[registry_import.pk])
    return registry_import.get_absolute_url()


def _where_destroyed(request, uploaded, part):
    """The way out where the part of the reading that a step needs ("look", "plan") is not kept any more, else None."""
    if part in uploaded.report:
        return None
    over = _("The file of this import was destroyed: the time for which it is kept is over.")
    messages.warning(request, uploaded.refusal or over)
    return redirect("participants:import-list")


def import_upload(request):
    """Take a file; a file that holds a table leads to its columns, another gets the reason."""
    organization = workspace_organization(request, "participants.manage_registry")
    kind = request.GET.get("kind")
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"kind": kind if kind in ENTRY_MODELS else "mentors"}
    )
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            received = receive_file(
                upload.read(),
                upload.name,
                kind=form.cleaned_data["kind"],
                organization=organization,
                school_year=request.workspace.school_year.start,
                by=request.user,
            )
        except UnreadableRegistry as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_next_page(received))
    return render(
        request, "participants/import_upload.html", {"form": form, "kind": kind}, status=422 if form.errors else 200
    )


class ImportList(PortalListView):
    """The files of the workspace's school year: where each stands, the newest on top; one opens its rows or its undo."""

    table_class = ImportTable
    filterset_class = ImportFilter
    template_name = "participants/imports.html"

    def queryset_for(self, request):
        organization = workspace_organization(request, "participants.manage_registry")
        imports = RegistryImport.objects.visible_to(request.user).defer("report", "written")
        of_year = imports.filter(organization=organization, school_year=request.workspace.school_year.start)
        return of_year.select_related("created_by").order_by("-created_at", "-pk")


def import_columns(request, pk):
    """What each column means: the guess, some values, a choice; the header and the sheet where they were mistaken."""
    uploaded = _own_import(request, pk)
    if uploaded.status not in (Status.UPLOADED, Status.CHECKED, Status.UNREADABLE):
        return redirect(_next_page(uploaded))
    if gone := _where_destroyed(request, uploaded, "look"):
        return gone
    look = uploaded.report["look"]
    chosen = uploaded.mapping.get("fields", {})
    columns = [{**column, "field": chosen.get(str(column["index"]), column["field"])} for column in look["columns"]]
    form = ColumnsForm(request.POST or None, look={**look, "columns": columns}, kind=uploaded.kind)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_next_page(choose_columns(uploaded, form.cleaned_data["fields"], by=request.user)))
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "uploaded": uploaded,
        "look": look,
        "form": form,
        "header_form": HeaderForm(look=look),
        "is_all_known": not look["fault"] and all(column["field"] for column in look["columns"]),
        "registry_address": ADDRESSES[uploaded.kind],
    }
    return render(request, "participants/import_columns.html", context, status=422 if form.errors else 200)


@require_POST
def import_header(request, pk):
    """Look at another sheet, or take another row for the header."""
    uploaded = _own_import(request, pk)
    if gone := _where_destroyed(request, uploaded, "look"):
        return gone
    form = HeaderForm(request.POST, look=uploaded.report["look"])
    if form.is_valid():
        try:
            look_again(uploaded, by=request.user, **form.cleaned_data)
        except UnreadableRegistry as refusal:
            messages.warning(request, str(refusal))
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
    return redirect("participants:import-columns", pk=pk)


def import_check(request, pk):
    """Each row of the file with its fate, before anything is written; after the confirmation, what was written."""
    checked = _own_import(request, pk)
    if checked.status in (Status.UPLOADED, Status.READING, Status.WRITING):
        return redirect(_next_page(checked))
    report = checked.report if "plan" in checked.report else {"plan": [], "remarks": [], "header_row": None}
    rows = [{**row, **FATES[row["fate"]]} for row in report["plan"]]
    counts = {fate: sum(row["fate"] == fate for row in rows) for fate in FATES}
    fate = request.GET.get("fate", "")
    questions = [row for row in rows if _is_question(row, checked.decisions)]
    shown = questions if fate == QUESTIONS else [row for row in rows if fate not in FATES or row["fate"] == fate]
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    is_open = checked.status == Status.CHECKED
    cards = cards_of(checked, page.object_list) if is_open else {}
    for row in page.object_list:
        row["card"] = cards.get(row["row"])
        row["decision"] = checked.decisions.get(str(row["row"]), "")
        row["is_open"] = _is_question(row, checked.decisions)
    context = {
        "checked": checked,
        "page": page,
        "fate": fate,
        "tabs": [(name, FATES[name]["label"], count) for name, count in counts.items() if count],
        "total": len(rows),
        "question_count": len(questions) if is_open else 0,
        "refused_count": len(returned_rows(report)) if checked.file else 0,
        "remarks": table_remarks(report),
        "is_all_there": bool(counts["unchanged"]) and not any(counts[name] for name in RETURNED),
        "stored_count": sum(counts[name] for name in STORED if name != "unchanged"),
        "registry_address": ADDRESSES[checked.kind],
        "has_cards": bool(cards),
        "scope_form": ScopeForm(initial={"scope": checked.scope}),
        "result": result_of(checked) if checked.status == Status.CONFIRMED else "",
        "events": checked.events.select_related("actor", "content_type"),
    }
    return render(request, "participants/import_check.html", context)


def _is_question(row, decisions):
    return bool(row["candidates"]) and row["fate"] in (NEW, UNCLEAR, DIFFERS) and str(row["row"]) not in decisions


@require_POST
def import_decide(request, pk):
    """Keep what was chosen for the rows of a page."""
    checked = _own_import(request, pk)
    if gone := _where_destroyed(request, checked, "plan"):
        return gone
    rows = {row["row"] for row in checked.report["plan"]}
    chosen = {}
    for name, value in request.POST.items():
        number = name.removeprefix("row-")
        if name.startswith("row-") and number.isascii() and number.isdigit() and int(number) in rows:
            chosen[int(number)] = value
    try:
        checked = decide(checked, chosen, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The choice was kept; the fates of the rows follow it."))
    # After the last question all rows are shown.
    is_asked = any(_is_question(row, checked.decisions) for row in checked.report.get("plan", ()))
    back = f"?fate={QUESTIONS}" if is_asked and request.POST.get("fate") == QUESTIONS else ""
    return redirect(f"{checked.get_absolute_url()}{back}")


@require_POST
def import_confirm(request, pk):
    """Write what the check page shows."""
    checked = _own_import(request, pk)
    if gone := _where_destroyed(request, checked, "plan"):
        return gone
    scope_form = ScopeForm({"scope": request.POST.get("scope", checked.scope)})
    if not scope_form.is_valid():
        raise Http404
    try:
        written = begin_writing(checked, scope=scope_form.cleaned_data["scope"], by=request.user)
    except ValidationError as error:
        if error.error_list[0].code == "wrong_state":
            messages.warning(request, _("This file was confirmed before: nothing was added a second time."))
            return redirect(ADDRESSES[checked.kind])
        messages.warning(request, " ".join(error.messages))
        return redirect(checked)
    if written.status == Status.CONFIRMED:
        messages.success(request, result_of(written))
    return redirect(_next_page(written))


def import_refused(request, pk):
    """The rows that were not taken, as a workbook with the reasons."""
    checked = _own_import(request, pk)
    if not checked.file or not returned_rows(checked.report if "plan" in checked.report else {"plan": []}):
        raise Http404
    name = checked.file_name.rpartition(".")[0] or checked.file_name
    return xlsx_response(refused_workbook(checked), _("%(file)s, returned rows") % {"file": name})


@require_POST
def import_undo(request, pk):
    """Take the import back as a whole."""
    confirmed = _own_import(request, pk)
    try:
        undone = begin_undo(confirmed, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(confirmed)
    if undone.status == Status.UNDONE:
        messages.success(request, _("The import was undone: the registry is as it was before."))
        return redirect(undone)
    return redirect(undone.job)
