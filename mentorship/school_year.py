"""SchoolYear: 2023 means 1 September 2023 – 31 August 2024."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year by the calendar year in which it begins."""

    start: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year that holds the day; August belongs to the year that ends with it."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def starts_on(self) -> date:
        return date(self.start, 9, 1)

    @property
    def ends_on(self) -> date:
        return date(self.start + 1, 8, 31)

    @property
    def lessons_end_on(self) -> date:
        """The last day of work with pairs in an ordinary year."""
        return date(self.start + 1, 5, 31)

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{self.start}/{self.start + 1}"
