"""The registries of mentors and mentees of the last and of this school year."""

from random import Random

from monitoring.demo.days import DemoDays
from monitoring.demo.happenings import happening
from monitoring.demo.people import Staff
from monitoring.demo.texts import COMPETENCES, INTERESTS, REQUESTS, TIME_RESOURCES, audience_of
from participants.models import MenteeEntry, MentorEntry, Person

WITH_CASES = 2  # so many mentors of last year have described their work


def fill_last_registries(staff: Staff, days: DemoDays, rng: Random) -> None:
    """Rows of last year; all of them have completed the programme."""
    times = {"joined_on": days.launch_of(days.last_year), "completed_on": days.end_of(days.last_year)}
    times["school_year"] = days.last_year.start
    with happening(days.moment(times["joined_on"], 8), by=staff.curator, now=days.now):
        for place, person in enumerate(staff.former_mentors):
            _save(
                MentorEntry(
                    person=person,
                    results="Программа пары выполнена, опыт представлен на методическом объединении.",
                    case_url=f"https://{staff.place.domain}/case-{place + 1}" if place < WITH_CASES else "",
                    **times,
                    **_mentor_words(staff, person, rng),
                )
            )
        for person in staff.former_mentees:
            results = "Задачи персонализированной программы решены."
            request = _request(staff, person, rng)
            _save(MenteeEntry(person=person, is_completed=True, request=request, results=results, **times))


def fill_registries(staff: Staff, days: DemoDays, rng: Random) -> None:
    """Rows of this year, made while the programme was prepared."""
    joined_on = days.year.starts_on + (days.launch_of(days.year) - days.year.starts_on) / 2
    times = {"joined_on": joined_on, "school_year": days.year.start}
    with happening(days.moment(joined_on, 8), by=staff.curator, now=days.now):
        for person in [*staff.mentors, *staff.pupil_mentors]:
            _save(MentorEntry(person=person, **times, **_mentor_words(staff, person, rng)))
        for person in [*staff.mentees, *staff.pupil_mentees]:
            _save(MenteeEntry(person=person, request=_request(staff, person, rng), **times))


def _request(staff: Staff, person: Person, rng: Random) -> str:
    return rng.choice(REQUESTS[audience_of(staff.place.kind, person.kind)]).request


def _mentor_words(staff: Staff, person: Person, rng: Random) -> dict[str, str]:
    competences, achievements = rng.choice(COMPETENCES[audience_of(staff.place.kind, person.kind)])
    return {
        "competences": competences,
        "achievements": achievements,
        "interests": rng.choice(INTERESTS),
        "preferred_age": "10–13 лет" if person.kind == Person.Kind.PUPIL else rng.choice(["до 35 лет", "любой", ""]),
        "time_resource": rng.choice(TIME_RESOURCES),
    }


def _save(entry: MentorEntry | MenteeEntry) -> None:
    entry.full_clean()
    entry.save()
