"""Who stands with whom: mentors and mentees of an organization put into pairs and groups."""

from collections.abc import Sequence
from typing import NamedTuple

from monitoring.demo.people import Staff
from participants.models import Organization, Person

FORMS = {
    Organization.Kind.KINDERGARTEN: "воспитатель – воспитатель",
    Organization.Kind.SCHOOL: "учитель – учитель",
    Organization.Kind.CENTRE: "педагог – педагог",
}
PUPILS_FORM = "ученик – ученик"


class Team(NamedTuple):
    """A mentor and mentees who are going to be a pair or a group; `form` by its name."""

    mentor: Person
    mentees: list[Person]
    form: str


class TeamsOfYear(NamedTuple):
    """Teams by how far their order is; some people stay in the registries without a pair."""

    approved: list[Team]
    submitted: list[Team]
    drafted: list[Team]


def teams_of_this_year(staff: Staff) -> TeamsOfYear:
    """The last two teams wait: one for the head, one for the curator. The first is of those who can sign in."""
    form = FORMS[Organization.Kind(staff.place.kind)]
    teams = team_up(staff.mentors[:-1], staff.mentees[:-1], form=form)
    teams[1:1] = team_up(staff.pupil_mentors, staff.pupil_mentees, form=PUPILS_FORM)
    return TeamsOfYear(teams[:-2], [teams[-2]], [teams[-1]])


def teams_of_last_year(staff: Staff) -> list[Team]:
    return team_up(staff.former_mentors, staff.former_mentees, form=FORMS[Organization.Kind(staff.place.kind)])


def team_up(mentors: Sequence[Person], mentees: Sequence[Person], *, form: str) -> list[Team]:
    """One mentee for each mentor, the others by two to the second mentor, the third and so on; who is left waits."""
    teams = [Team(mentor, [mentee], form) for mentor, mentee in zip(mentors, mentees, strict=False)]
    in_turn = [*teams[1:2] * 2, *teams[2:] * 2, *teams[:1] * 2]
    for team, mentee in zip(in_turn, mentees[len(teams) :], strict=False):
        team.mentees.append(mentee)
    return teams
