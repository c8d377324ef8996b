"""Who may do what with papers. `user.has_perm("documents.…", object)`: an order, a programme or an organization.

That a user may approve an order is decided by `is_head` itself, not by a permission: a superuser has every permission,
and yet only the head of the organization signs its orders.
"""

import rules

from participants.rules import is_coordinator, is_curator, is_head, is_in_charge

# An office has no curator: its coordinator, or its head, writes its orders.
is_of_office = rules.predicate(lambda user, subject=None: subject is not None and _organization(subject).is_office)
writes_for_office = is_of_office & (is_coordinator | is_head)


def _organization(subject):
    return getattr(subject, "organization", None) or subject


rules.add_perm("documents.view_papers", is_in_charge)
rules.add_perm("documents.draft_order", is_curator | writes_for_office)
rules.add_perm("documents.manage_regulations", is_curator | is_head)
rules.add_perm("documents.make_letters", is_curator)
rules.add_perm("documents.open_inbox", is_head)
rules.add_perm("documents.manage_acts", is_curator | is_head | is_coordinator)
rules.add_perm("documents.view_acts", is_in_charge | is_coordinator)
rules.add_perm("documents.manage_steps", is_curator | is_head)
# The head alone says how he proves himself: a curator could otherwise open the way to his signature.
rules.add_perm("documents.manage_second_factor", is_head)
rules.add_perm("documents.record_familiarization", is_curator | is_head)
rules.add_perm("documents.manage_numbers", is_curator | is_head)
rules.add_perm("documents.manage_texts", is_curator | is_head)
rules.add_perm("documents.bring_word_copy", is_curator | is_head)
rules.add_perm("documents.keep_scans", is_curator)
rules.add_perm("documents.manage_terms", is_curator | is_head)
rules.add_perm("documents.destroy_papers", is_head)
# As the certificate and the key: nobody signs in the head's place.
rules.add_perm("documents.sign_papers", is_head)
