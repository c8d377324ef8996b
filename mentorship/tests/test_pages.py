"""Pages of the shared ground: faults, letters, language, health."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.models import Heartbeat, OutboxLetter
from participants.accounts import invite
from participants.models import User
from participants.tests.factories import make_curator, make_organization, make_person, make_staff, make_user


@pytest.mark.django_db
def test_front_page_leads_to_the_sign_in(client):
    response = client.get("/")

    assert (response.status_code, response.url) == (302, reverse("account_login"))


@pytest.mark.django_db
def test_home_of_an_account_without_a_role_says_whom_to_ask(client):
    client.force_login(make_user())

    response = client.get(reverse("home"))

    assert response.status_code == 200
    assert "нет роли" in response.content.decode()


@pytest.mark.django_db
def test_page_not_found_speaks_russian(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "Такой страницы нет" in response.content.decode()


@pytest.mark.django_db
def test_choose_language_is_remembered_and_returns_to_the_page(client):
    response = client.post(reverse("language"), {"language": "en", "next": "/accounts/login/"})

    assert response.url == "/accounts/login/"
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_choose_language_never_leads_to_another_site(client):
    response = client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})

    assert response.url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["abc", "1", "-1", "roadmap:roadmap-list"])
def test_choose_language_leads_to_an_address_alone(client, address):
    response = client.post(reverse("language"), {"language": "en", "next": address})

    assert response.url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/?q=a%00b", "/roadmap/?q=%00", "/s/a%00b/", "/outbox/?%00=1"])
def test_nul_character_in_an_address_is_a_bad_request(client, address):
    client.force_login(make_curator())

    assert client.get(address).status_code == 400


def make_letter(organization=None, **values):
    return OutboxLetter.objects.create(
        **{"organization": organization, "name": "hello", "recipient": "a@example.org", "subject": "Тема", "body": "."}
        | values
    )


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_outbox_query_count_does_not_grow(client, count, django_assert_max_num_queries):
    curator = make_curator()
    for _letter in range(count):
        make_letter(curator.current_memberships[0].organization)
    client.force_login(curator)

    with django_assert_max_num_queries(10):
        response = client.get(reverse("outbox"))

    assert len(response.context["page"]) == count


@pytest.mark.django_db
def test_outbox_shows_neither_letters_of_others_nor_the_letter_by_its_number(client):
    foreign = make_letter(make_organization())
    client.force_login(make_curator())

    assert list(client.get(reverse("outbox")).context["page"]) == []
    assert client.get(foreign.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_outbox_shows_a_personal_link_to_its_recipient_alone(client):
    organization = make_organization()
    invitation = invite(make_person(organization=organization, email="new@example.org"), by=make_curator(organization))
    letter = OutboxLetter.objects.get(recipient="new@example.org")
    admin_page = reverse("admin:mentorship_outboxletter_change", args=[letter.pk])

    seen = []
    for user, address in [
        (make_staff(organization), letter.get_absolute_url()),
        (make_curator(organization), admin_page),
        (invitation.user, letter.get_absolute_url()),
    ]:
        client.force_login(user)
        response = client.get(address)
        seen.append((response.status_code, invitation.token in response.content.decode()))

    assert seen == [(200, False), (200, False), (200, True)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "см. https://p.example.org/s/x3Kd9_aa-bbccddeeff001122334455/stop/ сегодня",
            "см. https://p.example.org/s/… сегодня",
        ),
        (
            "https://p.example.org/people/organizations/demo-kindergarten/",
            "https://p.example.org/people/organizations/demo-kindergarten/",
        ),
        (
            "http://127.0.0.1:8000/accounts/password/reset/key/3-d1x-0123456789abcdef0123456789abcdef/",
            "http://127.0.0.1:8000/accounts/password/reset/key/…",
        ),
    ],
)
def test_outbox_letter_hides_addresses_that_open_by_themselves(text, shown):
    assert OutboxLetter(body=text, recipient="a@example.org").text_for(User(email="b@example.org")) == shown


@pytest.mark.django_db
def test_outbox_retry_sends_a_failed_letter(client, django_capture_on_commit_callbacks):
    curator = make_curator()
    letter = make_letter(curator.current_memberships[0].organization, status="failed", attempt_count=5)
    client.force_login(curator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("outbox-retry", args=[letter.pk]))

    letter.refresh_from_db()
    assert letter.status == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=1), 200), (timedelta(hours=1), 503)])
def test_healthz_misses_a_silent_worker(client, age, status):
    Heartbeat.objects.create(name="worker", seen_at=timezone.now() - age)

    response = client.get("/healthz")

    assert response.status_code == status
    assert response.json()["worker"] is (status == 200)
    assert response.json()["database"] is True


# --- buttons that are opened as links ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_button_pressed_after_the_session_leads_back_to_its_page(client):
    letter = make_letter(make_organization())
    page = letter.get_absolute_url()

    pressed = client.post(reverse("outbox-retry", args=[letter.pk]), headers={"referer": f"http://testserver{page}"})
    foreign = client.post(
        reverse("outbox-retry", args=[letter.pk]), headers={"referer": "https://elsewhere.example/x/"}
    )

    login = reverse("account_login")
    assert (pressed.url, foreign.url) == (f"{login}?next={page}", f"{login}?next={reverse('home')}")


@pytest.mark.django_db
def test_the_address_of_a_button_opened_as_a_link_says_so(client):
    curator = make_curator()
    letter = make_letter(curator.current_memberships[0].organization)
    client.force_login(curator)

    response = client.get(reverse("outbox-retry", args=[letter.pk]))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "Это адрес кнопки" in response.content.decode()
