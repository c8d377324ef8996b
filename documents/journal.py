"""What the journal of a series says of its numbers: which are left out, where numbers and dates run against each other.

Pure: entries in, findings out; no database, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Entry:
    """A line of the journal: the number as printed, its counter where it is of the series' form, the date.

    A number that is kept for an order to come has no date.
    """

    number: str
    sequence: int | None
    day: date | None


@dataclass(frozen=True)
class Gap:
    """Numbers that nobody has, from `first` to `last`, both included."""

    first: int
    last: int


def gaps(entries: Iterable[Entry]) -> list[Gap]:
    """The numbers left out between the smallest and the greatest counter of the entries.

    Before the smallest nothing is missed: the portal may have been begun in the middle of a year, after a paper journal.
    """
    sequences = sorted({entry.sequence for entry in entries if entry.sequence is not None})
    return [Gap(one + 1, other - 1) for one, other in pairwise(sequences) if other > one + 1]


def disorders(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Neighbours by number of which the later number has the earlier date: [(smaller number, greater number)]."""
    dated = [entry for entry in entries if entry.sequence is not None and entry.day is not None]
    dated.sort(key=lambda entry: entry.sequence or 0)
    found, latest = [], None
    for entry in dated:
        if latest is not None and entry.day is not None and latest.day is not None and entry.day < latest.day:
            found.append((latest, entry))
        else:
            latest = entry
    return found


def in_words(found: Iterable[Gap]) -> str:
    """«5, 7–9»."""
    return ", ".join(str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}" for gap in found)
