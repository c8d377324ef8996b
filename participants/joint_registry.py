"""The joint registry of an education office: rows of the organizations below, by name only with a consent to that.

Who has not consented to the transfer upward is counted in his organization and nothing else of him is shown: no name,
no key, no link. Of those who have, only what the consent covers is shown (`registry_layouts.PASSED_UPWARD`).
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from participants.models import Organization, Person
from participants.registries import ENTRY_MODELS, pair_cells
from participants.registry_export import PrintedRegistry, lines_of, signatory_of

NOT_PASSED = "имя не передаётся"  # printed as it stands; the page says it in its own language


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
    def person(self):
        nobody = _Nothing()
        nobody.full_name = f"{NOT_PASSED}: {self.count}"
        return nobody


def entries_below(kind, office, school_year):
    """All rows of the year in the organizations below the office, archived ones left out; not to be shown by name."""
    below = list(Organization.objects.below(office).values_list("pk", flat=True))
    return ENTRY_MODELS[kind].objects.filter(person__organization__in=below, school_year=school_year, is_archived=False)


def named_entries(entries, user):
    """Those of the rows whose people may be shown to the coordinator by name, in the order of the registry."""
    return entries.filter(person__in=Person.objects.passed_upward_to(user).values("pk")).for_register()


def unnamed_counts(entries, user):
    """[(short name of the organization, people)] of the rows that may not be shown by name."""
    others = entries.exclude(person__in=Person.objects.passed_upward_to(user).values("pk"))
    counted = others.values_list("person__organization__short_name").annotate(count=Count("person", distinct=True))
    return list(counted.order_by("person__organization__short_name", "person__organization"))


def joint_cells(kind, entries, user):
    """`pair_cells` as the coordinator may see them: no links, and no names of partners who have not consented."""
    cells = pair_cells(kind, entries)
    partners = {key for lines in cells.values() for each in lines for key, _name in each.people}
    passed = set(Person.objects.passed_upward_to(user).filter(pk__in=partners).values_list("pk", flat=True))

    def hide(each):
        names = [name if key in passed else _("name is not passed on") for key, name in each.people]
        return each._replace(partner=", ".join(dict.fromkeys(names)), url="", people=())

    return {key: [hide(each) for each in lines] for key, lines in cells.items()}


def print_joint_registry(kind, entries, unnamed, *, user, office, school_year, layout, day):
    """The named rows by the part of the layout that the consent covers, then a line for the others of each organization."""
    layout = layout.passed_upward()
    named = lines_of(kind, entries, layout.keys, cells_of=lambda kind, some: joint_cells(kind, some, user))
    return PrintedRegistry(
        layout=layout,
        lines=[*named, *(UnnamedLine(organization, count) for organization, count in unnamed)],
        organization=office,
        school_year=school_year,
        signatory=signatory_of(office, "coordinator", day),
        role="coordinator",
    )
