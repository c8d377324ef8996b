"""The words of deadline phrases: cleaning, tokens, vocabulary.

Knows Russian month names, ordinals and units of the school year; knows nothing of dates, which are built from these
tokens in `roadmap.deadline_dates`.
"""

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043"), "-")
FOOTNOTES = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹*"), " ")
FOOTNOTE_AT_END = re.compile(r"(?<=г\.) ?\d{1,2}\)$")
END_OF_CALENDAR_YEAR = re.compile(
    r"\b(до|к) (?:конца |концу |окончания )?(?:нов(?:ого|ому) год[ау]|календарн\w+ год[ау])(?! ?\d)"
)
THIS_YEAR = re.compile(r"(?<![\w.])[тс]\. ?г\b\.?")  # «до 15 октября с.г.»
LETTERS = re.compile(r"([а-я]+)")
TORN = re.compile(r"[а-я] [а-я]")
QUOTES = dict.fromkeys(map(ord, "«»„“”\"'`"), " ")
# Latin letters that look like Cyrillic ones; by the time they are replaced the text is in small letters
LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
ROMAN_LETTERS = str.maketrans("іху", "ixv")
ROMAN = {
    name: number
    for number, name in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], start=1)
} | {"iiii": 4}

MONTH_STEMS = (
    ("янв", "январ"),
    ("фев", "феврал"),
    ("мар", "март"),
    ("апр", "апрел"),
    ("май", "ма"),
    ("июн", "июн"),
    ("июл", "июл"),
    ("авг", "август"),
    ("сен", "сентябр"),
    ("окт", "октябр"),
    ("ноя", "ноябр"),
    ("дек", "декабр"),
)
SOFT_ENDINGS = ("ь", "я", "е", "ю", "ем", "и")
HARD_ENDINGS = ("", "а", "е", "у", "ом")


def _month_forms() -> dict[str, int]:
    forms: dict[str, int] = {}
    for number, (short, stem) in enumerate(MONTH_STEMS, start=1):
        endings = HARD_ENDINGS if stem in ("март", "август") else SOFT_ENDINGS
        endings = ("я", "е", "ю", "ем", "й") if stem == "ма" else endings
        forms |= {stem + ending: number for ending in endings} | {short: number}
    return forms | {"сент": 9, "сентяб": 9, "октяб": 10, "нояб": 11, "декаб": 12, "февр": 2, "январ": 1, "апрел": 4}


MONTHS = _month_forms()
TORN_WORDS = """
    течение течении протяжении протяжение период периода периоде ежемесячно еженедельно ежеквартально ежегодно ежедневно
    четверть четверти четвертей квартал квартала полугодие полугодия декада декады неделя недели месяц месяца постоянно
    регулярно систематически учебного учебный учебном необходимости позднее года реализации программы
"""
MENDABLE = frozenset([*(form for form in MONTHS if len(form) > 3), *TORN_WORDS.split()])
MISSPELLABLE = {form: number for form, number in MONTHS.items() if len(form) >= 6}

SEASONS = {
    **dict.fromkeys(("осень", "осенью", "осени", "осенний", "осеннего", "осенние", "осенних", "осенний"), "autumn"),
    **dict.fromkeys(("зима", "зимой", "зимою", "зимы", "зиму", "зимний", "зимние", "зимних", "зимнего"), "winter"),
    **dict.fromkeys(
        ("весна", "весной", "весною", "весны", "весну", "весенний", "весенние", "весенних", "весеннего"), "spring"
    ),
    **dict.fromkeys(("лето", "летом", "лета", "летний", "летние", "летних", "летнего"), "summer"),
}
UNITS = (
    (re.compile(r"декад\w*"), "decade"),
    (re.compile(r"недел\w*|нед"), "week"),
    (re.compile(r"половин\w*"), "half"),
    (re.compile(r"квартал\w*|кв"), "quarter"),
    (re.compile(r"четверт(?:ь|и|ью|ей|ям|ях|ями)|четв|чет"), "term"),
    (re.compile(r"триместр\w*"), "trimester"),
    (re.compile(r"полугод\w*"), "half_year"),
)
ORDINAL_ENDING = r"(?:ый|ой|ий|ая|ое|ого|ому|ую|ом|ые|ых|ым|ыми)"
ORDINALS = tuple(
    (re.compile(pattern), number)
    for pattern, number in (
        (r"перв" + ORDINAL_ENDING, 1),
        (r"втор" + ORDINAL_ENDING, 2),
        (r"трет(?:ий|ья|ье|ьего|ьему|ью|ьей|ьем|ьи|ьих)", 3),
        (r"четв[её]рт" + ORDINAL_ENDING, 4),
        (r"пят" + ORDINAL_ENDING, 5),
        (r"последн\w+", -1),
    )
)
PARTS = (
    (re.compile(r"начал(?:о|а|е|у|ом)"), "begin"),
    (re.compile(r"середин(?:а|ы|е|у|ой)"), "middle"),
    (re.compile(r"кон(?:ец|ца|це|цу|цом)|окончани(?:е|я|и|ю)|завершени(?:е|я|и|ю)"), "end"),
)
PREPOSITIONS = {
    "до": "until",
    "к": "by",
    "ко": "by",
    "с": "from",
    "со": "from",
    "от": "from",
    "по": "through",
    "после": "after",
}
YEAR_WORDS = frozenset(
    ["г", "гг", "год", "года", "году", "годом", "годы", "годов", "годах", "годам", "уч", "учебн", "у"]
)
NOISE_WORDS = YEAR_WORDS | frozenset(
    [
        "в",
        "во",
        "на",
        "месяц",
        "месяца",
        "месяце",
        "месяцев",
        "мес",
        "число",
        "числа",
        "числах",
        "числам",
        "включительно",
        "ориентировочно",
        "примерно",
        "предположительно",
        "приблизительно",
        "срок",
        "сроки",
        "период",
        "периода",
        "периоде",
        "дата",
        "не",
        "начиная",
        "этап",
        "каникулы",
        "каникул",
        "каникулах",
        "далее",
        "затем",
        "потом",
        "далее",
        "затем",
        "потом",
        "но",
        "за",
        "всего",
        "весь",
        "время",
        "текущий",
        "текущего",
        "текущем",
        "календарный",
        "календарного",
        "дни",
        "дней",
        "день",
    ]
)
SUFFIXES = frozenset(
    ["я", "й", "ый", "ой", "ая", "е", "ое", "го", "ого", "му", "ому", "ю", "ую", "м", "ом", "ей", "х", "ых", "ий", "ья"]
)


