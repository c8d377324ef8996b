import re
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import reverse

from mentorship.models import OutboxLetter
from participants.accounts import invite
from participants.models import AccountInvitation
from participants.tests.factories import (
    PASSWORD,
    make_curator,
    make_mentor_entry,
    make_organization,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "kedrovsk-autumn-12"


@pytest.fixture
def invitation():
    organization = make_organization(email="school@example.org")
    return invite(make_person(organization=organization, email="ivanova@example.org"), by=make_curator(organization))


def address_of(invitation):
    return reverse("account-invitation", args=[invitation.token])


def test_invitation_sets_the_password_and_signs_in(client, invitation):
    client.get(address_of(invitation))

    response = client.post(address_of(invitation), {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD})

    assert response.url == "/home/"
    assert client.get("/home/").context["request"].user == invitation.user


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("short", "short", "password"), (NEW_PASSWORD, "another", "password_again"), ("", "", "password")],
)
def test_invitation_says_what_is_wrong_with_the_password(client, invitation, password, again, field):
    response = client.post(address_of(invitation), {"password": password, "password_again": again})

    assert (response.status_code, field in response.context["form"].errors) == (422, True)


def test_invitation_expired_says_whom_to_ask(client, invitation):
    AccountInvitation.objects.update(created_at=invitation.created_at - timedelta(days=15))

    response = client.get(address_of(invitation))

    assert response.status_code == 410
    assert "school@example.org" in response.content.decode()


def test_invitation_used_leads_to_the_sign_in(client, invitation):
    client.post(address_of(invitation), {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD})
    client.logout()

    response = client.post(address_of(invitation), {"password": "other-password", "password_again": "other-password"})

    assert response.status_code == 410
    assert reverse("account_login") in response.content.decode()


def test_invitation_unknown_is_not_found(client):
    assert client.get(reverse("account-invitation", args=["abc"])).status_code == 404


# --- signing in -------------------------------------------------------------------------------------------------------
def test_login_leads_home_and_logout_back(client):
    user = make_user()

    signed_in = client.post("/accounts/login/", {"login": user.email.upper(), "password": PASSWORD})
    signed_out = client.post("/accounts/logout/")

    assert (signed_in.url, signed_out.url) == ("/home/", "/accounts/login/")


@pytest.mark.parametrize("email", ["nobody@example.org", "known@example.org"])
def test_login_gives_the_same_answer_for_unknown_address_and_wrong_password(client, email):
    make_user(email="known@example.org")

    response = client.post("/accounts/login/", {"login": email, "password": "wrong-password"})

    assert len(response.context["form"].non_field_errors()) == 1


def test_login_is_limited(client):
    user = make_user()
    for _n in range(5):
        client.post("/accounts/login/", {"login": user.email, "password": "wrong-password"})

    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert response.status_code == 200
    assert client.get("/home/").status_code == 302


def test_admin_login_goes_through_the_portal(client):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"


def test_password_reset_by_letter(client):
    user = make_user(email="ivanova@example.org")
    client.post("/accounts/password/reset/", {"email": "ivanova@example.org"})
    letter = OutboxLetter.objects.get(recipient="ivanova@example.org")
    link = re.search(r"http://testserver(\S+)", letter.body)[1]

    page = client.get(link, follow=True)
    done = client.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

    user.refresh_from_db()
    assert (done.status_code, user.check_password(NEW_PASSWORD)) == (200, True)
    assert client.get(link, follow=True).context["token_fail"]


def test_password_reset_of_an_unknown_address_tells_nothing_on_the_page(client):
    known, unknown = make_user(email="known@example.org").email, "unknown@example.org"

    pages = [client.post("/accounts/password/reset/", {"email": email}).url for email in (known, unknown)]

    assert len(set(pages)) == 1
    assert list(OutboxLetter.objects.order_by("pk").values_list("name", flat=True)) == [
        "password-reset-key",
        "unknown-account",
    ]


def test_sign_up_is_closed(client):
    response = client.post("/accounts/signup/", {"email": "me@example.org", "password1": NEW_PASSWORD})

    assert (response.status_code, response.templates[0].name) == (200, "account/signup_closed.html")


def test_second_factor_is_asked_after_the_password(client):
    user = make_user()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    )

    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)

    assert (response.redirect_chain[-1][0], response.status_code) == ("/accounts/2fa/authenticate/", 200)


CLOSED_PAGES = ["/accounts/email/", "/accounts/confirm-email/"]
OPEN_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/"]
OPEN_PAGES += ["/accounts/password/reset/key/done/", "/accounts/inactive/", "/accounts/password/reset/key/1-x/"]
OWN_PAGES = ["/accounts/password/change/", "/accounts/logout/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"]
OWN_PAGES += ["/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/reauthenticate/"]


def sign_in(client, user):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_account_pages_open_to_everybody(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OWN_PAGES)
def test_account_pages_of_a_signed_in_user(client, address):
    sign_in(client, make_user())

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", CLOSED_PAGES)
def test_account_address_pages_are_closed(client, address):
    client.force_login(make_user())

    assert client.get(address).status_code == 404


def test_second_factor_pages_after_it_is_switched_on(client):
    user = make_user()
    sign_in(client, user)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    )

    generated = client.post("/accounts/2fa/recovery-codes/generate/")
    statuses = [
        client.get(f"/accounts/2fa/{page}").status_code
        for page in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "recovery-codes/download/")
    ]

    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert (generated.status_code, statuses) == (302, [200] * 5)
    assert "\n".join(codes) in page


# --- switch of role and year ------------------------------------------------------------------------------------------
def test_workspace_switches_between_roles(client):
    user = make_curator()
    entry = make_mentor_entry(person=make_person(user=user))
    client.force_login(user)

    client.post(reverse("participants:choose-workspace"), {"role": f"mentor:{entry.person.organization_id}"})

    workspace = client.get("/home/").context["request"].workspace
    assert (workspace.role_name, workspace.organization) == ("mentor", entry.person.organization)


def test_workspace_ignores_a_role_that_is_not_the_users(client):
    user = make_curator()
    client.force_login(user)

    client.post(reverse("participants:choose-workspace"), {"role": f"head:{make_organization().pk}"})

    assert client.get("/home/").context["request"].workspace.role_name == "curator"


@pytest.mark.parametrize(
    ("posted", "year", "address"),
    [
        ({"school_year": "2025", "next": "/people/mentors/"}, 2025, "/people/mentors/"),
        ({"school_year": "1900"}, 2026, "/home/"),
        ({"school_year": "²"}, 2026, "/home/"),
        ({"school_year": "2025", "next": "https://evil.example/"}, 2025, "/home/"),
    ],
)
def test_workspace_switches_the_school_year(client, time_machine, posted, year, address):
    time_machine.move_to("2026-10-05 12:00")
    client.force_login(make_curator())

    response = client.post(reverse("participants:choose-workspace"), posted)

    assert response.url == address
    assert client.get("/home/").context["request"].workspace.school_year.start == year


@override_settings(LANGUAGE_CODE="ru")
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_account_pages_speak_russian(client, address):
    """Words on the page that are neither markup nor addresses hold no Latin letters."""
    page = client.get(address).content.decode()

    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert re.findall(r"\b[A-Za-z]{3,}\b", text) == []


@pytest.mark.parametrize(
    "posted",
    [{"next": "abc"}, {"next": "a\x00b"}, {"next": "//elsewhere.example"}, {"school_year": "9" * 5000}],
)
def test_workspace_takes_nonsense_home(client, posted):
    client.force_login(make_curator(make_organization()))

    assert client.post(reverse("participants:choose-workspace"), posted).url == "/home/"
