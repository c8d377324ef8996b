"""What the portal keeps of papers, to be looked at in /admin/: nothing of it is written here.

Papers are frozen, decisions and confirmations are records, settings have pages of their own in the portal, which check
what they mean together.
"""

from django.contrib import admin

from documents.models import (
    ApprovalStep,
    Blank,
    ElectronicSignature,
    Familiarization,
    KeptNumber,
    LegalAct,
    Letter,
    NumberSeries,
    OrderLink,
    Paper,
    PaperBatch,
    PointComment,
    RegulationEdition,
    RegulationSection,
    RetentionTerm,
    ScanPile,
    SignedCopy,
    StepDecision,
    WordCopy,
)
from mentorship.admin import ReadOnlyAdmin, ScopedInline
from programs.models.pairs import with_members


class RecordAdmin(ReadOnlyAdmin):
    """A list and a page to read; the journal and the archive of the portal give them as files."""

    def has_export_permission(self, request):
        return False


class OfOrderAdmin(RecordAdmin):
    organization_lookup = "order__organization"


class OfPaperAdmin(RecordAdmin):
    organization_lookup = "paper__organization"
    list_select_related = ["paper__organization"]


@admin.register(Paper)
class PaperAdmin(RecordAdmin):
    """The content itself is not shown: the portal's page of the paper has the file."""

    list_display = ["title", "number", "dated_on", "organization", "kind", "ended_on", "destroyed_on"]
    list_select_related = ["organization"]
    list_filter = ["kind"]
    search_fields = ["search_text"]
    date_hierarchy = "dated_on"
    fields = [
        "organization",
        "kind",
        "title",
        "number",
        "dated_on",
        "made_by",
        "made_at",
        "pdf_sha256",
        "code",
        "ended_on",
        "ended_by",
        "destroyed_on",
    ]


@admin.register(Letter)
class LetterAdmin(OfPaperAdmin):
    list_display = ["__str__", "paper_date", "pair", "order"]
    list_select_related = ["paper__organization", "pair__mentor", "order"]
    search_fields = ["paper__search_text"]
    fields = ["paper", "program", "pair", "order"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(with_members("pair__members"))

    @admin.display(description=Paper._meta.get_field("dated_on").verbose_name, ordering="paper__dated_on")
    def paper_date(self, letter):
        return letter.paper.dated_on


@admin.register(SignedCopy)
class SignedCopyAdmin(OfPaperAdmin):
    list_display = ["paper", "kept_at", "page_count"]
    fields = ["paper", "kept_at", "page_count", "sha256"]

    def get_queryset(self, request):
        """Its paper says who sees it."""
        return admin.ModelAdmin.get_queryset(self, request).filter(paper__in=Paper.objects.visible_to(request.user))


@admin.register(WordCopy)
class WordCopyAdmin(OfPaperAdmin):
    list_display = ["paper", "brought_at", "brought_by"]
    list_select_related = ["paper__organization", "brought_by"]
    fields = ["paper", "brought_at", "brought_by", "sha256"]


@admin.register(ElectronicSignature)
class ElectronicSignatureAdmin(OfPaperAdmin):
    list_display = ["paper", "owner", "number", "signed_at", "signed_by"]
    list_select_related = ["paper__organization", "signed_by"]
    fields = ["paper", "owner", "number", "valid_from", "valid_till", "signed_at", "signed_by", "sha256"]


class SectionInline(ScopedInline):
    model = RegulationSection
    fields = ["place", "title", "text"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RegulationEdition)
class RegulationEditionAdmin(RecordAdmin):
    inlines = [SectionInline]
    list_display = ["__str__", "organization", "status", "in_force_from", "superseded_on"]
    list_filter = ["status"]
    list_select_related = ["organization"]
    fields = [
        "organization",
        "number",
        "title",
        "status",
        "order",
        "in_force_from",
        "superseded_on",
        "council_minutes",
        "agreed_with",
        "created_by",
        "created_at",
    ]


@admin.register(LegalAct)
class LegalActAdmin(RecordAdmin):
    list_display = ["name", "organization", "in_force_from", "in_force_to", "proposed"]
    list_select_related = ["organization"]
    search_fields = ["name", "words"]
    fields = ["organization", "name", "words", "in_force_from", "in_force_to", "proposed", "rank"]

    def has_view_permission(self, request, obj=None):
        """The portal's own acts belong to nobody and are read by all who work with orders."""
        return super().has_view_permission(request, obj if obj is None or obj.organization_id else None)


@admin.register(ApprovalStep)
class ApprovalStepAdmin(RecordAdmin):
    list_display = ["name", "organization", "kind", "position", "recorder", "needs_minutes"]
    list_select_related = ["organization"]


@admin.register(StepDecision)
class StepDecisionAdmin(OfOrderAdmin):
    list_display = ["name", "order", "outcome", "minutes_number", "minutes_on", "recorded_by", "recorded_at"]
    list_filter = ["outcome"]
    list_select_related = ["order__organization", "recorded_by"]


@admin.register(PointComment)
class PointCommentAdmin(OfOrderAdmin):
    list_display = ["order", "number", "comment", "made_by", "made_at", "mended_at"]
    list_select_related = ["order__organization", "made_by"]


@admin.register(OrderLink)
class OrderLinkAdmin(OfOrderAdmin):
    list_display = ["order", "action", "earlier", "items"]
    list_filter = ["action"]
    list_select_related = ["order__organization", "earlier"]


@admin.register(Familiarization)
class FamiliarizationAdmin(OfOrderAdmin):
    list_display = ["person", "order", "read_on", "way", "recorded_at"]
    list_filter = ["way"]
    list_select_related = ["order__organization", "person"]
    search_fields = ["person__search_text", "order__number"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(RecordAdmin):
    list_display = ["name", "template", "organization"]
    list_select_related = ["organization"]


@admin.register(KeptNumber)
class KeptNumberAdmin(RecordAdmin):
    list_display = ["number", "year", "organization", "purpose", "kept_on", "paper"]
    list_select_related = ["organization", "paper"]
    fields = ["organization", "series", "year", "number", "purpose", "kept_by", "kept_on", "paper"]


@admin.register(Blank)
class BlankAdmin(RecordAdmin):
    list_display = ["organization", "standard", "placing", "font_size"]
    list_select_related = ["organization"]
    exclude = ["picture", "background_portrait", "background_landscape"]


@admin.register(RetentionTerm)
class RetentionTermAdmin(RecordAdmin):
    list_display = ["kind", "organization", "years"]
    list_select_related = ["organization"]


@admin.register(ScanPile)
class ScanPileAdmin(RecordAdmin):
    list_display = ["made_at", "organization", "sheet_count", "read_at"]
    list_select_related = ["organization"]
    fields = ["organization", "names", "made_at", "read_at", "sheet_count"]


@admin.register(PaperBatch)
class PaperBatchAdmin(RecordAdmin):
    list_display = ["kind", "organization", "made_by", "made_at"]
    list_select_related = ["organization", "made_by"]
    fields = ["organization", "program", "kind", "made_by", "made_at"]
