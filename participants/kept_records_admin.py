"""Administration pages that only show what the portal has kept: imports, consents, applications, tasks, the history."""

from auditlog.admin import LogEntryAdmin
from auditlog.models import LogEntry
from django.contrib import admin

from mentorship.admin import ReadOnlyAdmin
from participants.admin_scopes import VisibleOrganizations
from participants.models import Application, Consent, ConsentText, Organization, Person, RegistryImport, RemovalTask


@admin.register(RegistryImport)
class RegistryImportAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "organization", "kind", "school_year", "status", "created_at", "created_by"]
    list_select_related = ["organization", "created_by"]
    list_filter = [("organization", VisibleOrganizations), "kind", "status"]
    search_fields = ["file_name"]
    date_hierarchy = "created_at"
    exclude = ["report"]

    def get_queryset(self, request):
        """The list does without the readings, which hold every row of every file."""
        return super().get_queryset(request).defer("report", "written")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Consents as they are kept; they are given, withdrawn and filed on the portal's own pages."""

    organization_lookup = "person__organization"
    list_display = ["person", "kind", "status", "given_by", "given_on", "valid_until", "withdrawn_on", "way"]
    list_select_related = ["person"]
    list_filter = [("person__organization", VisibleOrganizations), "kind", "status", "way", "given_by"]
    search_fields = ["person__search_text", "representative_name"]
    date_hierarchy = "given_on"
    exclude = ["token", "scan"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(person__organization__in=request.user.organizations_in_charge)


@admin.register(ConsentText)
class ConsentTextAdmin(ReadOnlyAdmin):
    """All versions of the texts; the page of a text writes the next one."""

    list_display = ["kind", "version", "organization", "title", "valid_months", "created_at", "created_by"]
    list_select_related = ["organization", "created_by"]
    list_filter = [("organization", VisibleOrganizations), "kind"]
    search_fields = ["title"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("created_by__people")

    def has_view_permission(self, request, obj=None):
        if obj is not None and obj.organization_id is None:
            return super().has_view_permission(request)
        return super().has_view_permission(request, obj)


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """Applications that were sent; decided on the page of each, drafts are their writers' alone."""

    organization_lookup = "call__organization"
    list_display = ["full_name", "role", "status", "submitted_at", "decided_at", "decided_by", "organization"]
    list_display_links = ["full_name"]
    list_select_related = ["call__organization", "decided_by"]
    list_filter = [("call__organization", VisibleOrganizations), "role", "status"]
    search_fields = ["search_text"]
    date_hierarchy = "submitted_at"
    exclude = ["values"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(status="draft").prefetch_related("decided_by__people")

    @admin.display(description=Person._meta.verbose_name, ordering="last_name")
    def full_name(self, application):
        return application.full_name

    @admin.display(description=Organization._meta.verbose_name)
    def organization(self, application):
        return application.organization

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False


@admin.register(RemovalTask)
class RemovalTaskAdmin(ReadOnlyAdmin):
    organization_lookup = "consent__person__organization"
    list_display = ["what", "person", "due_on", "done_on", "done_by"]
    list_select_related = ["consent__person", "done_by"]
    list_filter = [("consent__person__organization", VisibleOrganizations), "done_on"]
    search_fields = ["what", "consent__person__search_text"]
    date_hierarchy = "due_on"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("done_by__people")

    @admin.display(description=Person._meta.verbose_name, ordering="consent__person__sort_name")
    def person(self, task):
        return task.consent.person


admin.site.unregister(LogEntry)


@admin.register(LogEntry)
class HistoryAdmin(LogEntryAdmin):
    """The history as auditlog shows it; changed and removed by nobody. Accounts here have no names to search by."""

    search_fields = ["object_repr", "actor__email"]

    def has_delete_permission(self, request, obj=None):
        return False
