"""The two registries of a school year: which rows, which derived columns, what the export holds."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from participants.models import MenteeEntry, MentorEntry

MENTORS, MENTEES = "mentors", "mentees"
ENTRY_MODELS = {MENTORS: MentorEntry, MENTEES: MenteeEntry}
TITLES = {MENTORS: _("Mentors"), MENTEES: _("Mentees")}
ADDRESSES = {MENTORS: "participants:registry-mentors", MENTEES: "participants:registry-mentees"}


class PairCells(NamedTuple):
    """What a registry says of one pair of the row's person; a row has one for each pair."""

    partner: str  # full name of the mentor, or the full names of the mentees, joined by ", "
    form: str  # the form of mentoring
    affiliation: str  # Person.affiliation of the partner; of a group the different ones, joined by "; "
    url: str = ""  # the page of the pair


Builder = Callable[[str, Sequence[MentorEntry | MenteeEntry]], dict[int, list[PairCells]]]
_builder: list[Builder] = []


def register_columns(build: Builder) -> None:
    """Say how the columns about pairs are filled; the floor that knows pairs registers once, when it starts.

    `build(kind, entries)` gets "mentors" or "mentees" and rows of one organization and one school year with their
    people loaded; it returns {entry.pk: [PairCells, …]} by a number of queries that does not grow with the rows.
    Rows without pairs may be left out. A second call replaces the first.
    """
    _builder[:] = [build]


def pair_cells(kind: str, entries: Sequence[MentorEntry | MenteeEntry]) -> dict[int, list[PairCells]]:
    """{entry.pk: [PairCells, …]} for the rows of a page or of an export."""
    return _builder[0](kind, entries) if _builder and entries else {}


def entries_of(kind, organization, school_year):
    """The rows of a registry in the order of the page, its export and its print."""
    return ENTRY_MODELS[kind].objects.of_year(organization, school_year).for_register()
