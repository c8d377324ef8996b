"""The tree of organizations as a coordinator sees it: figures, never names of people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from participants.models import MenteeEntry, MentorEntry, Organization

Figure = Callable[[Sequence[Organization], int], dict[int, str]]
_figures: list[tuple[int, str, Figure]] = []


def register_figure(header: str, build: Figure, *, order: int = 100) -> None:
    """Add a column to the list of organizations below a coordinator; upper floors register when they start.

    `build(organizations, school_year)` returns {organization.pk: text} by a number of queries that does not grow
    with the organizations; those left out show a dash. `school_year` is the year in which it begins.
    """
    _figures.append((order, header, build))
    _figures.sort(key=lambda each: each[0])


@dataclass(frozen=True)
class Row:
    """An organization of the list: how deep it stands under the coordinator's own, and its figures."""

    organization: Organization
    depth: int
    mentors: int
    mentees: int
    figures: list[str]

    @property
    def labelled_figures(self):
        return zip(figure_headers(), self.figures, strict=True)


def rows_below(organization, school_year):
    """The organization and those under it, each parent before its children, with the figures of the year."""
    below = list(Organization.objects.below(organization).order_by("short_name"))
    ordered = list(_in_tree_order(organization, below))
    mentors = _entries_by_organization(MentorEntry, below, school_year)
    mentees = _entries_by_organization(MenteeEntry, below, school_year)
    columns = [build(below, school_year) for _order, _header, build in _figures]
    return [
        Row(
            organization=each,
            depth=depth,
            mentors=mentors.get(each.pk, 0),
            mentees=mentees.get(each.pk, 0),
            figures=[column.get(each.pk, "") for column in columns],
        )
        for each, depth in ordered
    ]


def figure_headers():
    return [str(header) for _order, header, _build in _figures]


def _in_tree_order(parent, organizations, depth=0):
    for each in organizations:
        if each.parent_id == parent.pk:
            yield each, depth
            yield from _in_tree_order(each, organizations, depth + 1)


def _entries_by_organization(model, organizations, school_year):
    rows = model.objects.filter(person__organization__in=organizations, school_year=school_year)
    counted = rows.values("person__organization").annotate(count=Count("pk")).order_by()
    return {row["person__organization"]: row["count"] for row in counted}
