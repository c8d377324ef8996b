"""Who may do what with papers. `user.has_perm("documents.…", object)`: an order, a programme or an organization.

That a user may approve an order is decided by `is_head` itself, not by a permission: a superuser has every permission,
and yet only the head of the organization signs its orders.
"""

import rules

from participants.rules import is_curator, is_head, is_in_charge

rules.add_perm("documents.view_papers", is_in_charge)
rules.add_perm("documents.draft_order", is_curator)
rules.add_perm("documents.open_inbox", is_head)
