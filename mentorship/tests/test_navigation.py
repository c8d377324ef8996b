"""The bar of each role marks the place that a page belongs to."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from mentorship.navigation import navigation
from participants.tests.factories import make_coordinator, make_curator, make_head, make_organization


def place_marked(role, path):
    request = RequestFactory().get(path)
    request.user = type("Account", (), {"is_authenticated": True})()
    request.workspace = type("Workspace", (), {"role_name": role})()
    return [(str(place["label"]), place["is_page"]) for place in navigation(request)["places"] if place["is_here"]]


@pytest.mark.parametrize(
    ("role", "path", "marked"),
    [
        ("curator", "/documents/orders/", [("Документы", True)]),
        ("curator", "/documents/texts/", [("Документы", False)]),
        ("curator", "/people/consents/", [("Люди", False)]),
        ("curator", "/home/", [("Главная", True)]),
        ("curator", "/outbox/", []),
        ("head", "/documents/inbox/", [("На утверждение", True)]),
        ("head", "/documents/archive/", [("Документы", False)]),
        ("mentor", "/programs/meetings/3/", [("Встречи", False)]),
        ("mentor", "/programs/", []),
        ("coordinator", "/people/joint/", [("Реестр", True)]),
    ],
)
def test_a_page_marks_its_place(role, path, marked):
    assert place_marked(role, path) == marked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "address", "leads_to"),
    [
        (make_curator, "/people/", "participants:registry-mentors"),
        (make_curator, "/documents/", "documents:order-list"),
        (make_head, "/documents/", "documents:order-list"),
        (make_head, "/people/", "home"),
        (make_coordinator, "/documents/", "documents:municipal-orders"),
    ],
)
def test_the_beginning_of_an_address_leads_to_the_place_of_the_role(client, make, address, leads_to):
    client.force_login(make(make_organization()))

    response = client.get(address)

    assert (response.status_code, response.url) == (302, reverse(leads_to))
