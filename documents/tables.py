"""The list of orders."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.models import Order
from mentorship.templatetags.portal import badge, status_badge


class OrderTable(tables.Table):
    number = tables.Column(
        _("No."), order_by=("number_year", "number_key"), linkify=True, attrs={"td": {"class": "order-number"}}
    )
    approved_on = tables.DateColumn(short=True, verbose_name=_("date"))
    title = tables.Column(_("heading"), linkify=True, attrs={"td": {"class": "cell--main"}})
    pair_count = tables.Column(_("pairs and groups"), attrs={"td": {"class": "number"}, "th": {"class": "number"}})
    drafter = tables.Column(_("drafted by"), orderable=False, attrs={"td": {"class": "cell--wide-only"}})
    status = tables.Column(_("status"))

    class Meta:
        model = Order
        fields = ["number", "approved_on", "title", "pair_count", "drafter", "status"]

    def render_title(self, value, record):
        return format_html('<span class="is-repealed">{}</span>', value) if record.is_repealed else value

    def render_status(self, record):
        if not record.is_repealed:
            return status_badge(record)
        by = _("by No. %(number)s of %(day)s")
        values = {"number": record.repealed_by.number, "day": f"{record.repealed_by.approved_on:%d.%m.%Y}"}
        return format_html('{} <span class="muted repealed-by">{}</span>', status_badge(record), by % values)


class OrderBelowTable(tables.Table):
    """The orders of the organizations below an office: no heading, for it may name somebody."""

    organization = tables.Column(
        _("organization"), accessor="organization__short_name", attrs={"td": {"class": "cell--main"}}
    )
    kind = tables.Column(_("kind"), orderable=False)
    number = tables.Column(_("No."), order_by=("number_year", "number_key"), attrs={"td": {"class": "order-number"}})
    approved_on = tables.DateColumn(short=True, verbose_name=_("date"))
    state = tables.Column(_("status"), accessor="repealed_by_id", empty_values=(), order_by=("repealed_by",))

    class Meta:
        model = Order
        fields = ["organization", "kind", "number", "approved_on", "state"]

    def render_number(self, value, record):
        address = reverse("paper-check", args=[record.paper.code])
        label = _("Check page of No. %(number)s") % {"number": value}
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, value)

    def render_kind(self, record):
        return record.get_kind_display()

    def render_state(self, record):
        return badge("ended", _("repealed")) if record.is_repealed else badge("active", _("in force"))
