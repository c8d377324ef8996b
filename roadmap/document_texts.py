"""The texts around a roadmap: the years it is made for, the grif «УТВЕРЖДАЮ», names of organizations."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from roadmap.deadline_words import DASHES, MONTHS, is_one_slip_from
from roadmap.roadmap_reading import Approval
from roadmap.segments import TITLE_WORDS
from roadmap.titles import GRIF

Period = tuple[date, date]

YEARS = re.compile(
    r"(?P<first>20\d\d)\s*(?:г\w*\.?\s*)?(?P<sign>[-/]|по)\s*(?P<last>20\d\d|\d\d(?!\d))"
    r"(?P<word>\s*(?:уч\w*\.?\s*(?:г\w*\.?)?|г\s?\.?\s?г\b\.?|г(?:г|од\w*)?\b\.?))?",
    re.IGNORECASE,
)
ONE_YEAR = re.compile(r"\b(?:на|в)\s+(20\d\d)\s*(?:календарн\w+\s*)?г(?:од\w*)?\b\.?", re.IGNORECASE)
QUOTED_PART = re.compile(r"[«\"“]([^«»\"“”]+)[»\"”]")
OTHER_GRIF = re.compile(r"\W*(?:согласован|принят|рассмотрен|утвержд)", re.IGNORECASE)
INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
# in «Заведующий Г.Р. Юсупова» the word before the initials is no surname
NAME = re.compile(rf"{INITIALS}\s?{SURNAME}|{SURNAME}\s{INITIALS}(?!\s?[А-ЯЁ]\.)(?!\s?{SURNAME}\b(?!\s?{INITIALS}))")
SIGNED = re.compile(r"(?:директор|заведующ|руководител|зам|председател|составил|исполнител|и\.\s?о)", re.IGNORECASE)
MONTH = "|".join(sorted((form for form in MONTHS if len(form) > 2), key=len, reverse=True))
DATE = re.compile(
    rf"[«\"“(]?\s?_*\d{{1,2}}_*\s?[»\"”)]?\s*(?:{MONTH})\s*\d{{4}}\s?(?:г(?:ода)?\.?)?|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\s?(?:г(?:ода)?\.?)?",
    re.IGNORECASE,
)
ORDER = re.compile(r"(?:приказ|распоряжени)\w*", re.IGNORECASE)
ORDER_NUMBER = r"(?:№|\bN)\s*(?P<number>\d[\w/.–-]*)"
# the day before the number first: in «СОШ № 5 от 29.08.2024 № 56» the order is 56
DATED_ORDERS = (
    re.compile(rf"от\s+(?P<day>{DATE.pattern})[^№\n]{{0,20}}\s*{ORDER_NUMBER}", re.IGNORECASE),
    re.compile(rf"{ORDER_NUMBER}\s*от\s+(?P<day>{DATE.pattern})", re.IGNORECASE),
)
BARE_ORDER = re.compile(r"\s*(?:№|N)\s*(?P<number>\d[\w/.–-]*)")
ORDER_FROM_ABOVE = re.compile(r"мин(?:истерств|просвещ|обр)|федерац|губернатор", re.IGNORECASE)
ORDER_OF_OFFICE = re.compile(r"департамент|комитет|управлени|отдел\w* образован", re.IGNORECASE)
ANNEX = re.compile(r"\W*(?:приложение|к приказу|утвержд|приказ\w* (?:от|№))", re.IGNORECASE)
NUMBER = re.compile(r"(?:№|\bN)\s*(?P<number>\d{1,4})\b")
NUMBERED = re.compile(
    r"(?:\b[А-ЯЁ]{2,7}\s+)?(?:\b[дД]/[сС]|\b[дД]етск\w+\s+сад\w*|\b(?:СОШ|ООШ|НОШ|СШ|ДС)\b|\b[шШ]кол[аыеуо]\w{0,2}|"
    r"\b[гГ]имнази\w+|\b[лЛ]ице\w+)\s*(?:№|N)\s*(?P<number>\d{1,4})\b"
)
QUOTED = re.compile(
    r"\b(?:М[А-Я]{2,6}|Г[А-Я]{2,5}|ЧОУ|[дД]етск\w+ сад\w*|д/с|[шШ]кол\w*|СОШ|[гГ]имнази\w*|[лЛ]ице\w*|[цЦ]ентр\w*|Д[ДЮ]?ЮТ|ДДТ)"
    r"(?:(?!\b(?:в|на|по|о|об|тем\w*|раздел\w*|конкурс\w*|программ\w*|проект\w*)\b)[^«»\"“”.,;\n]){0,60}[«\"“]([А-ЯЁ][^«»\"“”\n]{1,40})[»\"”]"
)


def period_of(texts: Iterable[str]) -> tuple[str, int | None, Period | None]:
    """(as written, school year, first and last day) from the first text that names years; «», `None`, `None` if none does."""
    for text in texts:
        if match := YEARS.search(text.translate(DASHES)):
            years = _years(match)
            if years:
                return text[match.start() : match.end()].strip(), *years
        if match := ONE_YEAR.search(text):
            year = int(match.group(1))
            return match.group().split(maxsplit=1)[1].strip(), None, (date(year, 1, 1), date(year, 12, 31))
    return "", None, None


def _years(match: re.Match[str]) -> tuple[int, Period] | None:
    """«2023-2024 учебный год» is September to August; «2022-2024 г. г.» are calendar years."""
    first, last = int(match["first"]), int(match["last"])
    last += 2000 if last < 100 else 0
    word = (match["word"] or "").lower().replace(" ", "").replace(".", "")
    if not first < last <= first + 10:
        return None
    plural = word in ("гг", "годы", "годов", "годах", "годам") or match["sign"] == "по"
    if last == first + 1 and (word.startswith("уч") or not plural):
        return first, (date(first, 9, 1), date(last, 8, 31))
    return first, (date(first, 1, 1), date(last, 12, 31))


def year_spans(text: str) -> list[tuple[str, int, int]]:
    """(as written, first, last) of every «2022-2023» in the text."""
    found = []
    for match in YEARS.finditer(text.translate(DASHES)):
        last = int(match["last"])
        found.append(
            (text[match.start() : match.end()].strip(), int(match["first"]), last + 2000 if last < 100 else last)
        )
    return found


def approval_of(lines: list[str], *, is_office: bool = False) -> Approval | None:
    """The grif «УТВЕРЖДАЮ» among the lines above the roadmap, with the order that approves it; either may be missing.

    `is_office`: the roadmap is an education office's, so that an order of an office may be its own.
    """
    grif, (number, day) = _grif(lines), order_of(lines, is_office=is_office)
    if number:
        return replace(grif or Approval(), order_number=number, order_date_text=day)
    return grif


def order_of(lines: list[str], *, is_office: bool = False) -> tuple[str, str]:
    """Number and date of the order that approves the roadmap: in its grif, or in «Приложение к приказу от … № …».

    Orders of others, which are only grounds, are passed over; «» and «» if there is none.
    """
    for at in reversed(range(len(lines))):
        if not ANNEX.match(lines[at]):
            continue
        order = ORDER.search(text := "\n".join(lines[at : at + 7]))
        if order is None or _is_foreign_order(text[order.end() : order.end() + 120], is_office=is_office):
            continue
        for pattern in DATED_ORDERS:
            if dated := pattern.search(text, order.end(), order.end() + 250):
                return dated["number"].rstrip("."), " ".join(dated["day"].split())
        if bare := BARE_ORDER.match(text, order.end()):
            return bare["number"].rstrip("."), ""
    return "", ""


def _is_foreign_order(text: str, *, is_office: bool) -> bool:
    return bool(ORDER_FROM_ABOVE.search(text)) or (not is_office and bool(ORDER_OF_OFFICE.search(text)))


def _grif(lines: list[str]) -> Approval | None:
    for at, line in enumerate(lines):
        if not (match := GRIF.match(line)):
            continue
        text = line[match.end() :]
        for following in lines[at + 1 : at + 9]:
            if OTHER_GRIF.match(following) or TITLE_WORDS.search(following):
                break
            text += "\n" + following
        return _approval(text.strip(" :\n"))
    return None


def _approval(text: str) -> Approval:
    name, day = NAME.search(text), DATE.search(text)
    ends = [found.start() for found in (name, day) if found]
    position = re.split(
        r"_{2,}|приказ\w*|протокол\w*", text[: min(ends)] if ends else text, maxsplit=1, flags=re.IGNORECASE
    )[0]
    return Approval(
        " ".join(position.split()).strip(" ,/:"),
        " ".join(name.group().split()) if name else "",
        " ".join(day.group().split()) if day else "",
    )


# --- names of organizations -------------------------------------------------------------------------------------------


def organization_names(texts: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """(row, name) of what stands in quotes after «МБДОУ», «детский сад», «школа» and the like."""
    return [(row, " ".join(match.group(1).split())) for row, text in texts for match in QUOTED.finditer(text)]


def foreign_names(names: list[tuple[int, str]], own: Iterable[str] = ()) -> list[tuple[int, str, str]]:
    """(row, foreign name, own name that it resembles or «») for names that are not the organization's own.

    Without `own` the name that occurs most often, and at least twice, is taken for it.
    """
    shown = {_folded(part): part for name in own for part in (name, *QUOTED_PART.findall(name)) if part}
    known = set(shown)
    if not known and names:
        counted = Counter(_folded(name) for _row, name in names)
        (frequent, count), *_rest = counted.most_common()
        if count > 1:
            known = {frequent}
            shown = {frequent: next(name for _row, name in names if _folded(name) == frequent)}
    if not known:
        return []
    found: dict[str, tuple[int, str, str]] = {}
    for row, name in names:
        folded = _folded(name)
        if folded not in known and not any(folded in whole or whole in folded for whole in known):
            near = next((shown[whole] for whole in known if _is_near(folded, whole)), "")
            found.setdefault(folded, (row, name, near))
    return list(found.values())


def foreign_numbers(texts: Iterable[tuple[int, str]], own: Iterable[str]) -> list[tuple[int, str]]:
    """(row, name) of each numbered school or kindergarten, «МКОУ СОШ № 10», whose number no name of `own` has.

    Without `own` there is nothing to compare with, and nothing is found.
    """
    names = list(own)
    known = {match["number"] for name in names for match in NUMBER.finditer(name)}
    found: dict[str, tuple[int, str]] = {}
    for row, text in texts if names else ():
        for match in NUMBERED.finditer(text):
            if match["number"] not in known:
                found.setdefault(match["number"], (row, " ".join(match.group().split())))
    return list(found.values())


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", name.lower().replace("ё", "е")).split())


def _is_near(name: str, other: str) -> bool:
    """One slip, or two letters of a long word."""
    pairs = zip(name, other, strict=False)
    return is_one_slip_from(name, other) or (len(name) == len(other) > 5 and sum(a != b for a, b in pairs) == 2)
