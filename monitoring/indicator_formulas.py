"""Arithmetic of the indicators: knows no database and no clock.

A percent is never kept alone: it is a Figure, whose numerator and denominator come from two lists that can be opened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Figure:
    """“12 of 39”; a numerator above its denominator is refused with ValueError."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no share")

    @property
    def percent(self) -> Decimal | None:
        """Percent with one decimal, halves up; None (no data) where the denominator is empty."""
        if not self.denominator:
            return None
        return (Decimal(100 * self.numerator) / self.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def total(figures: Iterable[Figure]) -> Figure:
    """Σ numerators ÷ Σ denominators: the figure of what stands above. Never a mean of percents."""
    figures = list(figures)
    return Figure(sum(figure.numerator for figure in figures), sum(figure.denominator for figure in figures))


def pool_of_small(figures: Iterable[Figure], *, smallest_group: int) -> Figure | None:
    """Figures of groups too small to be shown, as one; None unless together they make a group that may be shown.

    Added to a total they cannot be told apart by subtracting the figures that are shown.
    """
    pooled = total(figures)
    return pooled if pooled.denominator >= smallest_group else None


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def satisfaction(means: Iterable[float], *, threshold: float | Decimal) -> Figure:
    """Satisfied ÷ took part: `means` are those of the scales (1–10) of each who answered, satisfied from `threshold` on.

    The target model counts participants who took part in the survey; how many of the asked did is shown beside.
    """
    means = list(means)
    return Figure(sum(1 for value in means if value >= float(threshold)), len(means))
