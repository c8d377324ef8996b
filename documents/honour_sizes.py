"""How large the letters of a letter of thanks or a certificate are, so that its words stay above the signature.

Such a paper is one sheet on a background. Its height is reckoned from the number of letters; where even the smallest do
not hold, the signature follows the text onto another sheet. No database, no clock.
"""

import math
from collections.abc import Mapping
from typing import Any

SIZES = ("usual", "small", "smaller", "smallest")
SCALES = {"usual": 1.0, "small": 0.85, "smaller": 0.7, "smallest": 0.6}
ENDLESS = "flowing"
# Millimetres: the width of a line, and the height from the upper margin to the signature.
SHEETS = {"portrait": (160, 205), "landscape": (233, 130)}
MARGINS = {"portrait": 22 + 10 + 12, "landscape": 10 + 6 + 7}
# A part of the sheet: (width of a letter, height of a line).
HEAD, WORD, NAME, BELOW, TEXT = (2.2, 5.0), (7.0, 10.6), (4.6, 8.5), (2.6, 5.9), (2.6, 6.9)


def honour_size(content: Mapping[str, Any]) -> str:
    """The largest of SIZES at which the words stand above the signature, ENDLESS where none does."""
    layout = content.get("layout", "portrait")
    _width, height = SHEETS[layout]
    return next((size for size in SIZES if _height(content, layout, SCALES[size]) <= height), ENDLESS)


def _height(content: Mapping[str, Any], layout: str, scale: float) -> float:
    letterhead, whom = content.get("letterhead") or {}, content.get("whom") or [""]
    parts = [(letterhead.get(name) or "", HEAD) for name in ("founder", "full_name")]
    parts += [(content["kind_word"], WORD), (whom[0], NAME), *((line, BELOW) for line in whom[1:])]
    parts += [(line, TEXT) for line in (content.get("salutation") or "", *content.get("text", ()))]
    width = SHEETS[layout][0]
    kept = 26 if letterhead.get("picture") else 0  # what does not shrink with the letters
    # The signature is one line high where the name has room beside the position.
    kept += sum(_height_of(each["name"], BELOW, 0.3 * width, 1) - 6 for each in content["signatures"] if each["name"])
    return kept + scale * (MARGINS[layout] + sum(_height_of(text, sizes, width, scale) for text, sizes in parts))


def _height_of(text: str, sizes: tuple[float, float], width: float, scale: float) -> float:
    letter, line = sizes
    # Capitals are half as wide again.
    length = len(text) + sum(sign.isupper() for sign in text) / 2
    return line * math.ceil(length * letter * scale / width)
