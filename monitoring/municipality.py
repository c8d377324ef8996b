"""What an education office sees of the organizations below it: counts and figures, no names."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from monitoring.indicators import count_organizations, sum_up
from monitoring.models import Indicator
from participants.models import Organization
from programs.models import Pair, Program
from roadmap.lateness import counted_by
from roadmap.models import Activity
from roadmap.progress import Tally


@dataclass(frozen=True)
class OrganizationLine:
    """An organization below the office: its programme, pairs in force, roadmap and figures."""

    organization: Organization
    program: Program | None
    pairs_count: int
    roadmap: Tally
    # Of each indicator: pairs of the indicator and its outcome.
    outcomes: list = field(default_factory=list)


def lines_below(office, school_year, *, today):
    """([OrganizationLine], [(Indicator, Outcome)] of the office); a number of queries that does not grow."""
    organizations = list(Organization.objects.below(office).working())
    lines = lines_of(organizations, school_year, today=today)
    parts = defaultdict(dict)
    for line in lines:
        for indicator, outcome in line.outcomes:
            parts[indicator][line.organization.pk] = outcome
    indicators = list(Indicator.objects.all())
    return lines, [(indicator, sum_up(parts[indicator])) for indicator in indicators]


def lines_of(organizations, school_year, *, today):
    """An OrganizationLine of each organization, in the given order."""
    indicators = list(Indicator.objects.all())
    counted = count_organizations(indicators, organizations, school_year, today=today)
    programs = Program.objects.filter(organization__in=organizations, school_year=school_year)
    by_organization = {program.organization_id: program for program in programs}
    pairs = _pairs(by_organization.values())
    roadmaps = _roadmaps(organizations, school_year, today)
    return [
        OrganizationLine(
            organization=organization,
            program=by_organization.get(organization.pk),
            pairs_count=pairs.get(organization.pk, 0),
            roadmap=roadmaps[organization.pk],
            outcomes=[(indicator, counted[indicator.pk][organization.pk]) for indicator in indicators],
        )
        for organization in organizations
    ]


def _pairs(programs):
    """{key of the organization: pairs in force}."""
    pairs = Pair.objects.filter(program__in=programs, status=Pair.Status.ACTIVE)
    return dict(pairs.order_by().values_list("program__organization").annotate(Count("pk")))


def _roadmaps(organizations, school_year, today):
    """{key of the organization: Tally of the activities of its roadmaps of the year}."""
    rows = Activity.objects.filter(
        stage__roadmap__organization__in=organizations,
        stage__roadmap__school_year=school_year,
        stage__roadmap__is_template=False,
    )
    return counted_by("stage__roadmap__organization", rows, today)
