"""The cases, the dictionaries behind the declension, and how letters of a changed word follow those that were typed."""

import re
from functools import cache
from threading import Lock
from typing import Any

# How many answers each function of the declension remembers: an order of 200 pairs asks the same words again and again.
REMEMBERED = 20_000
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
GENDERS = ("male", "female")
GRAMMEMES = {
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
CYRILLIC_WORD = re.compile(r"[\u0400-\u04FF]+(?:[-'’][\u0400-\u04FF]+)*")

_loading = Lock()


def check_case(case: str) -> None:
    """Raise ValueError for what is no name of a case."""
    if case not in CASES:
        raise ValueError(f"Unknown case: {case!r}; known are {', '.join(CASES)}")


def like(pattern: str, word: str) -> str:
    """The word with the capitals of the pattern, and without ё where the pattern is written with е."""
    word = "".join(
        "е" if letter == "ё" and own in "еЕ" else letter
        for letter, own in zip(word, pattern.ljust(len(word), " "), strict=False)
    )
    if len(pattern) > 1 and pattern.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if pattern[:1].isupper() and word else word


def morph() -> Any:
    """The dictionary of Russian words (pymorphy3)."""
    with _loading:
        return _load_morph()


def petrovich() -> tuple[Any, Any]:
    """The rules of Russian names (pytrovich): what declines them, and what tells the gender."""
    with _loading:
        return _load_petrovich()


def common_noun(word: str) -> Any:
    """The masculine or feminine common noun that is spelled like the word, in the nominative; None where there is none."""
    if not morph().word_is_known(word):
        return None
    for parse in morph().parse(word):
        if {"NOUN", "sing", "nomn"} in parse.tag and not {"Surn", "Name", "Patr", "Geox"} & parse.tag.grammemes:
            return parse
    return None


@cache
def _load_morph() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _load_petrovich() -> tuple[Any, Any]:
    from pytrovich.detector import PetrovichGenderDetector
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker(), PetrovichGenderDetector()
