"""The programme of the year: its page, opening, changing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.panels import render_panels
from mentorship.permissions import get_visible, workspace_organization
from programs.figures import next_steps, program_counts, with_log, with_pair_counts
from programs.forms.programs import ProgramForm
from programs.models import Pair, Program
from programs.opening import open_program, proposed_values
from programs.tables import PairTable, ProgramTable
from programs.workplace import program_at

PAIRS_ON_PAGE = 20


def program_list(request):
    """The programme of the school year, or how to open it; for an education office the programmes below."""
    organization = workspace_organization(request)
    if request.workspace.role_name == "coordinator":
        return _programs_below(request)
    current = program_at(request.workspace)
    if current:
        return _program_page(request, current)
    context = {
        "organization": organization,
        "other_programs": _other_programs(request, organization, None),
        "can_open": request.user.has_perm("programs.open_program", organization),
    }
    return render(request, "programs/program_list.html", context)


def program(request, pk):
    return _program_page(request, get_visible(Program.objects.for_list(), request.user, pk=pk))


def _program_page(request, program):
    today = request.workspace.today
    counts = program_counts(program, today=today)
    can_change = request.user.has_perm("programs.change_program", program)
    pairs = Pair.objects.visible_to(request.user).filter(program=program)
    table = PairTable(with_log(pairs.for_register(), today=today)[:PAIRS_ON_PAGE], orderable=False)
    context = {
        "program": program,
        "counts": counts,
        "steps": next_steps(program, counts) if can_change else [],
        "table": table,
        "has_more": pairs.count() > PAIRS_ON_PAGE,
        "can_change": can_change,
        "panels": render_panels("program", request, program=program),
        "other_programs": _other_programs(request, program.organization, program),
    }
    return render(request, "programs/program.html", context)


def _other_programs(request, organization, shown):
    programs = Program.objects.visible_to(request.user).filter(organization=organization)
    if shown:
        programs = programs.exclude(pk=shown.pk)
    return with_pair_counts(programs).order_by("-school_year")


def _programs_below(request):
    programs = Program.objects.visible_to(request.user).filter(school_year=request.workspace.school_year.start)
    table = ProgramTable(with_pair_counts(programs.for_list()), order_by=request.GET.get("sort", ""))
    return render(request, "programs/programs_below.html", {"table": table})


def program_open(request):
    """Open the programme of the year; a second request finds it open and leads to it."""
    organization = workspace_organization(request, "programs.open_program")
    year = request.workspace.school_year
    if existing := program_at(request.workspace):
        messages.info(request, _("The programme of %(year)s is open already.") % {"year": year})
        return redirect(existing)
    form = ProgramForm(request.POST or None, initial=proposed_values(year))
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_program(organization, school_year=year, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The programme of %(year)s is open. Now make pairs.") % {"year": year})
            return redirect(opened)
    context = {"form": form, "year": year}
    return render(request, "programs/program_open.html", context, status=422 if form.errors else 200)


def program_edit(request, pk):
    program = get_visible(Program.objects.for_list(), request.user, allowed="programs.change_program", pk=pk)
    form = ProgramForm(request.POST or None, instance=program)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The programme is changed."))
        return redirect(program)
    context = {"form": form, "program": program}
    return render(request, "programs/program_edit.html", context, status=422 if form.errors else 200)
