"""Stages and activities moved in the browser: by their handles, by Alt and an arrow, by buttons that need no script."""

import pytest
from django.conf import settings
from django.test import Client

from participants.tests.factories import make_curator
from roadmap.tests.factories import make_activity, make_roadmap, make_stage


@pytest.fixture
def roadmap(transactional_db):
    """Two stages with two activities each."""
    roadmap = make_roadmap()
    for title in ("Начало", "Конец"):
        stage = make_stage(roadmap=roadmap, title=title)
        for number in (1, 2):
            make_activity(stage=stage, content=f"{title} {number}")
    return roadmap


@pytest.fixture
def plan(roadmap, page, live_server):
    """The page of the roadmap, opened by its curator in a window that holds it whole."""
    client = Client()
    client.force_login(make_curator(roadmap.organization))
    opened = page()
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    opened.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    opened.set_viewport_size({"width": 1280, "height": 2400})
    opened.goto(roadmap.get_absolute_url())
    return opened


def order(roadmap):
    return [
        (stage.title, list(stage.activities.order_by("position").values_list("content", flat=True)))
        for stage in roadmap.stages.order_by("position")
    ]


def test_stages_and_activities_are_dragged_and_moved_by_keys(roadmap, plan):
    first, second = (["Начало 1", "Начало 2"], ["Конец 1", "Конец 2"])
    with plan.expect_navigation():
        plan.locator(".stage__handle").nth(1).drag_to(
            plan.locator("[data-stage]").nth(0), target_position={"x": 90, "y": 5}
        )
    assert order(roadmap) == [("Конец", second), ("Начало", first)]

    # The moved stage has the focus: the same keys move it on.
    with plan.expect_navigation():
        plan.keyboard.press("Alt+ArrowDown")
    assert order(roadmap) == [("Начало", first), ("Конец", second)]

    with plan.expect_navigation():
        plan.locator(".activity__handle").nth(3).drag_to(
            plan.locator("[data-activity]").nth(0), target_position={"x": 90, "y": 5}
        )
    assert order(roadmap) == [("Начало", ["Конец 2", *first]), ("Конец", ["Конец 1"])]

    with plan.expect_navigation():
        plan.keyboard.press("Alt+ArrowDown")
    assert order(roadmap) == [("Начало", ["Начало 1", "Конец 2", "Начало 2"]), ("Конец", ["Конец 1"])]

    with plan.expect_navigation():
        plan.locator(".stage__head button[value=up]").nth(1).click()
    assert [title for title, _activities in order(roadmap)] == ["Конец", "Начало"]
