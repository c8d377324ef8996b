"""Who may do what with surveys and indicators."""

import rules

from participants.rules import coordinates, is_coordinator, is_curator, is_in_charge

rules.add_perm("monitoring.view_surveys", is_in_charge)
rules.add_perm("monitoring.manage_survey", is_curator)
rules.add_perm("monitoring.view_indicators", is_in_charge | coordinates)
# Names stay in the organization: the coordinator sees counts.
rules.add_perm("monitoring.see_names_behind_figures", is_in_charge)
rules.add_perm("monitoring.set_targets", is_curator | is_coordinator)
