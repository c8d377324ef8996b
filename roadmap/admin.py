"""Roadmaps in /admin/: texts as written are read there, statuses are moved by the portal's own function."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mentorship.admin import ReadOnlyAdmin, ScopedAdmin, ScopedInline
from roadmap.activities import set_status
from roadmap.models import (
    Activity,
    ActivityItem,
    DeadlineWindow,
    ImportRemark,
    Roadmap,
    RoadmapImport,
    RoadmapLayout,
    Stage,
    TableHead,
    TemplateOffer,
)

AS_WRITTEN = ["number", "group", "content", "deadline_text", "responsible_text", "document_text"]


class StageInline(ScopedInline):
    model = Stage
    fields = ["position", "number", "title", "kind"]


@admin.register(Roadmap)
class RoadmapAdmin(ScopedAdmin):
    list_display = ["title", "organization", "school_year", "starts_on", "ends_on", "approved_on"]
    list_filter = ["school_year"]
    search_fields = ["title", "organization__short_name"]
    list_select_related = ["organization"]
    readonly_fields = ["source_name", "columns", "created_by", "created_at"]
    inlines = [StageInline]


class ActivityInline(ScopedInline):
    model = Activity
    fields = readonly_fields = ["number", "content", "deadline_text", "status"]
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Stage)
class StageAdmin(ScopedAdmin):
    organization_lookup = "roadmap__organization"
    list_display = ["title", "number", "roadmap", "activity_count"]
    list_filter = ["roadmap__school_year"]
    search_fields = ["title", "roadmap__title"]
    list_select_related = ["roadmap"]
    inlines = [ActivityInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_activity_count()

    @admin.display(description=_("activities"))
    def activity_count(self, stage):
        return stage.activity_count


class WindowInline(ScopedInline):
    """Read here: the days of an activity are confirmed on its page, where the text as written stands beside them."""

    model = DeadlineWindow
    fields = readonly_fields = ["starts_on", "ends_on"]
    max_num = 0
    can_delete = False


class ItemInline(ScopedInline):
    model = ActivityItem
    fields = ["position", "number", "text", "is_done"]
    readonly_fields = ["number", "text"]


@admin.register(Activity)
class ActivityAdmin(ScopedAdmin):
    organization_lookup = "stage__roadmap__organization"
    list_display = ["content", "stage", "deadline_text", "deadline_kind", "status", "done_on"]
    list_filter = ["status", "deadline_kind", "stage__roadmap__school_year"]
    search_fields = ["content", "responsible_text", "stage__title"]
    list_select_related = ["stage"]
    readonly_fields = [
        "stage",
        "position",
        *AS_WRITTEN,
        "extra",
        "status",
        "done_on",
        "deadline_kind",
        "deadline_confidence",
        "deadline_remark",
        "deadline_confirmed_by",
    ]
    inlines = [WindowInline, ItemInline]
    actions = ["mark_done", "mark_planned"]

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request, queryset):
        self._move(request, queryset, Activity.Status.DONE)

    @admin.action(description=_("Back to planned"), permissions=["change"])
    def mark_planned(self, request, queryset):
        self._move(request, queryset, Activity.Status.PLANNED)

    def _move(self, request, queryset, status):
        moved = 0
        for activity in queryset:
            if not self.has_change_permission(request, activity):
                continue
            try:
                set_status(activity, status, by=request.user, today=timezone.localdate())
            except ValidationError as error:
                self.message_user(request, f"{activity}: {' '.join(error.messages)}", messages.WARNING)
            else:
                moved += 1
        text = ngettext("%(count)s activity changed.", "%(count)s activities changed.", moved)
        self.message_user(request, text % {"count": moved})


@admin.register(ImportRemark)
class ImportRemarkAdmin(ScopedAdmin):
    organization_lookup = "roadmap__organization"
    list_display = ["text", "roadmap", "row", "is_settled"]
    list_filter = ["is_settled", "code"]
    search_fields = ["text"]
    list_select_related = ["roadmap"]
    readonly_fields = ["roadmap", "activity", "row", "code", "text"]

    def has_add_permission(self, request):
        return False


@admin.register(RoadmapImport)
class RoadmapImportAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "organization", "school_year", "created_by", "created_at"]
    list_select_related = ["organization", "created_by"]
    search_fields = ["file_name"]


@admin.register(RoadmapLayout)
class RoadmapLayoutAdmin(ScopedAdmin):
    list_display = ["name", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__short_name"]


@admin.register(TableHead)
class TableHeadAdmin(ScopedAdmin):
    """What the columns of an organization's files hold, as its curator has said."""

    list_display = ["__str__", "organization"]
    list_select_related = ["organization"]
    search_fields = ["headings", "organization__short_name"]


@admin.register(TemplateOffer)
class TemplateOfferAdmin(ReadOnlyAdmin):
    list_display = ["template", "organization", "status", "edition", "taken_edition", "decided_at"]
    list_filter = ["status"]
    list_select_related = ["template", "organization", "edition__template", "taken_edition__template"]
    search_fields = ["template__title", "organization__short_name"]
