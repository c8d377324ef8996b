"""Orders of an education office, for its coordinator and its head."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from documents.models import Order
from documents.municipal import program_of_office
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
