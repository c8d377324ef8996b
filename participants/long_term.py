"""The long-term registry: mentors of all years with their work, and finished mentees proposed as mentors."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from mentorship.school_year import SchoolYear
from participants.models import LongTermMentor, MenteeEntry, MentorEntry, Person
from participants.registries import pair_counts
from participants.registry_export import contacts_of

LISTED, TURNED_DOWN = LongTermMentor.Status.LISTED, LongTermMentor.Status.TURNED_DOWN
NO_COUNTS = (0, 0)


@dataclass(frozen=True)
class LongTermLine:
    """A line of the registry: the person, the school years as a mentor and as a mentee, the work in all years."""

    person: Person
    mentor_years: list[int]
    mentored_years: list[int]
    mentees: int
    finished: int
    listed_on: date | None
    left_on: date | None
    note: str

    @property
    def contacts(self):
        return contacts_of(self.person)

    @property
    def years(self):
        return ", ".join(str(SchoolYear(year)) for year in self.mentor_years)

    @property
    def mentee_years(self):
        return ", ".join(str(SchoolYear(year)) for year in self.mentored_years)


def long_term_mentors(organization):
    """People of the organization who were mentors in any year, or were taken into the long-term registry."""
    listed = LongTermMentor.objects.filter(status=LISTED).values("person")
    return Person.objects.filter(
        Q(pk__in=MentorEntry.objects.values("person")) | Q(pk__in=listed),
        organization=organization,
        depersonalized_on=None,
    )


def proposed_mentors(organization, *, turned_down=False):
    """Mentees who have completed a programme and were mentors in no year; those turned down before on demand."""
    finished = MenteeEntry.objects.filter(Q(completed_on__isnull=False) | Q(is_completed=True)).values("person")
    people = Person.objects.filter(organization=organization, depersonalized_on=None, pk__in=finished)
    people = people.exclude(pk__in=MentorEntry.objects.values("person"))
    if turned_down:
        return people.filter(long_term_mentor__status=TURNED_DOWN)
    return people.filter(long_term_mentor=None)


def long_term_lines(people):
    """[LongTermLine] of the people, in their order, by four queries."""
    people = list(people)
    keys = [person.pk for person in people]
    mentor_years, mentee_years = _years(MentorEntry, keys), _years(MenteeEntry, keys)
    rows = {row.person_id: row for row in LongTermMentor.objects.filter(person__in=keys, status=LISTED)}
    counts = pair_counts(keys)
    return [
        LongTermLine(
            person,
            mentor_years[person.pk],
            mentee_years[person.pk],
            *counts.get(person.pk, NO_COUNTS),
            listed_on=rows[person.pk].listed_on if person.pk in rows else _first_day(mentor_years[person.pk]),
            left_on=rows[person.pk].left_on if person.pk in rows else None,
            note=rows[person.pk].note if person.pk in rows else "",
        )
        for person in people
    ]


def long_term_row(person):
    """The person's row of the registry; a new one, not saved, of a mentor who has none of his own yet."""
    found = LongTermMentor.objects.filter(person=person).first()
    if found is None or found.status == TURNED_DOWN:
        years = _years(MentorEntry, [person.pk])[person.pk]
        found = found or LongTermMentor(person=person)
        found.status, found.listed_on = LISTED, _first_day(years)
    return found


@transaction.atomic
def decide_proposals(people, status, *, today):
    """Take finished mentees into the registry, or remember that they were turned down.

    Returns the keys of those decided on now; who was decided on meanwhile is left out.
    """
    people = list(people.select_for_update(of=("self",)))
    rows = {row.person_id: row for row in LongTermMentor.objects.filter(person__in=people)}
    decided = []
    for person in people:
        row = rows.get(person.pk) or LongTermMentor(person=person)
        if row.pk and row.status == status:
            continue
        row.status, row.listed_on = status, today
        row.full_clean()
        row.save()
        decided.append(person.pk)
    return decided


@transaction.atomic
def take_decision_back(person_keys, status):
    """The way back: the people are proposed again. Returns how many."""
    rows = LongTermMentor.objects.filter(person__in=person_keys, status=status).select_related("person")
    count = 0
    for row in rows:
        row.delete()
        count += 1
    return count


def _years(model, keys):
    """{person.pk: [school years in order]}"""
    years = defaultdict(list)
    rows = model.objects.filter(person__in=keys).order_by("school_year").values_list("person", "school_year")
    for person, year in rows:
        years[person].append(year)
    return years


def _first_day(years):
    return SchoolYear(years[0]).starts_on if years else None
