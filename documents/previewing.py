"""What is written as it would print now: an order on sheets of the page, other papers as pictures of their pages.

Nothing is kept, and of an order a field that is wrong is left out.
"""

import base64
import re

from django.utils.translation import gettext_lazy

from documents.annexes import Typed
from documents.contents import order_content
from documents.models import OrderPerson
from documents.pdf_pages import first_pages
from documents.printing import paper_pdf
from documents.template_language import folded, is_mark

UNPRINTABLE = gettext_lazy("The paper cannot be printed: take out what is unusual in its words.")
MOST_PAGES = 6  # of a paper that is being written; the file has all
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def typed_order(order, form):
    """(pairs, ended pairs) of what is typed; `order` then reads as the bound form has it, though it is not saved."""
    form.is_valid()
    for name, field in form.fields.items():
        is_list = hasattr(field, "queryset") and name not in form.single_choices
        form.cleaned_data.setdefault(name, [] if is_list else None if name in form.single_choices else "")
    named = form.named
    order.values = named["values"]
    order.typed = Typed(
        named=[
            OrderPerson(order=order, person=person, role=role, words=words)
            for role, people in named["people"].items()
            for person, words in people
        ],
        grounds=list(form.cleaned_data.get("grounds", ())),
    )
    if "body" in form.fields:
        order.title = str(form.data.get("title", order.title)).strip().rstrip(".")
        order.body = _with_unknown_shown(str(form.data.get("body", order.body)), order.kind_of_order.placeholders)
    return list(named.get("pairs", ())), list(named.get("ended_pairs", ()))


def _with_unknown_shown(text, known):
    """Words in braces that the portal does not know stand in square ones: `fill` would drop their whole line."""

    def shown(match):
        return match[0] if folded(match[1]) in known or is_mark(match[1]) else f"[{match[1]}]"

    return _PLACEHOLDER.sub(shown, text)


def preview_of(order, form):
    """(content, pairs, ended pairs) to show."""
    pairs, ended_pairs = typed_order(order, form)
    return order_content(order, pairs, ended_pairs=ended_pairs), pairs, ended_pairs


def pages_of(kind, content):
    """[(address, words)] of the first pages of a paper of the kind; the addresses hold the pictures themselves.

    Raises PaperError where it cannot be printed.
    """
    pages = first_pages(paper_pdf(kind, content), MOST_PAGES)
    return [(f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}", words) for picture, words in pages]
