"""Orders and agreements as sheets for Excel."""

from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field

from documents.models import Agreement, Order


class OrderResource(resources.ModelResource):
    """The journal of orders as a sheet."""

    number = Field("number", _("No."))
    approved_on = Field("approved_on", _("date"))
    title = Field("title", _("heading"))
    pair_count = Field("pair_count", _("pairs and groups"))
    status = Field("get_status_display", _("status"))
    school_year = Field("program__year", _("school year"))

    class Meta:
        model = Order
        fields = ["number", "approved_on", "title", "pair_count", "status", "school_year"]
        export_order = fields


class OrderBelowResource(resources.ModelResource):
    """The orders of the organizations below an office, without a word that names anybody."""

    organization = Field("organization__short_name", _("organization"))
    kind = Field("get_kind_display", _("kind"))
    number = Field("number", _("No."))
    approved_on = Field("approved_on", _("date"))
    state = Field(column_name=_("status"))

    class Meta:
        model = Order
        fields = ["organization", "kind", "number", "approved_on", "state"]
        export_order = fields

    def dehydrate_state(self, order):
        return str(_("repealed") if order.is_repealed else _("in force"))


class AgreementResource(resources.ModelResource):
    order = Field("order__number", _("order No."))
    approved_on = Field("order__approved_on", _("date of the order"))
    mentor = Field("pair__mentor__full_name", _("mentor"))
    mentee = Field("mentee__person__full_name", _("mentee"))
    pdf_sha256 = Field("paper__pdf_sha256", "SHA-256")

    class Meta:
        model = Agreement
        fields = ["order", "approved_on", "mentor", "mentee", "pdf_sha256"]
        export_order = fields
