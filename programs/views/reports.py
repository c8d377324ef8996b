"""Progress reports: the list that is the curator's queue, writing, the page that reads as a document, the decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView
from mentorship.permissions import get_visible
from participants.workspace import MENTOR
from programs.filters import ReportFilter
from programs.forms.reports import PeriodForm, ReportForm, ReturnForm
from programs.models import Pair, ProgressReport
from programs.reports import (
    accept_report,
    change_report,
    delete_draft,
    draft_report,
    figures_from_log,
    meetings_of,
    next_period,
    refill_report,
    return_report,
    submit_report,
)
from programs.sheets import reports_sheet
from programs.tables import ReportTable
from programs.workplace import IN_CHARGE, pairs_at, reports_at, require_role


class ReportList(PortalListView):
    table_class = ReportTable
    filterset_class = ReportFilter
    template_name = "programs/report_list.html"

    @property
    def export_name(self):
        return _("Progress reports")

    def queryset_for(self, request):
        require_role(request.workspace, *IN_CHARGE, MENTOR)
        return reports_at(request.workspace).for_list()

    def get_context_data(self, **kwargs):
        workspace = self.request.workspace
        is_mentor, is_curator = workspace.role_name == MENTOR, workspace.role_name == "curator"
        context = {
            "waiting_count": reports_at(workspace).filter(status="submitted").count() if is_curator else 0,
            "to_write": _to_write(workspace) if is_mentor else [],
            "is_mentor": is_mentor,
        }
        return super().get_context_data(**kwargs) | context

    def export(self, reports):
        return reports_sheet(reports)


def _to_write(workspace):
    """(pair, period) of the mentor's pairs that still have something to report."""
    pairs = pairs_at(workspace).exclude(status=Pair.Status.PROPOSED).for_register().prefetch_related("reports")
    found = [(pair, next_period(pair, pair.reports.all())) for pair in pairs]
    return [(pair, period) for pair, period in found if period]


def report_add(request, pk):
    """Choose the period; the draft is then filled from the log."""
    pair = get_visible(Pair.objects.for_register(), request.user, allowed="programs.write_report", pk=pk)
    period = next_period(pair, pair.reports.all())
    form = PeriodForm(request.POST or None, initial=period._asdict() if period else None)
    if request.method == "POST" and form.is_valid():
        if existing := pair.reports.filter(**form.cleaned_data).first():
            messages.info(request, _("There is a report for this period already."))
            return redirect(existing)
        try:
            report = draft_report(pair, by=request.user, today=request.workspace.today, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The draft is filled from the log. Add the results and send it."))
            return redirect("programs:report-edit", pk=report.pk)
    context = {"form": form, "pair": pair}
    return render(request, "programs/report_add.html", context, status=422 if form.errors else 200)


def report(request, pk):
    report = get_visible(ProgressReport.objects.for_list(), request.user, pk=pk)
    return _report_page(request, report)


def _report_page(request, report, *, return_form=None, status=200):
    today, user = request.workspace.today, request.user
    is_frozen = not report.is_editable
    figures = {} if is_frozen else figures_from_log(report, today=today)
    for name, value in figures.items():
        setattr(report, name, value)
    is_waiting = report.status == ProgressReport.Status.SUBMITTED
    events = report.events.select_related("actor", "content_type").prefetch_related("actor__people")
    context = {
        "report": report,
        "pair": report.pair,
        "is_frozen": is_frozen,
        "meetings": meetings_of(report, today=today).prefetch_related("attendees"),
        "can_write": report.is_editable and user.has_perm("programs.write_report", report),
        "can_judge": is_waiting and user.has_perm("programs.judge_report", report),
        "return_form": return_form or ReturnForm(),
        "returned": _last_return(report),
        "events": events,
    }
    return render(request, "programs/report.html", context, status=status)


def _last_return(report):
    """The step by which the curator returned the report, while it is not sent again."""
    is_returned = report.status == ProgressReport.Status.RETURNED
    return report.events.filter(status=ProgressReport.Status.RETURNED).first() if is_returned else None


def _own_report(request, pk):
    return get_visible(ProgressReport.objects.for_list(), request.user, allowed="programs.write_report", pk=pk)


def report_edit(request, pk):
    report = _own_report(request, pk)
    if not report.is_editable:
        messages.error(request, _("A report that was sent cannot be changed."))
        return redirect(report)
    form = ReportForm(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid() and _is_written(report, form):
        messages.success(request, _("The report is saved. Read it once more and send it to the curator."))
        return redirect(report)
    return _edit_page(request, report, form)


@require_POST
def report_refill(request, pk):
    """Save what was typed, and add the meetings that the text does not hold yet."""
    report = _own_report(request, pk)
    form = ReportForm(request.POST, instance=report)
    if not (form.is_valid() and _is_written(report, form)):
        return _edit_page(request, report, form)
    count = refill_report(ProgressReport.objects.get(pk=pk), today=request.workspace.today)
    words = ngettext("%(count)s meeting is added from the log.", "%(count)s meetings are added from the log.", count)
    messages.success(request, words % {"count": count} if count else _("The text holds all meetings of the log."))
    return redirect("programs:report-edit", pk=pk)


def _is_written(report, form):
    try:
        change_report(report, **form.values())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _edit_page(request, report, form):
    figures = figures_from_log(report, today=request.workspace.today)
    context = {
        "form": form,
        "report": report,
        "pair": report.pair,
        "figures": figures,
        "returned": _last_return(report),
    }
    return render(request, "programs/report_form.html", context, status=422 if form.errors else 200)


@require_POST
def report_submit(request, pk):
    report = _own_report(request, pk)
    try:
        submit_report(report, by=request.user, today=request.workspace.today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programs:report-edit" if report.is_editable else "programs:report", pk=pk)
    messages.success(request, _("The report is sent to the curator."))
    return redirect(report)


@require_POST
def report_delete(request, pk):
    report = _own_report(request, pk)
    pair = report.pair
    try:
        delete_draft(report)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programs:report", pk=pk)
    messages.success(request, _("The draft is deleted."))
    return redirect(pair)


def _judged_report(request, pk):
    return get_visible(ProgressReport.objects.for_list(), request.user, allowed="programs.judge_report", pk=pk)


@require_POST
def report_accept(request, pk):
    report = _judged_report(request, pk)
    try:
        accept_report(report, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The report is accepted; the mentor gets a letter."))
    return redirect(report)


@require_POST
def report_return(request, pk):
    report = _judged_report(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _report_page(request, report, return_form=form, status=422)
    try:
        return_report(report, by=request.user, comment=form.cleaned_data["comment"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The report is returned; the mentor gets your comment in a letter."))
    return redirect(report)
