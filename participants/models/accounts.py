"""Accounts: users by e-mail, their roles in organizations, invitations that open an account."""

import secrets
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.organizations import Organization, at_or_below


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **values):
        """An account; without a password it cannot be signed in to until the invitation is used."""
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password, **values):
        return self.create_user(email, password, is_superuser=True, **values)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Names and contacts belong to the person: see Person.user."""

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("This e-mail has an account already.")}
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("account opened"), default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]

    def __str__(self):
        return self.full_name or self.email

    def save(self, **kwargs):
        super().save(**kwargs)
        # The history has asked for the name; of a new account there is no person yet.
        self.__dict__.pop("full_name", None)

    @cached_property
    def full_name(self):
        """«Иванова Мария Петровна», or nothing where no person stands behind the account."""
        person = self.people.first()
        return person.full_name if person else ""

    def get_full_name(self):
        return self.full_name

    @cached_property
    def salutation(self):
        """«Мария Петровна»: how the portal speaks to the user."""
        person = self.people.first()
        return person.salutation if person else self.email

    @cached_property
    def current_memberships(self):
        """Today's roles, read once per request."""
        return list(
            self.memberships.in_force().select_related("organization").order_by("organization__short_name", "pk")
        )

    def organizations_as(self, *roles):
        """Keys of the organizations in which the user has one of the roles today."""
        return [member.organization_id for member in self.current_memberships if member.role in roles]

    @property
    def organizations_in_charge(self):
        """Keys of the organizations whose people and papers the user sees: those he curates, heads or works for."""
        return self.organizations_as("curator", "head", "staff")

    @property
    def is_staff(self):
        """Whether /admin/ is open to the user."""
        return self.is_superuser or bool(self.organizations_as("curator", "staff"))


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """Memberships on a day, today unless given."""
        day = day or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day)).exclude(ends_on__lt=day)

    def not_over(self, day=None):
        """Memberships in force on a day, today unless given, and those that begin later."""
        return self.exclude(ends_on__lt=day or timezone.localdate())

    def visible_to(self, user):
        """Roles in the user's organizations, his own ones, and the curators of the organizations that he coordinates."""
        if user.is_superuser:
            return self
        below = at_or_below("organization", user.organizations_as("coordinator"))
        curators = below & Q(role=Membership.Role.CURATOR)
        return self.filter(Q(organization__in=user.organizations_in_charge) | Q(user=user) | curators)

    def of_organization(self, organization):
        """The roles in an organization with their people, today's first, then those that ended."""
        people = models.Prefetch("user__people", to_attr="known_people")
        rows = self.filter(organization=organization).select_related("user").prefetch_related(people)
        return rows.order_by(F("ends_on").desc(nulls_first=True), "role", "pk")


class Membership(models.Model):
    """A user's role in an organization for a period."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("municipal coordinator")
        CURATOR = "curator", _("curator")
        HEAD = "head", _("head")
        STAFF = "staff", _("staff member")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("account"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="memberships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    # Who does the work of the head for a time; the papers of that time print «И.о.».
    is_acting = models.BooleanField(_("acting head"), default=False)

    # The base of curators names the order by which each was appointed; an order of another year may be on paper alone.
    order_number = models.CharField(_("number of the order"), max_length=40, blank=True)
    ordered_on = models.DateField(_("date of the order"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organization", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The end date is before the start date."),
            ),
            models.CheckConstraint(
                condition=Q(is_acting=False) | Q(role="head", starts_on__isnull=False, ends_on__isnull=False),
                name="acting_head_by_dates",
                violation_error_message=_("Only a head is acting, and from a day to a day."),
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ends_on=None),
                name="one_open_membership",
                violation_error_message=_("This person has the role already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organization}"


def new_token():
    return secrets.token_urlsafe(24)


class AccountInvitation(models.Model):
    """A personal link by which a person sets the first password; good once and for INVITATION_DAYS."""

    user = models.ForeignKey(User, models.CASCADE, related_name="account_invitations", verbose_name=_("account"))
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    token = models.CharField(max_length=60, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self):
        return str(self.user)

    def get_additional_data(self):
        """Kept with each change: the history of the person's file shows it."""
        person = self.user.people.filter(organization=self.organization_id).first()
        return {"user": self.user_id, "person": person.pk if person else None}

    def is_expired(self, now):
        return now > self.created_at + timedelta(days=settings.INVITATION_DAYS)