@dataclass(frozen=True)
class Token:
    """One piece of a phrase. `kind`: number, year, date, month, season, unit, part, ordinal, preposition, mark or word."""

    kind: str
    text: str
    value: int = 0
    name: str = ""
    day: int | None = None
    year: int | None = None
    misspelled: bool = False


def clean(text: str) -> str:
    """The phrase in small letters with one kind of space, dash and «е»; the meaning is untouched."""
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE).translate(FOOTNOTES)).translate(INVISIBLE)
    text = text.lower().replace("ё", "е").translate(DASHES).translate(QUOTES)
    text = re.sub(r"(?<=\d)[oо](?=\d)|(?<=\d)[oо]\b", "0", text)
    text = re.sub(r"[^\W\d_]+", lambda run: _cyrillic(run.group()), text)
    text = re.sub(r"\s+", " ", text).strip()
    text = FOOTNOTE_AT_END.sub("", text)
    text = THIS_YEAR.sub("", text).strip()
    text = END_OF_CALENDAR_YEAR.sub(r"\1 31 декабря", text)
    return _mended(text) if TORN.search(text) else text


def _mended(text: str) -> str:
    """Words that a PDF has torn, «сентябр ь», «в тече ние», whole again where both halves make one word known here."""
    pieces = LETTERS.split(text)  # what stands between the runs of letters, and at odd places the runs
    at = 1
    while at + 2 < len(pieces):
        if pieces[at + 1] == " " and pieces[at] + pieces[at + 2] in MENDABLE and pieces[at + 2] not in MONTHS:
            pieces[at : at + 3] = [pieces[at] + pieces[at + 2]]
            at = max(at - 2, 1)
        elif (
            at + 4 < len(pieces)
            and pieces[at + 1] == pieces[at + 3] == " "
            and "".join(pieces[at : at + 5 : 2]) in MENDABLE
        ):
            pieces[at : at + 5] = ["".join(pieces[at : at + 5 : 2])]
            at = max(at - 2, 1)
        else:
            at += 2
    return "".join(pieces)


def _cyrillic(run: str) -> str:
    """A run of letters without the Latin look-alikes; Roman numerals are written in Latin letters."""
    roman = run.translate(ROMAN_LETTERS)
    if roman in ROMAN and (set(run) & set("iіv") or run == "x"):
        return roman
    if any("а" <= letter <= "я" for letter in run) or all(ord(letter) in LOOK_ALIKES for letter in run):
        return run.translate(LOOK_ALIKES)
    return run


TOKEN = re.compile(
    r"(?P<iso>(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
    r"|(?P<full>(?<!\d)\d{1,2} ?[./] ?\d{1,2} ?[./] ?(?:\d{4,5}|\d\d)(?!\d))"
    r"|(?P<month_year>(?<![\d.])\d{1,2}[./]\d{4}(?!\d))"
    r"|(?P<day_month>(?<![\d.])\d{1,2}\.\d\d(?![\d]|\.\d))"
    r"|(?P<number>[0-9]+)(?:(?P<suffix> ?- ?(?:" + "|".join(sorted(SUFFIXES, key=len, reverse=True)) + r")\b)?)"
    r"|(?P<letters>[^\W\d_]+)"
    r"|(?P<mark>[-,;:()/.&+])"
)


