"""Kinds of filed papers: what each is called, which template prints it, how long it is kept."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.letter_kinds import LETTER_KINDS
from documents.order_kinds import KINDS as ORDER_KINDS
from documents.paper_texts import AGREEMENT

DESTRUCTION_ACT = "destruction_act"


@dataclass(frozen=True)
class PaperKind:
    """A kind of filed paper."""

    key: str
    name: Any
    template: str  # what prints `content` as a whole file
    public_name: str  # as the check page calls it, in Russian, with nothing of who is named in it
    copies: int = 1  # printed one after another in one file


_ORDERS = (
    PaperKind(key, kind.name, template="documents/pdf/order.html", public_name="приказ")
    for key, kind in ORDER_KINDS.items()
)
_OTHERS = (
    PaperKind(
        AGREEMENT,
        _("agreement of mentor and mentee"),
        template="documents/pdf/agreement.html",
        public_name="соглашение о наставничестве",
        copies=2,
    ),
    PaperKind(
        DESTRUCTION_ACT,
        _("act of destruction"),
        template="documents/pdf/destruction_act.html",
        public_name="акт о выделении к уничтожению документов",
    ),
    *(PaperKind(key, kind.name, kind.template, kind.public_name, kind.copies) for key, kind in LETTER_KINDS.items()),
)
KINDS = {kind.key: kind for kind in (*_ORDERS, *_OTHERS)}


def paper_kind(key: str) -> PaperKind:
    """The kind of a key; KeyError for one that the portal does not know."""
    return KINDS[key]
