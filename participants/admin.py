"""Administration pages of organizations, people, registries and questionnaires, each within the user's own scope."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from mentorship.admin import ScopedAdmin, ScopedInline
from participants import kept_records_admin  # noqa: F401 – registers its classes
from participants.accounts import end_membership
from participants.admin_imports import CheckedImportMixin
from participants.admin_scopes import OfOrganizationsInCharge, SchoolYearFilter, VisibleOrganizations
from participants.forms.people import WORKING_ROLES
from participants.history import note_reading
from participants.models import (
    AccountInvitation,
    ApplicationCall,
    ColumnMatch,
    Membership,
    MenteeEntry,
    MentorEntry,
    Organization,
    Person,
    Question,
    Questionnaire,
    User,
)
from participants.resources import MenteeEntryResource, MentorEntryResource, PersonResource
from participants.rules import is_open_file

# One way in for everybody: with the second factor and the limits on attempts of the sign-in page.
admin.site.login = secure_admin_login(admin.site.login)


class ImportIntoWorkspace(CheckedImportMixin):
    """Import by curators into the organization and the school year of their workspace."""

    def has_import_permission(self, request):
        workspace = request.workspace
        return workspace.organization is not None and request.user.has_perm(
            "participants.manage_registry", workspace.organization
        )

    def get_import_resource_kwargs(self, request, **kwargs):
        workspace = request.workspace
        return {"organization": workspace.organization, "school_year": workspace.school_year.start}


class MentorEntryInline(ScopedInline):
    model = MentorEntry
    fields = ["school_year", "competences", "joined_on", "completed_on"]
    show_change_link = True


class MenteeEntryInline(ScopedInline):
    model = MenteeEntry
    fields = ["school_year", "request", "joined_on", "completed_on", "is_completed"]
    show_change_link = True


@admin.register(Person)
class PersonAdmin(OfOrganizationsInCharge, ImportIntoWorkspace, ScopedAdmin):
    resource_classes = [PersonResource]
    list_display = ["full_name", "kind", "position", "birth_year", "email", "phone", "organization"]
    list_display_links = ["full_name"]
    list_select_related = ["organization"]
    list_filter = [("organization", VisibleOrganizations), "kind", "gender"]
    search_fields = ["search_text"]
    ordering = ["sort_name"]
    readonly_fields = ["user"]
    inlines = [MentorEntryInline, MenteeEntryInline]

    @admin.display(description=Person._meta.verbose_name, ordering="sort_name")
    def full_name(self, person):
        return person.full_name

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_open_file(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_open_file(request.user, obj)

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines if obj is not None and obj.depersonalized_on else ():
            inline.change_roles, inline.max_num = (), 0
        return inlines

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a person; like the file in the portal it records who reads it."""
        person = self.get_object(request, unquote(object_id))
        if person is not None and request.method == "GET" and self.has_view_permission(request, person):
            note_reading(person)
        return super().change_view(request, object_id, form_url, extra_context)


