"""Where a signed-in person is at the moment: in which role, for which organization and school year."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from mentorship.school_year import SchoolYear
from participants.models import Membership, MenteeEntry, MentorEntry, Organization

ROLE_KEY, YEAR_KEY = "workspace_role", "workspace_year"
MENTOR, MENTEE = "mentor", "mentee"
ROLE_LABELS = {**dict(Membership.Role.choices), MENTOR: _("mentor"), MENTEE: _("mentee")}
# Who has several roles starts in the one that others wait for.
ROLE_ORDER = ["head", "curator", "coordinator", "staff", MENTOR, MENTEE]


@dataclass(frozen=True)
class Role:
    """A role in an organization, as the switch on top offers it."""

    name: str
    organization: Organization

    @property
    def key(self):
        return f"{self.name}:{self.organization.pk}"

    @property
    def label(self):
        return ROLE_LABELS[self.name]


class Workspace:
    """The role, organization and school year of a request; read from the session, checked against today's roles."""

    def __init__(self, user, session, today):
        self.user, self._session, self.today = user, session, today

    @cached_property
    def roles(self):
        roles = [Role(member.role, member.organization) for member in self.user.current_memberships]
        for name, entries in ((MENTOR, MentorEntry), (MENTEE, MenteeEntry)):
            organizations = Organization.objects.filter(
                pk__in=entries.objects.filter(person__user=self.user).values("person__organization")
            )
            roles += [Role(name, organization) for organization in organizations]
        return sorted(roles, key=lambda role: ROLE_ORDER.index(role.name))

    @cached_property
    def role(self):
        """The chosen Role, else the first one; None for an account without any."""
        chosen = self._session.get(ROLE_KEY)
        return next((role for role in self.roles if role.key == chosen), self.roles[0] if self.roles else None)

    @property
    def role_name(self):
        return self.role.name if self.role else ""

    @property
    def role_label(self):
        return self.role.label if self.role else ""

    @property
    def organization(self):
        return self.role.organization if self.role else None

    @cached_property
    def school_year(self):
        chosen = self._session.get(YEAR_KEY)
        return SchoolYear(chosen) if isinstance(chosen, int) else SchoolYear.of(self.today)

    @cached_property
    def school_years(self):
        """The years that the switch offers: last, this and next one, and the chosen one, newest first."""
        current = SchoolYear.of(self.today).start
        return [SchoolYear(start) for start in sorted({current - 1, current, current + 1, self.school_year.start})][
            ::-1
        ]

    def choose_role(self, key):
        """Take one of the user's roles; a key that is not his changes nothing."""
        if any(role.key == key for role in self.roles):
            self._session[ROLE_KEY] = key

    def choose_year(self, start):
        if 2015 <= start <= 2100:
            self._session[YEAR_KEY] = start


def workspace_middleware(get_response):
    """Give each request of a signed-in user its `request.workspace`; nothing is read until a page asks."""

    def middleware(request):
        request.workspace = SimpleLazyObject(lambda: Workspace(request.user, request.session, timezone.localdate()))
        return get_response(request)

    return middleware
