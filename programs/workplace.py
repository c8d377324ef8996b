"""What of programmes, pairs, meetings and reports belongs to the role and school year in which a person works now.

`visible_to` says what a user may see at all; these narrow it to what the page of the role is about: a curator who is
also a mentor finds his own pairs alone where he works as mentor.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from participants.workspace import MENTEE, MENTOR
from programs.models import Meeting, Pair, PairMentee, Program, ProgressReport

IN_CHARGE = ("curator", "head", "staff")


def require_role(workspace, *names):
    """Raise Http404 for an account without a role, PermissionDenied for a role that is none of the names."""
    if workspace.role is None:
        raise Http404
    if workspace.role_name not in names:
        raise PermissionDenied


def program_at(workspace):
    """The programme of the organization and school year, or None."""
    return (
        Program.objects.filter(organization=workspace.organization, school_year=workspace.school_year.start)
        .select_related("organization")
        .first()
    )


def pairs_at(workspace):
    """Pairs of the organization and school year: all for those in charge, his own for a mentor or mentee."""
    pairs = Pair.objects.filter(
        program__organization=workspace.organization, program__school_year=workspace.school_year.start
    )
    if workspace.role_name in IN_CHARGE:
        return pairs
    if workspace.role_name == MENTOR:
        return pairs.filter(mentor__user=workspace.user)
    if workspace.role_name == MENTEE:
        return pairs.filter(pk__in=PairMentee.objects.filter(person__user=workspace.user).values("pair"))
    return pairs.none()


def meetings_at(workspace):
    """The log lines of those pairs."""
    return Meeting.objects.filter(pair__in=pairs_at(workspace))


def reports_at(workspace):
    """The reports of those pairs; a mentee has none: they are about him, for the curator."""
    if workspace.role_name == MENTEE:
        return ProgressReport.objects.none()
    return ProgressReport.objects.filter(pair__in=pairs_at(workspace))
