"""Monitoring in /admin/. Answers are not here: nobody looks at them one by one."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.admin import ReadOnlyAdmin, ScopedAdmin, ScopedInline
from monitoring.models import Indicator, Invitation, Measurement, Survey, Target
from monitoring.resources import TargetResource, organizations_with_own_targets
from monitoring.surveys import close_survey, open_survey
from participants.admin_imports import CheckedImportMixin
from programs.models import Program

AFTER_DRAFT = ["program", "questionnaire", "title", "audience", "is_anonymous", "opens_on"]


def has_answered(invitation):
    """Whether the person answered; of an anonymous survey nobody is told."""
    return None if invitation.survey.is_anonymous else invitation.is_answered


class InvitationInline(ScopedInline):
    model = Invitation
    fields = readonly_fields = ["person", "role", "answered"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("survey", "person")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(boolean=True, description=_("answered"))
    def answered(self, invitation):
        return has_answered(invitation)


@admin.register(Survey)
class SurveyAdmin(ScopedAdmin):
    organization_lookup = "program__organization"
    list_display = ["title", "program", "audience", "is_anonymous", "opens_on", "closes_on", "answered", "status"]
    list_select_related = ["program"]
    list_filter = ["status", "audience", "is_anonymous"]
    search_fields = ["title"]
    date_hierarchy = "opens_on"
    inlines = [InvitationInline]
    actions = ["open_surveys", "close_surveys"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_readonly_fields(self, request, obj=None):
        return ["status"] if obj is None or obj.is_draft else ["status", *AFTER_DRAFT]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # what has been sent is never deleted, also not in bulk
        return actions

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "program" and not request.user.is_superuser:
            kwargs["queryset"] = Program.objects.filter(organization__in=request.user.organizations_as("curator"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("answered"))
    def answered(self, survey):
        return f"{survey.answered_count} / {survey.invited_count}"

    @admin.action(description=_("Send the chosen surveys"), permissions=["change"])
    def open_surveys(self, request, queryset):
        self._move(request, queryset, lambda survey: open_survey(survey, by=request.user, now=timezone.now()))

    @admin.action(description=_("Close the chosen surveys"), permissions=["change"])
    def close_surveys(self, request, queryset):
        self._move(request, queryset, lambda survey: close_survey(survey, by=request.user))

    def _move(self, request, queryset, step):
        for survey in queryset:
            try:
                if not self.has_change_permission(request, survey):
                    raise ValidationError(_("Only a curator of the organization may do this."))
                moved = step(survey)
            except ValidationError as error:
                self.message_user(request, f"{survey}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{moved}: {moved.get_status_display()}", messages.SUCCESS)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    organization_lookup = "survey__program__organization"
    list_display = ["person", "survey", "role", "answered"]
    list_select_related = ["person", "survey"]
    list_filter = ["role", "survey__status"]
    search_fields = ["person__search_text"]
    fields = ["survey", "person", "role", "answered"]

    def has_export_permission(self, request):
        return False  # a file would hold the links, and who answered an anonymous survey

    @admin.display(boolean=True, description=_("answered"))
    def answered(self, invitation):
        return has_answered(invitation)


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """For superusers; the portal's formulas are code, their words and thresholds are data."""

    list_display = ["title", "short_title", "formula", "threshold"]
    search_fields = ["title"]


@admin.register(Target)
class TargetAdmin(CheckedImportMixin, ScopedAdmin):
    """Common targets are read, own ones are changed."""

    resource_classes = [TargetResource]
    list_display = ["indicator", "organization", "year", "percent", "source"]
    list_select_related = ["indicator", "organization"]
    list_filter = ["year", "indicator"]
    search_fields = ["indicator__title", "source"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "organization":
            kwargs["queryset"] = organizations_with_own_targets(request.user)
            kwargs["required"] = not request.user.is_superuser
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        is_common = obj is not None and obj.organization_id is None
        return super().has_view_permission(request, None if is_common else obj)

    def has_import_permission(self, request):
        return self.has_add_permission(request)

    def get_import_resource_kwargs(self, request, *args, **kwargs):
        return {**super().get_import_resource_kwargs(request, *args, **kwargs), "user": request.user}

    def get_export_resource_kwargs(self, request, *args, **kwargs):
        return {**super().get_export_resource_kwargs(request, *args, **kwargs), "user": request.user}


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "organization", "school_year", "taken_on", "numerator", "denominator"]
    list_select_related = ["indicator", "organization"]
    list_filter = ["school_year", "indicator"]
    date_hierarchy = "taken_on"
