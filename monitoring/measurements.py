"""Freezing what the indicators say on a day, so that later edits do not change a figure that was reported."""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from monitoring.indicators import count_organizations, sum_up
from monitoring.models import Indicator, Measurement
from participants.models import Organization


def freeze_indicators(school_year, *, today):
    """Write today's Measurement of each organization and office; a second run of the day corrects the first.

    What may not be shown (too few answers) and what has no data is not written. Returns (written, left out).
    """
    indicators = list(Indicator.objects.all())
    organizations = list(Organization.objects.all())
    working = [organization for organization in organizations if not organization.is_office]
    counted = count_organizations(indicators, working, school_year, today=today)
    below = _working_below(organizations)
    written = 0
    for organization in organizations:
        for indicator in indicators:
            if organization.is_office:
                parts = {key: counted[indicator.pk][key] for key in below[organization.pk]}
                outcome = sum_up(parts)
            else:
                outcome = counted[indicator.pk][organization.pk]
            written += _freeze(indicator, organization, school_year, outcome, today)
    return written, len(organizations) * len(indicators) - written


def _working_below(organizations):
    """{key of an organization: keys of the working ones below it}."""
    by_key = {organization.pk: organization for organization in organizations}
    below = {key: [] for key in by_key}
    for organization in organizations:
        above = by_key.get(organization.parent_id)
        while above is not None and not organization.is_office:
            below[above.pk].append(organization.pk)
            above = by_key.get(above.parent_id)
    return below


@transaction.atomic
def _freeze(indicator, organization, school_year, outcome, today):
    place = {
        "indicator": indicator,
        "organization": organization,
        "school_year": school_year,
        "taken_on": today,
    }
    if not outcome.is_counted:
        Measurement.objects.filter(**place).delete()
        return False
    figure = {"numerator": outcome.figure.numerator, "denominator": outcome.figure.denominator}
    Measurement.objects.update_or_create(**place, defaults=figure)
    return True


def last_measurements(organization, school_year, *, before):
    """{key of the indicator: the last Measurement taken before the day}."""
    latest = (
        Measurement.objects.filter(
            indicator=OuterRef("indicator"), organization=organization, school_year=school_year, taken_on__lt=before
        )
        .order_by("-taken_on")
        .values("pk")[:1]
    )
    found = Measurement.objects.filter(organization=organization, school_year=school_year, pk=Subquery(latest))
    return {measurement.indicator_id: measurement for measurement in found}
