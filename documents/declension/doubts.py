"""Whether a proposed form is sure, and why not: what a person has to look at before the paper is signed.

A doubt is raised only where the form depends on it: a name that is alike for men and women needs no gender.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from documents.declension import organizations, positions
from documents.declension.dictionaries import CYRILLIC_WORD, GENDERS, REMEMBERED, check_case, common_noun, morph
from documents.declension.names import FIXED_FIRST_PIECES, GERMAN_SURNAME, core_of, decline, guess_gender, name_parts

# Suffixes that make the gender of an adjective of a surname plain, and pieces of double surnames that surely decline.
_ADJECTIVE = re.compile(r"(?:[сц]к|[нтлв])[иыо]й$")
_USUAL_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]к[ио]й|[ыи]й|ич|ко|ых|их|юк|ук|ян|швили|дзе|оол|[аяоеуюиэ])$")
_FLEETING = re.compile(r"(?:[^\s]{2}ец|[бвгджзклмнпрстфхцчшщ]ок|[её]л|ёк|журавель)$")
_FOREIGN_POSSESSIVE = {"чаплин", "дарвин", "кронин", "флотов", "бюлов", "гуцков", "вирхов", "цейтлин", "бенуа"}
# A woman of this surname declines as «Калины», if her brother is «Калина», and as «Калиной», if he is «Калин».
_NOUNS_LIKE_POSSESSIVES = {
    "былина", "глина", "дубина", "калина", "картина", "малина", "осина", "перина", "рябина", "скотина", "смородина",
    "солонина", "старшина", "щетина",
}  # fmt: skip
_WORDS_OF_THE_FIELD = {
    "тьютор",
    "олигофренопедагог",
    "супервизор",
    "коуч",
    "документовед",
}  # too new for the dictionary


class Doubt(StrEnum):
    """Why a proposed form may be wrong."""

    GENDER = "gender"  # the name declines by the gender, which nothing tells
    CONTRADICTION = "contradiction"  # the name speaks of another gender than the one that is given
    WAVERING = "wavering"  # usage wavers: «Заяца» and «Зайца», «Айгуль» and «Айгули»
    UNKNOWN = "unknown"  # no dictionary knows the word
    ALPHABET = "alphabet"  # other letters than Cyrillic stay as they are
    GOVERNMENT = "government"  # «заведующий детского сада» in place of «детским садом»


@lru_cache(maxsize=REMEMBERED)
def name_doubts(full_name: str, case: str, gender: str | None = None) -> tuple[Doubt, ...]:
    """What is not sure of `decline(full_name, case, gender)`; nothing in the nominative."""
    check_case(case)
    if case == "nominative":
        return ()
    found = []
    told = guess_gender(full_name)
    if len({decline(full_name, case, each) for each in GENDERS}) > 1:
        if not (gender or told):
            found.append(Doubt.GENDER)
        elif gender and told and gender != told:
            found.append(Doubt.CONTRADICTION)
    known = gender or told
    pieces = re.split(r"(\s+)", full_name)
    parts = [(core_of(pieces[place]), part) for place, part in name_parts(pieces)]
    # «Нгуен Ван Тхань»: where no word is a patronymic, nothing tells which of three is the surname.
    is_foreign = len(pieces) > 4 and not any(part == "middlename" for _word, part in parts) and told is None
    if is_foreign or any(_wavers(word.lower(), part, case, known) for word, part in parts):
        found.append(Doubt.WAVERING)
    if _has_other_letters(full_name):
        found.append(Doubt.ALPHABET)
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def position_doubts(text: str, case: str) -> tuple[Doubt, ...]:
    """What is not sure of `decline_position(text, case)`; nothing in the nominative."""
    check_case(case)
    if case == "nominative" or not text.strip() or positions.is_acting(text):
        return ()
    tokens = positions.tokens_of(text)
    changing = positions.changing_words(tokens)
    heads = [tokens[place] for place, parse in changing if parse.tag.POS == "NOUN" or len(changing) == 1]
    first = text.split()[0]
    found = []
    if any(not _is_known(head) for head in heads) or not (changing or first.endswith(".") or first.isupper()):
        found.append(Doubt.UNKNOWN)
    if organizations.governs_wrongly(text):
        found.append(Doubt.GOVERNMENT)
    if _has_other_letters(first):
        found.append(Doubt.ALPHABET)
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def organization_doubts(text: str, case: str) -> tuple[Doubt, ...]:
    """What is not sure of `decline_organization(text, case)`; nothing in the nominative."""
    check_case(case)
    if case == "nominative":
        return ()
    tokens = positions.tokens_of(text)
    changing = organizations.changing_words(tokens)
    if any(not _is_known(tokens[place]) for place, _parse in changing):
        return (Doubt.UNKNOWN,)
    outside = re.findall(r"[^\W\d_]+", re.split("[«“„]", text)[0])
    if not changing and any(not word.isupper() for word in outside):
        return (Doubt.UNKNOWN,)
    return ()


def _wavers(word: str, part: str, case: str, gender: str | None) -> bool:
    if part == "firstname":
        return gender != "male" and word.endswith("ь") and not _declines_regularly(word)
    if part != "lastname":
        return False
    if gender == "female":
        return word in _NOUNS_LIKE_POSSESSIVES
    pieces = word.split("-")
    if len(pieces) > 1 and any(_is_odd_first_piece(piece) for piece in pieces[:-1]):
        return True
    return any(_wavers_for_men(piece, case) for piece in (*_usual(pieces[:-1]), pieces[-1]))


def _wavers_for_men(word: str, case: str) -> bool:
    if word in _FOREIGN_POSSESSIVE:
        return case == "instrumental"
    if GERMAN_SURNAME.search(word[-5:]) and word.endswith("их"):
        return False
    if word.endswith(("их", "ых")):
        return not any("ADJF" in parse.tag for parse in morph().parse(word))
    if word.endswith(("ой", "ий", "ый")) and len(word) > 4:
        is_adjective = any("ADJF" in parse.tag for parse in morph().parse(word)) and morph().word_is_known(word)
        return not is_adjective and not _ADJECTIVE.search(word)
    if _FLEETING.search(word) and len(re.findall("[аеёиоуыэюя]", word)) > 1:
        return True
    noun = common_noun(word)
    genitive = noun.inflect({"gent"}) if noun is not None and noun.tag.gender == "masc" else None
    if genitive is None or word[-1] in "аяоеэиыую":
        return False
    return not genitive.word.replace("ё", "е").startswith(word.rstrip("ьй").replace("ё", "е"))


def _usual(pieces: list[str]) -> Iterator[str]:
    return (piece for piece in pieces if piece not in FIXED_FIRST_PIECES)


def _is_odd_first_piece(piece: str) -> bool:
    """«Бонч-», «Ван-»: whether the first piece declines is known to the bearer alone."""
    return piece not in FIXED_FIRST_PIECES and not _USUAL_SURNAME.search(piece)


def _declines_regularly(first_name: str) -> bool:
    """«Любовь», «Нинель»; of «Айгуль» the dictionary says that it never changes, and people decline it all the same."""
    parses = [parse for parse in morph().parse(first_name) if {"Name", "femn", "sing", "nomn"} in parse.tag]
    return morph().word_is_known(first_name) and bool(parses) and all("Fixd" not in parse.tag for parse in parses)


def _is_known(word: str) -> bool:
    word = word.lower().rstrip(".")
    return word in _WORDS_OF_THE_FIELD or all(morph().word_is_known(piece) for piece in re.split("[-‑]", word) if piece)


def _has_other_letters(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return any(not CYRILLIC_WORD.fullmatch(word) for word in words)
