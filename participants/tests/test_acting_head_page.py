"""The page on which an organization names who acts as the head."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import Membership
from participants.tests.factories import make_curator, make_head, make_organization, make_staff

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": "2026-11-21", "ends_on": "2026-11-30"}


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def deputy(organization):
    return make_staff(organization).people.get()


def address(organization):
    return reverse("participants:acting-head-add", args=[organization.slug])


def test_who_acts_is_named_with_his_days(client, organization, deputy):
    client.force_login(make_head(organization))
    assert client.get(address(organization)).status_code == 200

    response = client.post(address(organization), DAYS | {"person": deputy.pk, "order_number": "12-лс"})

    member = Membership.objects.get(user=deputy.user, role="head")
    assert response.status_code == 302
    assert (member.starts_on, member.ends_on, member.is_acting) == (date(2026, 11, 21), date(2026, 11, 30), True)


@pytest.mark.parametrize("wrong", [{"ends_on": "2026-11-01"}, {"starts_on": ""}, {"person": ""}, {"person": 10**20}])
def test_what_makes_no_sense_is_refused(client, organization, deputy, wrong):
    client.force_login(make_head(organization))

    response = client.post(address(organization), DAYS | {"person": deputy.pk} | wrong)

    assert response.status_code in {400, 422}
    assert not Membership.objects.filter(user=deputy.user, role="head").exists()


def test_somebody_of_another_organization_does_not_act_here(client, organization):
    client.force_login(make_head(organization))
    stranger = make_staff().people.get()

    assert client.post(address(organization), DAYS | {"person": stranger.pk}).status_code == 422


def test_who_may_not_name_the_acting_head(client, organization):
    client.force_login(make_staff(organization))
    of_staff = client.get(address(organization)).status_code
    client.force_login(make_curator())

    assert (of_staff, client.get(address(organization)).status_code) == (403, 404)
