"""Russian personal names: taking them apart, comparing them, guessing the gender from the patronymic.

Pure text work: no database, no clock. Parts are always given in the order last, first, patronymic.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Latin capitals that look like Cyrillic ones on screen and on paper.
LATIN_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
LATIN_SMALL_LOOK_ALIKES = str.maketrans("aceopxy", "асеорху")

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
CYRILLIC = re.compile("[А-Яа-яЁё]")
LATIN = re.compile("[A-Za-z]")
NO_LETTER = re.compile(r"[^\w']")
INITIAL = re.compile(r"[^\W\d_]{1,2}\.(?:-[^\W\d_]\.)?|[^\W\d_]")
PATRONYMIC = re.compile(
    r"\w+(?:ович|евич|ёвич|овна|евна|ёвна|инична)|(?:иль|кузьм|лук|фом|никит|савв?|фок)(?:ич|ична)", re.IGNORECASE
)
VOWELS = frozenset("АЕЁИОУЫЭЮЯ")
# «Son of», «daughter of»: Azerbaijani, Kazakh, Kyrgyz, Uzbek, with the letters of these languages and without.
MALE_SUFFIX_WORDS = frozenset({"оглы", "оглу", "огли", "угли", "улы", "уулу", "ұлы", "ўғли", "ўгли"})
FEMALE_SUFFIX_WORDS = frozenset({"кызы", "гызы", "кизи", "гизи", "қызы", "қизи"})
SUFFIX_WORDS = MALE_SUFFIX_WORDS | FEMALE_SUFFIX_WORDS
# In Kazakh they also grow together with the father's name: «Серікұлы», «Ерланқызы».
JOINED_SUFFIX = re.compile(r"\w{2,}(?:(?P<male>[ұу]лы)|[қк]ызы)")
# Tuvan names keep these parts small: «Ай-кыс Мерген-ооловна».
SMALL_PARTS = SUFFIX_WORDS | {"оол", "кыс", "оолович", "ооловна"}
SLAVIC_SURNAME = re.compile(r"\w{2,}(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая|ой)|ко|дзе|швили|ян)", re.IGNORECASE)
SURNAME_PARTICLES = frozenset(
    {"де", "да", "дель", "ди", "ла", "ле", "ван", "фон", "дер", "ден", "аль", "эль", "бен", "ибн"}
)


class NameParts(NamedTuple):
    """A name in parts; what the text does not hold is an empty string."""

    last: str
    first: str
    patronymic: str

    @property
    def full(self) -> str:
        """The parts in list order, «Иванова Мария Петровна»."""
        return " ".join(part for part in self if part)


def tidy_text(text: str) -> str:
    """One line of composed characters: no invisible marks, single spaces."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def split_full_name(text: str) -> NameParts:
    """Take a full name apart: (last, first, patronymic).

    Reads «Иванова Мария Петровна», «Мария Петровна Иванова», «Иванова М.П.», «М. П. Иванова», «Иванова МП»,
    double surnames, «Мамедов Али Гасан оглы», surnames of one letter («Ю Ирина Сергеевна») and with particles.
    Initials come back with a full stop. Letter case and «ё» stay as written; never raises.
    """
    words = _words(text)
    if not words:
        return NameParts("", "", "")
    initials = [_is_initial(word) for word in words]
    if any(initials) and not all(initials):
        return _split_with_initials(words, initials)
    if all(initials):
        return NameParts("", _initial(words[0]), _initial(words[1]) if len(words) > 1 else "")
    if len(words) == 2 and _are_joined_initials(words[1], is_shouted=words[0].isupper()):
        return NameParts(words[0], words[1][0] + ".", words[1][1] + ".")
    return _split_whole_words(words)


def is_patronymic(word: str) -> bool:
    """Whether the word has the form of a patronymic («Петровна», «Ильич», «Гасан-оглы», «Гасан оглы»)."""
    return bool(guess_gender_by_patronymic(word))


def guess_gender_by_patronymic(patronymic: str) -> str:
    """ "male" or "female" by the ending of a patronymic; an empty string where the ending does not tell."""
    word = tidy_text(DASHES.sub("-", patronymic)).casefold()
    tail = re.split(r"[\s-]", word)[-1]
    if tail in MALE_SUFFIX_WORDS or tail in FEMALE_SUFFIX_WORDS:
        return "male" if tail in MALE_SUFFIX_WORDS else "female"
    joined = JOINED_SUFFIX.fullmatch(tail)
    if joined:
        return "male" if joined["male"] else "female"
    if PATRONYMIC.fullmatch(tail):
        return "male" if tail.endswith("ич") else "female"
    return ""


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """The key by which two spellings of one name are the same.

    Letter case, «ё» and «е», Latin letters that look Cyrillic, hyphens, full stops and spaces do not count:
    «ИВАНОВА-ПЕТРОВА М.П.» and «Иванова - Петрова М. П.» have one key. Folding a key again gives the same key.
    """
    composed = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    capitals = unicodedata.normalize("NFKC", composed.casefold().upper()).replace("Ё", "Е")
    letters = capitals.translate(LATIN_LOOK_ALIKES).casefold()
    return " ".join(NO_LETTER.sub(" ", letters.replace("’", "'")).split())


def restore_cyrillic(text: str) -> str:
    """Put Cyrillic letters where a word mixes them with Latin look-alikes («Ивaнова»); other words stay."""
    if not LATIN.search(text):
        return text
    return " ".join(_restore_word(word) for word in text.split(" "))


