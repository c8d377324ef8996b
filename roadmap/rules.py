"""Who may do what with roadmaps."""

import rules
from django.utils import timezone

from participants.rules import coordinates, is_coordinator, is_curator, is_in_charge
from roadmap.models import Activity
from roadmap.owning import of_user


@rules.predicate
def answers_for(user, activity=None):
    """The user answers for the activity, by name or by a role that he has."""
    if not isinstance(activity, Activity) or not user.is_authenticated or not user.is_active:
        return False
    return Activity.objects.filter(of_user(user, timezone.localdate()), pk=activity.pk).exists()


# An office has no curator: its coordinator keeps its plans and templates, those of the office alone.
rules.add_perm("roadmap.import_roadmap", is_curator | is_coordinator)
rules.add_perm("roadmap.change_roadmap", is_curator | is_coordinator)
rules.add_perm("roadmap.hand_down", is_coordinator)
rules.add_perm("roadmap.see_overview", is_coordinator)
# Marking what was done, ticking, bringing proofs: also for those who do it.
rules.add_perm("roadmap.work_on_activity", is_curator | is_coordinator | answers_for)
rules.add_perm("roadmap.export_roadmap", is_in_charge | coordinates)
# Names stay in the organization: the coordinator sees what was done and when, not by whom.
rules.add_perm("roadmap.manage_layouts", is_curator | is_coordinator)
rules.add_perm("roadmap.see_who_changed", is_in_charge | is_coordinator)
