"""Who may do what with organizations, people and registries. `user.has_perm("participants.…", object)`.

An object belongs to an organization by its `organization`; what a role may do holds in its own organization alone.
"""

import rules

from participants.models import Organization, Person
from participants.models.organizations import at_or_below


def _organization_of(subject):
    return subject if isinstance(subject, Organization) else subject.organization


def role_predicate(*roles):
    """A predicate: the user has one of the roles today in the organization of the object (anywhere, without one)."""

    @rules.predicate(name="is_" + "_or_".join(roles))
    def has_role(user, subject=None):
        if not user.is_authenticated or not user.is_active:
            return False
        organizations = user.organizations_as(*roles)
        if subject is None:
            return bool(organizations)
        organization = _organization_of(subject)
        return organization is not None and organization.pk in organizations

    return has_role


@rules.predicate
def is_own_file(user, person=None):
    """Everybody may read what is kept about himself."""
    return person is not None and user.is_authenticated and person.user_id == user.pk


@rules.predicate
def is_open_file(user, subject=None):
    """The object is of no person, or of one who was not depersonalized: such a file is closed for ever."""
    person = subject if isinstance(subject, Person) else getattr(subject, "person", None)
    return person is None or person.depersonalized_on is None


is_curator = role_predicate("curator")
is_head = role_predicate("head")
is_in_charge = role_predicate("curator", "head", "staff")
is_coordinator = role_predicate("coordinator")


@rules.predicate(name="coordinates")
def coordinates(user, subject=None):
    """The user coordinates the organization of the object, or one above it (anywhere, without one)."""
    if not user.is_authenticated or not user.is_active:
        return False
    offices = user.organizations_as("coordinator")
    if subject is None:
        return bool(offices)
    above = at_or_below("", offices)
    return bool(offices) and Organization.objects.filter(above, pk=_organization_of(subject).pk).exists()


rules.add_perm("participants.manage_registry", is_curator & is_open_file)
rules.add_perm("participants.depersonalize", is_curator)
rules.add_perm("participants.view_history", is_curator)
rules.add_perm("participants.export_registry", is_in_charge)
rules.add_perm("participants.view_registry", is_in_charge)
rules.add_perm("participants.view_person_file", is_in_charge | is_own_file)
# Everything at once, letters and history among it, is for who answers for the data, and for the person himself.
rules.add_perm("participants.hand_out_file", is_curator | is_head | is_own_file)
rules.add_perm("participants.invite", is_curator & is_open_file)
rules.add_perm("participants.manage_organization", is_curator)
rules.add_perm("participants.manage_acting_head", is_curator | is_head)
rules.add_perm("participants.manage_layouts", is_curator | is_coordinator)
rules.add_perm("participants.view_members", is_in_charge)
rules.add_perm("participants.view_organizations_below", is_coordinator)
rules.add_perm("participants.view_joint_registry", is_coordinator)
rules.add_perm("participants.view_curators", is_in_charge | is_coordinator)
rules.add_perm("participants.change_appointment", is_curator | coordinates)
rules.add_perm("participants.view_consents", is_in_charge)
rules.add_perm("participants.manage_consents", is_curator & is_open_file)
rules.add_perm("participants.manage_questionnaires", is_curator)
rules.add_perm("participants.view_applications", is_in_charge)
rules.add_perm("participants.manage_applications", is_curator)
