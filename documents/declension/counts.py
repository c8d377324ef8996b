"""Numbers with their nouns, and the preposition «о, об, обо»."""

import re
from typing import Literal

from num2words import num2words

from documents.declension.dictionaries import CASES, NO_BREAK_SPACE, check_case


def agree_number(n: int, one: str, few: str, many: str) -> str:
    """The number with its noun, joined by a no-break space: 1 месяц, 2 месяца, 5 месяцев, 11 месяцев, 21 месяц."""
    tail, teens = abs(n) % 10, abs(n) % 100 in range(11, 15)
    word = many if teens or tail in (0, *range(5, 10)) else one if tail == 1 else few
    return f"{n}{NO_BREAK_SPACE}{word}"


_NUM2WORDS_CASES = dict(zip(CASES, "ngdaip", strict=True))
Gender = Literal["male", "female", "neuter"]
_NUM2WORDS_GENDERS = {"male": "m", "female": "f", "neuter": "n"}


def number_in_words(n: int, gender: Gender = "male", case: str = "nominative") -> str:
    """The number in words in the gender of its noun: «два (экземпляра)», «две (пары)», «в двух (экземплярах)».

    The accusative is that of things («две пары», not «двух»). An unknown gender or case raises ValueError.
    """
    check_case(case)
    if gender not in _NUM2WORDS_GENDERS:
        raise ValueError(f"Unknown gender: {gender!r}")
    words: str = num2words(n, lang="ru", gender=_NUM2WORDS_GENDERS[gender], case=_NUM2WORDS_CASES[case], animate=False)
    return words


def preposition_about(text: str, *, capital: bool = True) -> str:
    """The preposition that stands before the text (prepositional case): «О закреплении», «Об утверждении», «Обо всём».

    «Об» stands before the sounds а, о, у, э, и: before such letters and before abbreviations read by letters («Об ФЗ»).
    """
    words = re.findall(r"[^\W_]+", text)
    word = words[0] if words else ""
    lower = word.lower()
    spelled = len(word) > 1 and word.isupper() and not re.search("[АЕЁИОУЫЭЮЯ]", word[:2]) and word != "ФГОС"
    if lower in ("мне", "всём", "всем", "всех", "всей", "всю", "что"):
        result = "обо"
    elif lower[:1] in tuple("аоуэи") or lower == "11" or (spelled and word[0] in "ЛМНРСФ"):
        result = "об"
    else:
        result = "о"
    return result.capitalize() if capital else result
