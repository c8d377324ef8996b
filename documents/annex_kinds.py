"""What may be annexed to an order (domain.md §3.1, §7.2), and how its text cites an annex: «{приложение: положение}».

Data and no more: what an annex prints is built in documents/annexes.py.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PAIRS, REGULATION, ROADMAP, FORMS, AGREEMENT = "pairs", "regulation", "roadmap", "forms", "agreement"
INDICATORS, GROUP, PROGRAMS, FILE = "indicators", "group", "programs", "file"


@dataclass(frozen=True)
class AnnexKind:
    """`word` stands after the colon in braces; `heading` is printed over the sheet, in the words of papers."""

    key: str
    word: str
    label: Any
    heading: str
    is_landscape: bool = False
    may_repeat: bool = False
    is_approved: bool = False  # the order approves it: the sheet says so


ANNEX_KINDS = {
    kind.key: kind
    for kind in (
        AnnexKind(PAIRS, "пары", _("list of pairs and groups"), "Список наставнических пар (групп)"),
        AnnexKind(REGULATION, "положение", _("regulation"), "Положение о системе наставничества"),
        AnnexKind(ROADMAP, "дорожная карта", _("roadmap"), "План мероприятий («дорожная карта»)", is_landscape=True),
        AnnexKind(FORMS, "формы реестров", _("blank forms of the registries"), "Формы реестров", is_landscape=True),
        AnnexKind(AGREEMENT, "форма соглашения", _("blank form of the agreement"), "Соглашение о сотрудничестве"),
        AnnexKind(
            INDICATORS,
            "показатели",
            _("indicators with targets by years"),
            "Показатели реализации системы наставничества",
        ),
        AnnexKind(GROUP, "состав группы", _("list of the people whom the order names"), "Состав"),
        AnnexKind(
            PROGRAMS,
            "персонализированные программы",
            _("list of personal programmes"),
            "Перечень персонализированных программ наставничества",
        ),
        AnnexKind(FILE, "документ", _("a file: PDF or picture"), "", may_repeat=True),
    )
}
# What stands before the colon is the word as the sentence wants it; the first gives «(приложение № 2)» in brackets.
CITATIONS = ("приложение", "приложению", "приложении", "приложением", "приложения")
MOST_FILES = 9


def citations_of(key: str, place: int = 1) -> tuple[str, ...]:
    """The placeholders that cite an annex: «приложение: документ», for the second of its kind «…: документ 2»."""
    word = ANNEX_KINDS[key].word + (f" {place}" if place > 1 else "")
    return tuple(f"{citation}: {word}" for citation in CITATIONS)


ALL_CITATIONS = tuple(
    name
    for kind in ANNEX_KINDS.values()
    for place in range(1, (MOST_FILES if kind.may_repeat else 1) + 1)
    for name in citations_of(kind.key, place)
)
