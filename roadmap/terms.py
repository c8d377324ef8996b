"""The organization's own quarters and trimesters: by them its deadlines are read."""

from datetime import date

from django.db import transaction

from roadmap.deadline_spans import TERMS, months
from roadmap.models import SchoolTerm
from roadmap.school_calendar import SchoolCalendar


def calendar_of(organization, school_year):
    """The SchoolCalendar of an organization, or None where it has set nothing for the year."""
    spans = tuple(
        SchoolTerm.objects.of_year(organization, school_year).values_list("kind", "number", "starts_on", "ends_on")
    )
    return SchoolCalendar(school_year, spans) if spans else None


def usual_spans(school_year):
    """(kind, number, first day, last day) as most schools have them: where an organization begins to set its own."""
    for number, (first, last) in TERMS.items():
        year = school_year + (first[0] < 8)
        yield "term", number, date(year, *first), date(year, *last)
    for number, (month, count) in enumerate(((9, 3), (12, 3), (3, 3)), start=1):
        yield "trimester", number, *months(school_year + (month < 8), month, count)
    yield "half_year", 1, date(school_year, 9, 1), date(school_year, 12, 31)
    yield "half_year", 2, date(school_year + 1, 1, 9), date(school_year + 1, 5, 31)


@transaction.atomic
def set_terms(organization, school_year, spans):
    """Keep the parts of a school year, all anew: `spans` are (kind, number, first day, last day).

    Deadlines that are stored already stay as they are; those read from now on follow the new days. Raises ValidationError.
    """
    SchoolTerm.objects.of_year(organization, school_year).delete()
    for kind, number, starts_on, ends_on in spans:
        term = SchoolTerm(
            organization=organization,
            school_year=school_year,
            kind=kind,
            number=number,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        term.full_clean()
        term.save()
