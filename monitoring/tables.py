"""Lists of this floor."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from mentorship.templatetags.portal import share, status_badge
from monitoring.models import Survey


class SurveyFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Survey.Status, label=_("State"), empty_label=_("any"))
    audience = django_filters.ChoiceFilter(choices=Survey.Audience, label=_("Who is asked"), empty_label=_("any"))

    class Meta:
        model = Survey
        fields = ["status", "audience"]


class SurveyTable(tables.Table):
    title = tables.Column(
        verbose_name=_("Survey"), linkify=True, attrs={"td": {"class": "cell--main"}}, order_by=("title",)
    )
    audience = tables.Column(verbose_name=_("Who is asked"))
    period = tables.Column(empty_values=(), verbose_name=_("Period"), order_by=("opens_on",))
    answered = tables.Column(empty_values=(), verbose_name=_("Answered"), order_by=("answered_count",))
    status = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Survey
        fields = ()
        sequence = ("title", "audience", "period", "answered", "status")

    def render_period(self, record):
        return f"{record.opens_on:%d.%m.%Y} – {record.closes_on:%d.%m.%Y}"

    def render_answered(self, record):
        return "" if record.is_draft else share(record.answered_count, record.invited_count)

    def render_status(self, record):
        return status_badge(record)
