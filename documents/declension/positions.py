"""Cases of positions: the head noun with its adjectives changes, what depends on it does not."""

import re
from functools import lru_cache
from typing import Any

from documents.declension.dictionaries import CYRILLIC_WORD, GRAMMEMES, REMEMBERED, check_case, like, morph

_ACTING = re.compile(r"\s*(?:врио|ио|и\s*\.\s*о\b\.?|вр\s*\.\s*и\s*\.\s*о\b\.?)(?!\w)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*\.?|\s+|.", re.DOTALL)
_FIXED_FIRST_PIECES = {"шеф", "обер", "экс"}
_BREAKS = {",", ";", "/", "(", "–", "—", "и"}


@lru_cache(maxsize=REMEMBERED)
def decline_position(text: str, case: str) -> str:
    """The position in the case: the head noun with its adjectives and appositions changes, what depends on it does not.

    «старший воспитатель группы» → «старшему воспитателю группы», «педагог-психолог» → «педагогу-психологу». A second
    position after a comma, a dash, a bracket or «и» changes too. «И.о. директора», abbreviations and quoted names stay.
    `text` is nominative; `case` is one of `CASES`, another one raises ValueError.
    """
    check_case(case)
    if case == "nominative" or is_acting(text):
        return text
    tokens = tokens_of(text)
    for place, parse in changing_words(tokens):
        tokens[place] = _inflect(tokens[place], parse, case)
    return "".join(tokens)


def tokens_of(text: str) -> list[str]:
    """The words, spaces and signs of the text, in order: joined, they are the text again."""
    return _TOKEN.findall(text)


def changing_words(tokens: list[str]) -> list[tuple[int, Any]]:
    """(place, dictionary form) of the tokens that change with the case."""
    found: list[tuple[int, Any]] = []
    depth, start = 0, True
    for place, piece in enumerate(tokens):
        if start and depth == 0 and not piece.isspace():
            found += _changing_phrase(tokens, place, first=not "".join(tokens[:place]).strip())
            start = False
        depth = max(0, depth + (piece in "«“„") - (piece in "»”"))
        start = start or piece in _BREAKS
    return found


def is_acting(text: str) -> bool:
    """«И.о. директора», «врио …»: an abbreviation that does not change, with a genitive behind it."""
    return bool(_ACTING.match(text))


def _changing_phrase(tokens: list[str], start: int, *, first: bool) -> list[tuple[int, Any]]:
    """The adjectives and the head noun that stand from `start` on, when they are nominative.

    Only the first phrase may be of unknown words; a later one must name a person, or it is a part of the tail
    («учитель истории и обществознания»).
    """
    modifiers: list[tuple[int, Any]] = []
    heads: list[tuple[int, Any]] = []
    whole_is_upper = "".join(tokens).isupper()
    sure = first
    for place in range(start, len(tokens)):
        word = tokens[place]
        if word.isspace():
            continue
        parses = [] if word.isupper() and not whole_is_upper else _nominative(word, sure=sure or bool(modifiers))
        adjective = _first(parses, ("ADJF", "PRTF"), modifiers)
        noun = _first(parses, ("NOUN",), heads or modifiers)
        if not heads and adjective is not None:
            modifiers.append((place, adjective))
        elif noun is not None and (noun.tag.animacy == "anim" or (first and not heads)):
            heads.append((place, noun))
        elif heads or modifiers or not _is_skipped(word):
            break
        else:
            sure = False
    is_taken = first or heads or any(_is_substantivized(parse) for _place, parse in modifiers)
    return modifiers + heads if is_taken else []


def _first(parses: list[Any], kinds: tuple[str, ...], agree_with: list[tuple[int, Any]]) -> Any:
    """The best parse of these parts of speech that agrees in number and gender with the last word taken, or None."""
    fitting = [parse for parse in parses if parse.tag.POS in kinds]
    if agree_with:
        other = agree_with[-1][1].tag
        apposition = other.POS == "NOUN"
        fitting = [
            parse
            for parse in fitting
            if parse.tag.number == other.number
            and (apposition or parse.tag.number == "plur" or "ms-f" in parse.tag or parse.tag.gender == other.gender)
        ]
    return min(fitting, key=lambda parse: parse.tag.animacy != "anim", default=None)


def _nominative(word: str, *, sure: bool = True) -> list[Any]:
    """The nominative readings of the word; when not `sure`, «директора» is the genitive of one, not several people."""
    pieces = re.split("[-‑]", word.lower())
    if not CYRILLIC_WORD.fullmatch(pieces[-1]):
        return []
    parses = morph().parse("-".join(pieces))
    if len(pieces) > 1:
        adjectives = [parse for parse in parses if "nomn" in parse.tag and parse.tag.POS == "ADJF"]
        parses = adjectives or morph().parse(pieces[-1])
    if not sure and any({"gent", "sing"} in parse.tag for parse in parses):
        parses = [parse for parse in parses if "sing" in parse.tag]
    return [parse for parse in parses if "nomn" in parse.tag and not {"Surn", "Name", "Patr"} & parse.tag.grammemes]


def _is_skipped(word: str) -> bool:
    """An abbreviation («ст.», «зам.») or an adverb («временно») before the words that change."""
    return word.endswith(".") or "ADVB" in morph().parse(word.lower())[0].tag


def _is_substantivized(parse: Any) -> bool:
    return parse.tag.POS == "PRTF" or "Subx" in parse.tag


def _inflect(word: str, parse: Any, case: str) -> str:
    """The word in the case; every animate noun of a hyphened one changes («учитель-логопед»), else its last piece."""
    pieces = re.split("([-‑])", word)
    if len(pieces) == 1 or parse.tag.POS != "NOUN":
        return _inflect_piece(word, parse, case)
    for place in range(0, len(pieces) - 1, 2):
        own = _first(_nominative(pieces[place]), ("NOUN",), [])
        if own is not None and own.tag.animacy == "anim" and pieces[place].lower() not in _FIXED_FIRST_PIECES:
            pieces[place] = _inflect_piece(pieces[place], own, case)
    pieces[-1] = _inflect_piece(pieces[-1], parse, case)
    return "".join(pieces)


def _inflect_piece(word: str, parse: Any, case: str) -> str:
    grammeme = GRAMMEMES[case]
    if case == "accusative" and (parse.tag.number == "plur" or parse.tag.gender == "masc"):
        grammeme = "gent"  # positions are people: «старшего воспитателя», also where the dictionary sees a thing
    inflected = parse.inflect({grammeme})
    return like(word, inflected.word) if inflected else word
