"""Texts that an organization may word itself: for each its name, and what may stand in braces, with explanations.

Kinds of orders are here by themselves, see documents/order_kinds.py; a paper of another sort calls `register`. The ready
text is the file templates/documents/texts/<key>.txt; who changes its wording raises the edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.order_kinds import CONTROL, ENDED_PAIRS, KINDS, PAIRS, OrderKind
from documents.template_language import Scope

AGREEMENT = "agreement"
TITLE = "_title"  # at the end of the key of a heading: «thanks_title» is that of the paper «thanks»
EACH_PAIR, EACH_ENDED_PAIR, EACH_MENTEE, EACH_NAMED = "пары", "прекращаемой пары", "наставляемого", "названного"


@dataclass(frozen=True)
class TextList:
    """A list that a text may go through: what it is, and what each of its items has."""

    about: Any
    placeholders: Mapping[str, Any]
    lists: "Mapping[str, TextList]" = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(frozenset(self.placeholders), {name: each.scope for name, each in self.lists.items()})


@dataclass(frozen=True)
class TextKind:
    """A text; `placeholders` and `lists` are those of the paper as a whole."""

    key: str
    name: Any
    placeholders: Mapping[str, Any]
    lists: Mapping[str, TextList] = field(default_factory=dict)
    edition: int = 1
    # Known, but not shown in the list of names: other forms of the same.
    other_forms: frozenset[str] = frozenset()
    most_lines: int = 0  # no limit

    @property
    def scope(self) -> Scope:
        return Scope(
            frozenset(self.placeholders) | self.other_forms, {name: each.scope for name, each in self.lists.items()}
        )

    @property
    def is_order(self) -> bool:
        return self.paper in KINDS

    @property
    def is_title(self) -> bool:
        return self.key.endswith(TITLE)

    @property
    def paper(self) -> str:
        """The key of the paper that the text, or the heading, is of."""
        return self.key.removesuffix(TITLE)


MENTEES = TextList(
    _("each mentee"),
    {
        "наставляемый": _("full name and position or class of the mentee"),
        "наставляемого": _("full name of the mentee in the genitive"),
        "наставляемым": _("full name and position or class of the mentee in the instrumental"),
    },
)
PAIR_PLACEHOLDERS = {
    "наставник": _("full name and position of the mentor"),
    "наставника": _("full name of the mentor in the genitive"),
    "наставником": _("full name and position of the mentor in the instrumental"),
    "форма": _("the form of mentorship"),
    "начало пары": _("the first day of the pair"),
    "конец пары": _("the last day of the pair"),
}
PAIR_LIST = TextList(_("each pair or group of the order"), PAIR_PLACEHOLDERS, {EACH_MENTEE: MENTEES})
ENDED_LIST = TextList(_("each pair or group that ends"), PAIR_PLACEHOLDERS, {EACH_MENTEE: MENTEES})
NAMED_LIST = TextList(
    _("each person of the list in the order"),
    {
        "кто": _("full name and position"),
        "кого": _("the same in the accusative"),
        "кому": _("the same in the dative"),
        "кем": _("the same in the instrumental"),
        "слова": _("what the order says of the person"),
    },
)
COMMON = {
    "основание": _("the acts on which the order rests"),
    "организация": _("full name of the organization"),
    "организации": _("full name of the organization in the genitive"),
    "учебный год": _("the school year"),
    "начало": _("the first day of the programme"),
    "конец": _("the last day of the programme"),
    "куратора": _("the curator in the accusative"),
    "куратору": _("the curator in the dative"),
    "куратором": _("the curator in the instrumental"),
    CONTROL: _("who controls that the order is carried out, as a sentence"),
    PAIRS: _("the pairs and groups as points; alone on its line"),
    ENDED_PAIRS: _("the pairs and groups that end as points; alone on its line"),
}
AGREEMENT_KIND = TextKind(
    AGREEMENT,
    _("agreement of mentor and mentee"),
    {
        "наставник": _("full name and position of the mentor"),
        "наставника": _("full name of the mentor in the genitive"),
        "наставником": _("full name and position of the mentor in the instrumental"),
        "наставляемый": _("full name and position or class of the mentee"),
        "наставляемого": _("full name of the mentee in the genitive"),
        "наставляемым": _("full name and position or class of the mentee in the instrumental"),
        "организация": _("full name of the organization"),
        "организации": _("full name of the organization in the genitive"),
        "учебный год": _("the school year"),
        "приказа": _("the order with its date and number in the genitive"),
        "форма": _("the form of mentorship"),
        "запрос": _("the topic on which the pair works"),
        "срок": _("how many months the pair works"),
        "начало": _("the first day of the pair"),
        "конец": _("the last day of the pair"),
        "экземпляры": _("in how many copies the agreement is made"),
    },
    {EACH_MENTEE: TextList(_("each mentee of the group"), MENTEES.placeholders)},
)
_registered: dict[str, TextKind] = {}


def register(kind: TextKind) -> None:
    """Add a text that is neither the agreement nor that of an order."""
    _registered[kind.key] = kind


def text_kinds() -> dict[str, TextKind]:
    """{key: kind} of all texts, in the order of the page."""
    orders = {key: _of_order(kind) for key, kind in KINDS.items()}
    titles = {f"{key}{TITLE}": _title_of_order(kind) for key, kind in KINDS.items()}
    return {AGREEMENT: AGREEMENT_KIND, **orders, **titles, **_registered}


def text_kind(key: str) -> TextKind | None:
    """The kind of a key, or None."""
    return text_kinds().get(key)


def _title_of_order(kind: OrderKind) -> TextKind:
    name = format_lazy(_("heading: {paper}"), paper=kind.name)
    return TextKind(f"{kind.key}{TITLE}", name, {"учебный год": COMMON["учебный год"]}, most_lines=1)


def _of_order(kind: OrderKind) -> TextKind:
    own = {slot.placeholder: slot.label for slot in kind.people} | {
        each.placeholder: each.label for each in kind.values
    }
    cited = dict.fromkeys(kind.citations, _("the annex with its number; also {приложении: …}, {приложением: …}"))
    explained = {name: own.get(name) or COMMON.get(name) or cited.get(name, name) for name in kind.shown_placeholders}
    other_forms = frozenset(kind.placeholders) - explained.keys()
    lists = {}
    if kind.takes_pairs:
        lists[EACH_PAIR] = PAIR_LIST
        lists[EACH_MENTEE] = MENTEES
    if kind.ends_pairs:
        lists[EACH_ENDED_PAIR] = ENDED_LIST
    if any(slot.is_list for slot in kind.people):
        lists[EACH_NAMED] = NAMED_LIST
    return TextKind(kind.key, kind.name, explained, lists, other_forms=other_forms)
