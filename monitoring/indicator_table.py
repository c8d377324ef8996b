"""The table of indicators: targets of the years, the counted figure, the trend; on the page, in panels and in xlsx."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import Workbook

from mentorship.school_year import SchoolYear
from mentorship.workbooks import append_head, append_row, set_widths, workbook_bytes
from monitoring.indicators import Outcome, count_indicators
from monitoring.measurements import last_measurements
from monitoring.models import Indicator, Measurement, Target
from monitoring.targets import compared_year, target_in_force, targets_of

YEARS_SHOWN = 3


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of an organization: what was planned, what was counted, what was counted last."""

    indicator: Indicator
    outcome: Outcome
    targets: dict
    target: Target | None
    last: Measurement | None
    years: list

    @property
    def planned(self):
        """The targets of the shown years, None where there is none."""
        return [self.targets.get(year) for year in self.years]

    @property
    def is_reached(self):
        """Whether the figure reaches the target in force; None where one of them is missing."""
        if self.target is None or self.outcome.percent is None:
            return None
        return self.outcome.percent >= self.target.percent

    @property
    def change(self):
        """Percentage points since the last frozen figure; None without one."""
        if self.last is None or self.last.percent is None or self.outcome.percent is None:
            return None
        return self.outcome.percent - self.last.percent


def indicator_rows(organization, school_year, *, today):
    """The IndicatorRows of an organization (of an office: the sums below it)."""
    counted = count_indicators(organization, school_year, today=today)
    return rows_of(counted, organization, school_year, today=today)


def rows_of(counted, organization, school_year, *, today):
    """IndicatorRows of what was counted already, [(Indicator, Outcome)]."""
    targets = targets_of(organization)
    last = last_measurements(organization, school_year, before=today)
    year = compared_year(school_year, today=today)
    years = shown_years(targets)
    return [
        IndicatorRow(
            indicator=indicator,
            outcome=outcome,
            targets=targets.get(indicator.pk, {}),
            target=target_in_force(targets.get(indicator.pk, {}), year),
            last=last.get(indicator.pk),
            years=years,
        )
        for indicator, outcome in counted
    ]


def shown_years(targets):
    """The last calendar years for which any target is set, in order."""
    return sorted({year for years in targets.values() for year in years})[-YEARS_SHOWN:]


def indicators_xlsx(organization, school_year, rows, lines, *, today):
    """The table as a workbook; `lines` (OrganizationLine) fill a second sheet where an office looks below."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Indicators")
    _heading(sheet, organization, school_year, today)
    years = rows[0].years if rows else []
    targets = [_("Target of %(year)s, %%") % {"year": year} for year in years]
    append_head(sheet, [_("Indicator"), *targets, _("Counted, %"), _("Numerator"), _("Denominator"), _("Remark")])
    for row in rows:
        planned = [target.percent if target else None for target in row.planned]
        append_row(sheet, [row.indicator.title, *planned, *figure_cells(row.outcome), str(row.outcome.reason)])
    set_widths(sheet, [60, *([14] * (len(targets) + 3)), 50])
    if lines:
        _organizations_sheet(book, rows, lines)
    return workbook_bytes(book)


def figure_cells(outcome):
    """Percent, numerator and denominator as numbers; empty cells where nothing may be said."""
    if not outcome.is_counted:
        return [None, None, None]
    return [outcome.percent, outcome.figure.numerator, outcome.figure.denominator]


def _heading(sheet, organization, school_year, today):
    append_row(sheet, [organization.full_name])
    sheet.append(
        [_("School year %(year)s, counted on %(day)s") % {"year": SchoolYear(school_year), "day": f"{today:%d.%m.%Y}"}]
    )
    sheet.append([])


def _organizations_sheet(book, rows, lines):
    sheet = book.create_sheet(_("Organizations"))
    titles = [_("Organization"), _("Pairs in force")]
    for row in rows:
        name = row.indicator.short_title
        titles += [f"{name}, %", f"{name}: {_('numerator')}", f"{name}: {_('denominator')}"]
    append_head(sheet, titles)
    for line in lines:
        cells = [cell for _indicator, outcome in line.outcomes for cell in figure_cells(outcome)]
        append_row(sheet, [line.organization.short_name, line.pairs_count, *cells])
    set_widths(sheet, [40] + [16] * (len(titles) - 1))
