"""What this floor annexes to orders: the indicators with their yearly targets, as the order on introduction has them."""

from documents.annexes import table_annex
from monitoring.models import Indicator
from monitoring.targets import target_in_force, targets_of

MOST_YEARS = 4
WIDTH_OF_YEAR = 12
NO_TARGET = "–"


def indicators_annex(order, annex):
    """The indicators that the organization measures, the calendar years from the programme's first one on; or None.

    A year without a target of its own keeps the last one set before it.
    """
    targets = targets_of(order.organization)
    indicators = [
        each
        for each in Indicator.objects.all()
        if each.pk in targets and (order.organization.is_office or not each.is_of_offices)
    ]
    if not indicators:
        return None
    first = order.program.school_year
    later = {year for each in indicators for year in targets[each.pk] if year > first}
    years = sorted({first, first + 1} | later)[:MOST_YEARS]
    rows = [
        [f"{number}.", f"{each.title}, %", *(_percent(target_in_force(targets[each.pk], year)) for year in years)]
        for number, each in enumerate(indicators, 1)
    ]
    return table_annex(
        ["№", "Показатель", *(f"{year}\xa0г." for year in years)],
        rows,
        [6, 94 - WIDTH_OF_YEAR * len(years), *[WIDTH_OF_YEAR] * len(years)],
    )


def _percent(target):
    if target is None:
        return NO_TARGET
    return f"{target.percent:.1f}".removesuffix(".0").replace(".", ",")