def tidy_name_case(name: str) -> str:
    """A word typed in capitals or in small letters gets a capital first letter; mixed case stays as written."""
    return " ".join(_tidy_word_case(word) for word in name.split(" "))


def tidy_patronymic_case(patronymic: str) -> str:
    """`tidy_name_case` for a patronymic, in which «-Оглы» and its like are no names: «Гасан-оглы»."""
    tidy = tidy_name_case(patronymic)
    stem, hyphen, suffix = tidy.rpartition("-")
    return f"{stem}-{suffix.casefold()}" if hyphen and suffix.casefold() in SUFFIX_WORDS else tidy


def _words(text: str) -> list[str]:
    """Words of a name, initials apart from each other, hyphens without spaces around them."""
    line = tidy_text(DASHES.sub("-", text))
    if "-" in line:
        line = re.sub(r"\s*-\s*", "-", line)
    if "." in line:
        line = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", line)
    words = (word.strip('-,;:()[]«»"') for word in line.split())
    return [word for word in words if any(letter.isalpha() for letter in word)]


def _is_initial(word: str) -> bool:
    return (word[0].isupper() and bool(INITIAL.fullmatch(word))) or (
        len(word) == 2 and word[1] == "." and word[0].isalpha()
    )


def _initial(word: str) -> str:
    return word if word.endswith(".") else word + "."


def _are_joined_initials(word: str, *, is_shouted: bool) -> bool:
    """«МП» for «М. П.»; where the surname stands in capitals too, only letters that can be no name («ИВАНОВА МП»)."""
    if len(word) != 2 or not word.isalpha() or not word.isupper():
        return False
    return not is_shouted or not set(word) & VOWELS


def _split_with_initials(words: list[str], initials: list[bool]) -> NameParts:
    """«Иванова М. П.», «М. П. Иванова», «Иванова Мария П.»: the whole words before or after are the surname."""
    letters = [_initial(word) for word, is_initial in zip(words, initials, strict=True) if is_initial]
    whole = [word for word, is_initial in zip(words, initials, strict=True) if not is_initial]
    if len(letters) == 1 and len(whole) >= 2 and not initials[0]:
        if initials[-1]:  # Иванова Мария П.
            return NameParts(" ".join(whole[:-1]), whole[-1], letters[0])
        if is_patronymic(whole[-1]):  # Иванова М. Петровна
            return NameParts(" ".join(whole[:-1]), letters[0], whole[-1])
    if initials[0] and len(words) == 3 and "." not in words[0] and is_patronymic(words[2]):  # Ю Ирина Сергеевна
        return NameParts(*words)
    if len(letters) == 1 and len(whole) == 2 and is_patronymic(whole[0]):  # М. Петровна Иванова
        return NameParts(whole[1], letters[0], whole[0])
    return NameParts(" ".join(whole), letters[0], letters[1] if len(letters) > 1 else "")


def _split_whole_words(words: list[str]) -> NameParts:
    words, patronymic_tail = _join_suffix_word(words)
    particles = 0
    while particles < len(words) - 2 and words[particles].casefold() in SURNAME_PARTICLES:
        particles += 1
    if particles:
        words = [" ".join(words[: particles + 1]), *words[particles + 1 :]]
    if len(words) == 1:
        return NameParts("", words[0], "") if patronymic_tail else NameParts(words[0], "", "")
    if len(words) == 2:
        if is_patronymic(words[1]):  # Мария Петровна
            return NameParts("", words[0], words[1])
        return NameParts(words[0], words[1], "")
    if patronymic_tail and len(words) == 3 and is_patronymic(words[1]) and not SLAVIC_SURNAME.fullmatch(words[2]):
        return NameParts(words[0], words[2], words[1])  # Назарбай Абай ұлы Данияр
    if is_patronymic(words[1]) and (len(words) == 3 or not is_patronymic(words[-1])):  # Мария Петровна Иванова
        return NameParts(" ".join(words[2:]), words[0], words[1])
    if is_patronymic(words[-1]):  # Иванова Петрова Мария Ивановна
        return NameParts(" ".join(words[:-2]), words[-2], words[-1])
    return NameParts(words[0], words[1], " ".join(words[2:]))


def _join_suffix_word(words: list[str]) -> tuple[list[str], bool]:
    """«Гасан оглы» becomes one patronymic; tells whether there was such a pair."""
    for place in range(1, len(words)):
        if words[place].casefold() in SUFFIX_WORDS:
            return [*words[: place - 1], f"{words[place - 1]} {words[place]}", *words[place + 1 :]], True
    return words, False


def _restore_word(word: str) -> str:
    if not CYRILLIC.search(word):
        return word
    restored = word.translate(LATIN_LOOK_ALIKES).translate(LATIN_SMALL_LOOK_ALIKES)
    return restored if not LATIN.search(restored) else word


@lru_cache(maxsize=8192)
def _tidy_word_case(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if word.casefold() in SUFFIX_WORDS:
        return word.casefold()
    if (word.islower() and word in SURNAME_PARTICLES) or not (word.islower() or (word.isupper() and len(letters) > 1)):
        return word
    return "-".join(
        part.casefold() if place and part.casefold() in SMALL_PARTS else part[:1].upper() + part[1:].lower()
        for place, part in enumerate(word.split("-"))
    )
