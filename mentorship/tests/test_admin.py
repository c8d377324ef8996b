"""Every admin class: its list and its form open, for the superuser and for a curator, and nobody else gets in."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from mentorship.admin import ScopedPermissions
from participants.tests.factories import make_curator, make_head, make_staff, make_user
from roadmap.tests.factories import make_activity, make_roadmap

OWN_APPS = {"mentorship", "participants", "programs", "roadmap", "documents", "monitoring"}
CLASSES = [site_admin for model, site_admin in admin.site._registry.items() if model._meta.app_label in OWN_APPS]
SCOPED = [site_admin for site_admin in CLASSES if isinstance(site_admin, ScopedPermissions)]

pytestmark = pytest.mark.django_db


def name_of(site_admin):
    return site_admin.model._meta.label


def address(site_admin, page):
    return reverse(f"admin:{site_admin.model._meta.app_label}_{site_admin.model._meta.model_name}_{page}")


@pytest.mark.parametrize("site_admin", CLASSES, ids=name_of)
def test_admin_opens_for_the_superuser(client, site_admin):
    user = make_user(is_superuser=True)
    client.force_login(user)
    request = RequestFactory().get("/")
    request.user = user

    assert (
        client.get(address(site_admin, "changelist"), {"q": "а"} if site_admin.search_fields else {}).status_code == 200
    )
    expected = 200 if site_admin.has_add_permission(request) else 403
    assert client.get(address(site_admin, "add")).status_code == expected


@pytest.mark.parametrize("site_admin", SCOPED, ids=name_of)
@pytest.mark.parametrize("make_member", [make_curator, make_staff])
def test_admin_list_opens_for_curators_and_staff(client, site_admin, make_member):
    user = make_member()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.user = user

    expected = 200 if site_admin.has_view_permission(request) else 403
    assert client.get(address(site_admin, "changelist")).status_code == expected


@pytest.mark.parametrize("site_admin", SCOPED, ids=name_of)
def test_admin_never_lets_staff_change_anything(client, site_admin):
    client.force_login(make_staff())

    assert client.get(address(site_admin, "add")).status_code == 403


@pytest.mark.parametrize("make_person", [make_head, make_user])
def test_admin_is_closed_to_others(client, make_person):
    client.force_login(make_person())

    assert client.get(reverse("admin:index")).status_code == 302


def test_admin_shows_a_curator_only_the_rows_of_his_organization(client):
    own, foreign = make_roadmap(activities=1), make_roadmap(activities=1)
    client.force_login(make_curator(own.organization))

    shown = client.get(reverse("admin:roadmap_roadmap_changelist")).context["cl"].queryset
    by_number = client.get(reverse("admin:roadmap_roadmap_change", args=[foreign.pk]))

    assert list(shown) == [own]
    assert by_number.status_code == 302  # Django's admin: «there is no such row», back to its index


def test_admin_moves_a_status_by_the_function_of_the_portal(client):
    activity = make_activity()
    curator = make_curator(activity.organization)
    client.force_login(curator)

    client.post(
        reverse("admin:roadmap_activity_changelist"), {"action": "mark_done", "_selected_action": [activity.pk]}
    )

    activity.refresh_from_db()
    assert (activity.status, activity.events.get().actor) == ("done", curator)


def test_admin_leaves_a_status_alone_on_its_form(client):
    activity = make_activity()
    client.force_login(make_curator(activity.organization))

    page = client.get(reverse("admin:roadmap_activity_change", args=[activity.pk]))

    assert "status" not in page.context["adminform"].form.fields


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/programs/meeting/?held_on__year=3000000000", 400),
        ("/admin/documents/order/export/?anything=x", 302),
        ("/admin/participants/mentorentry/add/?person=²", 200),
    ],
)
def test_admin_answers_an_odd_address_without_breaking(client, address, status):
    client.force_login(make_curator())

    assert client.get(address).status_code == status
