"""Texts of consents: which placeholders they may hold, and what is wrong with a text. Pure.

A placeholder reads as a part of the sentence («персональных данных {субъекта}») and is filled when the paper is
printed or shown. The name, the address and the documents of whoever signs stand above the text: the paper prints them.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Filled by documents/consent_papers.py.
PLACEHOLDERS = {
    "организация": gettext_lazy("full name of the organization"),
    "организации": gettext_lazy("full name of the organization in the genitive"),
    "адрес организации": gettext_lazy("address of the organization"),
    "получатель": gettext_lazy("full name of the education office above"),
    "адрес получателя": gettext_lazy("address of the education office"),
    "субъект": gettext_lazy("full name of the person"),
    "субъекта": gettext_lazy("full name of the person in the genitive"),
    "роли": gettext_lazy("the role in the programme in the genitive"),
    "учебный год": gettext_lazy("the school year"),
    "срок": gettext_lazy("how long the consent is valid"),
}
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


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
