"""What the portal's search finds among the papers."""

from django.utils.translation import gettext_lazy as _

from documents.archive import by_own_number, matching
from documents.models import Order, Paper
from mentorship import search


def register_search():
    search.register(_("Orders"), find_orders, order=40)
    search.register(_("Archive of papers"), find_papers, order=45)


def find_orders(user, text):
    """Orders by number, heading or a person whom they name, the newest first."""
    return [
        search.Hit(str(order), order.get_absolute_url(), f"{order.organization}, {order.get_status_display()}")
        for order in Order.objects.visible_to(user).matching(text).for_list()[: search.LIMIT]
    ]


def find_papers(user, text):
    """Filed papers by number, heading, person or their words; the one of that number first, then the newest."""
    papers = by_own_number(matching(Paper.objects.visible_to(user), text), text).defer("content", "text", "search_text")
    return [
        search.Hit(paper.in_words, paper.get_absolute_url(), f"{paper.organization}, {paper.title}")
        for paper in papers.select_related("organization")[: search.LIMIT]
    ]
