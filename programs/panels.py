"""What programmes add to pages of lower floors: home of each role, a person's file, search, registries."""

from collections import defaultdict

from mentorship.search import Hit
from participants.registries import MENTORS, PairCells
from programs.figures import next_steps, program_counts
from programs.models import Pair, PairMentee, Program, ProgressReport
from programs.plans import plans_at
from programs.tables import names
from programs.workplace import program_at

HITS = 10
REPORTS_SHOWN = 5


# --- home -------------------------------------------------------------------------------------------------------------
def mentor_home(request):
    return {"plans": plans_at(request.workspace), "today": request.workspace.today}


def mentee_home(request):
    return {"plans": plans_at(request.workspace), "today": request.workspace.today}


def curator_home(request):
    """The state of the programme and the reports that wait."""
    program = program_at(request.workspace)
    if program is None:
        return {"program": None, "year": request.workspace.school_year}
    counts = program_counts(program, today=request.workspace.today)
    waiting = ProgressReport.objects.filter(pair__program=program, status=ProgressReport.Status.SUBMITTED).for_list()
    return {
        "program": program,
        "counts": counts,
        "steps": next_steps(program, counts),
        "reports": waiting[:REPORTS_SHOWN],
    }


def counts_home(request):
    """The same counts for those who look on: the head and the staff."""
    program = program_at(request.workspace)
    counts = program_counts(program, today=request.workspace.today) if program else None
    return {"program": program, "counts": counts, "year": request.workspace.school_year}


def coordinator_home(request):
    """How many organizations below have opened their programme."""
    year = request.workspace.school_year
    programs = Program.objects.visible_to(request.user).filter(school_year=year.start)
    return {"year": year, "count": programs.count()}


# --- a person's file --------------------------------------------------------------------------------------------------
def pairs_of_person(request, person):
    """Pairs in which the person stands, the newest year first."""
    mine = PairMentee.objects.filter(person=person)
    pairs = Pair.objects.visible_to(request.user).for_register()
    pairs = pairs.filter(mentor=person) | pairs.filter(pk__in=mine.values("pair"))
    return {"pairs": pairs.order_by("-program__school_year", "-started_on", "pk")}


# --- search -----------------------------------------------------------------------------------------------------------
def find_pairs(user, text):
    pairs = Pair.objects.visible_to(user).matching(text).for_register()[:HITS]
    return [
        Hit(str(pair), pair.get_absolute_url(), f"{pair.program.year}, {pair.get_status_display()}") for pair in pairs
    ]


# --- registries -------------------------------------------------------------------------------------------------------
def registry_cells(kind, entries):
    """The columns of a registry that come from pairs: see `participants.registries.register_columns`."""
    first = entries[0]
    pairs = (
        Pair.objects.filter(
            program__organization=first.person.organization_id,
            program__school_year=first.school_year,
            started_on__isnull=False,
        )
        .for_register()
        .order_by("status", "started_on", "pk")  # "active" stands before "ended"
    )
    cells = defaultdict(list)
    for pair in pairs:
        partners, own = (pair.mentees, [pair.mentor]) if kind == MENTORS else ([pair.mentor], pair.mentees)
        places = "; ".join(dict.fromkeys(person.affiliation for person in partners))
        line = PairCells(names(partners), pair.form.name, places, pair.get_absolute_url())
        for person in own:
            cells[person.pk].append(line)
    return {entry.pk: cells[entry.person_id] for entry in entries if entry.person_id in cells}
