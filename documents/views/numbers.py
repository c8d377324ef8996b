"""Numbers of orders: the series, the numbers that are kept, the journal as a book."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms import JournalForm, KeepNumberForm, SeriesForm, add_broken_rule
from documents.journal_book import journal_book, journal_pdf, journal_xlsx, series_choices
from documents.models import KeptNumber, NumberSeries
from documents.registration import keep_number, release_number, save_series
from mentorship.lists import file_response
from mentorship.permissions import get_visible, workspace_organization

FILES = {"pdf": journal_pdf, "xlsx": journal_xlsx}


def numbers(request):
    """The series of the organization and the numbers that are kept; a number is kept here."""
    organization = workspace_organization(request, "documents.manage_numbers")
    choices = series_choices(organization)
    series = {row.key: row for row in NumberSeries.objects.filter(organization=organization)}
    form = KeepNumberForm(request.POST if request.method == "POST" else None, series=choices)
    if request.method == "POST" and form.is_valid():
        today = request.workspace.today
        try:
            kept = keep_number(
                organization,
                series=series.get(form.cleaned_data["series"]),
                year=today.year,
                typed=form.cleaned_data["number"],
                purpose=form.cleaned_data["purpose"],
                by=request.user,
                today=today,
            )
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("Number %s is kept.") % kept.number)
            return redirect("documents:numbers")
    names = dict(choices)
    kept = KeptNumber.objects.free().filter(organization=organization).select_related("kept_by")
    context = {
        "form": form,
        "organization": organization,
        "series": list(series.values()),
        "kept": [(each, names.get(each.series, each.series)) for each in kept.order_by("-year", "pk")],
    }
    return render(request, "documents/numbers.html", context, status=422 if form.errors else 200)


@require_POST
def number_release(request, pk):
    """Give a kept number back."""
    kept = get_visible(KeptNumber, request.user, allowed="documents.manage_numbers", pk=pk)
    try:
        release_number(kept, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Number %s is free again.") % kept.number)
    return redirect("documents:numbers")


def series_edit(request, pk=None):
    """A new series, or another name or form of numbers for one that is there."""
    organization = workspace_organization(request, "documents.manage_numbers")
    row = (
        get_visible(NumberSeries, request.user, allowed="documents.manage_numbers", pk=pk)
        if pk
        else NumberSeries(organization=organization)
    )
    form = SeriesForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_series(form.save(commit=False), by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The series is kept."))
            return redirect("documents:numbers")
    context = {"form": form, "row": row, "order_count": row.orders.count() if pk else 0}
    return render(request, "documents/series_form.html", context, status=422 if form.errors else 200)


@require_POST
def series_delete(request, pk):
    """Delete a series by which nothing was numbered."""
    row = get_visible(NumberSeries, request.user, allowed="documents.manage_numbers", pk=pk)
    try:
        row.delete()
    except ProtectedError:
        messages.warning(request, _("Orders stand in this series: it stays."))
    else:
        messages.success(request, _("The series is deleted."))
    return redirect("documents:numbers")


def journal(request):
    """The journal of a series over a period, this calendar year at first; as a book (PDF) or a workbook."""
    organization = workspace_organization(request, "documents.view_papers")
    choices = series_choices(organization)
    year = request.workspace.today.year
    usual = {"series": choices[0][0], "first": date(year, 1, 1), "last": date(year, 12, 31)}
    form = JournalForm({**usual, **request.GET.dict()}, series=choices)
    if not form.is_valid():
        return render(request, "documents/journal.html", {"form": form}, status=422)
    make_file = FILES.get(request.GET.get("export", ""))
    if make_file:
        return file_response(
            make_file(organization, **form.cleaned_data), _("Journal of orders"), request.GET["export"]
        )
    book = journal_book(organization, **form.cleaned_data)
    return render(request, "documents/journal.html", {"form": form, "book": book})
