"""Programmes, pairs, logs and reports in /admin/: shown and corrected; what they mean is decided by the portal."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentorship.admin import ReadOnlyAdmin, ScopedAdmin, ScopedInline
from participants.admin_imports import CheckedImportMixin
from participants.models import Person
from programs.meetings import check_day
from programs.models import Meeting, MentoringForm, Pair, PairMentee, Program, ProgressReport
from programs.pairs import check_can_change, check_pair
from programs.reports import accept_report
from programs.resources import (
    MeetingResource,
    MentoringFormResource,
    PairResource,
    ProgramResource,
    ReportResource,
)


def own_rows(rows, user, lookup):
    """Of the choices for a new row those of the organizations that the user curates: elsewhere he only reads."""
    return rows if user.is_superuser else rows.filter(**{f"{lookup}__in": user.organizations_as("curator")})


@admin.register(MentoringForm)
class MentoringFormAdmin(CheckedImportMixin, ScopedAdmin):
    """Common forms are read, own ones are changed."""

    list_display = ["name", "organization", "position"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    resource_classes = [MentoringFormResource]

    def has_view_permission(self, request, obj=None):
        is_common = obj is not None and obj.organization_id is None
        return super().has_view_permission(request, None if is_common else obj)

    def has_import_permission(self, request):
        organization = request.workspace.organization
        return organization is not None and request.user.has_perm("programs.open_program", organization)

    def get_import_resource_kwargs(self, request, **kwargs):
        return super().get_import_resource_kwargs(request, **kwargs) | {"organization": request.workspace.organization}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organization" and not request.user.is_superuser:
            field.queryset = own_rows(field.queryset, request.user, "pk")
            field.required = True
        return field


@admin.register(Program)
class ProgramAdmin(ScopedAdmin):
    list_display = ["title", "organization", "school_year", "pair_count"]
    list_filter = ["school_year"]
    list_select_related = ["organization"]
    search_fields = ["title", "organization__short_name"]
    resource_classes = [ProgramResource]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(pair_count=Count("pairs"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = own_rows(field.queryset, request.user, "pk")
        return field

    @admin.display(description=gettext_lazy("pairs"), ordering="pair_count")
    def pair_count(self, program):
        return program.pair_count

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or not obj.pairs.exists())


class PairMembersFormSet(forms.BaseInlineFormSet):
    """The rules of a pair hold here as in the portal."""

    def clean(self):
        super().clean()
        pair = self.instance
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        mentees = [row["person"] for row in rows if row.get("person") and not row.get("DELETE")]
        if _is_free(pair) and pair.program_id and pair.mentor_id and pair.form_id:
            try:
                check_pair(pair, mentees)
            except ValidationError as error:
                raise ValidationError(error.messages) from error


class PairMenteeInline(ScopedInline):
    model = PairMentee
    formset = PairMembersFormSet

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _is_free(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_free(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_free(obj)


class MeetingInline(ScopedInline):
    model = Meeting
    fields = ["held_on", "kind", "topic", "minutes"]
    readonly_fields = fields
    show_change_link = True
    max_num = 0
    can_delete = False


def _is_free(pair):
    """Whether the pair may still be changed: it is new, or proposed and held by no order; asked once for a page."""
    if pair is None or pair.pk is None:
        return True
    if not hasattr(pair, "is_free_in_admin"):
        try:
            check_can_change(pair)
        except ValidationError:
            pair.is_free_in_admin = False
        else:
            pair.is_free_in_admin = True
    return pair.is_free_in_admin


@admin.register(Pair)
class PairAdmin(ScopedAdmin):
    organization_lookup = "program__organization"
    list_display = ["__str__", "form", "status", "planned_from", "planned_to", "started_on", "ended_on"]
    list_filter = ["status", "program__school_year"]
    search_fields = ["mentor__search_text"]
    search_help_text = gettext_lazy("Names of the mentor and the mentees")
    fields = ["program", "mentor", "form", "topic", "planned_from", "planned_to", "status", "started_on", "ended_on"]
    readonly_fields = ["status", "started_on", "ended_on"]
    inlines = [PairMenteeInline, MeetingInline]
    resource_classes = [PairResource]

    def get_queryset(self, request):
        return super().get_queryset(request).for_register()

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "program":
            field.queryset = own_rows(field.queryset, request.user, "organization")
        return field

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if _is_free(obj) else self.fields

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_free(obj)


class MeetingAdminForm(forms.ModelForm):
    """The rules of the log hold here as in the portal."""

    def clean(self):
        cleaned = super().clean()
        pair, day = cleaned.get("pair"), cleaned.get("held_on")
        if pair and day:
            check_day(pair, day)
            came = set(cleaned.get("attendees") or ())
            if not came and day <= timezone.localdate():
                raise ValidationError({"attendees": _("Mark who came.")})
            if came - set(Person.objects.filter(pairs_as_mentee__pair=pair)):
                raise ValidationError({"attendees": _("Only mentees of the pair can be marked.")})
        return cleaned


@admin.register(Meeting)
class MeetingAdmin(ScopedAdmin):
    organization_lookup = "pair__program__organization"
    form = MeetingAdminForm
    list_display = ["held_on", "pair", "kind", "topic", "minutes"]
    list_display_links = ["held_on", "topic"]
    list_filter = ["kind", "mode", "pair__program__school_year"]
    search_fields = ["pair__mentor__search_text"]
    search_help_text = gettext_lazy("Names of the mentor and the mentees")
    date_hierarchy = "held_on"
    filter_horizontal = ["attendees"]
    resource_classes = [MeetingResource]

    def get_queryset(self, request):
        return super().get_queryset(request).for_log()

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(pair__in=Pair.objects.matching(search_term)), False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = own_rows(field.queryset.for_register(), request.user, "program__organization")
        return field


@admin.register(ProgressReport)
class ProgressReportAdmin(ReadOnlyAdmin):
    organization_lookup = "pair__program__organization"
    list_display = ["__str__", "pair", "status", "meetings_count", "minutes_total", "recommendation"]
    list_filter = ["status", "recommendation", "pair__program__school_year"]
    search_fields = ["pair__mentor__search_text"]
    search_help_text = gettext_lazy("Names of the mentor and the mentees")
    date_hierarchy = "ends_on"
    resource_classes = [ReportResource]
    actions = ["accept_reports"]

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(pair__in=Pair.objects.matching(search_term)), False

    @admin.action(description=gettext_lazy("Accept the chosen reports"), permissions=["judge"])
    def accept_reports(self, request, reports):
        accepted = 0
        for report in reports:
            if not request.user.has_perm("programs.judge_report", report):
                self.message_user(request, _("%(report)s: not yours to accept.") % {"report": report}, messages.ERROR)
                continue
            try:
                accept_report(report, by=request.user)
            except ValidationError as error:
                words = f"{report.pair}, {report}: {' '.join(error.messages)}"
                self.message_user(request, words, messages.ERROR)
            else:
                accepted += 1
        if accepted:
            words = ngettext("%(count)s report is accepted.", "%(count)s reports are accepted.", accepted)
            self.message_user(request, words % {"count": accepted}, messages.SUCCESS)

    def has_judge_permission(self, request):
        return request.user.has_perm("programs.judge_report")
