"""Cases of names and positions for the text of papers: a proposal that a person may override.

Pure functions: no database, no clock. The dictionaries are loaded on first use and shared by all threads.
Which slot of a paper needs which case is said in the templates of the papers; here is only how a word changes.
Where a form is not certain (the gender is unknown and matters, the word is not Cyrillic) the word stays as it was:
an unchanged name is noticed in the preview, a wrong one may be signed.
"""

import re
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import Any, Literal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
GENDERS = ("male", "female")
InitialsStyle = Literal["initials_first", "surname_first"]

_loading = Lock()
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04FF]+(?:[-'’][\u0400-\u04FF]+)*")
_INITIALS = re.compile(r"[^\W\d_]\.(?:\s?-?[^\W\d_]\.?)*|[^\W\d_]")
_PATRONYMIC = re.compile(r"(?:[оеё]вич|[ьтмкв]ич|[оеё]вна|ична|инична|оглы|оглу|улы|уулу|кызы|гызы)", re.IGNORECASE)
_TURKIC_SONS = {"оглы", "оглу", "углы", "улы", "уулу"}
_TURKIC_DAUGHTERS = {"кызы", "гызы"}
_PARTICLES = {"фон", "де", "ди", "да", "дос", "ван", "дер", "ла", "ле", "аль", "эль", "бин", "ибн", "тер", "мак"}
_STRONG_FEMALE = re.compile(r"..(?:[оеё]ва|[сц]кая|[бвгджзклмнпрстфхцчшщ]ая)", re.IGNORECASE)
_STRONG_MALE = re.compile(r"..(?:[оеё]в|[сц]к[ио]й|ый)", re.IGNORECASE)
_WEAK_FEMALE = re.compile(r"..[иы]на", re.IGNORECASE)
_WEAK_MALE = re.compile(r"...[иы]н", re.IGNORECASE)

# What the rules of pytrovich get wrong, lower case: French names stressed on the end, Tuvan names and their parts.
_INDECLINABLE = {"золя", "дега", "петипа", "люка", "тома", "дюра"}
_REGULAR_MASCULINE = {"оюн", "белек", "сергек"}
_FEMALE_LIKE_MALE = {"саая"}
_FIXED_FIRST_PIECES = {"кара", "ак", "кызыл", "сарыг", "кок", "бай", "чаа", "ай", "эр", "шойдак", "сат"}
_JOINED_LAST_PIECES = {"оол", "кыс"}
_DOUBLE_VOWEL = re.compile(r"(?:аа|оо|уу|ээ|ии|юу|өө|үү)", re.IGNORECASE)
_MASCULINE_ENDINGS = {"genitive": "а", "dative": "у", "accusative": "а", "instrumental": "ом", "prepositional": "е"}


# --- Names ---------------------------------------------------------------------------------------------------------


def decline(full_name: str, case: str, gender: str | None = None) -> str:
    """The full name in the case; spaces, letter case, initials and Latin words stay as they are.

    `full_name` is nominative: «Фамилия Имя Отчество», any part missing or given by initials, initials first or last.
    `case` is one of `CASES`; `gender` is "male", "female" or empty, then it is guessed. When it cannot be guessed, only
    the words that decline alike for men and women change. An unknown case or gender raises ValueError.
    """
    _check_case(case)
    if gender and gender not in GENDERS:
        raise ValueError(f"Unknown gender: {gender!r}")
    if case == "nominative":
        return full_name
    genders = [gender or guess_gender(full_name)]
    if genders == [None]:
        genders = list(GENDERS)
    pieces = re.split(r"(\s+)", full_name)
    for position, part in _name_parts(pieces):
        forms = {_decline_word(pieces[position], part, case, each) for each in genders if each}
        if len(forms) == 1:
            pieces[position] = forms.pop()
    return "".join(pieces)


def guess_gender(full_name: str) -> str | None:
    """ "male", "female" or None: by the patronymic or a telling surname, and a known first name, when they agree."""
    words = re.split(r"(\s+)", full_name)
    parts: dict[str, str] = {}
    for position, part in _name_parts(words):
        parts.setdefault(part, _core(words[position]).lower())
    surname, by_first_name = parts.get("lastname", ""), _gender_by_first_name(parts.get("firstname", ""))
    telling = _gender_by_patronymic(full_name) or _gender_by_surname(surname)
    if telling and by_first_name:
        return telling if telling == by_first_name else None
    return telling or by_first_name or _gender_by_weak_surname(surname)


def initials(
    last_name: str,
    first_name: str,
    patronymic: str = "",
    style: InitialsStyle = "initials_first",
    *,
    spaced: bool = False,
) -> str:
    """«И.О. Фамилия» (signatures) or «Фамилия И.О.» (lists, style "surname_first"), held together by no-break spaces.

    Missing parts are left out; a double first name gives both letters («А.-М.»); `spaced` prints «И. О. Фамилия».
    """
    if style not in ("initials_first", "surname_first"):
        raise ValueError(f"Unknown style of initials: {style!r}")
    letters = [letter for letter in map(_initial, (first_name, patronymic)) if letter]
    short = (NO_BREAK_SPACE if spaced else "").join(letters)
    parts = [short, last_name.strip()] if style == "initials_first" else [last_name.strip(), short]
    return NO_BREAK_SPACE.join(part for part in parts if part)


def _initial(name: str) -> str:
    word = name.split()[0] if name.split() else ""
    letters = [piece[0].upper() for piece in word.split("-") if piece and (piece[0].isupper() or piece is word)]
    letters = letters or [word[0].upper()] if word else []
    return "-".join(f"{letter}." for letter in letters)


def _name_parts(pieces: list[str]) -> Iterator[tuple[int, str]]:
    """Positions of the words that may decline, with the part of the name ("lastname", "firstname", "middlename")."""
    places = [place for place, piece in enumerate(pieces) if _is_name_word(piece)]
    if places and _core(pieces[places[-1]]).lower() in _TURKIC_SONS | _TURKIC_DAUGHTERS:
        del places[-2:]  # «Рашид оглы» is one patronymic and never declines
    patronymics = [place for place in places if _is_patronymic(pieces[place])]
    if len(places) < 2:
        parts = ["lastname"]
    elif places[1] in patronymics:
        parts = ["firstname", "middlename", "lastname"]
    elif len(places) == 2 or not patronymics:
        parts = ["lastname", "firstname", "middlename"]
    else:  # a surname of several words before the name and the patronymic
        parts = ["lastname"] * (len(places) - 2) + ["firstname", "middlename"]
    yield from zip(places, parts, strict=False)


def _is_name_word(piece: str) -> bool:
    core = _core(piece)
    return bool(_CYRILLIC_WORD.fullmatch(core)) and not _INITIALS.fullmatch(piece) and core.lower() not in _PARTICLES


def _is_patronymic(piece: str) -> bool:
    return _ends_like(_PATRONYMIC, _core(piece))


def _core(piece: str) -> str:
    """The word without the punctuation around it."""
    return re.sub(r"^\W+|\W+$", "", piece)


def _ends_like(pattern: re.Pattern[str], word: str) -> bool:
    return bool(re.search(f"(?:{pattern.pattern})$", word, re.IGNORECASE))


def _decline_word(piece: str, part: str, case: str, gender: str) -> str:
    core = _core(piece)
    result = _like(core, _decline_core(core, part, case, gender))
    return piece.replace(core, result, 1)


def _decline_core(core: str, part: str, case: str, gender: str) -> str:
    whole = core.lower()
    if _ends_like(_DOUBLE_VOWEL, whole) or (part == "lastname" and whole in _INDECLINABLE):
        return core
    pieces = core.split("-")
    joined = len(pieces) > 1 and pieces[-1].lower() in _JOINED_LAST_PIECES
    for position, piece in enumerate(pieces):
        last = position == len(pieces) - 1
        if not last and (joined or part == "middlename" or piece.lower() in _FIXED_FIRST_PIECES):
            continue
        pieces[position] = _decline_piece(piece, part, case, gender, last=last)
    return "-".join(pieces)


def _decline_piece(piece: str, part: str, case: str, gender: str, *, last: bool) -> str:
    from pytrovich.enums import Case, Gender, NamePart

    word = piece.lower()
    if word in _REGULAR_MASCULINE:
        return piece + _MASCULINE_ENDINGS[case] if gender == "male" else piece
    if word in _FEMALE_LIKE_MALE:
        gender = "male"
    maker = _petrovich()[0]
    declined: str = maker.make(
        NamePart[part.upper()], Gender[gender.upper()], Case[case.upper()], piece, known_gender=last
    )
    return declined


def _gender_by_patronymic(full_name: str) -> str | None:
    for piece in reversed(full_name.split()):
        word = _core(piece).lower().rsplit("-", 1)[-1]
        if word in _TURKIC_SONS:
            return "male"
        if word in _TURKIC_DAUGHTERS:
            return "female"
    words = [_core(piece).lower() for piece in full_name.split() if _is_patronymic(piece)]
    if not words or (len(words) == 1 and _core(full_name.split()[0]).lower() == words[0]):
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


def _gender_by_first_name(first_name: str) -> str | None:
    """Only names of the dictionary and foreign names in -а, -я: a consonant says nothing («Чечек», «Айыран»)."""
    if not first_name:
        return None
    morph = _morph()
    if morph.word_is_known(first_name):
        tags = [parse.tag for parse in morph.parse(first_name) if {"Name", "sing", "nomn"} in parse.tag]
        genders = {str(tag.gender) for tag in tags}
        return {"masc": "male", "femn": "female"}.get(genders.pop()) if len(genders) == 1 else None
    detected = _petrovich()[1].detect(firstname=first_name).name.lower()
    return "female" if detected == "female" and first_name[-1] in "ая" else None


# --- Positions -----------------------------------------------------------------------------------------------------

_GRAMMEMES = {
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
_ACTING = re.compile(r"\s*(?:врио|ио|и\s*\.\s*о\b\.?|вр\s*\.\s*и\s*\.\s*о\b\.?)(?!\w)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*\.?|\s+|.", re.DOTALL)
_BREAKS = {",", ";", "/", "(", "–", "—", "и"}


def decline_position(text: str, case: str) -> str:
    """The position in the case: the head noun with its adjectives and appositions changes, what depends on it does not.

    «старший воспитатель группы» → «старшему воспитателю группы», «педагог-психолог» → «педагогу-психологу». A second
    position after a comma, a dash, a bracket or «и» changes too. «И.о. директора», abbreviations and quoted names stay.
    `text` is nominative; `case` is one of `CASES`, another one raises ValueError.
    """
    _check_case(case)
    if case == "nominative" or _ACTING.match(text):
        return text
    tokens = _TOKEN.findall(text)
    depth, start = 0, True
    for place, piece in enumerate(tokens):
        if start and depth == 0 and not piece.isspace():
            _decline_phrase(tokens, place, case, first=not "".join(tokens[:place]).strip())
            start = False
        depth = max(0, depth + (piece in "«“„") - (piece in "»”"))
        start = start or piece in _BREAKS
    return "".join(tokens)


def _decline_phrase(tokens: list[str], start: int, case: str, *, first: bool) -> None:
    """Change in place the adjectives and the head noun that stand from `start` on, when they are nominative.

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
    if first or heads or any(_is_substantivized(parse) for _place, parse in modifiers):
        for place, parse in modifiers + heads:
            tokens[place] = _inflect(tokens[place], parse, case)


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
    if not _CYRILLIC_WORD.fullmatch(pieces[-1]):
        return []
    parses = _morph().parse("-".join(pieces))
    if len(pieces) > 1:
        adjectives = [parse for parse in parses if "nomn" in parse.tag and parse.tag.POS == "ADJF"]
        parses = adjectives or _morph().parse(pieces[-1])
    if not sure and any({"gent", "sing"} in parse.tag for parse in parses):
        parses = [parse for parse in parses if "sing" in parse.tag]
    return [parse for parse in parses if "nomn" in parse.tag and not {"Surn", "Name", "Patr"} & parse.tag.grammemes]


def _is_skipped(word: str) -> bool:
    """An abbreviation («ст.», «зам.») or an adverb («временно») before the words that change."""
    return word.endswith(".") or "ADVB" in _morph().parse(word.lower())[0].tag


def _is_substantivized(parse: Any) -> bool:
    return parse.tag.POS == "PRTF" or "Subx" in parse.tag


def _inflect(word: str, parse: Any, case: str) -> str:
    """The word in the case; every animate noun of a hyphened one changes («учитель-логопед»), else its last piece."""
    pieces = re.split("([-‑])", word)
    if len(pieces) == 1 or parse.tag.POS != "NOUN":
        return _inflect_piece(word, parse, case)
    for place in range(0, len(pieces) - 1, 2):
        own = _first(_nominative(pieces[place]), ("NOUN",), [])
        if own is not None and own.tag.animacy == "anim":
            pieces[place] = _inflect_piece(pieces[place], own, case)
    pieces[-1] = _inflect_piece(pieces[-1], parse, case)
    return "".join(pieces)


def _inflect_piece(word: str, parse: Any, case: str) -> str:
    grammeme = _GRAMMEMES[case]
    if case == "accusative" and (parse.tag.number == "plur" or parse.tag.gender == "masc"):
        grammeme = "gent"  # positions are people: «старшего воспитателя», also where the dictionary sees a thing
    inflected = parse.inflect({grammeme})
    return _like(word, inflected.word) if inflected else word


# --- Numbers and prepositions --------------------------------------------------------------------------------------


def agree_number(n: int, one: str, few: str, many: str) -> str:
    """The number with its noun, joined by a no-break space: 1 месяц, 2 месяца, 5 месяцев, 11 месяцев, 21 месяц."""
    tail, teens = abs(n) % 10, abs(n) % 100 in range(11, 15)
    word = many if teens or tail in (0, *range(5, 10)) else one if tail == 1 else few
    return f"{n}{NO_BREAK_SPACE}{word}"


def preposition_o(text: str, *, capital: bool = True) -> str:
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


# --- Shared --------------------------------------------------------------------------------------------------------


def _check_case(case: str) -> None:
    if case not in CASES:
        raise ValueError(f"Unknown case: {case!r}; known are {', '.join(CASES)}")


def _like(pattern: str, word: str) -> str:
    """The word with the capitals of the pattern, and without ё where the pattern is written with е."""
    word = "".join(
        "е" if letter == "ё" and own in "еЕ" else letter
        for letter, own in zip(word, pattern.ljust(len(word), " "), strict=False)
    )
    if len(pattern) > 1 and pattern.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if pattern[:1].isupper() and word else word


def _morph() -> Any:
    with _loading:
        return _load_morph()


def _petrovich() -> tuple[Any, Any]:
    with _loading:
        return _load_petrovich()


@cache
def _load_morph() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _load_petrovich() -> tuple[Any, Any]:
    from pytrovich.detector import PetrovichGenderDetector
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker(), PetrovichGenderDetector()
