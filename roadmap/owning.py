"""Who answers for activities: proposed from the words of the document, given by the curator, found for a user."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from participants.models import Membership, MenteeEntry, MentorEntry, Organization
from roadmap.models import Activity, ActivityOwner
from roadmap.responsibles import OwnerRole, roles_of


@transaction.atomic
def set_owners(activities, *, roles=(), people=(), is_added=False):
    """Give the activities these owners, in place of the old ones or beside them (`is_added`). Returns how many."""
    activities = list(activities)
    if not is_added:
        ActivityOwner.objects.filter(activity__in=activities).delete()
    rows = [ActivityOwner(activity=activity, role=role) for activity in activities for role in roles]
    rows += [ActivityOwner(activity=activity, person=person) for activity in activities for person in people]
    ActivityOwner.objects.bulk_create(rows, ignore_conflicts=True)
    return len(activities)


def propose_owners(roadmap):
    """Give every activity without an owner the roles that its responsible text names. Returns how many got some."""
    rows = Activity.objects.filter(stage__roadmap=roadmap, owners=None).exclude(responsible_text="")
    found = {activity: roles_of(activity.responsible_text) for activity in rows}
    ActivityOwner.objects.bulk_create(
        [ActivityOwner(activity=activity, role=role) for activity, roles in found.items() for role in roles],
        ignore_conflicts=True,
    )
    return sum(bool(roles) for roles in found.values())


def of_user(user, today):
    """A condition on activities: the user answers for them today, himself or by a role that he has there and then.

    Deputies, class teachers and other roles that have no accounts of their own are found only where people are named.
    """
    condition = Exists(ActivityOwner.objects.filter(activity=OuterRef("pk"), person__user=user))
    members = Membership.objects.in_force(today).filter(user=user)
    offices = members.filter(role=Membership.Role.COORDINATOR).values("organization")
    mentors = MentorEntry.objects.filter(person__user=user, is_archived=False)
    mentees = MenteeEntry.objects.filter(person__user=user, is_archived=False)
    of_year = Q(
        person__organization=OuterRef("stage__roadmap__organization"),
        school_year=OuterRef("stage__roadmap__school_year"),
    )
    here = OuterRef("stage__roadmap__organization")
    by_role = {
        OwnerRole.HEAD: Exists(members.filter(role=Membership.Role.HEAD, organization=here)),
        OwnerRole.CURATOR: Exists(members.filter(role=Membership.Role.CURATOR, organization=here)),
        OwnerRole.MENTORS: Exists(mentors.filter(of_year)),
        OwnerRole.MENTEES: Exists(mentees.filter(of_year)),
        OwnerRole.OFFICE: Exists(Organization.objects.filter(pk=here, parent__in=offices)),
    }
    for role, holds in by_role.items():
        owned = Exists(ActivityOwner.objects.filter(activity=OuterRef("pk"), role=role))
        condition |= owned & holds
    return condition


def tasks_of(user, today, *, organization=None):
    """Open activities of this and coming roadmaps for which the user answers, with all that a list shows."""
    rows = Activity.objects.filter(of_user(user, today), stage__roadmap__ends_on__gte=today)
    rows = rows.filter(stage__roadmap__is_template=False)
    if organization is not None:
        rows = rows.filter(stage__roadmap__organization=organization)
    rows = rows.filter(status__in=[Activity.Status.PLANNED, Activity.Status.STARTED])
    return rows.select_related("stage__roadmap__organization").prefetch_related("windows", "occurrences", "items")
