"""The two registries of a school year: which rows, which derived columns, what upper floors say of pairs."""

from collections.abc import Callable, Collection, Sequence
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
    key: int = 0  # of the pair
    people: tuple[tuple[int, str], ...] = ()  # key and full name of each partner


class PairCounts(NamedTuple):
    """What the long-term registry says of a mentor's work in all years."""

    mentees: int = 0  # different people
    finished: int = 0  # pairs and groups that have ended


Builder = Callable[[str, Sequence[MentorEntry | MenteeEntry]], dict[int, list[PairCells]]]
PairColumn = Callable[[Collection[int]], dict[int, str]]
Counter = Callable[[Collection[int]], dict[int, PairCounts]]
_builder: list[Builder] = []
_pair_columns: dict[str, PairColumn] = {}
_counter: list[Counter] = []


def register_columns(build: Builder) -> None:
    """Say how the columns about pairs are filled; the floor that knows pairs registers once, when it starts.

    `build(kind, entries)` gets "mentors" or "mentees" and rows with their people loaded; it returns
    {entry.pk: [PairCells, …]} by a number of queries that does not grow with the rows. Rows without pairs may be left
    out. A second call replaces the first.
    """
    _builder[:] = [build]


def register_pair_column(name: str, build: PairColumn) -> None:
    """Say how a further column about pairs is filled, by a floor that knows more of them than the one of pairs does.

    `build(pair_keys)` returns {key of the pair: text} by a number of queries that does not grow with the pairs; `name`
    is that of the column in registry_layouts.py.
    """
    _pair_columns[name] = build


def register_pair_counts(count: Counter) -> None:
    """Say how the work of mentors in all years is counted: `count(person_keys)` returns {person.pk: PairCounts}."""
    _counter[:] = [count]


def pair_cells(kind: str, entries: Sequence[MentorEntry | MenteeEntry]) -> dict[int, list[PairCells]]:
    """{entry.pk: [PairCells, …]} for the rows of a page or of an export."""
    return _builder[0](kind, entries) if _builder and entries else {}


def pair_texts(name: str, cells: dict[int, list[PairCells]]) -> dict[int, str]:
    """{key of the pair: text} of a further column for the pairs that `pair_cells` has given."""
    keys = {each.key for lines in cells.values() for each in lines if each.key}
    return _pair_columns[name](keys) if name in _pair_columns and keys else {}


def pair_counts(person_keys: Collection[int]) -> dict[int, PairCounts]:
    """{person.pk: PairCounts} of mentors; those who never were in a pair may be left out."""
    return _counter[0](person_keys) if _counter and person_keys else {}


def entries_of(kind, organization, school_year):
    """The rows of a registry in the order of the page, its export and its print; archived ones included."""
    return ENTRY_MODELS[kind].objects.of_year(organization, school_year).for_register()
