"""Headings of stages, numbers of activities, points inside a cell: how people write order into a roadmap."""

import re
from dataclasses import dataclass

from roadmap.deadline_words import DASHES, ORDINALS

UNIT = r"(?:этап|раздел|блок|модуль|направление|часть|шаг|ступень|стадия)"
ROMAN = r"[IVXІХ]{1,5}"
ORDINAL_TAIL = r"(?:\s?-?\s?(?:ый|ой|ий|й|ая|я|ое|е)\b)?"
AFTER = r"\s*[.:)\-–—]*\s*"
ORDINAL_WORD = r"(?:первый|второй|третий|четвертый|четвёртый|пятый|шестой|седьмой|восьмой|девятый|десятый|последний)"
ORDINAL_NUMBERS = {"шестой": 6, "седьмой": 7, "восьмой": 8, "девятый": 9, "десятый": 10}
NUMBER_FIRST = re.compile(
    rf"(\d{{1,2}}|{ROMAN})\.?{ORDINAL_TAIL}\s*[-–—.]?\s*{UNIT}\b{AFTER}(.*)", re.IGNORECASE | re.DOTALL
)
UNIT_FIRST = re.compile(rf"{UNIT}\s*(?:№\s*)?(\d{{1,2}}|{ROMAN})\b{ORDINAL_TAIL}{AFTER}(.*)", re.IGNORECASE | re.DOTALL)
WORD_FIRST = re.compile(rf"({ORDINAL_WORD})\s+{UNIT}\b{AFTER}(.*)", re.IGNORECASE | re.DOTALL)
NAMED = re.compile(
    rf"[а-яё-]+(?:ый|ий|ой|ая|ое)\s+{UNIT}\b.*|{UNIT}\s*[«:–—-].*|{UNIT}\s+[а-яё]{{4,}}.*", re.IGNORECASE | re.DOTALL
)
ROMAN_FIRST = re.compile(rf"({ROMAN})\s?[.)]\s*(?=\S)(.*)|({ROMAN})\s+(?=[А-ЯЁ«])(.*)", re.DOTALL)
PLAIN_NUMBER = re.compile(r"(\d{1,2})\s?[.)]?\s+(?=[А-ЯЁA-Z«\"])(.*)|(\d{1,2})[.)]\s*(?=[А-ЯЁA-Z«\"])(.*)", re.DOTALL)
BARE_NUMBER = re.compile(rf"((?:\d{{1,3}}\.)*\d{{1,3}}|{ROMAN})\s*[.)]*")
ROMAN_VALUES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Heading:
    """A stage's number alone («1й этап.», «Раздел II» are 1 and 2; may be empty) and its title."""

    number: str
    title: str


def stage_heading(text: str) -> Heading | None:
    """The heading if the words say that it is one: «2-й этап. …», «Раздел II. …», «Подготовительный этап»."""
    text = text.strip()
    if match := NUMBER_FIRST.match(text) or UNIT_FIRST.match(text) or WORD_FIRST.match(text):
        return Heading(plain_number(match.group(1)), match.group(2).strip())
    numbered = numbered_heading(text)
    if numbered and NAMED.fullmatch(numbered.title) and len(text) < 200:
        return numbered
    return Heading("", text) if NAMED.fullmatch(text) and len(text) < 200 else None


def numbered_heading(text: str) -> Heading | None:
    """«II. Название» or «2. Название»: a heading only where its place says so."""
    match = ROMAN_FIRST.fullmatch(text) or PLAIN_NUMBER.fullmatch(text)
    if not match:
        return None
    number, title = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    return Heading(plain_number(number), title.strip())


def roman_heading(text: str) -> Heading | None:
    """«II. Название»: Roman numbers stand before headings only."""
    return numbered_heading(text) if ROMAN_FIRST.fullmatch(text) else None


