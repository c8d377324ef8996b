"""Who may do what with programmes, pairs, meetings and reports. `user.has_perm("programs.…", object)`."""

import rules

from participants.rules import is_curator
from programs.models import Pair


@rules.predicate
def is_mentor_of_pair(user, subject=None):
    """The user is the mentor of the pair, or of the pair that the meeting or report belongs to."""
    if subject is None or not user.is_authenticated or not user.is_active:
        return False
    pair = subject if isinstance(subject, Pair) else subject.pair
    return pair.mentor.user_id == user.pk


rules.add_perm("programs.open_program", is_curator)
rules.add_perm("programs.change_program", is_curator)
rules.add_perm("programs.manage_pairs", is_curator)
rules.add_perm("programs.log_meeting", is_mentor_of_pair | is_curator)
rules.add_perm("programs.write_report", is_mentor_of_pair)
rules.add_perm("programs.judge_report", is_curator)
