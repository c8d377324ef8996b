"""Targets of the indicators, set by an invented order of the office, and what was measured in the past."""

from datetime import date, timedelta

from monitoring.demo.days import DemoDays
from monitoring.measurements import freeze_indicators
from monitoring.models import Indicator
from monitoring.targets import set_target
from participants.models import Organization

TARGETS = {
    Indicator.Formula.MENTEE_SHARE: (30, 50, 70),
    Indicator.Formula.SUPPLYING_SHARE: (10, 20, 30),
    Indicator.Formula.MENTEE_SATISFACTION: (65, 75, 85),
    Indicator.Formula.MENTOR_SATISFACTION: (65, 75, 85),
}


def set_targets(office: Organization, days: DemoDays) -> None:
    """The targets of three calendar years, from the one in which the demo's school year begins."""
    source = f"Приказ управления образования от 28.08.{days.year.start} № 214 «О показателях наставничества»"
    for formula, percents in TARGETS.items():
        indicator = Indicator.objects.get(formula=formula)
        for year, percent in enumerate(percents, days.year.start):
            set_target(office, indicator=indicator, year=year, percent=percent, source=source)


def measure_last_autumn(days: DemoDays) -> None:
    freeze_indicators(days.last_year.start, today=date(days.last_year.start, 12, 24))


def measure_last_spring(days: DemoDays) -> None:
    freeze_indicators(days.last_year.start, today=days.last_year.lessons_end_on)


def measure_this_autumn(days: DemoDays) -> None:
    """Two weeks after the pairs began, unless that lies ahead."""
    day = days.launch_of(days.year) + timedelta(days=14)
    if day < days.today:
        freeze_indicators(days.year.start, today=day)
