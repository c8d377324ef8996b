"""Filed papers as proofs of activities: minutes first, no orders among them, each linked once and by its words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.models import Paper
from documents.tests.factories import make_order
from participants.tests.factories import make_curator
from roadmap.proofs import add_paper, offered_papers
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db


def make_paper(organization, kind, **values):
    return Paper.objects.create(
        organization=organization,
        kind=kind,
        **{"title": "О наставничестве", "dated_on": date(2026, 10, 1), "content": {}} | values,
    )


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def activity(curator):
    organization = curator.memberships.get().organization
    return make_activity(stage=make_stage(roadmap=make_roadmap(organization=organization)))


def offered(activity, curator):
    return [key for _label, choices in offered_papers(activity.stage.roadmap, curator) for key, _title in choices]


def test_minutes_stand_first_and_orders_are_not_among_other_papers(activity, curator):
    organization = activity.organization
    order = make_order(program=None, status="approved")
    thanks = make_paper(organization, "thanks", dated_on=date(2026, 11, 1))
    minutes = make_paper(organization, "minutes", number="4")
    act = make_paper(order.organization, "destruction_act")
    make_paper(organization, "thanks", destroyed_on=date(2026, 11, 2), destroyed_by=act)
    make_paper(organization, "assignment_order")
    make_paper(order.organization, "minutes")

    assert offered(activity, curator) == [f"paper-{minutes.pk}", f"paper-{thanks.pk}"]


def test_minutes_are_linked_once_by_their_number_and_lead_to_their_page(client, activity, curator):
    minutes = make_paper(activity.organization, "minutes", number="4")
    client.force_login(curator)
    address = reverse("roadmap:activity-proofs", args=[activity.pk])
    assert client.post(address, {"paper": f"paper-{minutes.pk}"}).status_code == 302

    proof = activity.proofs.get()
    assert (proof.paper, proof.kind) == (minutes, "paper")
    assert "4" in proof.title
    assert minutes.get_absolute_url() in client.get(address).content.decode()
    with pytest.raises(ValidationError):
        add_paper(activity, f"paper-{minutes.pk}", by=curator)
    with pytest.raises(ValidationError):
        add_paper(activity, f"paper-{minutes.pk}", by=make_curator())
