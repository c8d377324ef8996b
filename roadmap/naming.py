"""Names of roadmaps: one organization has no two of one title in a school year."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.models import Organization
from roadmap.models import Roadmap


def require_new_title(organization, school_year, title):
    """Raise ValidationError where the organization has a roadmap of this title in the year.

    The organization is locked until the end of the transaction: a button pressed twice makes one roadmap.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    if Roadmap.objects.filter(organization=organization, school_year=school_year, title=title).exists():
        raise ValidationError(_("There is a roadmap with this title for this school year already. Give another title."))
