"""The plan of 500 activities beside one of 50: the page per row, its queries, and the timeline drawn on the server.

The database is a test database, made for the measurement and thrown away. The page is asked as its curator.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment

from bench.comparison import best_seconds

FEW, MANY = 50, 500
LIMIT = 200  # milliseconds of the timeline
ROUNDS = 5


def measure():
    settings.ALLOWED_HOSTS = ["testserver"]
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield from _lines()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _lines():
    from participants.tests.factories import make_curator

    plans = {count: _plan(count) for count in (FEW, MANY)}
    seconds, queries = {}, {}
    for count, roadmap in plans.items():
        client = Client()
        client.force_login(make_curator(roadmap.organization))
        address = roadmap.get_absolute_url()
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries[count] = len(caught)
        seconds[count] = best_seconds(lambda client=client, address=address: client.get(address), times=ROUNDS)
    few, many = (seconds[count] / count * 1000 for count in (FEW, MANY))
    yield (
        f"roadmap page of {MANY} activities: ours {seconds[MANY] * 1000:.0f} ms, {many:.2f} ms a row ({queries[MANY]} "
        f"queries); of {FEW}: {seconds[FEW] * 1000:.0f} ms, {few:.2f} ms a row ({queries[FEW]} queries); "
        f"ratio of a row {many / few:.2f} (at most 1.5)"
    )
    yield _timeline(plans[MANY])


def _timeline(roadmap):
    from roadmap.plan_views import timeline_of
    from roadmap.progress import stages_of

    today = date(2026, 11, 10)
    stages = stages_of(roadmap, today)
    spent = best_seconds(lambda: timeline_of(roadmap, stages, today, label=""), times=ROUNDS) * 1000
    whole = best_seconds(lambda: timeline_of(roadmap, stages_of(roadmap, today), today, label=""), times=ROUNDS) * 1000
    return (
        f"timeline of {MANY} rows: ours {spent:.0f} ms drawn, {whole:.0f} ms with the rows read from the database, "
        f"limit {LIMIT} ms, ratio {LIMIT / spent:.1f}"
    )


def _plan(count):
    """A roadmap of stages with 25 activities each, owners, points and windows."""
    from roadmap.models import Activity, ActivityItem, ActivityOwner, DeadlineWindow
    from roadmap.tests.factories import make_roadmap, make_stage

    roadmap = make_roadmap()
    for _number in range(count // 25):
        stage = make_stage(roadmap=roadmap)
        rows = Activity.objects.bulk_create(
            Activity(
                stage=stage, position=place, content=f"Провести собрание {place}", deadline_text="октябрь",
                responsible_text="Куратор", deadline_kind="range", deadline_confidence=1,
            )
            for place in range(1, 26)
        )  # fmt: skip
        ActivityOwner.objects.bulk_create(ActivityOwner(activity=row, role="curator") for row in rows)
        ActivityItem.objects.bulk_create(ActivityItem(activity=row, position=1, text="Пункт") for row in rows)
        first = date(2026, 10, 1)
        DeadlineWindow.objects.bulk_create(
            DeadlineWindow(activity=row, starts_on=first, ends_on=first + timedelta(days=row.position)) for row in rows
        )
    return roadmap
