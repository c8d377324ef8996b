"""The joint registry of an education office: rows of the organizations below, by name only with a consent to that.

Who has not consented to the transfer upward is counted in his organization and nothing else of him is shown: no name,
no key, no link. Of those who have, only what the consent covers is shown (`registry_layouts.PASSED_UPWARD`).
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Consent, Organization
from participants.registries import ENTRY_MODELS, pair_cells
from participants.registry_export import PrintedRegistry, lines_of, signatory_of

NOT_PASSED = "имя не передаётся"  # printed as it stands; the page says it in its own language


class OrganizationCount(NamedTuple):
    """How many rows of an organization the office sees by name, and how many without."""

    organization: str
    named: int
    unnamed: int


class _Nothing:
    """Stands in the place of a person or a row of whom nothing is said."""

    def __getattr__(self, name):
        return ""


@dataclass(frozen=True)
class UnnamedLine:
    """The people of an organization of whom only the number is passed upward, as a line of print."""

    organization: str
    count: int
    entry: Any = field(default_factory=_Nothing)

    def __getattr__(self, name):
        return ""  # every other column of a line

    @property
    def full_name(self):
        return self.person.full_name

    @property
    def person(self):
        nobody = _Nothing()
        nobody.full_name = f"{NOT_PASSED}: {self.count}"
        return nobody


def organizations_below(office):
    """{key: short name} of the organizations under the office, by name."""
    return dict(Organization.objects.below(office).order_by("short_name", "pk").values_list("pk", "short_name"))


def entries_below(kind, organizations, school_year):
    """All rows of the year in the organizations, archived ones left out; not to be shown by name."""
    return ENTRY_MODELS[kind].objects.filter(
        person__organization__in=list(organizations), school_year=school_year, is_archived=False
    )


def named_entries(entries, day):
    """Those of the rows that may be shown by name on the day, in the order of the registry."""
    consents = Consent.objects.to_transfer_on(day).filter(person=OuterRef("person"))
    return entries.filter(Exists(consents)).for_register()


def counts_of(entries, organizations, day):
    """[OrganizationCount] of the rows, in the order of `organizations` ({key: short name})."""
    consents = Consent.objects.to_transfer_on(day)
    named = Count("pk", filter=Q(person__in=consents.values("person")))
    counted = entries.values("person__organization").annotate(every=Count("pk"), named=named).order_by()
    counts = {row["person__organization"]: (row["named"], row["every"] - row["named"]) for row in counted}
    return [OrganizationCount(name, *counts[key]) for key, name in organizations.items() if key in counts]


def joint_cells(kind, entries, day):
    """`pair_cells` as the coordinator may see them: no links, and no names of partners who have not consented."""
    cells = pair_cells(kind, entries)
    partners = {key for lines in cells.values() for each in lines for key, _name in each.people}
    passed = set(Consent.objects.to_transfer_on(day).filter(person__in=partners).values_list("person", flat=True))

    def hide(each):
        names = [name for key, name in each.people if key in passed]
        if hidden := len(each.people) - len(names):
            said = ngettext("%(count)s name is not passed on", "%(count)s names are not passed on", hidden)
            names.append(said % {"count": hidden} if hidden > 1 else _("name is not passed on"))
        return each._replace(partner=", ".join(names), url="", people=())

    return {key: [hide(each) for each in lines] for key, lines in cells.items()}


def print_joint_registry(kind, entries, counts, *, office, school_year, layout, day):
    """The named rows by the part of the layout that the consent covers, then a line for the others of each organization.

    `counts` are those of `counts_of`, or nothing where the others are not counted.
    """
    layout = layout.passed_upward()
    named = lines_of(kind, entries, layout.keys, cells_of=lambda kind, some: joint_cells(kind, some, day))
    return PrintedRegistry(
        layout=layout,
        lines=[*named, *(UnnamedLine(each.organization, each.unnamed) for each in counts if each.unnamed)],
        organization=office,
        school_year=school_year,
        signatory=signatory_of(office, "coordinator", day),
        role="coordinator",
    )