# «в 14.00», «10:30»: an hour, where the minutes can be no month.
HOUR = re.compile(
    r"(?:\bв )?(?<![\d.])(?:[01]?\d|2[0-4])(?::[0-5]\d|[.-]00|(?<=в \d)[.-](?:[345]\d|15)|(?<=в \d\d)[.-](?:[345]\d|15))"
    r"(?![\d.])(?: ?ч(?:ас\w*)?\b\.?)?"
)
BARE_HOUR = re.compile(r"\b\d{1,2} ?ч(?:ас\w*)?\b\.?")  # «до 18 ч. 20 мая»
# «(2 корпус)», «9 класс»: the number counts something else than days.
COUNTED = re.compile(r"\b\d{1,2}(?: ?-? ?[а-я]{1,2})? ?(?=(?:корпус|класс|групп|смен|здани|отделени|площадк)\w*)")


def tokenize(cleaned: str) -> list[Token]:
    """The tokens of a phrase that went through `clean`; signs without meaning are left out."""
    tokens: list[Token] = []
    cleaned = COUNTED.sub("", BARE_HOUR.sub("", HOUR.sub("", cleaned)))
    for match in TOKEN.finditer(re.sub(r"\b(20[0-3]) (\d)(?= ?(?:г|уч|-|/|$))", r"\1\2", cleaned)):
        kind, text = match.lastgroup or "", match.group()
        if kind in ("iso", "full", "month_year", "day_month"):
            tokens.append(_numeric_date(kind, text))
        elif match.group("number"):
            tokens.append(_number(match.group("number"), ordinal=bool(match.group("suffix"))))
        elif kind == "mark":
            tokens.append(Token("mark", text))
        elif text in SUFFIXES and tokens and tokens[-1].kind == "number" and cleaned[match.start() - 1].isdigit():
            tokens[-1] = Token("number", tokens[-1].text, tokens[-1].value, "ordinal")
        elif text in SUFFIXES and len(tokens) > 1 and tokens[-1].text == "-" and tokens[-2].name == "roman":
            tokens.pop()  # «I-е полугодие»
        else:
            tokens += _word(text)
    return _with_misread_numerals(tokens)


def _numeric_date(kind: str, text: str) -> Token:
    parts = [int(part) for part in re.findall(r"[0-9]+", text)]
    if kind == "iso":
        return Token("date", text, parts[1], day=parts[2], year=parts[0])
    if kind == "month_year":
        return Token("date", text, parts[0], year=parts[1])
    if kind == "day_month":
        return Token("date", text, parts[1], day=parts[0])
    return Token("date", text, parts[1], day=parts[0], year=parts[2] + 2000 if parts[2] < 100 else parts[2])


def _number(digits: str, *, ordinal: bool) -> Token:
    if len(digits) > 6:
        return Token("word", digits)
    if len(digits) >= 4:
        return Token("year", digits, int(digits))
    return Token("number", digits, int(digits), "ordinal" if ordinal else "")


def _word(text: str) -> list[Token]:
    if text in MONTHS:
        return [Token("month", text, MONTHS[text])]
    if text in ROMAN:
        return [Token("number", text, ROMAN[text], "roman")]
    if text in SEASONS:
        return [Token("season", text, name=SEASONS[text])]
    if text in PREPOSITIONS:
        return [Token("preposition", text, name=PREPOSITIONS[text])]
    if text.startswith("поздн") or text == "позже":
        return [Token("preposition", text, name="not_later")]
    for pattern, name in UNITS:
        if pattern.fullmatch(text):
            return [Token("unit", text, name=name)]
    for pattern, number in ORDINALS:
        if pattern.fullmatch(text):
            return [Token("ordinal", text, number)]
    for pattern, name in PARTS:
        if pattern.fullmatch(text):
            return [Token("part", text, name=name)]
    return [Token("word", text)] if text in NOISE_WORDS else _misspelled(text)


def _misspelled(text: str) -> list[Token]:
    """Two months without a space between them, a month with one wrong letter, or just a word."""
    for cut in range(3, len(text) - 2):
        first, second = text[:cut], text[cut:]
        if first in MONTHS and second in MONTHS and len(first) > 3 and len(second) > 2:
            return [
                Token("month", first, MONTHS[first], misspelled=True),
                Token("mark", "-"),
                Token("month", second, MONTHS[second], misspelled=True),
            ]
    if len(text) >= 5:
        near = {number for form, number in MISSPELLABLE.items() if is_one_slip_from(text, form)}
        if len(near) == 1:
            return [Token("month", text, near.pop(), misspelled=True)]
    return [Token("word", text)]


def is_one_slip_from(text: str, other: str) -> bool:
    """Whether one letter is wrong, missing, superfluous, or two neighbours are swapped."""
    if text == other or abs(len(text) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    one, two = text[start:], other[start:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


def _with_misread_numerals(tokens: list[Token]) -> list[Token]:
    """«П полугодие» and «Ш квартал» are typed by people whose keyboard has no Roman numerals."""
    numerals = {"п": 2, "ш": 3}
    for i, token in enumerate(tokens[:-1]):
        if token.kind == "word" and token.text in numerals and tokens[i + 1].kind == "unit":
            tokens[i] = Token("number", token.text, numerals[token.text], "roman")
    return tokens
