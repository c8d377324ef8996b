"""The queue of applications: columns, search and filters."""

import django_filters
import django_tables2 as tables
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mentorship.templatetags.portal import status_badge
from participants.models import Application

STATUSES = [choice for choice in Application.Status.choices if choice[0] != Application.Status.DRAFT]


class ApplicationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name, e-mail or phone"), method="find")
    role = django_filters.ChoiceFilter(label=_("Applies as"), choices=Application.Role, empty_label=_("all"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=STATUSES, empty_label=_("all"))

    class Meta:
        model = Application
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"

    def find(self, applications, name, text):
        return applications.matching(text)


class ApplicationTable(tables.Table):
    name = tables.Column(
        verbose_name=_("Name of the person"),
        accessor="pk",
        attrs={"td": {"class": "cell--main"}},
        order_by=("last_name", "first_name", "patronymic", "pk"),
    )
    role = tables.Column(verbose_name=_("Applies as"))
    submitted_at = tables.Column(verbose_name=_("Sent"))
    status = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Application
        fields = ()
        sequence = ("name", "role", "submitted_at", "status")

    def render_name(self, record):
        more = ", ".join(filter(None, [record.position, record.workplace]))
        return format_html(
            '<a href="{}">{}</a><div class="cell__more">{}</div>', record.get_absolute_url(), record.full_name, more
        )

    def render_role(self, record):
        return f"{record.get_role_display()}, {record.get_kind_display()}"

    def render_submitted_at(self, record):
        day = timezone.localdate(record.submitted_at)
        words = date_format(day, "SHORT_DATE_FORMAT")
        if record.status != Application.Status.SUBMITTED:
            return words
        return format_html('{}<div class="cell__more">{}</div>', words, waits_in_words(record, timezone.localdate()))

    def render_status(self, record):
        return status_badge(record)


def waits_in_words(application, today):
    """«ждёт 5 дней», or «с сегодняшнего дня»."""
    days = (today - timezone.localdate(application.submitted_at)).days
    if days < 1:
        return _("since today")
    return ngettext("waits %(days)s day", "waits %(days)s days", days) % {"days": days}
