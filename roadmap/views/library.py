"""The library: ready roadmaps that an organization takes, and its own plan copied to the next year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.permissions import get_visible, require, workspace_organization
from mentorship.school_year import SchoolYear
from roadmap.forms import CopyForm, OfficeTakesReadyForm, TakeReadyForm
from roadmap.models import Roadmap
from roadmap.next_year import copy_roadmap, propose_copy
from roadmap.ready_roadmaps import ready_roadmap, ready_roadmaps, take_ready
from roadmap.roadmap_reading import Approval


def ready_list(request):
    """Ready roadmaps; the one for this kind of organization stands first."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    found = ready_roadmaps(request.workspace.school_year.start, first=organization.kind)
    return render(request, "roadmap/ready_list.html", {"found": found, "organization": organization})


def ready_shown(request, kind):
    """A ready roadmap to look at, and the button that takes it for the school year."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    year = request.workspace.school_year
    ready = ready_roadmap(kind, year.start)
    if ready is None:
        raise Http404
    make_form = OfficeTakesReadyForm if organization.is_office else TakeReadyForm
    form = make_form(request.POST or None, initial={"title": ready.title_for(year.start)})
    if request.method == "POST" and form.is_valid():
        try:
            roadmap = take_ready(
                ready,
                organization=organization,
                school_year=year.start,
                by=request.user,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The roadmap is yours now: change in it what is different with you."))
            return redirect(roadmap)
    context = {"ready": ready, "form": form, "year": year, "organization": organization}
    return render(request, "roadmap/ready.html", context, status=422 if form.errors else 200)


def next_year(request, pk):
    """The copy of a plan for another year as it would be, the old words beside the new ones; then it is made."""
    rows = Roadmap.objects.select_related("organization")
    roadmap = get_visible(rows, request.user, pk=pk, allowed="roadmap.change_roadmap")
    require(request.user, "roadmap.import_roadmap", roadmap.organization)
    years = _years_after(roadmap, request.workspace.school_year)
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each.start) == asked), years[0])
    with_cancelled = request.GET.get("cancelled") == "1"
    copy = propose_copy(roadmap, school_year=year.start, with_cancelled=with_cancelled)
    approval = copy.reading.approval or Approval()
    proposed = {"approver_position": approval.position, "approver_name": approval.name}
    form = CopyForm(request.POST or None, initial={"title": copy.reading.title, "shown": copy.fingerprint, **proposed})
    if request.method == "POST" and form.is_valid():
        try:
            made = copy_roadmap(
                roadmap,
                school_year=year.start,
                title=form.cleaned_data["title"],
                by=request.user,
                shown=form.cleaned_data["shown"],
                with_cancelled=with_cancelled,
                approver=(form.cleaned_data["approver_position"], form.cleaned_data["approver_name"]),
            )
        except ValidationError as error:
            # The page shows the plan as it stands now; what is sent from it stands upon that.
            form = CopyForm({**form.cleaned_data, "shown": copy.fingerprint})
            form.is_valid()
            form.add_error(None, error.messages)
        else:
            done = _("The roadmap is copied.")
            if made.remarks.exists():
                done = _("The roadmap is copied. What asks for a look is listed above the stages.")
            messages.success(request, done)
            return redirect(made)
    context = {
        "roadmap": roadmap,
        "copy": copy,
        "form": form,
        "year": year,
        "years": years,
        "with_cancelled": with_cancelled,
        "period": copy.reading.period,
        "approval": approval,
    }
    return render(request, "roadmap/next_year.html", context, status=422 if form.errors else 200)


def _years_after(roadmap, current):
    """The years to which a plan may be copied: the next one, and those up to the one after the present."""
    first = roadmap.school_year + 1
    last = min(max(first, current.start + 1), roadmap.school_year + 10)
    return [SchoolYear(start) for start in range(first, last + 1)]
