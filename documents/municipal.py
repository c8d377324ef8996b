"""Orders of an education office: they hang on its programme of the year, which is opened for them when it is wanted."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mentorship.permissions import require
from programs.models import Program
from programs.opening import open_program, proposed_values


def program_of_office(office, school_year, *, by):
    """The programme of the office for a SchoolYear, opened if there is none yet."""
    require(by, "documents.draft_order", office)
    if not office.is_office:
        raise ValidationError(_("Municipal orders are issued by an education office."))
    program = Program.objects.filter(organization=office, school_year=school_year.start).first()
    return program or open_program(office, school_year=school_year, **proposed_values(school_year))
