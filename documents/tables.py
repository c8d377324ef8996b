"""The list of orders."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from documents.models import Order
from mentorship.templatetags.portal import status_badge


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

    def render_status(self, record):
        return status_badge(record)
