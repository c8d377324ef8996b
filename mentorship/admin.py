"""ScopedAdmin: the admin of people who work in an organization, never beyond its rows."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.admin import ExportMixin

from mentorship.models import Heartbeat, Job, OutboxLetter

EVERY_ROLE = ("curator", "head", "staff")


class ScopedPermissions:
    """Rows of the user's organizations alone; curators change, the rest of the organization reads.

    `organization_lookup` leads from the model to its organization. The queryset starts from `visible_to`.
    """

    organization_lookup = "organization"
    change_roles = ("curator",)
    view_roles = EVERY_ROLE

    def _has_role(self, request, roles, obj=None):
        user = request.user
        if user.is_superuser:
            return True
        organizations = user.organizations_as(*roles)
        if obj is None:
            return bool(organizations)
        return self._organization_id(obj) in organizations

    def _organization_id(self, obj):
        for name in self.organization_lookup.split("__"):
            obj = getattr(obj, name, None)
        return getattr(obj, "pk", None)

    def has_module_permission(self, request):
        return self._has_role(request, self.view_roles)

    def has_view_permission(self, request, obj=None):
        return self._has_role(request, self.view_roles, obj)

    def has_add_permission(self, request, obj=None):
        return self._has_role(request, self.change_roles)

    def has_change_permission(self, request, obj=None):
        return self._has_role(request, self.change_roles, obj)

    def has_delete_permission(self, request, obj=None):
        return self._has_role(request, self.change_roles, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _narrow(self, db_field, request, kwargs):
        """Offer only what the user may see."""
        rows = kwargs.get("queryset")
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            kwargs["queryset"] = rows.visible_to(request.user)


def without_formulas(table):
    """A tablib table in which no text begins with «=»: Excel would run it. A phone keeps its plus."""
    for number, row in enumerate(table):
        table[number] = tuple(f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row)
    return table


class ScopedAdmin(ScopedPermissions, ExportMixin, admin.ModelAdmin):
    """Base of the portal's admin classes; statuses are moved by actions that call the portal's own functions."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup, value, request=None):
        """Years that no calendar has are refused before the database meets them."""
        if lookup.endswith("__year") and not (str(value).isascii() and str(value).isdigit() and len(str(value)) == 4):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_changeform_initial_data(self, request):
        """Values of the address for the empty form; a key that is no number is left out."""
        initial = super().get_changeform_initial_data(request)
        keys = {field.name for field in self.model._meta.fields if field.is_relation}
        return {
            name: value
            for name, value in initial.items()
            if name not in keys or (str(value).isascii() and str(value).isdigit() and len(str(value)) < 19)
        }

    def export_action(self, request, *args, **kwargs):
        try:
            return super().export_action(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_data_for_export(self, request, queryset, **kwargs):
        return without_formulas(super().get_data_for_export(request, queryset, **kwargs))


class ScopedInline(ScopedPermissions, admin.TabularInline):
    """Rows inside an object that is in scope already: the parent's permission is theirs."""

    extra = 0

    def _has_role(self, request, roles, obj=None):
        return super()._has_role(request, roles)


class ReadOnlyAdmin(ScopedAdmin):
    """Rows that only the portal itself writes."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OutboxLetterResource(resources.ModelResource):
    """What was sent to whom and when; the text may hold personal links and stays in the portal."""

    class Meta:
        model = OutboxLetter
        fields = ["id", "name", "recipient", "subject", "status", "attempt_count", "created_at", "sent_at", "error"]


@admin.register(OutboxLetter)
class OutboxLetterAdmin(ReadOnlyAdmin):
    resource_classes = [OutboxLetterResource]
    list_display = ["subject", "recipient", "name", "status", "created_at", "sent_at"]
    list_filter = ["status", "name"]
    search_fields = ["subject", "recipient"]
    date_hierarchy = "created_at"
    fields = [
        "organization",
        "recipient",
        "subject",
        "text",
        "status",
        "attempt_count",
        "error",
        "created_at",
        "sent_at",
    ]

    def get_object(self, request, object_id, from_field=None):
        letter = super().get_object(request, object_id, from_field)
        if letter is not None:
            letter.shown_text = letter.text_for(request.user)
        return letter

    @admin.display(description=_("text"))
    def text(self, letter):
        return letter.shown_text


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """The user's own jobs; the page of a job is where it is watched and cancelled."""

    list_display = ["title", "name", "status", "attempt_count", "created_at", "finished_at"]
    list_filter = ["status", "name"]
    search_fields = ["title", "result"]
    date_hierarchy = "created_at"


@admin.register(Heartbeat)
class HeartbeatAdmin(admin.ModelAdmin):
    list_display = ["name", "seen_at"]
