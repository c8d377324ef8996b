"""What the portal's search finds among the papers."""

from django.utils.translation import gettext_lazy as _

from documents.models import Order
from mentorship import search


def register_search():
    search.register(_("Orders"), find_orders, order=40)


def find_orders(user, text):
    """Orders by number, heading or a person whom they name, the newest first."""
    return [
        search.Hit(str(order), order.get_absolute_url(), f"{order.organization}, {order.get_status_display()}")
        for order in Order.objects.visible_to(user).matching(text).for_list()[: search.LIMIT]
    ]
