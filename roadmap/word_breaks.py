"""Lines of a cell as a PDF has them, put together: a word broken at the end of a line is one word again.

A PDF has no words, only signs at places: «Сентябр» and «ь» on two lines are one word where the dictionary knows the whole
and not its halves. What it does not know stays as it was printed, with a space.
"""

import re
from functools import cache
from typing import Any

import pymorphy3

BROKEN = re.compile(r"([А-Яа-яЁё]+)(-?)$")
GOES_ON = re.compile(r"[а-яё]+")
# A printer that divides words marks the place: by a hyphen that is no dash, or by a soft one.
DIVIDED = re.compile("[^\\W\\d_][\u2010\u00ad]$")
WORDS_OF_A_LETTER = frozenset("авикосуя")
DASH_AT_END = re.compile(r"[^\W\d_]-$|/$")


@cache
def _dictionary() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


def is_word(text: str) -> bool:
    """Whether the dictionary of Russian has the word in any of its forms."""
    return bool(_dictionary().word_is_known(text.lower()))


def agree(adjective: str, noun: str) -> bool:
    """Whether an adjective may stand with a noun in gender, number and case; true of words that are something else.

    Of a profession, «школьная психолог», the adjective may tell that it is a woman's.
    """
    first = [parse.tag for parse in _dictionary().parse(adjective) if parse.is_known]
    second = [parse.tag for parse in _dictionary().parse(noun) if parse.is_known]
    if not first or not second or any("ADJF" not in tag for tag in first) or any("NOUN" not in tag for tag in second):
        return True
    return any(
        (one.number, one.case) == (other.number, other.case) and (one.gender in (None, other.gender) or "anim" in other)
        for one in first
        for other in second
    )


def joined_lines(text: str) -> str:
    """The lines of a cell as one text; points of a list keep lines of their own. No letter is lost or added."""
    whole = ""
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if not line:
            continue
        if not whole:
            whole = line
        elif re.match(r"(?:\d{1,2}[.)](?!\d)|[•▪·]|[-–—] )", line):
            whole = f"{whole}\n{line}"
        else:
            whole = _joined(whole, line)
    return whole


def _joined(above: str, line: str) -> str:
    if DIVIDED.search(above) and line[0].isalpha():
        return above[:-1] + line
    broken, rest = BROKEN.search(above), GOES_ON.match(line)
    if broken and rest:
        first, hyphen, second = broken.group(1), broken.group(2), rest.group()
        if _is_one_word(first, second):
            return above.removesuffix(hyphen) + line
    if DASH_AT_END.search(above):
        return above + line
    return f"{above} {line}"


def _is_one_word(first: str, second: str) -> bool:
    if first.lower() in WORDS_OF_A_LETTER and is_word(second):
        return False
    if len(first) + len(second) < 5 or not is_word(first + second):
        return False
    halves = (is_word(first) and len(first) > 2, is_word(second) and len(second) > 2)
    return not all(halves)
