"""Orders of an education office, and what it sees of those below it: for its coordinator and its head."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.filters import OrderBelowFilter
from documents.models import Order
from documents.municipal import program_of_office
from documents.resources import OrderBelowResource
from documents.tables import OrderBelowTable
from mentorship.lists import PortalListView
from mentorship.permissions import workspace_organization


def municipal_orders(request):
    """The orders of the office; a button opens the choice of a new one."""
    office = workspace_organization(request, "documents.draft_order")
    if not office.is_office:
        raise PermissionDenied
    if request.method == "POST":
        program = program_of_office(office, request.workspace.school_year, by=request.user)
        return redirect("documents:order-kinds", program_pk=program.pk)
    orders = Order.objects.visible_to(request.user).filter(organization=office).for_list()
    return render(request, "documents/municipal_orders.html", {"office": office, "orders": orders})


class OrdersBelow(PortalListView):
    """Which orders the organizations below have issued: kind, number, date, state; nothing of whom they name."""

    table_class = OrderBelowTable
    filterset_class = OrderBelowFilter
    template_name = "documents/orders_below.html"

    @property
    def export_name(self):
        return _("Orders of the organizations")

    def queryset_for(self, request):
        self.office = workspace_organization(request, "documents.draft_order")
        if not self.office.is_office:
            raise PermissionDenied
        return Order.objects.issued_below(self.office).order_by("-approved_on", "-pk")

    def get_filterset_kwargs(self, filterset_class):
        return {**super().get_filterset_kwargs(filterset_class), "office": self.office}

    def export(self, orders):
        return OrderBelowResource().export(orders).xlsx
