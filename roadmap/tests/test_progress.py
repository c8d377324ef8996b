from datetime import date

import pytest

from roadmap.progress import stages_of, sum_of
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def test_stages_of_counts_done_due_and_late_without_the_cancelled():
    roadmap = make_roadmap()
    stage = make_stage(roadmap=roadmap)
    make_activity(stage=stage)  # October: late
    make_activity(stage=stage, windows=[NOVEMBER])
    make_activity(stage=stage, status="done", done_on=date(2026, 10, 3))
    make_activity(stage=stage, status="cancelled")

    progress = stages_of(roadmap, TODAY)[0]

    tally = progress.tally
    assert (tally.total, tally.done, tally.due, tally.late, tally.percent) == (3, 1, 1, 1, 33)
    assert progress.state == "late"
    assert [activity.state_today for activity in progress.activities] == ["late", "due", "done", "cancelled"]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"status": "done", "done_on": date(2026, 10, 3)}, "done"),
        ({"windows": [NOVEMBER]}, "due"),
        ({"windows": [(date(2027, 5, 1), date(2027, 5, 31))]}, "planned"),
    ],
)
def test_stage_state_is_one_word(values, state):
    stage = make_stage()
    make_activity(stage=stage, **values)

    assert stages_of(stage.roadmap, TODAY)[0].state == state


def test_sum_of_an_empty_roadmap_has_no_percent():
    whole = sum_of(stages_of(make_roadmap(), TODAY))

    assert (whole.total, whole.percent) == (0, None)
