"""The repeated activities of roadmaps that were imported before the import made their times."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from roadmap.models import Occurrence
from roadmap.occurring import make_occurrences
from roadmap.tests.factories import make_activity

pytestmark = pytest.mark.django_db
REPEATED = {"deadline_text": "1 раз в четверть", "deadline_kind": "recurring", "windows": ()}


def spans_of(activity):
    return list(Occurrence.objects.filter(activity=activity).values_list("starts_on", "ends_on"))


def test_missing_times_are_made_as_the_rule_makes_them_and_others_stay():
    missing, ruled = make_activity(**REPEATED), make_activity(**REPEATED)
    done = make_activity(**REPEATED | {"status": "done", "done_on": date(2026, 10, 1)})
    plain = make_activity()
    make_occurrences(ruled)
    expected = spans_of(ruled)

    import_module("roadmap.migrations.0008_occurrences_of_imported").make_missing(apps, None)

    assert len(expected) == 4
    assert spans_of(missing) == spans_of(ruled) == expected
    assert not spans_of(done)
    assert not spans_of(plain)
