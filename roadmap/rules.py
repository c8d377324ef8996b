"""Who may do what with roadmaps."""

import rules

from participants.rules import coordinates, is_curator, is_in_charge

rules.add_perm("roadmap.import_roadmap", is_curator)
rules.add_perm("roadmap.change_roadmap", is_curator)
rules.add_perm("roadmap.export_roadmap", is_in_charge | coordinates)
# Names stay in the organization: the coordinator sees what was done and when, not by whom.
rules.add_perm("roadmap.see_who_changed", is_in_charge)
