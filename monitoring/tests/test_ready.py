import pytest

from monitoring.models import Indicator, Target
from monitoring.ready_indicators import load_ready_indicators

pytestmark = pytest.mark.django_db


def test_ready_indicators_come_once_with_their_targets():
    load_ready_indicators()
    load_ready_indicators()

    targets = {
        indicator.formula: [int(target.percent) for target in indicator.targets.filter(organization=None)]
        for indicator in Indicator.objects.all()
    }
    assert targets == {
        "mentee_share": [30, 50, 70],
        "supplying_share": [10, 20, 30],
        "mentee_satisfaction": [65, 75, 85],
        "mentor_satisfaction": [65, 75, 85],
    }


def test_ready_indicators_leave_what_was_changed():
    load_ready_indicators()
    Indicator.objects.filter(formula="mentee_share").update(title="Своими словами")
    Target.objects.filter(indicator__formula="mentee_share").delete()

    load_ready_indicators()

    indicator = Indicator.objects.get(formula="mentee_share")
    assert (indicator.title, indicator.targets.count()) == ("Своими словами", 0)


def test_ready_rows_are_valid():
    load_ready_indicators()

    rows = [*Indicator.objects.all(), *Target.objects.all()]
    for row in rows:
        row.full_clean()
    assert len(rows) == 4 + 4 * 3
