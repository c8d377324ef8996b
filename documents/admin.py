"""Papers in /admin/: what is frozen is only read, a draft is changed and submitted by the portal's own functions.

Approving is not here: the head reads the order in the portal as it will be printed. What is only looked at is in
documents/kept_records_admin.py.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents import kept_records_admin  # noqa: F401 – registers its classes
from documents.models import Agreement, NumberCounter, Order, PaperText
from documents.orders import change_order, delete_order, free_pairs, submit_order
from documents.paper_texts import ready_text
from documents.resources import AgreementResource, OrderResource
from documents.text_kinds import text_kind, text_kinds
from documents.text_versions import save_text
from mentorship.admin import ReadOnlyAdmin, ScopedAdmin
from programs.models.pairs import with_members


class OrderAdminForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = ["title", "body", "pairs"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "pairs" in self.fields:
            self.fields["pairs"].queryset = free_pairs(self.instance.program, order=self.instance).for_register()
            self.fields["pairs"].required = True


@admin.register(Order)
class OrderAdmin(ScopedAdmin):
    form = OrderAdminForm
    fields = [
        "title",
        "organization",
        "program",
        "status",
        "number",
        "approved_on",
        "approved_by",
        "created_by",
        "body",
        "pairs",
        "file",
        "sha256",
    ]
    readonly_fields = [name for name in fields if name not in {"title", "body", "pairs"}]
    filter_horizontal = ["pairs"]
    list_display = ["__str__", "number", "approved_on", "organization", "status", "pair_count"]
    list_filter = ["status", "program__school_year"]
    list_select_related = ["organization", "program"]
    search_fields = ["title", "number", "number_key"]
    date_hierarchy = "approved_on"
    actions = ["submit"]
    resource_classes = [OrderResource]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(pair_count=Count("pairs"))

    @admin.display(description=gettext_lazy("pairs and groups"), ordering="pair_count")
    def pair_count(self, order):
        return order.pair_count

    @admin.display(description=gettext_lazy("file"))
    def file(self, order):
        if not (order.paper and order.paper.pdf):
            return "—"
        return format_html('<a href="{}">{}</a>', f"{order.get_absolute_url()}file/", _("Download"))

    @admin.display(description="SHA-256")
    def sha256(self, order):
        return order.paper.pdf_sha256 if order.paper else "—"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_editable)

    def save_model(self, request, obj, form, change):
        """Nothing is saved by the admin itself: what was approved meanwhile must not be written over."""
        values = {name: form.cleaned_data[name] for name in ("title", "body")}
        try:
            change_order(obj, **values, pairs=list(form.cleaned_data["pairs"]), by=request.user)
        except ValidationError as error:
            raise PermissionDenied from error

    def save_related(self, request, form, formsets, change):
        """The pairs are set by `change_order` already."""

    def delete_model(self, request, obj):
        delete_order(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for order in queryset:
            delete_order(order, by=request.user)

    @admin.action(description=gettext_lazy("Submit the chosen drafts for approval"), permissions=["change"])
    def submit(self, request, queryset):
        submitted = 0
        for order in queryset.select_related("organization", "program"):
            try:
                submit_order(order, by=request.user)
            except ValidationError as error:
                messages.error(request, f"{order}: {' '.join(error.messages)}")
            else:
                submitted += 1
        if submitted:
            text = ngettext("%(count)s order waits for the head.", "%(count)s orders wait for the head.", submitted)
            messages.success(request, text % {"count": submitted})


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    organization_lookup = "order__organization"
    list_display = ["__str__", "order", "file"]
    list_select_related = ["order__organization", "pair__mentor", "mentee__person", "paper"]
    search_fields = ["pair__mentor__search_text", "mentee__person__search_text", "order__number"]
    fields = ["order", "pair", "mentee", "file", "sha256"]
    readonly_fields = fields
    resource_classes = [AgreementResource]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(with_members("pair__members"))

    @admin.display(description=gettext_lazy("file"))
    def file(self, agreement):
        return (
            format_html('<a href="{}">{}</a>', agreement.get_absolute_url(), _("Download"))
            if agreement.paper.pdf
            else "—"
        )

    @admin.display(description="SHA-256")
    def sha256(self, agreement):
        return agreement.paper.pdf_sha256


class PaperTextForm(forms.ModelForm):
    kind = forms.ChoiceField(
        choices=lambda: [(key, kind.name) for key, kind in text_kinds().items()], label=gettext_lazy("paper")
    )

    class Meta:
        model = PaperText
        fields = ["organization", "kind", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "text" in self.fields:
            self.fields["text"].widget = forms.Textarea(attrs={"rows": 30, "cols": 100})
            self.fields["text"].help_text = self._known_words()

    def _known_words(self):
        lists = [
            f"{kind.name}: {', '.join(f'{{{each}}}' for each in kind.placeholders)}" for kind in text_kinds().values()
        ]
        return _("Words in braces are filled by the portal. %s") % " · ".join(lists)


@admin.register(PaperText)
class PaperTextAdmin(ScopedAdmin):
    form = PaperTextForm
    list_display = ["kind_name", "organization", "version", "is_in_force"]
    list_select_related = ["organization"]

    def get_changeform_initial_data(self, request):
        """Begin with the portal's own wording: `?kind=agreement` for the agreement, else that of the order."""
        kind = request.GET.get("kind", "")
        kind = kind if text_kind(kind) else Order.ASSIGNMENT
        workplace = request.workspace.organization
        return {"kind": kind, "text": ready_text(kind), "organization": workplace.pk if workplace else None}

    def save_model(self, request, obj, form, change):
        """What is added becomes the next version; see documents/text_versions.py."""
        saved = save_text(obj.organization, obj.kind, obj.text, by=request.user)
        obj.pk = saved.pk if saved else None

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(request, obj, post_url_continue) if obj.pk else redirect("..")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organization" and not request.user.is_superuser:
            field.queryset = field.queryset.filter(pk__in=request.user.organizations_as("curator"))
        return field


@admin.register(NumberCounter)
class NumberCounterAdmin(admin.ModelAdmin):
    """Read by whoever keeps the portal; moved by approvals alone."""

    list_display = ["organization", "series", "year", "last"]
    list_select_related = ["organization"]

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
