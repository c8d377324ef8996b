import re

import pytest
from django.conf import settings

from participants.tests.factories import make_coordinator, make_curator, make_head, make_staff

SECTIONS = ["everybody", "curator", "head", "mentor", "mentee", "staff", "coordinator", "questions"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_has_a_section_for_each_role_and_a_link_to_each_section(client, language):
    client.force_login(make_curator())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get("/help/").content.decode()

    assert re.findall(r'<section class="card-box reading" id="(\w+)"', page) == SECTIONS
    assert re.findall(r'<li><a href="#(\w+)"', page) == SECTIONS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "section"),
    [(make_curator, "curator"), (make_head, "head"), (make_staff, "staff"), (make_coordinator, "coordinator")],
)
def test_help_marks_the_section_of_the_readers_role(client, make, section):
    client.force_login(make())

    page = client.get("/help/").content.decode()

    assert re.findall(r'<a href="#(\w+)">[^<]+</a> – ваша роль', page) == [section]


@pytest.mark.django_db
def test_help_of_an_unknown_page_is_not_found(client):
    client.force_login(make_curator())

    assert client.get("/help/nothing/").status_code == 404
