"""What programmes add to pages of lower floors: home of each role, a person's file, search, registries."""

from collections import defaultdict

from django.db.models import Count, Q

from mentorship.search import Hit
from participants.registries import MENTORS, PairCells, PairCounts
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


def reports_of_person(request, person):
    """The reports on the pairs of the person that the reader may see; nothing where there are none."""
    mine = Q(pair__mentor=person) | Q(pair__in=PairMentee.objects.filter(person=person).values("pair"))
    reports = list(ProgressReport.objects.visible_to(request.user).filter(mine).for_list())
    return {"reports": reports} if reports else None


# --- search -----------------------------------------------------------------------------------------------------------
def find_pairs(user, text):
    pairs = Pair.objects.visible_to(user).matching(text).for_register()[:HITS]
    return [
        Hit(str(pair), pair.get_absolute_url(), f"{pair.program.year}, {pair.get_status_display()}") for pair in pairs
    ]


# --- registries -------------------------------------------------------------------------------------------------------
def registry_cells(kind, entries):
    """The columns of a registry that come from pairs: see `participants.registries.register_columns`."""
    people = [entry.person_id for entry in entries]
    mine = {"mentor__in": people}
    if kind != MENTORS:
        mine = {"pk__in": PairMentee.objects.filter(person__in=people).values("pair")}
    years = {entry.school_year for entry in entries}
    pairs = Pair.objects.filter(**mine, program__school_year__in=years, started_on__isnull=False)
    pairs = pairs.order_by("status", "started_on", "pk")  # "active" stands before "ended"
    pairs = list(_as_shown(pairs.select_related("form", "program"), "mentor", "form__name", "program__school_year"))
    mentees = _mentees_of(pairs)
    cells = defaultdict(list)
    for pair in pairs:
        partners, own = (mentees[pair.pk], [pair.mentor]) if kind == MENTORS else ([pair.mentor], mentees[pair.pk])
        line = PairCells(
            partner=names(partners),
            form=pair.form.name,
            affiliation="; ".join(dict.fromkeys(person.affiliation for person in partners)),
            url=pair.get_absolute_url(),
            key=pair.pk,
            people=tuple((person.pk, person.full_name) for person in partners),
        )
        for person in own:
            cells[person.pk, pair.program.school_year].append(line)
    found = {entry.pk: cells.get((entry.person_id, entry.school_year)) for entry in entries}
    return {key: lines for key, lines in found.items() if lines}


def _as_shown(rows, person, *more):
    """The rows with no more of the person in them than a registry shows: of fifty pairs all the rest is a long read."""
    shown = ("last_name", "first_name", "patronymic", "workplace", "organization__short_name")
    return rows.select_related(f"{person}__organization").only(*(f"{person}__{name}" for name in shown), *more)


def _mentees_of(pairs):
    """{key of the pair: its mentees in the order of their names}."""
    members = PairMentee.objects.filter(pair__in=[pair.pk for pair in pairs]).order_by("person__sort_name", "person")
    found = defaultdict(list)
    for member in _as_shown(members, "person", "pair_id"):
        found[member.pair_id].append(member.person)
    return found


def mentor_counts(person_keys):
    """The work of mentors in all years: see `participants.registries.register_pair_counts`."""
    worked = Pair.objects.filter(mentor__in=person_keys, started_on__isnull=False)
    counted = worked.values("mentor").order_by()
    mentees = dict(counted.annotate(count=Count("members__person", distinct=True)).values_list("mentor", "count"))
    ended = counted.filter(status=Pair.Status.ENDED)
    finished = dict(ended.annotate(count=Count("pk")).values_list("mentor", "count"))
    return {key: PairCounts(count, finished.get(key, 0)) for key, count in mentees.items()}
