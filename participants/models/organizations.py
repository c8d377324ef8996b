"""Organizations and their tree: an education office above kindergartens, schools and centres."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
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


check_inn = RegexValidator(r"^(\d{10}|\d{12})\Z", _("Write 10 or 12 digits, without spaces."))
check_ogrn = RegexValidator(r"^(\d{13}|\d{15})\Z", _("Write 13 or 15 digits, without spaces."))


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

    class InitialsStyle(models.TextChoices):
        TIGHT = "tight", "И.О. Фамилия"
        SPACED = "spaced", "И. О. Фамилия"

    class DateStyle(models.TextChoices):
        WORDS = "words", "29 августа 2026 г."
        DIGITS = "digits", "29.08.2026"
        QUOTED = "quoted", "«29» августа 2026 г."

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands under")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.SlugField(_("short address"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=150)
    # What papers print in the cases where the portal's proposal is wrong or doubtful: {"of": the name in the
    # nominative that the forms decline, "genitive": "…", …}; what is missing is proposed, forms of another name do not
    # count (documents/kept_forms.py).
    name_forms = models.JSONField(_("the full name in cases"), default=dict, blank=True)
    short_name_forms = models.JSONField(_("the short name in cases"), default=dict, blank=True)
    head_position_forms = models.JSONField(_("the position of the head in cases"), default=dict, blank=True)
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

    initials_style = models.CharField(
        _("initials in papers"), max_length=10, choices=InitialsStyle, default=InitialsStyle.TIGHT
    )
    date_style = models.CharField(_("date of orders"), max_length=10, choices=DateStyle, default=DateStyle.WORDS)
    # What the papers about personal data name beside the operator: 152-ФЗ art. 9 part 4 and art. 10.1.
    inn = models.CharField(_("INN"), max_length=12, blank=True, validators=[check_inn])
    ogrn = models.CharField(_("OGRN"), max_length=15, blank=True, validators=[check_ogrn])
    data_processor = models.CharField(
        _("who processes the data by order of the organization"),
        max_length=300,
        blank=True,
        help_text=_("Name and address, where the portal is kept by somebody else. Empty: a line to be filled by hand."),
    )
    approval_needs_second_factor = models.BooleanField(
        _("orders are approved with a second factor"),
        default=False,
        help_text=_("The head types a code of the application on his telephone each time before he approves."),
    )
    site_url = models.URLField(_("site of the organization"), blank=True)
    social_pages = models.CharField(
        _("pages in social networks"), max_length=300, blank=True, help_text=_("Addresses, where cases are published.")
    )
    publication_conditions = models.CharField(
        _("conditions of publication"),
        max_length=300,
        blank=True,
        help_text=_("What holds for everybody, for example: photographs of groups only, without class and surname."),
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

    @property
    def has_spaced_initials(self):
        return self.initials_style == self.InitialsStyle.SPACED

    def head(self, *, on=None):
        """The user who is the head on a day (today unless given), the acting one before the head himself; or None."""
        member = self.head_term(on=on)
        return member.user if member else None

    def head_term(self, *, on=None, user=None):
        """The Membership of the head on a day, the acting one first; of one user where given. Or None."""
        heads = self.memberships.in_force(on or timezone.localdate()).filter(role="head").select_related("user")
        if user is not None:  # who is both signs by his own right
            return heads.filter(user=user).order_by("is_acting", "pk").first()
        return heads.order_by("-is_acting", F("starts_on").desc(nulls_last=True), "-pk").first()
