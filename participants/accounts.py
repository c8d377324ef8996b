"""Opening accounts by invitation, and who may sign in at all."""

import re
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.outbox import write_letter
from participants.models import AccountInvitation, Membership, User

# The demo gives each of its organizations a domain of this shape; nobody can own one (RFC 2606).
DEMO_EMAIL = r"@demo-[a-z0-9-]+\.example$"


def is_demo_email(email):
    return re.search(DEMO_EMAIL, email, re.IGNORECASE) is not None


def is_refused_demo(user):
    """Whether this is a demonstration account in production, which refuses them."""
    return settings.PRODUCTION and is_demo_email(user.email)


class PortalBackend(AuthenticationBackend):
    """Sign-in by e-mail. Asked at every request too, so that a session does not outlive the right to have one."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and not is_refused_demo(user)


class PortalAccountAdapter(DefaultAccountAdapter):
    """No open sign-up; letters of the sign-in pages go through the outbox; demo accounts stay out of production."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """Every way of signing in passes here, a second factor and a reset password included."""
        if is_refused_demo(user):
            messages.error(request, _("Demonstration accounts cannot be used here."))
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """A letter of the library (new password, changed address) by the way that every letter takes."""
        name = template_prefix.rpartition("/")[2].replace("_", "-")
        write_letter(name, email, {"user": context.get("user"), **self._plain(context)})

    @staticmethod
    def _plain(context):
        return {key: value for key, value in context.items() if isinstance(value, str | int)}


@transaction.atomic
def invite(person, *, by, role=None):
    """Open an account for a person by e-mail, with a role in the organization where one is given.

    An account that exists is joined, never doubled. Returns the AccountInvitation, or None where the person can sign
    in already. Raises ValidationError where the person has no e-mail or the account belongs to another person.
    """
    person.check_is_open()
    user = _account_of(person)
    if role:
        Membership.objects.get_or_create(
            user=user,
            organization=person.organization,
            role=role,
            ends_on=None,
            defaults={"starts_on": timezone.localdate()},
        )
    if user.has_usable_password():
        return None
    user.account_invitations.filter(used_at=None, organization=person.organization).delete()
    invitation = AccountInvitation.objects.create(user=user, organization=person.organization, invited_by=by)
    write_letter(
        "account-invitation",
        user.email,
        {
            "invitation": invitation,
            "person": person,
            "organization": person.organization,
            "days": settings.INVITATION_DAYS,
        },
        organization=person.organization,
    )
    return invitation


def _account_of(person):
    """The person's account, joined by the e-mail or opened; a mistyped address of an unused account is corrected."""
    email = person.email.lower()
    if not email:
        raise ValidationError(_("%(person)s has no e-mail: add one first."), params={"person": person})
    of_address = User.objects.filter(email__iexact=email).first()
    user = person.user or of_address or User.objects.create_user(email)
    if not user.is_active:
        raise ValidationError(_("The account %(email)s is closed."), params={"email": user.email})
    if user.email != email and of_address is None and _may_correct_address(user, person.organization):
        user.email = email
        user.save(update_fields=["email"])
    if person.user_id != user.pk:
        person.user = user
        person.full_clean(validate_unique=False)
        person.save(update_fields=["user"])
    return user


def _may_correct_address(user, organization):
    """A mistyped address is put right while nobody uses the account, and only where no other organization relies on it."""
    if user.has_usable_password():
        return False
    elsewhere = (user.people, user.memberships, user.account_invitations)
    return not any(rows.exclude(organization=organization).exists() for rows in elsewhere)


def may_give_role(user, role, organization_id):
    """Whether the user may give the role there: a curator all but the coordinator's in his own organization."""
    if user.is_superuser:
        return True
    return role != Membership.Role.COORDINATOR and organization_id in user.organizations_as("curator")


def invite_many(people, *, by):
    """Invite several people. Returns those who got a letter, and a sentence for each who did not."""
    sent, refused = [], []
    for person in people:
        try:
            if invite(person, by=by):
                sent.append(person)
        except ValidationError as error:
            refused.append(f"{person}: {' '.join(error.messages)}")
    return sent, refused


@transaction.atomic
def end_membership(member):
    """End a role from today on. Raises ValidationError where the organization would be left without a curator."""
    today = timezone.localdate()
    others = Membership.objects.select_for_update().in_force(today).exclude(pk=member.pk)
    if member.role == Membership.Role.CURATOR and not others.filter(
        organization=member.organization, role=Membership.Role.CURATOR
    ):
        raise ValidationError(_("This is the only curator: invite another one first, or nobody can manage the portal."))
    if member.starts_on and member.starts_on >= today:
        member.delete()
        return
    member.ends_on = today - timedelta(days=1)
    member.full_clean()
    member.save(update_fields=["ends_on"])


@transaction.atomic
def accept_invitation(invitation, password):
    """Set the first password; the link is used up. Raises ValidationError for a used link or a weak password."""
    now = timezone.now()
    user = invitation.user
    if is_refused_demo(user) or not user.is_active:
        raise ValidationError(_("This account cannot be used here."))
    validate_password(password, user)
    if not AccountInvitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now):
        raise ValidationError(_("This link has been used already. Sign in with your password."))
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
