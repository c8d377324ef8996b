"""Orders as proofs of activities: the roadmap knows them only by what this floor has registered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents.tests.factories import make_order
from participants.tests.factories import make_curator
from roadmap import proofs
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


def test_approved_order_is_linked_once_and_only_of_the_own_organization():
    order = make_order(status="approved", number="5", approved_on=TODAY)
    curator = make_curator(order.organization)
    stage = make_stage(roadmap=make_roadmap(organization=order.organization))
    activity, foreign = make_activity(stage=stage), make_activity()

    proof = proofs.add_paper(activity, f"order-{order.pk}", by=curator)

    assert (proof.paper, proof.title) == (order, str(order))
    for each, choice in ((activity, f"order-{order.pk}"), (foreign, f"order-{order.pk}"), (activity, "person-1")):
        with pytest.raises(ValidationError):
            proofs.add_paper(each, choice, by=curator)
