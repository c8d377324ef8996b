"""What an education office sees of the roadmaps below it: organization × stage, done and late. Counts, no names.

An organization without a roadmap is a line of its own and stands first: it is what an office looks for.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from mentorship.pdf import render_pdf
from mentorship.workbooks import Column, form_workbook
from participants.models import Organization
from participants.models.people import fold_for_search
from roadmap.lateness import counted_by
from roadmap.models import Activity, Roadmap, Stage
from roadmap.stage_kinds import StageKind, kind_of_title

OTHER = "other"
# Columns: the seven stages by short names, and what is none of them.
KINDS = {
    StageKind.CONDITIONS: _("Conditions"),
    StageKind.MENTEES: _("Mentees"),
    StageKind.MENTORS: _("Mentors"),
    StageKind.TRAINING: _("Training"),
    StageKind.PAIRS: _("Pairs"),
    StageKind.WORK: _("Work"),
    StageKind.RESULTS: _("Results"),
    OTHER: _("Other"),
}
MISSING, LATE, UNAPPROVED, FINISHED = "missing", "late", "unapproved", "finished"
STATES = {
    MISSING: _("without a roadmap"),
    LATE: _("with late activities"),
    UNAPPROVED: _("with a roadmap that is not approved"),
    FINISHED: _("all done"),
}
STYLES = ("css/document.css", "css/roadmap-print.css")


@dataclass(slots=True)
class Cell:
    """Activities of a stage: cancelled ones are not counted. `stage` is the key of the first stage of the kind."""

    total: int = 0
    done: int = 0
    late: int = 0
    stage: int | None = None

    def add(self, other):
        self.total += other.total
        self.done += other.done
        self.late += other.late
        self.stage = self.stage or other.stage

    @property
    def in_words(self):
        """«3 из 5, просрочено 1» for papers, which are Russian."""
        if not self.total:
            return "–"
        return f"{self.done} из {self.total}" + (f", просрочено {self.late}" if self.late else "")


def _cells():
    return {kind: Cell() for kind in KINDS}


@dataclass
class OverviewLine:
    """A roadmap of an organization; `roadmap` is None for an organization that has none in the year."""

    organization: Organization
    roadmap: Roadmap | None = None
    cells: dict = field(default_factory=_cells)
    whole: Cell = field(default_factory=Cell)
    is_one_of_several: bool = False  # then its title tells it from the others of the organization

    @property
    def states(self):
        """The words of STATES that hold for it."""
        if self.roadmap is None:
            return {MISSING}
        found = {LATE} if self.whole.late else set()
        if self.whole.total and self.whole.done == self.whole.total:
            found.add(FINISHED)
        return found | (set() if self.roadmap.approved_on else {UNAPPROVED})

    def add(self, kind, cell):
        self.cells[kind].add(cell)
        self.whole.add(cell)


def lines_of(office, school_year, today):
    """[OverviewLine] of the organizations below the office, those without a roadmap first, then the latest ones.

    Four queries, however many there are.
    """
    below = Organization.objects.below(office).working().order_by("short_name", "pk")
    organizations = list(below.only("pk", "short_name", "full_name", "kind", "slug"))
    roadmaps = Roadmap.objects.plans().filter(school_year=school_year, organization__in=organizations)
    by_key = {
        roadmap.pk: roadmap
        for roadmap in roadmaps.order_by("pk").only("pk", "title", "organization", "school_year", "approved_on")
    }
    lines = {key: OverviewLine(None, roadmap) for key, roadmap in by_key.items()}
    tallies = counted_by("stage", Activity.objects.filter(stage__roadmap__in=list(by_key)), today)
    stages = Stage.objects.filter(roadmap__in=by_key).order_by("roadmap", "position")
    for key, roadmap, kind, title in stages.values_list("pk", "roadmap", "kind", "title"):
        tally = tallies[key]
        cell = Cell(tally.total, tally.done, tally.late, key)
        lines[roadmap].add(StageKind(kind) if kind else kind_of_title(title) or OTHER, cell)
    by_organization = defaultdict(list)
    for line in lines.values():
        by_organization[line.roadmap.organization_id].append(line)
    found = []
    for organization in organizations:
        own = by_organization.get(organization.pk) or [OverviewLine(organization)]
        for line in own:
            line.organization, line.is_one_of_several = organization, len(own) > 1
        found.append(own)
    found.sort(key=lambda own: (own[0].roadmap is not None, -max(line.whole.late for line in own)))
    return [line for own in found for line in own]


@dataclass
class Summary:
    """The line below the table, over organizations and their roadmaps."""

    organizations: int = 0
    missing: int = 0
    late: int = 0
    unapproved: int = 0
    cells: dict = field(default_factory=_cells)
    whole: Cell = field(default_factory=Cell)


def sum_of(lines):
    """The Summary of lines; an organization with two roadmaps counts once."""
    summary = Summary()
    for line in lines:
        for kind, cell in line.cells.items():
            summary.cells[kind].add(cell)
        summary.whole.add(line.whole)
    states: dict = defaultdict(set)
    for line in lines:
        states[line.organization.pk] |= line.states
    summary.organizations = len(states)
    summary.missing, summary.late, summary.unapproved = (
        sum(state in found for found in states.values()) for state in (MISSING, LATE, UNAPPROVED)
    )
    return summary


def chosen(lines, *, text="", kind="", state=""):
    """Those of the lines that fit: words of the organization's name or the title, kind of organization, state."""
    wanted = fold_for_search(text)
    return [
        line
        for line in lines
        if (not kind or line.organization.kind == kind)
        and (not state or state in line.states)
        and (not wanted or wanted in fold_for_search(_words(line)))
    ]


def _words(line):
    title = line.roadmap.title if line.roadmap else ""
    return f"{line.organization.short_name} {line.organization.full_name} {title}"


def overview_xlsx(lines, *, title):
    """The lines as a workbook in the look of the official forms."""
    columns = [
        Column("Организация", lambda line: line.organization.short_name, 34),
        Column("Дорожная карта", lambda line: line.roadmap.title if line.roadmap else "нет", 40),
        Column("Утверждена", lambda line: line.roadmap.approved_on if line.roadmap else None, 13),
    ]
    for kind, label in KINDS.items():
        columns.append(Column(str(label), lambda line, kind=kind: line.cells[kind].in_words, 14))
    columns += [
        Column("Всего", lambda line: line.whole.total, 9),
        Column("Выполнено", lambda line: line.whole.done, 11),
        Column("Просрочено", lambda line: line.whole.late, 12),
    ]
    return form_workbook(lines, columns, title=title)


def overview_pdf(lines, *, title, today, words):
    """The lines on sheets across; `words` say what the filter shows."""
    rows = [(line, [line.cells[kind] for kind in KINDS]) for line in lines]
    summary = sum_of(lines)
    context = {
        "title": title,
        "rows": rows,
        "kinds": KINDS.values(),
        "summary": summary,
        "sums": [summary.cells[kind] for kind in KINDS],
        "today": today,
        "words": words,
    }
    return render_pdf("roadmap/pdf/overview.html", context, stylesheets=STYLES)
