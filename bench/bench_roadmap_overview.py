"""The overview of an education office: 500 organizations × 25 activities on seven stages, asked as its coordinator.

The database is a test database, made for the measurement and thrown away; the promise is for PostgreSQL (DATABASE_URL).
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment

from bench.comparison import best_seconds

FEW, MANY, ACTIVITIES = 50, 500, 25
LIMIT = 300  # milliseconds
ROUNDS = 5


def measure():
    settings.ALLOWED_HOSTS = ["testserver"]
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield _line()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _line():
    from django.urls import reverse

    from participants.tests.factories import make_coordinator, make_organization

    seconds, queries = {}, {}
    for count in (FEW, MANY):
        office = make_organization(kind="education_office")
        _fill(office, count)
        client = Client()
        client.force_login(make_coordinator(office))
        address = reverse("roadmap:overview")
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries[count] = len(caught)
        seconds[count] = best_seconds(lambda client=client, address=address: client.get(address), times=ROUNDS)
    spent = seconds[MANY] * 1000
    return (
        f"overview of {MANY} organizations × {ACTIVITIES} activities on {connection.vendor}: ours {spent:.0f} ms "
        f"({queries[MANY]} queries, of {FEW}: {queries[FEW]}), limit {LIMIT} ms, ratio {LIMIT / spent:.1f}"
    )


def _fill(office, count):
    """So many organizations below the office, each with a roadmap of seven stages."""
    from participants.models import Organization
    from roadmap.models import Activity, DeadlineWindow, Roadmap, Stage
    from roadmap.ready_roadmaps import ready_roadmap

    titles = [stage.title for stage in ready_roadmap("school", 2026).reading.stages]
    organizations = Organization.objects.bulk_create(
        Organization(
            parent=office, kind="school", slug=f"{office.slug}-{number}", short_name=f"МАОУ «Школа № {number}»",
            full_name=f"Муниципальное учреждение «Школа № {number}»", place="г. Кедровск", head_position="Директор",
        )
        for number in range(count)
    )  # fmt: skip
    roadmaps = Roadmap.objects.bulk_create(
        Roadmap(
            organization=organization, title="Дорожная карта", school_year=2026, starts_on=date(2026, 9, 1),
            ends_on=date(2027, 8, 31), approved_on=date(2026, 9, 1),
        )
        for organization in organizations
    )  # fmt: skip
    stages = Stage.objects.bulk_create(
        Stage(roadmap=roadmap, position=place, number=str(place), title=title)
        for roadmap in roadmaps
        for place, title in enumerate(titles, 1)
    )
    by_roadmap = [stages[start : start + len(titles)] for start in range(0, len(stages), len(titles))]
    activities = Activity.objects.bulk_create(
        Activity(
            stage=own[number % len(own)], position=number // len(own) + 1, content=f"Мероприятие {number}",
            deadline_kind="range", deadline_confidence=1, **_state(number),
        )
        for own in by_roadmap
        for number in range(ACTIVITIES)
    )  # fmt: skip
    first = date(2026, 9, 1)
    DeadlineWindow.objects.bulk_create(
        DeadlineWindow(
            activity=activity,
            starts_on=first + timedelta(days=10 * (place % ACTIVITIES)),
            ends_on=first + timedelta(days=10 * (place % ACTIVITIES) + 9),
        )
        for place, activity in enumerate(activities)
    )


def _state(number):
    return {"status": "done", "done_on": date(2026, 10, 1)} if number % 3 == 0 else {}
