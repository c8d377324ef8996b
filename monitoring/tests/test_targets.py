from datetime import date

import pytest
from django.core.exceptions import ValidationError

from monitoring.models import Target
from monitoring.targets import compared_year, set_target, target_in_force, targets_of
from monitoring.tests.factories import ready_indicator
from participants.tests.factories import make_organization

pytestmark = pytest.mark.django_db


def percent_of(organization, indicator, year=2025):
    return targets_of(organization)[indicator.pk][year].percent


def test_common_target_holds_without_another():
    indicator = ready_indicator("mentee_share")

    assert percent_of(make_organization(), indicator) == 70


def test_nearest_office_wins_over_the_farther_and_the_common():
    indicator = ready_indicator("mentee_share")
    ministry = make_organization(kind="education_office")
    office = make_organization(kind="education_office", parent=ministry)
    school = make_organization(parent=office)

    set_target(ministry, indicator=indicator, year=2025, percent=60)
    from_ministry = percent_of(school, indicator)
    set_target(office, indicator=indicator, year=2025, percent=50)
    from_office = percent_of(school, indicator)
    set_target(school, indicator=indicator, year=2025, percent=40)

    assert (from_ministry, from_office, percent_of(school, indicator)) == (60, 50, 40)


def test_target_of_another_organization_does_not_hold():
    indicator = ready_indicator("mentee_share")
    set_target(make_organization(), indicator=indicator, year=2025, percent=5)

    assert percent_of(make_organization(), indicator) == 70


def test_target_set_twice_is_changed():
    indicator, school = ready_indicator("mentee_share"), make_organization()

    set_target(school, indicator=indicator, year=2026, percent=40)
    set_target(school, indicator=indicator, year=2026, percent=45, source="Приказ № 5")

    target = Target.objects.get(organization=school)
    assert (target.percent, target.source) == (45, "Приказ № 5")


def test_target_above_a_hundred_is_refused():
    with pytest.raises(ValidationError):
        set_target(make_organization(), indicator=ready_indicator("mentee_share"), year=2026, percent=101)

    assert Target.objects.exclude(organization=None).count() == 0


def test_target_of_an_indicator_of_offices_is_refused_to_a_school():
    with pytest.raises(ValidationError):
        set_target(make_organization(), indicator=ready_indicator("supplying_share"), year=2026, percent=30)


def test_target_in_force_is_the_last_one_set():
    targets = {2023: "30", 2024: "50", 2025: "70"}

    assert target_in_force(targets, 2024) == "50"
    assert target_in_force(targets, 2026) == "70"
    assert target_in_force(targets, 2022) is None
    assert target_in_force({}, 2026) is None


def test_compared_year_is_todays_within_the_school_year():
    assert compared_year(2026, today=date(2026, 11, 20)) == 2026
    assert compared_year(2026, today=date(2027, 2, 1)) == 2027
    assert compared_year(2023, today=date(2026, 11, 20)) == 2024
    assert compared_year(2027, today=date(2026, 11, 20)) == 2027
