"""What the lists of the administration pages show and offer to whom."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters

from mentorship.school_year import SchoolYear
from participants.models import MentorEntry, Organization, Person, User


class VisibleOrganizations(admin.RelatedFieldListFilter):
    """Only the organizations whose rows the list may show."""

    def field_choices(self, field, request, model_admin):
        organizations = Organization.objects.order_by("short_name")
        if not request.user.is_superuser:
            organizations = organizations.filter(pk__in=request.user.organizations_in_charge)
        return [(each.pk, str(each)) for each in organizations]


class SchoolYearFilter(admin.SimpleListFilter):
    title = MentorEntry._meta.get_field("school_year").verbose_name
    parameter_name = "school_year"

    def lookups(self, request, model_admin):
        years = model_admin.get_queryset(request).order_by("-school_year").values_list("school_year", flat=True)
        return [(start, str(SchoolYear(start))) for start in dict.fromkeys(years.distinct())]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if not self.value().isdecimal():
            raise IncorrectLookupParameters
        return queryset.filter(school_year=self.value())


class OfOrganizationsInCharge:
    """Rows of the organizations that the user curates, heads or works for; what is offered to choose is narrower still."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.organization_lookup}__in": request.user.organizations_in_charge})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if not request.user.is_superuser:
            own = request.user.organizations_as(*self.change_roles)
            choices = {
                "organization": Organization.objects.filter(pk__in=own),
                "person": Person.objects.filter(organization__in=own),
                "user": User.objects.filter(pk__in=Person.objects.filter(organization__in=own).values("user")),
            }
            if db_field.name in choices:
                kwargs["queryset"] = choices[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
