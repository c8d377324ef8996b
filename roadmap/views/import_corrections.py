"""Corrections of an import before it is confirmed: columns, lines, stages, activities, what stands around the table."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mentorship.permissions import get_visible
from mentorship.school_year import SchoolYear
from roadmap import corrections
from roadmap.blocks import NoRoadmapFound
from roadmap.check_view import entries_of, read_deadline
from roadmap.columns import plain
from roadmap.forms import window_formset
from roadmap.heads import ChosenHead, guessed_roles
from roadmap.import_columns import column_choices
from roadmap.import_forms import ImportedActivityForm, ImportedStageForm, ImportFactsForm
from roadmap.importing import choose_head, correct_import, read_import, remember_head, tables_of_import
from roadmap.models import DeadlineWindow, RoadmapImport
from roadmap.roadmap_reading import Approval
from roadmap.terms import calendar_of

ROLE_FAULTS = {
    "twice": gettext_lazy("Each meaning but “another column” may be given to one column only."),
    "no content": gettext_lazy("Say which column holds the activities."),
}


def _open_import(request, pk):
    """The import that may still be corrected; (it, None), or (it, an answer) where its roadmap is made already."""
    upload = get_visible(RoadmapImport, request.user, pk=pk, allowed="roadmap.import_roadmap")
    return upload, redirect(upload.roadmap) if upload.roadmap else None


def _reading(upload):
    """The reading of an import; one whose table nobody has shown yet has nothing to correct."""
    try:
        return read_import(upload)
    except NoRoadmapFound as error:
        raise Http404 from error


def _back(request, upload, row):
    """To the line on the check page, on whichever of its pages, among those that were shown."""
    return redirect(way_back(request, upload, row))


def way_back(request, upload, row):
    """The address of a line on the check page."""
    shown = {"show": "doubtful"} if request.GET.get("show") == "doubtful" else {}
    return f"{upload.get_absolute_url()}?{urlencode({**shown, 'line': row})}#line-{row}"


@require_POST
def import_columns(request, pk):
    """What each column holds; the document is read anew at once."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    before = [role for role, _heading in _reading(upload).columns]
    roles = [request.POST.get(f"column_{place}", role) for place, role in enumerate(before, 1)]
    try:
        remember_head(correct_import(upload, lambda kept: corrections.with_roles(kept, before, roles)))
    except ValueError as error:
        if isinstance(error, ValidationError):
            messages.error(request, " ".join(error.messages))
        elif str(error) in ROLE_FAULTS:
            messages.error(request, ROLE_FAULTS[str(error)])
        else:
            return HttpResponseBadRequest()
    else:
        messages.success(request, _("The columns are set, the table is read anew."))
    return redirect(upload)


def import_table(request, pk):
    """Which table is the roadmap, where it begins and what its columns hold, where the portal did not see it."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    tables = tables_of_import(upload)
    values = request.POST if request.method == "POST" else request.GET
    row = next((row for rows in tables for row in rows if str(row.row) == values.get("row", "")), None)
    is_head = values.get("is_head", "yes") == "yes"
    fault = ""
    roles = guessed_roles(row) if row and is_head else ["other"] * (len(row.cells) if row else 0)
    if request.method == "POST" and row:
        roles = [request.POST.get(f"column_{place}", "other") for place, _cell in enumerate(row.cells, 1)]
        try:
            choose_head(upload, ChosenHead(row.row, tuple(roles), is_head))
        except ValidationError as error:
            fault = " ".join(error.messages)
        except ValueError as error:
            if str(error) not in ROLE_FAULTS:
                return HttpResponseBadRequest()
            fault = ROLE_FAULTS[str(error)]
        else:
            messages.success(request, _("The table is read by your columns."))
            return redirect(upload)
    context = {
        "upload": upload,
        "tables": tables,
        "row": row,
        "is_head": is_head,
        "columns": column_choices([(role, plain(cell)) for role, cell in zip(roles, row.cells, strict=True)])
        if row
        else (),
        "fault": fault,
    }
    return render(request, "roadmap/import_table.html", context, status=422 if fault else 200)


@require_POST
def import_line(request, pk, row):
    """What a line of the document is: it goes on with the one above, is a stage, an activity, or is left out."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    try:
        correct_import(upload, lambda kept: corrections.with_decision(kept, row, request.POST.get("decision", "")))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ValueError:
        return HttpResponseBadRequest()
    return _back(request, upload, row)


