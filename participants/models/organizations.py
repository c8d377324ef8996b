"""Organizations and their tree: an education office above kindergartens, schools and centres."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.number_templates import check_template

# A ministry, an office under it, its branch, an organization: deeper trees do not occur in the field.
LEVELS = 4


def at_or_below(lookup, organizations):
    """A condition: the organization at `lookup` ("" for itself) is one of `organizations` or stands below one."""
    condition = Q()
    prefix = f"{lookup}__" if lookup else ""
    for level in range(LEVELS):
        condition |= Q(**{f"{prefix}{'parent__' * level}pk__in": organizations})
    return condition


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own organizations, and those below the ones that he coordinates."""
        if user.is_superuser:
            return self
        return self.filter(
            Q(pk__in=user.memberships.in_force().values("organization"))
            | at_or_below("", user.organizations_as("coordinator"))
            | Q(pk__in=user.people.values("organization"))
        )

    def below(self, organization):
        """The organizations under `organization`, itself not included."""
        return self.filter(at_or_below("", [organization.pk])).exclude(pk=organization.pk)

    def above(self, organization):
        """The organizations over `organization`, itself not included."""
        parents = ("__".join(["parent"] * level) for level in range(1, LEVELS))
        own = self.model.objects.filter(pk=organization.pk)
        condition = Q()
        for parent in parents:
            condition |= Q(pk__in=own.filter(**{f"{parent}__isnull": False}).values(parent))
        return self.filter(condition)

    def working(self):
        """Organizations that run programmes themselves, education offices left out."""
        return self.exclude(kind=Organization.Kind.EDUCATION_OFFICE)


class Organization(models.Model):
    class Kind(models.TextChoices):
        EDUCATION_OFFICE = "education_office", _("education office")
        KINDERGARTEN = "kindergarten", _("kindergarten")
        SCHOOL = "school", _("school")
        CENTRE = "centre", _("supplementary-education centre")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands under")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.SlugField(_("short address"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=150)
    # «приказом … муниципального …»: full names decline, no library does it safely; empty means the name as it is.
    full_name_genitive = models.CharField(_("full name in the genitive"), max_length=400, blank=True)
    place = models.CharField(_("place"), max_length=100, help_text=_("As papers print it: «г. Кедровск»"))
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    head_position = models.CharField(
        _("position of the head"),
        max_length=150,
        help_text=_("As signatures print it, with the organization: «Заведующий МБДОУ „Детский сад № 7“»"),
    )
    order_number_template = models.CharField(
        _("form of order numbers"),
        max_length=40,
        default="{n}-од",
        help_text=_("{n} is the next number of the calendar year: «{n}-од», «01-12/{n}»"),
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organization_not_under_itself",
                violation_error_message=_("An organization cannot stand under itself."),
            )
        ]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return reverse("participants:organization", args=[self.slug])

    def clean(self):
        try:
            check_template(self.order_number_template)
        except ValidationError as error:
            raise ValidationError({"order_number_template": error}) from error
        above, level = self.parent, 1
        while above is not None:
            level += 1
            if above.pk == self.pk:
                raise ValidationError(
                    {"parent": _("This would close a circle: the organization would stand under itself.")}
                )
            if level > LEVELS:
                raise ValidationError({"parent": _("The tree of organizations has at most four levels.")})
            above = above.parent

    @property
    def is_office(self):
        return self.kind == self.Kind.EDUCATION_OFFICE

    def head(self, *, on=None):
        """The user who is the head on a day (today unless given), or None."""
        heads = self.memberships.in_force(on or timezone.localdate()).filter(role="head").select_related("user")
        member = heads.order_by("-starts_on").first()
        return member.user if member else None
