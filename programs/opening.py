"""Opening an organization's programme for a school year."""

from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Organization
from programs.models import Program


def proposed_values(school_year):
    """What the form of a new programme offers: a title, and the dates of lessons of that SchoolYear."""
    return {
        "title": _("Mentorship programme for the school year %(year)s") % {"year": school_year},
        "starts_on": school_year.starts_on,
        "ends_on": school_year.lessons_end_on,
    }


@transaction.atomic
def open_program(organization, *, school_year, **values):
    """The new programme of the organization for a SchoolYear; `values` are the other fields.

    Raises ValidationError where the year has its programme already or a date is wrong.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)  # of two openings at once the second is told
    program = Program(organization=organization, school_year=school_year.start, **values)
    program.full_clean()
    program.save()
    return program
