"""Indicators: table, chart, what stands behind a figure, targets."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import xlsx_response
from mentorship.permissions import get_visible, workspace_organization
from monitoring.charts import targets_chart
from monitoring.evidence import evidence_of
from monitoring.forms import TargetForm
from monitoring.indicator_table import indicator_rows, indicators_xlsx, rows_of
from monitoring.models import Indicator, Measurement, Target
from monitoring.municipality import lines_below
from monitoring.targets import offices_above, set_target
from participants.models import Organization

MEASUREMENTS_SHOWN = 12


def _organization(request, slug, permission):
    if slug is None:
        return workspace_organization(request, permission)
    return get_visible(Organization, request.user, allowed=permission, slug=slug)


def indicator_list(request, slug=None):
    """The table of an organization; of an office: its sums and the organizations below. `?export=xlsx` gives the file."""
    organization = _organization(request, slug, "monitoring.view_indicators")
    year, today = request.workspace.school_year.start, request.workspace.today
    lines = []
    if organization.is_office:
        lines, sums = lines_below(organization, year, today=today)
        rows = rows_of(sums, organization, year, today=today)
    else:
        rows = indicator_rows(organization, year, today=today)
    if request.GET.get("export") == "xlsx":
        name = _("Indicators %(organization)s") % {"organization": organization.slug}
        return xlsx_response(indicators_xlsx(organization, year, rows, lines, today=today), name)
    context = {
        "organization": organization,
        "is_own": organization == request.workspace.organization,
        "school_year": year,
        "today": today,
        "rows": rows,
        "years": rows[0].years if rows else [],
        "chart": targets_chart(rows),
        "lines": lines,
        "may_set_targets": request.user.has_perm("monitoring.set_targets", organization),
    }
    return render(request, "monitoring/indicator_list.html", context)


def indicator_evidence(request, slug, formula):
    """The two lists behind a figure; names for the people in charge of the organization alone."""
    organization = _organization(request, slug, "monitoring.view_indicators")
    indicator = get_object_or_404(Indicator, formula=formula)
    year, today = request.workspace.school_year.start, request.workspace.today
    rows = indicator_rows(organization, year, today=today)
    row = next(row for row in rows if row.indicator == indicator)
    measurements = Measurement.objects.filter(indicator=indicator, organization=organization, school_year=year)
    context = {
        "organization": organization,
        "row": row,
        "outcome": row.outcome,
        "indicator": indicator,
        "school_year": year,
        "today": today,
        "evidence": evidence_of(row.outcome, indicator, organization, user=request.user),
        "measurements": measurements[:MEASUREMENTS_SHOWN],
    }
    return render(request, "monitoring/indicator_evidence.html", context)


def target_list(request, slug):
    """The organization's own targets: set, change, take away; what holds without them stands beside."""
    organization = _organization(request, slug, "monitoring.set_targets")
    form = TargetForm(request.POST or None, organization=organization, initial={"year": request.workspace.today.year})
    if request.method == "POST" and form.is_valid():
        try:
            set_target(organization, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The target is set."))
            return redirect("monitoring:target-list", organization.slug)
    context = {
        "organization": organization,
        "form": form,
        "own": Target.objects.own(organization),
        "inherited": Target.objects.inherited(offices_above(organization)),
    }
    return render(request, "monitoring/target_list.html", context, status=422 if form.errors else 200)


@require_POST
def target_delete(request, pk):
    targets = Target.objects.exclude(organization=None)
    target = get_visible(targets, request.user, allowed="monitoring.set_targets", pk=pk)
    target.delete()
    messages.success(request, _("The target is taken away: what is set above holds again."))
    return redirect("monitoring:target-list", target.organization.slug)
