"""Targets: which one is in force for an organization, and setting its own."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.school_year import SchoolYear
from monitoring.models import Target
from participants.models import Organization


def offices_above(organization):
    """The organizations above, the nearest first."""
    above, parent = [], organization.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    return above


def targets_of(organization):
    """{key of the indicator: {calendar year: Target}}: the organization's own, else the nearest office's, else common."""
    order = [organization.pk, *(office.pk for office in offices_above(organization)), None]
    found = {}
    for target in Target.objects.filter(organization__in=order[:-1]) | Target.objects.filter(organization=None):
        years = found.setdefault(target.indicator_id, {})
        rival = years.get(target.year)
        if rival is None or order.index(target.organization_id) < order.index(rival.organization_id):
            years[target.year] = target
    return found


def compared_year(school_year, *, today):
    """The calendar year whose target a school year is compared with: today's, within the two that it touches.

    Targets are set for calendar years, programmes run by school years; a year that is over is compared with the target
    of the calendar year in which it ended.
    """
    return min(max(today.year, school_year), SchoolYear(school_year).ends_on.year)


def target_in_force(targets, year):
    """Of {calendar year: Target} the one of the year, else the last set before it; None without any."""
    earlier = [set_for for set_for in targets if set_for <= year]
    return targets[max(earlier)] if earlier else None


@transaction.atomic
def set_target(organization, *, indicator, year, percent, source=""):
    """Set or change the organization's own target. Raises ValidationError for a value out of range."""
    Organization.objects.select_for_update().get(pk=organization.pk)  # a form sent twice waits here
    place = {"organization": organization, "indicator": indicator, "year": year}
    target = Target.objects.filter(**place).first() or Target(**place)
    if indicator.is_of_offices and not organization.is_office:
        raise ValidationError(_("This indicator is measured over many organizations: an office sets its target."))
    target.percent, target.source = percent, source
    target.full_clean()
    target.save()
    return target