def import_stage(request, pk, row):
    """Number and title of a stage."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    reading = _reading(upload)
    stage = next((stage for stage in reading.stages if stage.source_row == row), None)
    if stage is None:
        raise Http404
    form = ImportedStageForm(request.POST or None, initial={"number": stage.number, "title": stage.title})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        correct_import(upload, lambda kept: corrections.with_stage(kept, row, values["number"], values["title"]))
        return _back(request, upload, row)
    lines = [line for line in reading.lines if line.row == row]
    context = {"upload": upload, "form": form, "lines": lines, "back": way_back(request, upload, row)}
    return render(request, "roadmap/import_stage.html", context, status=422 if form.errors else 200)


def import_facts(request, pk):
    """Title, period, grif and order, as the roadmap will have them."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    reading = _reading(upload)
    year = reading.school_year or upload.school_year
    approval = reading.approval or Approval()
    first, last = reading.period or (SchoolYear(year).starts_on, SchoolYear(year).ends_on)
    initial = {
        "title": reading.title,
        "school_year": year,
        "starts_on": first,
        "ends_on": last,
        "approver_position": approval.position,
        "approver_name": approval.name,
        "approved_on": corrections.day_of(approval.date_text),
        "order_number": approval.order_number,
        "order_on": corrections.day_of(approval.order_date_text),
    }
    form = ImportFactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        correct_import(upload, lambda kept: corrections.with_facts(kept, form.facts))
        return redirect(upload)
    context = {"upload": upload, "form": form, "reading": reading}
    return render(request, "roadmap/import_facts.html", context, status=422 if form.errors else 200)


def _activity(reading, key):
    found = next((activity for activity in reading.activities if activity.key == key), None)
    if found is None:
        raise Http404
    return found


def _deadline(upload, reading, activity):
    """What the deadline of an activity means in the year of its document."""
    year = reading.school_year or upload.school_year
    period = reading.period or (SchoolYear(year).starts_on, SchoolYear(year).ends_on)
    return read_deadline(activity, year, period, calendar_of(upload.organization, year))


def import_activity(request, pk, key):
    """The texts and days of an activity beside its lines; it may be split here."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    reading = _reading(upload)
    activity = _activity(reading, key)
    deadline = _deadline(upload, reading, activity)
    shown = activity.windows if activity.windows is not None else list(deadline.windows)
    windows = [DeadlineWindow(starts_on=starts_on, ends_on=ends_on) for starts_on, ends_on in shown]
    data = request.POST or None
    form = ImportedActivityForm(data, activity=activity, roles=[role for role, _heading in reading.columns])
    formset = window_formset(data, windows=windows)
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        values = dict(form.cleaned_data)
        typed = formset.windows
        if typed != shown or (activity.windows is not None and values["deadline_text"] == activity.deadline_text):
            values["windows"] = corrections.days_to_json(typed)
        parts = corrections.parts_of(values["content"]) if "split" in request.POST else []
        if "split" in request.POST and len(parts) < 2:
            form.add_error("content", _("Put a blank line where the second activity begins, and press “Split” again."))
        else:
            if parts:
                values["parts"] = parts
            values["content"] = " ".join(values["content"].split())
            correct_import(upload, lambda kept: corrections.with_activity(kept, key, values))
            return _back(request, upload, f"{key}.0" if parts else key)
    entry = next(entry for entry in entries_of(reading, {}) if entry.activity is activity)
    context = {
        "upload": upload,
        "back": way_back(request, upload, key),
        "activity": activity,
        "lines": [line for line in reading.lines if line.row in activity.source_rows],
        "headings": [heading for _role, heading in reading.columns],
        "remarks": entry.remarks,
        "deadline": deadline,
        "form": form,
        "formset": formset,
    }
    wrong = form.errors or (data and not formset.is_valid())
    return render(request, "roadmap/import_activity.html", context, status=422 if wrong else 200)


@require_POST
def import_activity_right(request, pk, key):
    """A doubtful activity is as it was read: its days are a person's from now on."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    reading = _reading(upload)
    activity = _activity(reading, key)
    days = _deadline(upload, reading, activity).windows if activity.windows is None else activity.windows
    values = {"windows": corrections.days_to_json(list(days))} if days else {"is_right": True}
    correct_import(upload, lambda kept: corrections.with_activity(kept, key, values))
    return _back(request, upload, key)


@require_POST
def import_activity_restore(request, pk, key):
    """Take the corrections of an activity back."""
    upload, answer = _open_import(request, pk)
    if answer:
        return answer
    correct_import(upload, lambda kept: corrections.without_activity(kept, key))
    return _back(request, upload, key.split(".")[0])
