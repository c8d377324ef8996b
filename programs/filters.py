"""Filters of the lists: pairs, meetings, reports."""

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.figures import QUIET_AFTER
from programs.meetings import STATE_WORDS
from programs.models import Meeting, MentoringForm, Pair, ProgressReport
from programs.workplace import pairs_at

SEARCH = forms.TextInput(attrs={"type": "search"})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _forms(request):
    return MentoringForm.objects.offered_in(request.workspace.organization)


def _pairs(request):
    return pairs_at(request.workspace).for_register()


class PairFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name"), method="search", widget=SEARCH)
    status = filters.ChoiceFilter(label=_("State"), choices=Pair.Status.choices, empty_label=_("any"))
    form = filters.ModelChoiceFilter(label=_("Form of mentoring"), queryset=_forms, empty_label=_("any form"))
    log = filters.ChoiceFilter(
        label=_("Meetings"), choices=[("quiet", _("none for a month"))], method="by_log", empty_label=_("any meetings")
    )

    class Meta:
        model = Pair
        fields = ["q", "status", "form", "log"]

    def search(self, pairs, _name, text):
        return pairs.matching(text)

    def by_log(self, pairs, _name, _value):
        return pairs.quiet_since(timezone.localdate() - QUIET_AFTER)


class MeetingFilter(filters.FilterSet):
    pair = filters.ModelChoiceFilter(label=_("Pair or group"), queryset=_pairs, empty_label=_("any pair"))
    since = filters.DateFilter(label=_("Period from"), field_name="held_on", lookup_expr="gte", widget=DAY)
    until = filters.DateFilter(label=_("Period to"), field_name="held_on", lookup_expr="lte", widget=DAY)
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=list(STATE_WORDS.items()),
        method="by_state",
        empty_label=_("any"),
    )

    class Meta:
        model = Meeting
        fields = ["pair", "since", "until", "state"]

    def by_state(self, meetings, _name, state):
        today = timezone.localdate()
        if state == "planned":
            return meetings.unmarked().filter(held_on__gte=today)
        return meetings.held_by(today) if state == "held" else meetings.unmarked().filter(held_on__lt=today)


class ReportFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name"), method="search", widget=SEARCH)
    status = filters.ChoiceFilter(label=_("State"), choices=ProgressReport.Status.choices, empty_label=_("any"))
    until = filters.DateFilter(label=_("Period ends by"), field_name="ends_on", lookup_expr="lte", widget=DAY)

    class Meta:
        model = ProgressReport
        fields = ["q", "status", "until"]

    def search(self, reports, _name, text):
        return reports.filter(pair__in=Pair.objects.matching(text))
