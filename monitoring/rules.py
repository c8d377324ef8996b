"""Who may do what with surveys and indicators."""

import rules

from monitoring.targets import offices_above
from participants.models import Organization
from participants.rules import is_coordinator, is_curator, is_in_charge


@rules.predicate
def coordinates_above(user, subject=None):
    """The user is coordinator of the organization or of an office above it (anywhere, if none is given)."""
    if not user.is_authenticated or not user.is_active:
        return False
    coordinated = user.organizations_as("coordinator")
    if subject is None or not coordinated:
        return bool(coordinated)
    organization = subject if isinstance(subject, Organization) else subject.organization
    return any(place.pk in coordinated for place in [organization, *offices_above(organization)])


rules.add_perm("monitoring.view_surveys", is_in_charge)
rules.add_perm("monitoring.manage_survey", is_curator)
rules.add_perm("monitoring.view_indicators", is_in_charge | coordinates_above)
# Names stay in the organization: the coordinator sees counts.
rules.add_perm("monitoring.see_names_behind_figures", is_in_charge)
rules.add_perm("monitoring.set_targets", is_curator | is_coordinator)
