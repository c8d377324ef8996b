"""What the indicators are counted from: each formula gives, for many organizations at once, numerator and denominator.

The number of queries does not depend on the number of organizations. Nothing here is typed but the count of teachers,
which the programme keeps: the portal has no register of all teachers.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from monitoring.indicator_formulas import Figure, pool_of_small, total
from monitoring.models import Indicator, Survey
from monitoring.satisfaction import satisfaction_of
from participants.models import Organization, Person
from programs.models import Pair, PairMentee, Program

COUNTED, NO_DATA, TOO_FEW, IMPOSSIBLE, UPWARD = "counted", "no_data", "too_few", "impossible", "upward"
IN_FORCE_IN_THE_YEAR = (Pair.Status.ACTIVE, Pair.Status.ENDED)


@dataclass(frozen=True)
class Outcome:
    """An indicator of one organization in a school year: a figure, or the reason why there is none."""

    state: str
    figure: Figure | None = None
    reason: str = ""
    # Keys of what is counted: people for mentees, organizations for mentors given; satisfaction keeps the means.
    numerator: frozenset = frozenset()
    means: tuple = ()
    # What goes into sums upward although it is not shown here.
    hidden: Figure | None = None
    survey: Survey | None = None
    response: Figure | None = None
    program: Program | None = None
    # For an office: the outcomes below by the key of the organization, and why some of them are not in the sum.
    parts: dict = field(default_factory=dict)
    left_out: dict = field(default_factory=dict)

    @property
    def is_counted(self):
        return self.state == COUNTED

    @property
    def is_upward_only(self):
        return self.state == UPWARD

    @property
    def percent(self):
        return self.figure.percent if self.is_counted and self.figure else None

    @property
    def has_low_response(self):
        """Fewer than 60 % of the asked answered: the figure says little about the others."""
        return self.response is not None and (self.response.percent or 0) < 60


def count_indicators(organization, school_year, *, today):
    """[(Indicator, Outcome)] of an organization; of an education office: the sums over the organizations below it."""
    indicators = list(Indicator.objects.all())
    if organization.is_office:
        below = list(Organization.objects.below(organization).working())
        return count_upward(indicators, below, school_year, today=today)
    counted = count_organizations(indicators, [organization], school_year, today=today)
    return [(indicator, counted[indicator.pk][organization.pk]) for indicator in indicators]


def count_upward(indicators, organizations, school_year, *, today):
    """[(Indicator, Outcome)] of an office above the organizations."""
    counted = count_organizations(indicators, organizations, school_year, today=today)
    return [(indicator, sum_up(counted[indicator.pk])) for indicator in indicators]


def count_organizations(indicators, organizations, school_year, *, today):
    """{key of the indicator: {key of the organization: Outcome}}."""
    return {
        indicator.pk: FORMULAS[indicator.formula](indicator, organizations, school_year, today)
        for indicator in indicators
    }


def sum_up(parts):
    """The Outcome of what stands above: Σ/Σ over those that have a figure; the others are listed, not counted as zero.

    Groups too small to be shown enter only together, when they make a group that may be shown.
    """
    small = pool_of_small(
        (part.hidden for part in parts.values() if part.state == TOO_FEW), smallest_group=settings.SMALL_GROUP
    )
    entering = {COUNTED, UPWARD, TOO_FEW} if small else {COUNTED, UPWARD}
    inside = [part for part in parts.values() if part.state in entering]
    left_out = {key: part.reason for key, part in parts.items() if part.state not in entering}
    whole = total(part.hidden or part.figure for part in inside)
    if not whole.denominator:
        return Outcome(NO_DATA, reason=_("No organization has figures for this year."), parts=parts, left_out=left_out)
    responses = [part.response for part in inside if part.response]
    return Outcome(COUNTED, whole, response=total(responses) if responses else None, parts=parts, left_out=left_out)


def _programs(organizations, school_year):
    programs = Program.objects.filter(organization__in=organizations, school_year=school_year)
    return {program.organization_id: program for program in programs}


def mentee_share(indicator, organizations, school_year, today):
    """Teachers of the organization who are mentees of its pairs in force in the year ÷ all its teachers.

    A person in several pairs counts once; pupils, students and people from outside do not count.
    """
    programs = _programs(organizations, school_year)
    mentees = defaultdict(set)
    rows = PairMentee.objects.filter(
        pair__program__in=programs.values(),
        pair__status__in=IN_FORCE_IN_THE_YEAR,
        person__kind=Person.Kind.TEACHER,
        person__organization=F("pair__program__organization"),
    )
    for organization_id, person_id in rows.values_list("pair__program__organization", "person"):
        mentees[organization_id].add(person_id)
    return {
        organization.pk: _mentee_share(programs.get(organization.pk), frozenset(mentees[organization.pk]))
        for organization in organizations
    }


def _mentee_share(program, mentees):
    if program is None:
        return Outcome(NO_DATA, reason=_("There is no programme for this school year."))
    values = {"program": program, "numerator": mentees}
    if not program.teachers_count:
        return Outcome(
            NO_DATA, reason=_("The programme does not say how many teachers the organization has."), **values
        )
    if len(mentees) > program.teachers_count:
        reason = _("More mentees than teachers: correct the number of teachers in the programme.")
        return Outcome(IMPOSSIBLE, reason=reason, **values)
    return Outcome(COUNTED, Figure(len(mentees), program.teachers_count), **values)


def supplying_share(indicator, organizations, school_year, today):
    """Organizations of which at least one person is a mentor of a pair in force in the year ÷ all of them.

    A share of organizations has a meaning above them alone: here each is “1 of 1” or “0 of 1”. A mentor from
    outside, whom a partner sent, is not given by the organization in whose files he is.
    """
    pairs = Pair.objects.filter(
        program__school_year=school_year, status__in=IN_FORCE_IN_THE_YEAR, mentor__organization__in=organizations
    ).exclude(mentor__kind=Person.Kind.OUTSIDE)
    supplying = set(pairs.values_list("mentor__organization", flat=True))
    reason = _("Measured over all organizations of a municipality.")
    return {
        organization.pk: Outcome(
            UPWARD,
            Figure(int(organization.pk in supplying), 1),
            reason=reason,
            numerator=frozenset({organization.pk} & supplying),
        )
        for organization in organizations
    }


def mentee_satisfaction(indicator, organizations, school_year, today):
    """Satisfied mentees ÷ mentees who took part in the survey."""
    return _satisfaction(indicator, organizations, school_year, today, role="mentee")


def mentor_satisfaction(indicator, organizations, school_year, today):
    """Satisfied mentors ÷ mentors who took part in the survey."""
    return _satisfaction(indicator, organizations, school_year, today, role="mentor")


def _satisfaction(indicator, organizations, school_year, today, *, role):
    found = satisfaction_of(organizations, school_year, role=role, threshold=indicator.threshold, today=today)
    return {organization.pk: _satisfaction_outcome(found.get(organization.pk)) for organization in organizations}


def _satisfaction_outcome(measured):
    if measured is None:
        return Outcome(NO_DATA, reason=_("No survey with questions about satisfaction has been answered."))
    values = {"survey": measured.survey, "response": measured.response}
    if measured.figure.denominator < settings.SMALL_GROUP:
        return Outcome(TOO_FEW, reason=_("Too few answers to be shown."), hidden=measured.figure, **values)
    return Outcome(COUNTED, measured.figure, means=measured.means, **values)


FORMULAS = {
    Indicator.Formula.MENTEE_SHARE: mentee_share,
    Indicator.Formula.SUPPLYING_SHARE: supplying_share,
    Indicator.Formula.MENTEE_SATISFACTION: mentee_satisfaction,
    Indicator.Formula.MENTOR_SATISFACTION: mentor_satisfaction,
}
