"""The head's inbox and the journal of orders."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from documents.filters import OrderFilter
from documents.models import Order
from documents.resources import OrderResource
from documents.tables import OrderTable
from mentorship.lists import PortalListView
from mentorship.permissions import workspace_organization
from participants.rules import is_head
from programs.models import Program


def inbox(request):
    """The orders that wait for the head, who has waited longest first."""
    if not is_head(request.user):
        raise PermissionDenied
    orders = Order.objects.waiting_for(request.user).for_inbox()
    return render(request, "documents/inbox.html", {"orders": orders})


class OrderList(PortalListView):
    table_class = OrderTable
    filterset_class = OrderFilter
    template_name = "documents/order_list.html"

    @property
    def export_name(self):
        return _("Journal of orders")

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "documents.view_papers")
        return Order.objects.visible_to(request.user).filter(organization=self.organization).for_list()

    def get_context_data(self, **kwargs):
        user, year = self.request.user, self.request.workspace.school_year.start
        program = Program.objects.filter(organization=self.organization, school_year=year).first()
        return {
            **super().get_context_data(**kwargs),
            "may_manage_numbers": user.has_perm("documents.manage_numbers", self.organization),
            "program_to_draft_in": program if program and user.has_perm("documents.draft_order", program) else None,
            "program_of_letters": program if program and user.has_perm("documents.make_letters", program) else None,
        }

    def export(self, orders):
        return OrderResource().export(orders).xlsx