class EntryAdmin(OfOrganizationsInCharge, ImportIntoWorkspace, ScopedAdmin):
    organization_lookup = "person__organization"
    list_display = ["person", "school_year", "joined_on", "completed_on", "organization"]
    list_select_related = ["person__organization"]
    list_filter = [("person__organization", VisibleOrganizations), SchoolYearFilter]
    search_fields = ["person__search_text"]
    autocomplete_fields = ["person"]
    ordering = ["-school_year", "person__sort_name"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and is_open_file(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and is_open_file(request.user, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a row; like the page of its person it records who reads it."""
        entry = self.get_object(request, unquote(object_id))
        if entry is not None and request.method == "GET" and self.has_view_permission(request, entry):
            note_reading(entry.person)
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description=Organization._meta.verbose_name)
    def organization(self, entry):
        return entry.organization

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(person__in=Person.objects.matching(search_term)), False


@admin.register(MentorEntry)
class MentorEntryAdmin(EntryAdmin):
    resource_classes = [MentorEntryResource]


@admin.register(MenteeEntry)
class MenteeEntryAdmin(EntryAdmin):
    resource_classes = [MenteeEntryResource]
    list_display = [*EntryAdmin.list_display, "is_completed"]


class MembershipInline(OfOrganizationsInCharge, ScopedInline):
    """Read here; roles are given and ended on their own pages, by the portal's rules."""

    model = Membership
    fields = readonly_fields = ["user", "role", "starts_on", "ends_on"]
    change_roles = ()
    max_num = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user__people")


def given_roles(db_field, request, kwargs):
    """A curator gives the roles of his own organization; coordinators are appointed by the administrator."""
    if db_field.name == "role" and not request.user.is_superuser:
        kwargs["choices"] = [("", "---------"), *WORKING_ROLES]
    return kwargs


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    list_display = ["short_name", "kind", "parent", "place", "email"]
    list_select_related = ["parent"]
    list_filter = ["kind"]
    search_fields = ["short_name", "full_name", "slug"]
    inlines = [MembershipInline]

    def _organization_id(self, obj):
        return obj.pk

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(pk__in=request.user.organizations_in_charge)

    def has_add_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None):
        """Where an organization stands and how it is addressed is not its own to change."""
        return [] if request.user.is_superuser else ["parent", "kind", "slug"]


@admin.register(Membership)
class MembershipAdmin(OfOrganizationsInCharge, ScopedAdmin):
    list_display = ["user", "role", "organization", "starts_on", "ends_on"]
    list_select_related = ["organization", "user"]
    list_filter = [("organization", VisibleOrganizations), "role"]
    search_fields = ["user__email", "user__people__search_text"]
    actions = ["end_roles"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user__people")

    def get_readonly_fields(self, request, obj=None):
        """A role that was given is ended by the action, never rewritten."""
        return [] if obj is None else ["user", "organization", "role", "starts_on", "ends_on"]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("End the chosen roles"), permissions=["change"])
    def end_roles(self, request, members):
        for member in members.select_related("organization"):
            if not self.has_change_permission(request, member):
                continue
            try:
                end_membership(member)
            except ValidationError as error:
                self.message_user(request, f"{member}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, _gettext("The role has ended: %(person)s.") % {"person": member.user})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.prefetch_related("people")
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        return super().formfield_for_choice_field(db_field, request, **given_roles(db_field, request, kwargs))


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts, for the administrator of the portal alone; passwords are set by invitation or by reset."""

    list_display = ["email", "is_active", "is_superuser", "date_joined", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email"]
    ordering = ["email"]
    fields = ["email", "is_active", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["last_login", "date_joined"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


class QuestionInline(ScopedInline):
    model = Question
    fields = ["position", "kind", "text", "options", "is_required", "measures_satisfaction", "fills"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(ScopedAdmin):
    """Ready-made questionnaires are read, own ones are changed until the first answer."""

    list_display = ["title", "purpose", "organization"]
    list_select_related = ["organization"]
    list_filter = [("organization", VisibleOrganizations), "purpose"]
    search_fields = ["title"]
    inlines = [QuestionInline]

    def has_view_permission(self, request, obj=None):
        if obj is not None and obj.organization_id is None:
            return super().has_view_permission(request)
        return super().has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_frozen)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_frozen)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organization" and not request.user.is_superuser:
            field.queryset = Organization.objects.filter(pk__in=request.user.organizations_as(*self.change_roles))
            field.required = True  # without one it would be ready-made, for everybody
        return field

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        if obj is not None and not self.has_change_permission(request, obj):
            for inline in inlines:
                inline.change_roles = ()
                inline.max_num = 0
        return inlines


@admin.register(ColumnMatch)
class ColumnMatchAdmin(ScopedAdmin):
    """What the columns of an organization's files mean, as its curator has said."""

    list_display = ["header", "field", "kind", "organization"]
    list_select_related = ["organization"]
    list_filter = [("organization", VisibleOrganizations), "kind"]
    search_fields = ["header"]


@admin.register(ApplicationCall)
class ApplicationCallAdmin(OfOrganizationsInCharge, ScopedAdmin):
    list_display = ["organization", "school_year", "opens_on", "closes_on"]
    list_select_related = ["organization"]
    list_filter = [("organization", VisibleOrganizations), SchoolYearFilter]
    search_fields = ["organization__short_name"]


@admin.register(AccountInvitation)
class AccountInvitationAdmin(admin.ModelAdmin):
    """Invitations, for the administrator of the portal alone: the link in them opens an account."""

    list_display = ["user", "organization", "created_at", "used_at"]
    list_select_related = ["user", "organization"]
    search_fields = ["user__email"]
    exclude = ["token"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
