"""Signs of a text that print badly or deceive: pictures that the fonts of papers lack, Latin letters amid Russian ones."""

import re
import unicodedata

from django.utils.translation import gettext as _

from participants.names import restore_cyrillic

_WORD = re.compile(r"[^\W\d_]+")
# «So»: emoji and other pictures; «Co», «Cn»: signs that mean nothing outside one program. The fonts have «№» and «°».
_UNPRINTABLE = {"So", "Co", "Cn"}
_PRINTED = frozenset("№°©®")
SHOWN = 5


def symbol_findings(places):
    """(sentence, place) of the (place, text) in which signs will not print, or a word mixes two alphabets."""
    for place, text in places:
        pictures = [sign for sign in text if sign not in _PRINTED and unicodedata.category(sign) in _UNPRINTABLE]
        if pictures:
            signs = " ".join(dict.fromkeys(pictures[:SHOWN]))
            yield _("These signs may print as empty squares: %(signs)s") % {"signs": signs}, place
        if mixed := [word for word in _WORD.findall(text) if restore_cyrillic(word) != word]:
            words = ", ".join(dict.fromkeys(mixed[:SHOWN]))
            yield (
                _("Latin letters stand amid Russian ones: %(words)s. The search does not find such words.")
                % {"words": words},
                place,
            )
