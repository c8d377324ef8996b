from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorship.transitions import move
from participants.tests.factories import make_curator
from programs.tests.factories import make_pair


@pytest.mark.django_db
def test_move_writes_the_status_its_values_and_who_did_it():
    pair = make_pair()
    curator = make_curator(pair.program.organization)

    moved = move(pair, "active", by=curator, comment="приказ № 5-од", started_on=date(2026, 10, 1))

    moved.refresh_from_db()
    event = moved.events.get()
    assert (moved.status, moved.started_on) == ("active", date(2026, 10, 1))
    assert (event.previous, event.status, event.actor, event.comment) == (
        "proposed",
        "active",
        curator,
        "приказ № 5-од",
    )
    assert str(event.status_label) == "действует"


@pytest.mark.django_db
def test_move_refuses_a_step_that_the_graph_does_not_have():
    pair = make_pair(status="ended", ended_on=date(2026, 12, 1))

    with pytest.raises(ValidationError) as refusal:
        move(pair, "active", by=None)

    assert refusal.value.code == "wrong_state"
    assert pair.events.count() == 0


@pytest.mark.django_db
def test_move_refuses_what_a_constraint_forbids_and_leaves_the_object_alone():
    pair = make_pair()

    with pytest.raises(ValidationError):
        move(pair, "active", by=None)  # a pair in force must have a start

    pair.refresh_from_db()
    assert (pair.status, pair.events.count()) == ("proposed", 0)


@pytest.mark.django_db
def test_move_does_not_overwrite_what_somebody_else_changed_meanwhile():
    pair = make_pair(topic="старая тема")
    type(pair).objects.filter(pk=pair.pk).update(topic="новая тема")

    move(pair, "active", by=None, started_on=date(2026, 10, 1))

    pair.refresh_from_db()
    assert pair.topic == "новая тема"
