"""Whom to bring together: mentees who have no mentor yet, each with the mentors who suit by what both wrote."""

from collections import Counter
from dataclasses import dataclass

from participants.models import MenteeEntry, MentorEntry
from programs.consents import lacks_of
from programs.fit import Fit, MenteeWords, MentorWords, propose
from programs.models import Pair, PairMentee, Program

SHOWN = 3  # mentors for each mentee
AT_MOST = 400  # mentors and mentees that are compared with each other; more would keep the page waiting


@dataclass(frozen=True)
class Proposal:
    """A mentee's row with [(mentor's row, Fit)], the likeliest first."""

    entry: MenteeEntry
    mentors: list[tuple[MentorEntry, Fit]]


@dataclass(frozen=True)
class Matching:
    """The proposals; how many people are left out because a consent is missing, how many because they are too many."""

    proposals: list[Proposal]
    without_consent: int
    not_compared: int


def matching_of(program: Program, *, day) -> Matching:
    """Proposals for the mentees of the programme's year who are in no pair, proposed ones counted.

    Who lacks a needed consent, has refused or withdrawn it, is not offered (design §4.3). A constant number of queries.
    """
    rows = {"person__organization": program.organization_id, "school_year": program.school_year, "is_archived": False}
    rows["person__depersonalized_on"] = None
    members = PairMentee.objects.filter(pair__in=Pair.objects.not_ended().filter(program=program))
    together = list(members.values_list("pair__mentor", "person"))
    taken = Counter(mentor for mentor, _mentee in together)
    waiting = MenteeEntry.objects.filter(**rows).exclude(person__in=members.values("person"))
    mentors, mentees = list(MentorEntry.objects.filter(**rows).for_register()), list(waiting.for_register())
    of_mentors, of_mentees = lacks_of(
        [row.person for row in mentors], [row.person for row in mentees], school_year=program.school_year, day=day
    )
    able_mentors = [row for row in mentors if not of_mentors[row.person_id].kinds]
    able_mentees = [row for row in mentees if not of_mentees[row.person_id].kinds]
    compared_mentors, compared = able_mentors[:AT_MOST], able_mentees[:AT_MOST]
    found = propose(
        [_mentor(row, taken[row.person_id]) for row in compared_mentors],
        [_mentee(row) for row in compared],
        shown=SHOWN,
        apart=frozenset(together),
    )
    by_key = {row.person_id: row for row in compared_mentors}
    return Matching(
        [Proposal(row, [(by_key[key], each) for key, each in found.get(row.person_id, ())]) for row in compared],
        without_consent=len(mentors) + len(mentees) - len(able_mentors) - len(able_mentees),
        not_compared=len(able_mentors) + len(able_mentees) - len(compared_mentors) - len(compared),
    )


def _mentor(row, taken):
    words = [row.competences, row.achievements, row.courses, row.person.subject]
    return MentorWords(
        row.person_id, "\n".join(words), row.interests, row.preferred_age, row.person.subject, taken=taken
    )


def _mentee(row):
    birth_year = row.person.birth_year
    age = row.school_year + 1 - birth_year if birth_year else None
    return MenteeWords(row.person_id, f"{row.request}\n{row.difficulties}", row.person.subject, age)
