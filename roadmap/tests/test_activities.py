from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.tests.factories import make_curator
from roadmap.activities import confirm_deadline, set_status, tick_item
from roadmap.models import Activity, DeadlineWindow
from roadmap.tests.factories import OCTOBER, make_activity

pytestmark = pytest.mark.django_db


def test_set_status_done_remembers_the_day_and_who():
    activity = make_activity()
    curator = make_curator(activity.organization)

    set_status(activity, "done", by=curator, today=date(2026, 10, 12))

    activity.refresh_from_db()
    assert (activity.status, activity.done_on) == ("done", date(2026, 10, 12))
    assert activity.events.get().actor == curator


def test_set_status_back_to_planned_forgets_the_day():
    activity = make_activity(status="done", done_on=date(2026, 10, 12))

    set_status(activity, "planned", by=None, today=date(2026, 10, 13))

    activity.refresh_from_db()
    assert (activity.status, activity.done_on) == ("planned", None)


def test_set_status_refuses_to_work_on_a_cancelled_activity():
    activity = make_activity(status="cancelled")

    with pytest.raises(ValidationError):
        set_status(activity, "done", by=None, today=date(2026, 10, 12))


def test_tick_item_ticks_and_unticks():
    item = make_activity(items=["изучить положение"]).items.get()

    tick_item(item, is_done=True)
    item.refresh_from_db()
    assert item.is_done is True

    tick_item(item, is_done=False)
    item.refresh_from_db()
    assert item.is_done is False


def windows_of(activity):
    return list(activity.windows.values_list("starts_on", "ends_on"))


def test_confirm_deadline_replaces_the_days_and_keeps_the_text():
    activity = make_activity(deadline_text="октябрь 20213 г.", deadline_confidence=0.5, deadline_remark="опечатка?")
    curator = make_curator(activity.organization)

    confirm_deadline(activity, [(date(2026, 11, 1), date(2026, 11, 30))], by=curator)

    activity.refresh_from_db()
    assert windows_of(activity) == [(date(2026, 11, 1), date(2026, 11, 30))]
    assert (activity.deadline_text, activity.deadline_confidence, activity.deadline_remark) == (
        "октябрь 20213 г.",
        1,
        "",
    )
    assert activity.deadline_confirmed_by == curator


@pytest.mark.parametrize(
    ("kind", "windows", "confirmed"),
    [
        ("range", [(None, date(2026, 11, 1))], "by"),
        ("range", [], "unscheduled"),
        ("unscheduled", [OCTOBER], "range"),
        ("recurring", [OCTOBER], "recurring"),
    ],
)
def test_confirm_deadline_tells_the_kind_from_the_dates(kind, windows, confirmed):
    activity = make_activity(deadline_kind=kind)

    confirm_deadline(activity, windows, by=None)

    activity.refresh_from_db()
    assert activity.deadline_kind == confirmed


@pytest.mark.parametrize("window", [(None, None), (date(2026, 11, 2), date(2026, 11, 1))])
def test_confirm_deadline_refuses_an_impossible_window_and_keeps_the_old(window):
    activity = make_activity()

    with pytest.raises(ValidationError):
        confirm_deadline(activity, [window], by=None)

    assert windows_of(activity) == [OCTOBER]


@pytest.mark.parametrize(
    ("values", "windows", "today", "late", "due"),
    [
        ({}, [OCTOBER], date(2026, 9, 30), False, False),
        ({}, [OCTOBER], date(2026, 10, 31), False, True),
        ({}, [OCTOBER], date(2026, 11, 1), True, False),
        ({"status": "done", "done_on": date(2026, 10, 5)}, [OCTOBER], date(2026, 11, 1), False, False),
        ({"status": "cancelled"}, [OCTOBER], date(2026, 11, 1), False, False),
        ({"deadline_kind": "ongoing"}, [OCTOBER], date(2026, 11, 1), False, False),
        ({"deadline_kind": "by"}, [(None, date(2026, 10, 1))], date(2026, 10, 2), True, False),
        ({"deadline_kind": "by"}, [(None, date(2027, 5, 25))], date(2026, 10, 2), False, False),
        ({"deadline_kind": "by"}, [(None, date(2027, 5, 25))], date(2027, 4, 20), False, True),
        ({"deadline_kind": "recurring"}, [OCTOBER], date(2026, 10, 20), False, False),
        ({"deadline_kind": "unscheduled"}, [], date(2027, 6, 1), False, False),
    ],
)
def test_activity_late_and_due(values, windows, today, late, due):
    activity = make_activity(windows=windows, **values)

    assert (activity.is_late(today), activity.is_due(today)) == (late, due)


def test_windows_of_an_activity_come_in_the_order_of_their_days():
    activity = make_activity(windows=[(date(2027, 3, 1), date(2027, 3, 31)), (None, date(2026, 9, 1)), OCTOBER])

    starts = [window.starts_on for window in DeadlineWindow.objects.filter(activity=activity)]

    assert starts == [None, date(2026, 10, 1), date(2027, 3, 1)]
    assert Activity.objects.get(pk=activity.pk).due_on() == date(2027, 3, 31)