def plain_number(text: str) -> str:
    """«2.», «II», «второй», «2-й этап» as «2»; «1.1.» as «1.1»; what is no number stays."""
    text = text.strip()
    roman = text.upper().translate(str.maketrans("ІХ", "IX"))
    if roman.strip(".) ") in ROMAN_VALUES:
        return str(ROMAN_VALUES.index(roman.strip(".) ")) + 1)
    lowered = text.lower().replace("ё", "е")
    if lowered in ORDINAL_NUMBERS:
        return str(ORDINAL_NUMBERS[lowered])
    for pattern, number in ORDINALS:
        if number > 0 and pattern.fullmatch(lowered):
            return str(number)
    heading = NUMBER_FIRST.fullmatch(text) or UNIT_FIRST.fullmatch(text)
    if heading and not heading.group(2):
        return plain_number(heading.group(1))
    match = BARE_NUMBER.fullmatch(text)
    return match.group(1) if match else text


def number_parts(text: str) -> tuple[int, ...]:
    """«1.2.» as (1, 2); empty for anything else."""
    number = plain_number(text)
    return tuple(int(part) for part in number.split(".")) if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", number) else ()


# --- points inside a cell ---------------------------------------------------------------------------------------------

POINT = re.compile(r"(?:^|(?<=[\s;:.,>]))(\d{1,2})\s?[.)](?!\d)\s*(?=[^\s\d.,;)])")
LIST_ITEM = re.compile(r"<li\b[^>]*>(.*?)(?=<li\b|</li>|</[ou]l>|$)", re.IGNORECASE | re.DOTALL)
DASH = re.compile(r"(?:^|(?<=[;:.,])\s+|\n\s*)[-–—•·▪*]\s*(?=\S)")


def points_of(raw: str, plain_text: str) -> list[tuple[str, str]]:
    """(number, text) of each point of a cell that lists two or more: «1. … 2. …», «- …; - …», HTML items.

    `raw` is the cell as in the file, `plain_text` the same without tags and line breaks.
    """
    listed = [" ".join(re.sub(r"<[^<>]*>", " ", item).split()) for item in LIST_ITEM.findall(raw)]
    if len(listed) > 1:
        return [(str(i), item) for i, item in enumerate(filter(None, listed), start=1)]
    starts: list[re.Match[str]] = []
    for match in POINT.finditer(plain_text):
        if int(match.group(1)) == len(starts) + 1:
            starts.append(match)
    if len(starts) > 1:
        ends = [match.start() for match in starts[1:]] + [len(plain_text)]
        return [
            (match.group(1), plain_text[match.end() : end].strip()) for match, end in zip(starts, ends, strict=True)
        ]
    pieces = [" ".join(piece.split()) for piece in DASH.split(re.sub(r"<[^<>]*>", " ", raw))]
    listed = [piece.rstrip(";, ") for piece in pieces[1:] if piece]
    return [("", piece) for piece in listed] if len(listed) > 1 else []


def unfinished(text: str) -> bool:
    """Whether a text breaks off: no closing sign at its end, or a word that asks for another."""
    text = text.rstrip()
    if not text:
        return False
    last = text.translate(DASHES)
    return (
        last[-1] in ",-(«"
        or re.search(r"(?:^|\s)(?:и|в|во|на|по|с|со|о|об|для|к|до|из|от|за|при|под|исходя из)$", text) is not None
    )


PAGE = re.compile(r"\W*(?:(?:страница|стр|лист)\b\W*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?\W*", re.IGNORECASE)


def is_page_number(text: str) -> bool:
    """«7», «- 7 -», «Страница 2 из 5»."""
    return PAGE.fullmatch(text) is not None


def tells_of_the_page_before(text: str) -> bool:
    """«Продолжение таблицы 1», «Окончание приложения»: what stands above a table that goes on; «Окончание работы» is a stage."""
    return re.match(r"\W*(?:продолжение|окончание)\s*(?:\W*$|:|табл|прил)", text, re.IGNORECASE) is not None


def begins_small(text: str) -> bool:
    """Whether the first letter is small, or the text begins with a closing sign: it goes on from somewhere."""
    first = next((letter for letter in text if not letter.isspace()), "")
    if first in "»)”,.;:":
        return True
    letter = next((sign for sign in text if sign.isalpha()), "")
    return bool(letter) and letter.islower() and (first == letter or first in '«("“')
