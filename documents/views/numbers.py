"""Numbers of papers: the series, the numbers that are kept, the journal as a book."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms import JournalForm, KeepNumberForm, SeriesForm, add_broken_rule
from documents.journal_book import journal_book, journal_pdf, journal_xlsx
from documents.models import KeptNumber, NumberSeries, Paper
from documents.models.numbers import PAPER_SERIES
from documents.registration import keep_number, release_number, save_series, series_in
from mentorship.lists import file_response
from mentorship.permissions import get_visible, workspace_organization

FILES = {"pdf": journal_pdf, "xlsx": journal_xlsx}


def numbers(request):
    """The series of the organization and the numbers that are kept; a number is kept here."""
    organization = workspace_organization(request, "documents.manage_numbers")
    series = series_in(organization)
    form = KeepNumberForm(request.POST if request.method == "POST" else None, series=choices_of(series))
    if request.method == "POST" and form.is_valid():
        today = request.workspace.today
        try:
            kept = keep_number(
                organization,
                series=form.cleaned_data["series"],
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
    kept = KeptNumber.objects.free().filter(organization=organization).select_related("kept_by")
    context = {
        "form": form,
        "organization": organization,
        "series": [each for each in series.values() if each.is_of_orders and each.row],
        "paper_series": [each for each in series.values() if not each.is_of_orders],
        "kept": [(each, series[each.series].label) for each in kept.order_by("-year", "pk")],
    }
    return render(request, "documents/numbers.html", context, status=422 if form.errors else 200)


def choices_of(series):
    """The series as a form offers them."""
    return [(key, each.label) for key, each in series.items()]


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


def series_edit(request, pk=None, papers=""):
    """A new series, or another name or form of numbers for one that is there; with `papers` that of a kind of papers."""
    organization = workspace_organization(request, "documents.manage_numbers")
    if papers and papers not in PAPER_SERIES:
        raise Http404
    if pk:
        row = get_visible(NumberSeries, request.user, allowed="documents.manage_numbers", pk=pk)
    else:
        row = NumberSeries(organization=organization, papers=papers)
        row.name = series_in(organization)[papers].name if papers else ""
    form = SeriesForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_series(form.save(commit=False), by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The series is kept."))
            return redirect("documents:numbers")
    used = Paper.objects.filter(organization=row.organization, series=row.key) if pk or papers else Paper.objects.none()
    context = {"form": form, "row": row, "paper_count": used.count()}
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
    choices = choices_of(series_in(organization))
    year = request.workspace.today.year
    usual = {"series": choices[0][0], "first": date(year, 1, 1), "last": date(year, 12, 31)}
    form = JournalForm({**usual, **request.GET.dict()}, series=choices)
    if not form.is_valid():
        return render(request, "documents/journal.html", {"form": form}, status=422)
    make_file = FILES.get(request.GET.get("export", ""))
    if make_file:
        return file_response(
            make_file(organization, **form.cleaned_data), _("Journal of registration"), request.GET["export"]
        )
    book = journal_book(organization, **form.cleaned_data)
    return render(request, "documents/journal.html", {"form": form, "book": book})
