"""Cases of names of organizations: «муниципальным … учреждением «Детский сад № 7», МБДОУ stays, a name in quotes too."""

import re
from functools import lru_cache
from typing import Any

from documents.declension.dictionaries import CYRILLIC_WORD, GRAMMEMES, REMEMBERED, check_case, like, morph
from documents.declension.positions import decline_position, is_acting, tokens_of

_OPENING, _CLOSING = "«“„", "»”"
# After these words, in any case but the nominative, stands the proper name of a place: «посёлка Красный Яр».
_PLACES = {
    "город", "село", "посёлок", "поселок", "деревня", "станица", "хутор", "аул", "станция", "район", "кожуун",
    "республика", "край", "область", "г.", "с.", "пос.", "п.", "д.", "ст.", "пгт", "рп", "имя", "им.",
}  # fmt: skip
_PREPOSITIONS = {"по", "с", "со", "при", "для", "на", "в", "во", "о", "об", "из", "от", "до"}
_INSTRUMENTAL_HEADS = ("заведующий", "заведующая", "управляющий", "управляющая", "командующий")


@lru_cache(maxsize=REMEMBERED)
def decline_organization(text: str, case: str) -> str:
    """The name of an organization in the case: its common nouns with their adjectives change, the rest stays.

    «Муниципальное бюджетное учреждение дополнительного образования «Центр «Радуга»» → «Муниципального бюджетного
    учреждения …». What stands in quotes, abbreviations and the genitive tail stay; a second noun after the tail or
    after a dash («… учреждение детский сад № 5») changes like the first. `text` is nominative; `case` is one of
    `CASES`, another one raises ValueError.
    """
    check_case(case)
    if case == "nominative":
        return text
    tokens = tokens_of(text)
    for place, parse in changing_words(tokens):
        tokens[place] = _inflect(tokens[place], parse, case)
    return "".join(tokens)


def changing_words(tokens: list[str]) -> list[tuple[int, Any]]:
    """(place, dictionary form) of the tokens that change with the case."""
    found: list[tuple[int, Any]] = []
    phrase: list[tuple[int, Any]] = []  # adjectives that wait for their noun
    depth, tail_is_closed, before, in_place = 0, False, "", False
    for place, piece in enumerate(tokens):
        depth = max(0, depth + (piece in _OPENING) - (piece in _CLOSING))
        if depth or not CYRILLIC_WORD.fullmatch(piece.rstrip(".")):
            phrase = [] if piece in "«," else phrase
            tail_is_closed = tail_is_closed or piece == ","
            in_place = in_place and piece.isspace()
            continue
        word = piece.lower()
        in_place = piece[:1].isupper() and (in_place or _is_place(before))
        stays = tail_is_closed or in_place or (piece.isupper() and len(piece) > 1)
        parse = None if stays else _nominative(piece, phrase)
        tail_is_closed = tail_is_closed or word in _PREPOSITIONS
        before = word
        if parse is None:
            phrase = []
        elif parse.tag.POS == "NOUN":
            found += [*phrase, (place, parse)]
            phrase = []
        else:
            phrase.append((place, parse))
    return found


def govern(position: str, organization: str) -> str:
    """The position with its organization: «заведующий» governs the instrumental, others the genitive.

    («Заведующий», «Детский сад № 3») → «Заведующий детским садом № 3»; («Директор», «Школа № 1») → «Директор школы
    № 1». Both are nominative; a position that names its place already is returned as it is.
    """
    if not is_bare(position):
        return position
    words = position.split()
    case = "instrumental" if words and words[-1].lower() in _INSTRUMENTAL_HEADS else "genitive"
    return f"{position.strip()} {_within_a_sentence(decline_organization(organization, case), organization)}"


def is_bare(position: str) -> bool:
    """Whether the position names no place: «Директор», «Исполняющий обязанности заведующего»."""
    words = position.split()
    if is_acting(position):
        return len(position.replace(".", ". ").split()) <= 3
    return decline_position(position, "instrumental").split()[-1:] != words[-1:] or not words


def governs_wrongly(position: str) -> bool:
    """«Заведующий детского сада»: the word wants the instrumental; «Директор школой»: it wants the genitive."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.split("[«“„]", position)[0])
    if len(words) < 2:
        return False
    head = words[0].lower()
    # The noun that is governed is the first one that is no abbreviation.
    for word in words[1:]:
        if word.isupper():
            continue
        parses = morph().parse(word.lower())
        cases = {str(parse.tag.case) for parse in parses if parse.tag.POS in ("NOUN", "ADJF", "PRTF")}
        if head in _INSTRUMENTAL_HEADS:
            return bool(cases) and "ablt" not in cases
        return head in ("директор", "начальник", "руководитель", "ректор") and bool(cases) and "gent" not in cases
    return False


def _is_place(word: str) -> bool:
    """Whether the name of a place follows the word: such names do not change here."""
    return bool(word) and (word in _PLACES or any(each.normal_form in _PLACES for each in morph().parse(word)[:2]))


def _nominative(token: str, phrase: list[tuple[int, Any]]) -> Any:
    """The nominative reading of the word; None when the word may as well be a genitive tail («образования»)."""
    pieces = re.split("[-‑]", token.lower())
    if len(token) == 1:
        return None
    parses = morph().parse(pieces[-1] if len(pieces) > 1 else token.lower())
    nominative = [parse for parse in parses if "nomn" in parse.tag and parse.tag.POS in ("NOUN", "ADJF", "PRTF")]
    nominative = [parse for parse in nominative if not {"Surn", "Patr", "Name"} & parse.tag.grammemes]
    if any("gent" in parse.tag and parse.score > 0.01 for parse in parses) and not _agreeing(nominative, phrase):
        return None
    agreeing = _agreeing(nominative, phrase) if phrase else nominative
    return agreeing[0] if agreeing else None


def _agreeing(parses: list[Any], phrase: list[tuple[int, Any]]) -> list[Any]:
    """The readings that agree with the adjectives before them."""
    if not phrase:
        return []
    other = phrase[-1][1].tag
    return [
        parse
        for parse in parses
        if parse.tag.number == other.number and (other.number == "plur" or parse.tag.gender == other.gender)
    ]


def _inflect(token: str, parse: Any, case: str) -> str:
    """The word in the case; every noun of a hyphened one changes («школа-интернат»), of an adjective the last piece."""
    pieces = re.split("([-‑])", token)
    if parse.tag.POS == "NOUN":
        for place in range(0, len(pieces) - 1, 2):
            own = [each for each in morph().parse(pieces[place].lower()) if {"NOUN", "nomn"} in each.tag]
            pieces[place] = _inflect_piece(pieces[place], own[0], case) if own else pieces[place]
    pieces[-1] = _inflect_piece(pieces[-1], parse, case)
    return "".join(pieces)


def _inflect_piece(piece: str, parse: Any, case: str) -> str:
    if case == "accusative" and parse.tag.gender != "femn":
        return piece  # organizations are things: «детский сад», «учреждение» look like the nominative
    inflected = parse.inflect({GRAMMEMES[case]})
    return like(piece, inflected.word) if inflected else piece


def _within_a_sentence(declined: str, organization: str) -> str:
    """The first letter small, unless the name begins with an abbreviation or with quotes."""
    first = re.match(r"[^\W\d_]+", organization)
    return (
        declined if first is None or (first[0].isupper() and len(first[0]) > 1) else declined[:1].lower() + declined[1:]
    )
