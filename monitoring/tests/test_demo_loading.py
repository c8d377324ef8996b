"""Loading the demo: on other days, with other numbers, and when it must not be loaded; see test_demo.py for what it holds."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from mentorship.models import OutboxLetter
from mentorship.school_year import SchoolYear
from monitoring.demo.days import DemoDays, is_workday
from monitoring.demo.loading import Demo, chance_of, load_demo
from monitoring.demo.names import feminine, in_latin
from monitoring.demo.people import LEAST_PEOPLE, StaffMaker, shares
from monitoring.demo.places import make_office, make_organization, places
from monitoring.demo.teams import team_up
from monitoring.models import Survey
from participants.models import Organization, Person, User
from participants.tests import factories
from programs.models import Pair

IN_NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = 2026
SLUGS = ["demo-centre", "demo-kindergarten", "demo-school"]


# --- on other days ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2027, 8, 31)])
def test_demo_loads_on_any_day_of_a_year(day):
    now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)

    with time_machine.travel(now, tick=False):
        Demo(DemoDays(now)).load(places(3, people=LEAST_PEOPLE)[1:2], LEAST_PEOPLE)

    mentor = User.objects.get(email="mentor@demo-school.example")
    pair = Pair.objects.get(mentor__user=mentor, status=Pair.Status.ACTIVE)
    assert pair.program.year == SchoolYear.of(day)
    assert pair.started_on <= day <= pair.last_day
    assert Survey.objects.taking_answers(day).count() == 1


@pytest.mark.django_db
def test_demo_of_more_organizations_has_the_same_people_in_the_first_ones():
    people = []
    for count in (3, 4):
        with transaction.atomic():
            office, days = make_office(), DemoDays(IN_NOVEMBER)
            for number, place in enumerate(places(count, people=LEAST_PEOPLE)):
                organization = make_organization(place, office, number)
                rng = chance_of(place, LEAST_PEOPLE)
                StaffMaker(place, organization, days=days, rng=rng, hashed="").make(LEAST_PEOPLE)
            found = Person.objects.filter(organization__slug__in=SLUGS).order_by("pk")
            people.append([(person.full_name, person.birth_year, person.position) for person in found])
            transaction.set_rollback(True)

    assert len(people[0]) == 3 * LEAST_PEOPLE
    assert people[0] == people[1]


def test_launch_is_in_october_or_earlier_while_the_year_is_young():
    launches = {
        day: DemoDays(datetime(*day, 9, tzinfo=UTC)).launch_of(SchoolYear(YEAR))
        for day in [(2026, 9, 1), (2026, 9, 21), (2027, 3, 1)]
    }

    assert launches == {
        (2026, 9, 1): date(2026, 9, 1),
        (2026, 9, 21): date(2026, 9, 11),
        (2027, 3, 1): date(2026, 10, 8),
    }


@pytest.mark.parametrize(
    ("day", "is_one"), [(date(2026, 11, 20), True), (date(2026, 11, 21), False), (date(2027, 1, 5), False)]
)
def test_is_workday_knows_weekends_and_holidays(day, is_one):
    assert is_workday(day) is is_one


# --- what the command refuses ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("make", [factories.make_organization, factories.make_user])
def test_demo_command_refuses_a_database_that_holds_anything_else(make):
    make()

    with pytest.raises(CommandError, match="not of the demonstration"):
        call_command("demo")

    assert not Organization.objects.filter(slug__startswith="demo-").exists()


@pytest.mark.django_db
def test_demo_command_refuses_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production settings refuse"):
        call_command("demo")


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [{"organizations": 2}, {"people": LEAST_PEOPLE - 1}])
def test_demo_command_refuses_too_small_numbers(numbers):
    with pytest.raises(CommandError, match="At least 3 organizations and 25 people"):
        call_command("demo", **numbers)


@pytest.mark.django_db
def test_demo_that_fails_leaves_nothing_behind(monkeypatch):
    def fail(days):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("monitoring.demo.figures.measure_last_autumn", fail)

    with pytest.raises(RuntimeError):
        load_demo(organizations=3, people=LEAST_PEOPLE, now=timezone.now())

    assert (Organization.objects.count(), User.objects.count(), OutboxLetter.objects.count()) == (0, 0, 0)


# --- its parts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("surname", "expected"),
    [("Галкин", "Галкина"), ("Никольский", "Никольская"), ("Полевой", "Полевая"), ("Черных", "Черных")],
)
def test_feminine_knows_what_stays(surname, expected):
    assert feminine(surname) == expected


def test_in_latin_gives_the_left_side_of_an_address():
    assert in_latin("Ёлкина-Щукина") == "elkinashchukina"


@pytest.mark.parametrize("count", [25, 30, 200])
@pytest.mark.parametrize("kind", ["kindergarten", "school", "centre"])
def test_shares_leave_room_for_those_who_run_the_organization(count, kind):
    assert sum(shares(count, kind)) <= count - 3


def test_team_up_makes_pairs_then_groups():
    teams = team_up(["а", "б", "в"], [1, 2, 3, 4, 5, 6], form="пара")

    assert [team.mentees for team in teams] == [[1], [2, 4, 5], [3, 6]]


def test_places_have_addresses_of_their_own():
    slugs = [place.slug for place in places(7, people=30)]

    assert slugs == [*["demo-kindergarten", "demo-school", "demo-centre"], *(f"demo-org-{n}" for n in (4, 5, 6, 7))]
    assert len({place.short_name for place in places(60, people=30)}) == 60
