"""Texts of consents: which placeholders they may hold, what is wrong with a text, what of it stays blank. Pure.

A placeholder reads as a part of the sentence («персональных данных {субъекта}») and is filled when the paper is
printed or shown. The name, the address and the documents of whoever signs stand above the text: the paper prints them.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Filled by documents/consent_papers.py.
PLACEHOLDERS = {
    "организация": gettext_lazy("full name of the organization"),
    "организации": gettext_lazy("full name of the organization in the genitive"),
    "реквизиты": gettext_lazy("INN and OGRN of the organization after a comma, where they are entered"),
    "адрес организации": gettext_lazy("address of the organization"),
    "обработчик": gettext_lazy("who processes the data by order of the organization, else a line to be filled by hand"),
    "сайт": gettext_lazy("site of the organization"),
    "соцсети": gettext_lazy("pages of the organization in social networks after a semicolon, where they are entered"),
    "условия": gettext_lazy("conditions of publication, and a line for what the person forbids"),
    "контакты": gettext_lazy("phone and e-mail of who signs"),
    "получатель": gettext_lazy("full name of the education office above"),
    "адрес получателя": gettext_lazy("address of the education office"),
    "субъект": gettext_lazy("full name of the person"),
    "субъекта": gettext_lazy("full name of the person in the genitive"),
    "роли": gettext_lazy("the role in the programme in the genitive"),
    "учебный год": gettext_lazy("the school year"),
    "срок": gettext_lazy("how long the consent is valid"),
}
# Without these a text that is confirmed by the link would have a gap where the law asks for words.
NEEDED_BY_LINK = ("адрес организации", "получатель", "адрес получателя", "сайт", "контакты")
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_BLANK = re.compile(r"_{3,}")
# How the sentence stood before the organization could say who processes for it.
_FORMER_PROCESSOR = re.compile(
    r"обрабатывает:\s*_{3,}\s*\(наименование и адрес; если поручения нет, ставится прочерк\)", re.IGNORECASE
)
_LONGEST_HEAD = 60


def check_text(text: str) -> None:
    """Raise ValidationError that names each line with a placeholder nobody fills, or with a brace without its pair."""
    faults = [fault for number, line in enumerate(text.splitlines(), 1) for fault in _faults_of(line, number)]
    if faults:
        raise ValidationError(faults)


def _faults_of(line: str, number: int) -> list[str]:
    unknown = [name for name in _PLACEHOLDER.findall(line) if " ".join(name.split()).casefold() not in PLACEHOLDERS]
    faults = [
        _("Line %(number)s: the portal does not know what to put in place of %(unknown)s.")
        % {"number": number, "unknown": f"{{{name}}}"}
        for name in unknown
    ]
    rest = _PLACEHOLDER.sub("", line)
    if "{" in rest or "}" in rest:
        faults.append(_("Line %(number)s: there is a brace without its pair.") % {"number": number})
    return faults


def with_processor(text: str) -> str:
    """The text with the placeholder in place of the line that former versions left to the hand."""
    return _FORMER_PROCESSOR.sub("обрабатывает: {обработчик}", text)


def blanks_by_link(text: str, values: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What of a text would stay blank for who reads it by the link.

    (words for the placeholders that the organization's settings or the person's file should fill and do not, the
    beginnings of the lines that are filled by hand). `values` are those known of `NEEDED_BY_LINK`.
    """
    text = with_processor(text)
    names = dict.fromkeys(" ".join(name.split()).casefold() for name in _PLACEHOLDER.findall(text))
    unknown = [str(PLACEHOLDERS[name]) for name in names if name in NEEDED_BY_LINK and not values.get(name)]
    by_hand, head = [], ""
    for line in text.splitlines():
        begins = _BLANK.split(line)[0].strip(" :–")
        head = begins or head  # a line of underscores alone goes on with the one above
        if _BLANK.search(line) and head not in by_hand:
            by_hand.append(head)
    return unknown, [head[:_LONGEST_HEAD] for head in by_hand]
