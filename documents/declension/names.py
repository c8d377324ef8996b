"""Cases of people's names, by the rules of pytrovich with what these get wrong put right."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from documents.declension.dictionaries import (
    CYRILLIC_WORD,
    GENDERS,
    GRAMMEMES,
    REMEMBERED,
    check_case,
    common_noun,
    like,
    morph,
    petrovich,
)

_INITIALS = re.compile(r"[^\W\d_]\.(?:\s?-?[^\W\d_]\.?)*|[^\W\d_]")
_TURKIC_SONS = {"оглы", "оглу", "углы", "угли", "угъли", "ўғли", "улы", "ұлы", "уулу"}
_TURKIC_DAUGHTERS = {"кызы", "қызы", "гызы", "кизи", "қизи"}
_PATRONYMIC = re.compile(
    r"(?:[оеё]вич|[ьтмкв]ич|лыч|[оеё]вна|ична|инична|оглы|оглу|угли|улы|уулу|кызы|гызы|кизи)", re.IGNORECASE
)
_PARTICLES = {"фон", "де", "ди", "да", "дос", "ван", "дер", "ла", "ле", "аль", "эль", "бин", "ибн", "тер", "мак"}
_STRONG_FEMALE = re.compile(r"..(?:[оеё]ва|[сц]кая|[бвгджзклмнпрстфхцчшщ]ая)", re.IGNORECASE)
_STRONG_MALE = re.compile(r"..(?:[оеё]в|[сц]к[ио]й|ый)", re.IGNORECASE)
_WEAK_FEMALE = re.compile(r"..[иы]на", re.IGNORECASE)
_WEAK_MALE = re.compile(r"...[иы]н", re.IGNORECASE)

# What the rules of pytrovich get wrong, lower case: French names stressed on the end, Tuvan names and their parts.
_INDECLINABLE = {"золя", "дега", "петипа", "люка", "тома", "дюра"}
_REGULAR_MASCULINE = {"оюн", "белек", "сергек"}
_FEMALE_LIKE_MALE = {"саая"}
FIXED_FIRST_PIECES = {"кара", "ак", "кызыл", "сарыг", "кок", "бай", "чаа", "ай", "эр", "шойдак", "сат", "тер"}
_JOINED_LAST_PIECES = {"оол", "кыс"}
_STRESSED_ON_THE_END = {"горобец"}
_DOUBLE_VOWEL = re.compile(r"(?:аа|оо|уу|ээ|ии|юу|өө|үү)", re.IGNORECASE)
GERMAN_SURNAME = re.compile(r"(?:рих|[эе]рлих|ндлих|йлих|мних|юних)")
# Letters of Tuvan, Kazakh, Tatar as the nearest Russian ones: the rules know only these.
_NEIGHBOURS = str.maketrans("ңөүұқғһәіўҳҗҷ", "ноуукгхэыухчч")
_MASCULINE_ENDINGS = {"genitive": "а", "dative": "у", "accusative": "а", "instrumental": "ом", "prepositional": "е"}
_SOFT_ENDINGS = {"genitive": "я", "dative": "ю", "accusative": "я", "instrumental": "ем", "prepositional": "е"}


@lru_cache(maxsize=REMEMBERED)
def decline(full_name: str, case: str, gender: str | None = None) -> str:
    """The full name in the case; spaces, letter case, initials and Latin words stay as they are.

    `full_name` is nominative: «Фамилия Имя Отчество», any part missing or given by initials, initials first or last.
    `case` is one of `CASES`; `gender` is "male", "female" or empty, then it is guessed. When it cannot be guessed, only
    the words that decline alike for men and women change. An unknown case or gender raises ValueError.
    """
    check_case(case)
    if gender and gender not in GENDERS:
        raise ValueError(f"Unknown gender: {gender!r}")
    if case == "nominative":
        return full_name
    genders = [gender or guess_gender(full_name)]
    if genders == [None]:
        genders = list(GENDERS)
    pieces = re.split(r"(\s+)", full_name)
    for position, part in name_parts(pieces):
        forms = {_decline_word(pieces[position], part, case, each) for each in genders if each}
        if len(forms) == 1:
            pieces[position] = forms.pop()
    return "".join(pieces)


def guess_gender(full_name: str) -> str | None:
    """ "male", "female" or None: by the patronymic or a telling surname, and a known first name, when they agree."""
    words = re.split(r"(\s+)", full_name)
    parts: dict[str, str] = {}
    for position, part in name_parts(words):
        parts.setdefault(part, core_of(words[position]).lower())
    surname, by_first_name = parts.get("lastname", ""), _gender_by_first_name(parts.get("firstname", ""))
    telling = _gender_by_patronymic(full_name) or _gender_by_surname(surname)
    if telling and by_first_name and telling != by_first_name:
        return telling if _is_fixed_name(parts["firstname"]) else None
    return telling or by_first_name or _gender_by_weak_surname(surname)


def name_parts(pieces: list[str]) -> Iterator[tuple[int, str]]:
    """Positions of the words that may decline, with the part of the name ("lastname", "firstname", "middlename")."""
    places = [place for place, piece in enumerate(pieces) if _is_name_word(piece)]
    if places and core_of(pieces[places[-1]]).lower() in _TURKIC_SONS | _TURKIC_DAUGHTERS:
        del places[-2:]  # «Рашид оглы» is one patronymic and never declines
    patronymics = [place for place in places if _is_patronymic(pieces[place])]
    if len(places) < 2:
        parts = ["firstname" if len(pieces) == 1 and places and _is_only_first_name(pieces[0]) else "lastname"]
    elif places[1] in patronymics:
        parts = ["firstname", "middlename", "lastname"]
    elif len(places) == 2 and not patronymics and _is_name_first(*(core_of(pieces[place]) for place in places)):
        parts = ["firstname", "lastname"]
    elif not patronymics:  # «Штерн Ева Мария»: a second first name
        parts = ["lastname", *["firstname"] * (len(places) - 1)]
    elif len(places) == 2:
        parts = ["lastname", "firstname"]
    else:  # a surname of several words before the name and the patronymic
        parts = ["lastname"] * (len(places) - 2) + ["firstname", "middlename"]
    yield from zip(places, parts, strict=False)


def _is_only_first_name(piece: str) -> bool:
    """«Пётр» by itself; «Роман» may be a surname as well."""
    tags = [parse.tag for parse in morph().parse(core_of(piece).lower()) if "nomn" in parse.tag]
    return (
        morph().word_is_known(core_of(piece))
        and any("Name" in tag for tag in tags)
        and not any("Surn" in tag for tag in tags)
    )


def _is_name_first(word: str, following: str) -> bool:
    """«Мария-Луиза Иванова»: nothing but a first name stands before what is surely a surname."""
    is_surname = _ends_like(_STRONG_FEMALE, following) or _ends_like(_STRONG_MALE, following)
    return is_surname and all(_is_only_first_name(piece) for piece in word.split("-"))


def _is_name_word(piece: str) -> bool:
    core = core_of(piece)
    return bool(CYRILLIC_WORD.fullmatch(core)) and not _INITIALS.fullmatch(piece) and core.lower() not in _PARTICLES


def _is_patronymic(piece: str) -> bool:
    return _ends_like(_PATRONYMIC, core_of(piece))


def core_of(piece: str) -> str:
    """The word without the punctuation around it."""
    return re.sub(r"^\W+|\W+$", "", piece)


def _ends_like(pattern: re.Pattern[str], word: str) -> bool:
    return bool(re.search(f"(?:{pattern.pattern})$", word, re.IGNORECASE))


def _decline_word(piece: str, part: str, case: str, gender: str) -> str:
    core = core_of(piece)
    result = like(core, _decline_core(core, part, case, gender))
    return piece.replace(core, result, 1)


def _decline_core(core: str, part: str, case: str, gender: str) -> str:
    whole = core.lower()
    if _ends_like(_DOUBLE_VOWEL, whole) or (part == "lastname" and whole in _INDECLINABLE):
        return core
    pieces = core.split("-")
    joined = len(pieces) > 1 and pieces[-1].lower() in _JOINED_LAST_PIECES
    for position, piece in enumerate(pieces):
        last = position == len(pieces) - 1
        if not last and (joined or part == "middlename" or piece.lower() in FIXED_FIRST_PIECES):
            continue
        pieces[position] = _decline_piece(piece, part, case, gender, last=last)
    return "-".join(pieces)


def _decline_piece(piece: str, part: str, case: str, gender: str, *, last: bool) -> str:
    from pytrovich.enums import Case, Gender, NamePart

    word = piece.lower()
    if word in _REGULAR_MASCULINE:
        return piece + _MASCULINE_ENDINGS[case] if gender == "male" else piece
    if own := _by_own_rule(piece, part, case, gender):
        return own
    if word in _FEMALE_LIKE_MALE:
        gender = "male"
    russian = word.translate(_NEIGHBOURS)
    spelled = piece if russian == word else russian
    declined: str = petrovich()[0].make(
        NamePart[part.upper()], Gender[gender.upper()], Case[case.upper()], spelled, known_gender=last
    )
    if part == "lastname" and case == "instrumental":
        declined = _with_stressed_ending(declined, russian)
    return declined if spelled is piece else _spelled_as(piece, russian, declined)


def _by_own_rule(piece: str, part: str, case: str, gender: str) -> str:
    """The form where pytrovich takes a noun for an adjective or knows no rule; nothing where it is right."""
    word = piece.lower()
    if gender != "male":
        return ""
    if part == "middlename" and word.endswith("лыч"):
        return piece + (_MASCULINE_ENDINGS[case] if case != "instrumental" else "ем")
    if part != "lastname":
        return ""
    if GERMAN_SURNAME.search(word[-5:]) and word.endswith("их"):
        return piece + _MASCULINE_ENDINGS[case]
    if _syllables(word) == 1 and re.search("[оеё]в$|[иы]н$", word):  # «Лев», «Клин» are no possessive surnames
        return piece + _MASCULINE_ENDINGS[case]
    if word.endswith("ей") and (noun := _noun_without_its_vowel(word)):  # «Соловей», «Воробей»
        form: str = noun.inflect({GRAMMEMES["genitive" if case == "accusative" else case]}).word
        return piece[:-2] + form[len(word) - 2 :]
    if word.endswith(("ой", "ый", "ий")) and _is_noun_in_y(word):  # «Цой», «Прибой», «Батый», «Кий»
        locative = case == "prepositional" and word.endswith("ий") and _syllables(word) > 1
        return piece[:-1] + ("и" if locative else _SOFT_ENDINGS[case])
    return ""


def _is_noun_in_y(word: str) -> bool:
    """«Герой» and «Гений» decline as nouns, «Толстой» and «Портной» as adjectives."""
    if _syllables(word) == 1:
        return True
    parses = [parse for parse in morph().parse(word) if {"NOUN", "sing", "nomn"} in parse.tag]
    nouns = [parse.inflect({"gent"}) for parse in parses if "Surn" not in parse.tag and morph().word_is_known(word)]
    return bool(nouns) and all(noun is not None and noun.word.endswith("я") for noun in nouns)


def _noun_without_its_vowel(word: str) -> Any:
    noun = common_noun(word)
    genitive = noun.inflect({"gent"}) if noun else None
    return noun if genitive and genitive.word == word[:-2] + "ья" else None


def _with_stressed_ending(declined: str, word: str) -> str:
    """«Ткачом», not «Ткачем»; «Квашей», not «Квашой»: after ж, ш, ч, щ, ц the ending hangs on the stress."""
    if declined.lower() == word or not re.search("[жшчщц]а?$", word):
        return declined
    noun = common_noun(word)
    form = noun.inflect({GRAMMEMES["instrumental"]}) if noun else None
    if form and form.word[-2:] in ("ом", "ем", "ой", "ей") and word.endswith("а") == form.word.endswith("й"):
        return declined[:-2] + str(form.word[-2:])
    if word in _STRESSED_ON_THE_END:
        return declined[:-2] + "ом"
    return declined[:-2] + "ей" if declined.lower().endswith("ой") else declined


def _spelled_as(piece: str, russian: str, declined: str) -> str:
    """The declined word with the letters of its own alphabet in the part that did not change."""
    same = next((n for n, pair in enumerate(zip(russian, declined, strict=False)) if pair[0] != pair[1]), len(russian))
    return piece[:same] + declined[same:]


def _syllables(word: str) -> int:
    return len(re.findall("[аеёиоуыэюя]", word))


def _gender_by_patronymic(full_name: str) -> str | None:
    for piece in reversed(full_name.split()):
        word = core_of(piece).lower().rsplit("-", 1)[-1]
        if word in _TURKIC_SONS:
            return "male"
        if word in _TURKIC_DAUGHTERS:
            return "female"
    words = [core_of(piece).lower() for piece in full_name.split() if _is_patronymic(piece)]
    if not words or (len(words) == 1 and core_of(full_name.split()[0]).lower() == words[0]):
        return None  # «Мицкевич А.И.»: the ending belongs to the surname
    return "female" if words[-1].endswith("на") else "male"


def _gender_by_surname(surname: str) -> str | None:
    last = surname.rsplit("-", 1)[-1]
    if _ends_like(_STRONG_FEMALE, last):
        return "female"
    return "male" if _ends_like(_STRONG_MALE, last) else None


def _gender_by_weak_surname(surname: str) -> str | None:
    if _ends_like(_WEAK_FEMALE, surname):
        return "female"
    return "male" if _ends_like(_WEAK_MALE, surname) else None


def _is_fixed_name(first_name: str) -> bool:
    """«Этери», «Нино»: what the dictionary says of the gender of names that never change is not to be relied on."""
    return all("Fixd" in parse.tag for parse in morph().parse(first_name) if "Name" in parse.tag)


def _gender_by_first_name(first_name: str) -> str | None:
    """Only names of the dictionary and foreign names in -а, -я: a consonant says nothing («Чечек», «Айыран»)."""
    if not first_name:
        return None
    if morph().word_is_known(first_name):
        tags = [parse.tag for parse in morph().parse(first_name) if {"Name", "sing", "nomn"} in parse.tag]
        genders = {str(tag.gender) for tag in tags}
        return {"masc": "male", "femn": "female"}.get(genders.pop()) if len(genders) == 1 else None
    detected = petrovich()[1].detect(firstname=first_name).name.lower()
    return "female" if detected == "female" and first_name[-1] in "ая" else None
