"""Pairs and groups: the list, one pair, making, changing, deleting a proposal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView
from mentorship.panels import render_panels
from mentorship.permissions import get_visible
from participants.workspace import MENTEE, MENTOR
from programs.figures import with_log
from programs.filters import PairFilter
from programs.forms.pairs import PairForm
from programs.models import Pair, Program
from programs.pairs import (
    PairExistsError,
    change_pair,
    check_can_change,
    create_pair,
    delete_proposed_pair,
    holds_on,
    warnings_about,
)
from programs.proposals import matching_of
from programs.reports import next_period
from programs.sheets import pairs_sheet
from programs.tables import PairTable
from programs.undo import deleted_meeting
from programs.workplace import IN_CHARGE, pairs_at, program_at, require_role

LINES_ON_PAGE, PROPOSALS_ON_PAGE = 10, 20


class PairList(PortalListView):
    table_class = PairTable
    filterset_class = PairFilter
    template_name = "programs/pair_list.html"

    @property
    def export_name(self):
        return _("Pairs and groups")

    def queryset_for(self, request):
        require_role(request.workspace, *IN_CHARGE, MENTOR, MENTEE)
        return with_log(pairs_at(request.workspace).for_register(), today=request.workspace.today)

    def get_context_data(self, **kwargs):
        program = program_at(self.request.workspace)
        can_manage = bool(program) and self.request.user.has_perm("programs.manage_pairs", program)
        return super().get_context_data(**kwargs) | {"program": program, "can_manage": can_manage}

    def export(self, pairs):
        return pairs_sheet(pairs)


def pair(request, pk):
    """One pair: its people, time, log, reports and papers."""
    user, today = request.user, request.workspace.today
    pair = get_visible(Pair.objects.for_register(), user, pk=pk)
    is_in_charge = pair.program.organization_id in user.organizations_in_charge or user.is_superuser
    is_mentor = pair.mentor.user_id == user.pk
    sees_reports = is_in_charge or is_mentor
    reports = list(pair.reports.all()) if sees_reports else []
    can_manage = user.has_perm("programs.manage_pairs", pair)
    holds = holds_on(pair) if can_manage and pair.status == Pair.Status.PROPOSED else []
    planned = pair.meetings.unmarked().filter(held_on__gte=today).order_by("held_on", "pk")
    past = pair.meetings.exclude(pk__in=planned).prefetch_related("attendees")
    past_count = past.count()
    context = {
        "pair": pair,
        "today": today,
        "is_in_charge": is_in_charge,
        "is_mentor": is_mentor,
        "sees_contacts": sees_reports,
        "planned": planned,
        "past": past[:LINES_ON_PAGE],
        "past_count": past_count,
        "has_more": past_count > LINES_ON_PAGE,
        "reports": reports,
        "sees_reports": sees_reports,
        "period": next_period(pair, reports) if is_mentor else None,
        "can_log": pair.works_on(request.workspace.today) and user.has_perm("programs.log_meeting", pair),
        "can_change": can_manage and pair.status == Pair.Status.PROPOSED and not holds,
        "holds": holds,
        "warnings": warnings_about(pair) if can_manage and pair.status != Pair.Status.ENDED else [],
        "deleted": deleted_meeting(request, pair),
        "panels": render_panels("pair", request, pair=pair),
        "events": pair.events.select_related("actor", "content_type").prefetch_related("actor__people"),
    }
    return render(request, "programs/pair.html", context)


def matching(request, pk):
    """Mentees without a mentor, each with the mentors who suit by what both wrote."""
    program = _managed_program(request, pk)
    found = matching_of(program, day=request.workspace.today)
    page = Paginator(found.proposals, PROPOSALS_ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "programs/matching.html", {"program": program, "matching": found, "page": page})


def _proposed(parameters):
    """The mentor and the mentees that a link to the form names; the form itself offers only whom it may."""
    keys = {name: [key for key in parameters.getlist(name) if key.isdecimal()] for name in ("mentor", "mentees")}
    return {"mentor": keys["mentor"][0] if keys["mentor"] else None, "mentees": keys["mentees"]}


def pair_add(request, pk):
    """Propose a pair or group of the programme."""
    program = _managed_program(request, pk)
    initial = {"planned_from": program.starts_on, "planned_to": program.ends_on, **_proposed(request.GET)}
    form = PairForm(request.POST or None, program=program, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_pair(program, by=request.user, **form.values())
        except PairExistsError as error:
            if error.is_same:
                messages.info(request, _("This pair is made already."))
                return redirect(error.pair)
            form.add_error(None, error)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The pair is proposed. It comes into force by an order of the head."))
            return redirect(made)
    return _pair_form(request, form, program)


@require_POST
def pair_find(request, pk):
    """The form again as it was typed, with the mentees whom the words find; nothing is saved."""
    program = _managed_program(request, pk)
    pair = get_object_or_404(program.pairs, pk=request.GET["pair"]) if request.GET.get("pair", "").isdecimal() else None
    typed = {name: request.POST.get(name) for name in [*PairForm.Meta.fields, "wanted"]}
    typed["mentees"] = request.POST.getlist("mentees")
    form = PairForm(program=program, instance=pair, initial=typed)
    return _pair_form(request, form, program, pair=pair)


def pair_edit(request, pk):
    """Change a proposal that no order holds."""
    pair = get_visible(Pair.objects.for_register(), request.user, allowed="programs.manage_pairs", pk=pk)
    try:
        check_can_change(pair)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(pair)
    initial = {"mentees": [person.pk for person in pair.mentees]}
    form = PairForm(request.POST or None, program=pair.program, instance=pair, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            pair = change_pair(pair, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The pair is changed."))
            return redirect(pair)
    return _pair_form(request, form, pair.program, pair=pair)


def _managed_program(request, pk):
    return get_visible(
        Program.objects.select_related("organization"), request.user, allowed="programs.manage_pairs", pk=pk
    )


def _pair_form(request, form, program, *, pair=None):
    form.show_wanted()
    # The form writes what was typed into its instance; the heading names the pair as it is stored.
    mentor_row, mentee_rows = form.chosen_rows()
    context = {
        "form": form,
        "program": program,
        "pair": pair and Pair.objects.for_register().get(pk=pair.pk),
        "mentor_row": mentor_row,
        "mentee_rows": mentee_rows,
    }
    return render(request, "programs/pair_form.html", context, status=422 if form.errors else 200)


def pair_delete(request, pk):
    """Ask, then delete a proposal that no order holds."""
    pair = get_visible(Pair.objects.for_register(), request.user, allowed="programs.manage_pairs", pk=pk)
    try:
        if request.method == "POST":
            delete_proposed_pair(pair)
            messages.success(request, _("The proposed pair is deleted."))
            return redirect(pair.program)
        check_can_change(pair)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(pair)
    return render(request, "programs/pair_delete.html", {"pair": pair})
