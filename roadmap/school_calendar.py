"""The quarters, trimesters and half-years of one organization in one school year, as the deadline reader needs them.

Quarters and holidays are set by each organization (domain.md §10, trap 16; 273-ФЗ art. 30: the local acts on the regime of
lessons). What an organization has not set is taken as it usually is, and the reader says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
DAY = timedelta(days=1)
# kind of a point in a phrase: how many there are in a year
COUNTS = {"term": 4, "trimester": 3, "half_year": 2}
SEASON_BREAKS = {"autumn": (1, 2), "winter": (2, 3), "spring": (3, 4)}


@dataclass(frozen=True)
class SchoolCalendar:
    """`spans`: (kind, number, first day, last day); a kind and number that is missing is not set."""

    school_year: int
    spans: tuple[tuple[str, int, date, date], ...] = ()

    def span(self, kind: str, number: int) -> Span | None:
        """First and last day of a quarter (`term`), trimester or half-year; -1 is the last one of the year."""
        number = COUNTS.get(kind, 0) if number == -1 else number
        return next(((first, last) for name, n, first, last in self.spans if (name, n) == (kind, number)), None)

    def spans_of(self, kind: str) -> list[Span]:
        """All quarters, trimesters or half-years, if each of them is set."""
        found = [self.span(kind, number) for number in range(1, COUNTS.get(kind, 0) + 1)]
        return [span for span in found if span] if all(found) else []

    def holidays(self, name: str) -> Span | None:
        """The days between two quarters: autumn, winter or spring holidays."""
        if name not in SEASON_BREAKS:
            return None
        before, after = (self.span("term", number) for number in SEASON_BREAKS[name])
        if not before or not after or after[0] - before[1] <= DAY:
            return None
        return before[1] + DAY, after[0] - DAY

    def year_of(self, day: date) -> int:
        """The calendar year in which the school year of a day begins."""
        return day.year if day.month >= 8 else day.year - 1
