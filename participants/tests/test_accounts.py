from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentorship.models import OutboxLetter
from participants.accounts import accept_invitation, end_membership, invite, invite_many
from participants.checks import demo_accounts_in_production
from participants.models import AccountInvitation, Membership, User
from participants.tests.factories import PASSWORD, make_curator, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
GOOD_PASSWORD = "kedrovsk-autumn-12"


def test_invite_opens_an_account_and_writes_a_letter():
    person = make_person(email="Ivanova@example.org")

    invitation = invite(person, by=make_curator(person.organization))

    letter = OutboxLetter.objects.get()
    assert (person.user.email, person.user.has_usable_password()) == ("ivanova@example.org", False)
    assert (letter.recipient, letter.organization) == ("ivanova@example.org", person.organization)
    assert f"/accounts/invitation/{invitation.token}/" in letter.body


def test_invite_again_leaves_one_link_that_works():
    person = make_person(email="ivanova@example.org")
    curator = make_curator(person.organization)
    invite(person, by=curator)

    second = invite(person, by=curator)

    assert list(AccountInvitation.objects.all()) == [second]
    assert User.objects.filter(email="ivanova@example.org").count() == 1


def test_invite_corrects_the_address_of_an_account_that_was_never_used():
    person = make_person(email="ivanva@example.org")
    curator = make_curator(person.organization)
    invite(person, by=curator)
    person.email = "ivanova@example.org"

    invite(person, by=curator)

    person.user.refresh_from_db()
    assert person.user.email == "ivanova@example.org"


def test_invite_leaves_the_address_of_an_account_that_another_organization_has_opened():
    head = make_person(email="head@example.org")
    theirs = invite(head, by=make_curator(head.organization), role="head")
    person = make_person(email="head@example.org")
    curator = make_curator(person.organization)
    invite(person, by=curator)
    person.email = "stranger@example.org"

    invite(person, by=curator)

    head.user.refresh_from_db()
    theirs.refresh_from_db()
    assert (head.user.email, theirs.used_at) == ("head@example.org", None)


def test_invite_joins_an_account_that_exists_and_adds_the_role_once():
    user = make_user(email="ivanova@example.org")
    person = make_person(email="ivanova@example.org")
    curator = make_curator(person.organization)

    answers = [invite(person, by=curator, role="staff") for _n in range(2)]

    assert (answers, person.user, OutboxLetter.objects.count()) == ([None, None], user, 0)
    assert [member.role for member in user.memberships.all()] == ["staff"]


def test_invite_needs_an_address_that_belongs_to_nobody_else():
    person = make_person(email="ivanova@example.org")
    curator = make_curator(person.organization)
    invite(person, by=curator)
    namesake = make_person(organization=person.organization, email="ivanova@example.org")
    without = make_person(organization=person.organization)

    sent, refused = invite_many([namesake, without], by=curator)

    assert (sent, len(refused)) == ([], 2)


def test_accept_invitation_sets_the_password_once():
    person = make_person(email="ivanova@example.org")
    invitation = invite(person, by=None)

    user = accept_invitation(invitation, GOOD_PASSWORD)
    with pytest.raises(ValidationError):
        accept_invitation(invitation, "another-password-12")

    user.refresh_from_db()
    assert user.check_password(GOOD_PASSWORD)


@pytest.mark.parametrize("password", ["short", "12345678901234", "ivanova@example.org", "password1234"])
def test_accept_invitation_refuses_a_weak_password(password):
    invitation = invite(make_person(email="ivanova@example.org"), by=None)

    with pytest.raises(ValidationError):
        accept_invitation(invitation, password)

    assert AccountInvitation.objects.get().used_at is None


def test_invitation_expires_after_the_set_days(settings):
    settings.INVITATION_DAYS = 3
    invitation = invite(make_person(email="ivanova@example.org"), by=None)
    now = invitation.created_at

    assert [invitation.is_expired(now + timedelta(days=days)) for days in (2, 3, 4)] == [False, False, True]


def test_end_membership_takes_effect_at_once_and_keeps_the_record():
    organization = make_organization()
    make_curator(organization)
    user = make_curator(organization)
    member = user.memberships.get()
    Membership.objects.filter(pk=member.pk).update(starts_on=date(2020, 9, 1))
    member.refresh_from_db()

    end_membership(member)

    assert (user.organizations_as("curator"), Membership.objects.filter(user=user).count()) == ([], 1)


def test_end_membership_given_today_removes_it():
    organization = make_organization()
    make_curator(organization)
    member = make_curator(organization).memberships.get()
    member.starts_on = timezone.localdate()
    member.save()

    end_membership(member)

    assert organization.memberships.count() == 1


def test_end_membership_keeps_the_only_curator():
    member = make_curator().memberships.get()

    with pytest.raises(ValidationError):
        end_membership(member)


# --- demonstration accounts -------------------------------------------------------------------------------------------
@pytest.fixture
def demo_user():
    return make_user(email="curator@demo-school.example")


def test_demo_accounts_sign_in_outside_production(client, demo_user):
    response = client.post("/accounts/login/", {"login": demo_user.email, "password": PASSWORD})

    assert response.url == "/home/"


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/"])
def test_production_refuses_demo_accounts(client, settings, demo_user, address):
    settings.PRODUCTION = True

    client.post(
        address, {"login": demo_user.email, "username": demo_user.email, "password": PASSWORD, "next": "/home/"}
    )

    assert client.get("/home/").url == "/accounts/login/?next=/home/"


def test_production_ends_sessions_of_demo_accounts(client, settings, demo_user):
    client.force_login(demo_user)
    settings.PRODUCTION = True

    assert client.get("/home/").status_code == 302


def test_production_refuses_invitations_of_demo_accounts(settings):
    invitation = invite(make_person(email="mentor@demo-centre.example"), by=None)
    settings.PRODUCTION = True

    with pytest.raises(ValidationError):
        accept_invitation(invitation, GOOD_PASSWORD)


def test_check_finds_demo_accounts_in_production_alone(settings, demo_user):
    outside = demo_accounts_in_production()
    settings.PRODUCTION = True

    inside = demo_accounts_in_production()

    assert (outside, [error.id for error in inside]) == ([], ["participants.E001"])


def test_check_is_content_with_real_accounts(settings):
    make_user(email="demo@school.example")
    settings.PRODUCTION = True

    assert demo_accounts_in_production() == []


def test_check_bears_a_database_without_tables(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setattr(User._meta, "db_table", "absent_table")

    assert demo_accounts_in_production() == []
