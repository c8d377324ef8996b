"""The pages on which an organization sets the steps before the head and the second factor; who may."""

import pytest
from django.urls import reverse

from documents.agreeing import agree_to_order
from documents.models import ApprovalStep, StepDecision
from documents.tests.factories import make_order
from participants.tests.factories import make_curator, make_head, make_staff

pytestmark = pytest.mark.django_db
STEPS, ADD = "/documents/steps/", "/documents/steps/add/"
DATA = {
    "name": "Педагогический совет",
    "kind": "",
    "position": 1,
    "recorder": "curator",
    "needs_minutes": "on",
    "mark": "adopted",
    "printed": "",
}


@pytest.fixture
def order():
    return make_order(status="submitted")


def test_a_step_is_added_changed_and_removed_and_its_decision_stays(client, order):
    client.force_login(order.created_by)
    client.post(ADD, DATA)
    step = ApprovalStep.objects.get()
    agree_to_order(order, step, by=order.created_by, minutes_number="3", minutes_on=order.created_at.date())
    edit = reverse("documents:step-edit", args=[step.pk])

    client.post(edit, DATA | {"name": "Совет школы"})
    shown = client.get(STEPS).content.decode()
    client.post(reverse("documents:step-delete", args=[step.pk]))

    assert "Совет школы" in shown
    assert not ApprovalStep.objects.exists()
    assert StepDecision.objects.get().name == "Педагогический совет"
    assert client.get(order.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("wrong", [{"name": ""}, {"position": -1}, {"position": 10**20}, {"kind": "нет такого"}])
def test_a_step_of_no_sense_is_refused(client, order, wrong):
    client.force_login(order.created_by)

    assert client.post(ADD, DATA | wrong).status_code in {400, 422}
    assert not ApprovalStep.objects.exists()


def test_staff_read_the_steps_and_others_do_not_see_them(client, order):
    step = ApprovalStep.objects.create(organization=order.organization, name="Профсоюз", recorder="curator")
    edit = reverse("documents:step-edit", args=[step.pk])
    client.force_login(make_staff(order.organization))
    of_staff = [client.get(address).status_code for address in (STEPS, ADD, edit)]
    client.force_login(make_curator())
    of_strangers = [
        client.get(edit).status_code,
        client.post(reverse("documents:step-delete", args=[step.pk])).status_code,
    ]

    assert (of_staff, of_strangers) == ([200, 403, 403], [404, 404])


def test_the_head_alone_asks_for_the_second_factor(client, order):
    address = reverse("documents:second-factor")
    client.force_login(order.created_by)
    refused = client.post(address, {"is_needed": "1"}).status_code
    client.force_login(make_head(order.organization))
    client.post(address, {"is_needed": "1"})

    order.organization.refresh_from_db()
    assert (refused, order.organization.approval_needs_second_factor) == (403, True)
