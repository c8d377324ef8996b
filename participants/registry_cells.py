"""Reading single cells of a registry: texts, links, years of experience; days and contacts have modules of their own.

Every reader takes whatever a table cell may hold, never raises, and says in a sentence what it left out and why.
The day is an argument: nothing here asks the clock.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from django.utils.translation import gettext_lazy as _

from participants.names import INVISIBLE, tidy_text
from participants.registry_report import Sentence
from participants.sheet_files import Cell

Value = TypeVar("Value")

LONGEST_EXPERIENCE = 75
SHORT = 100
ABSENT = frozenset(
    {"нет", "н/д", "нет данных", "отсутствует", "не указан", "не указана", "не указано", "не имеется", "x", "х"}
)


class CellReading(NamedTuple, Generic[Value]):
    """What a cell holds, None when nothing readable; `remark` says what is wrong."""

    value: Value | None
    remark: Sentence | None = None


# --- text -----------------------------------------------------------------------------------------------------------
def cell_text(cell: Cell) -> str:
    """A cell on one line, as a person reads it on screen: whole numbers without «.0», dates as 31.12.2025."""
    if isinstance(cell, str):
        if len(cell) > SHORT:
            return tidy_text(_without_text_mark(cell))
        return short_text(cell) if cell else ""
    return typed_text(cell)


@lru_cache(maxsize=8192)
def short_text(cell: str) -> str:
    """Short texts stand in many rows: positions, places, forms."""
    return tidy_text(_without_text_mark(cell))


def cell_lines(cell: Cell) -> str:
    """A cell with its line breaks kept, without empty lines; dashes alone mean that nothing was written."""
    if not isinstance(cell, str):
        return typed_text(cell)
    lines = [tidy_text(line) for line in _without_text_mark(cell).splitlines()]
    text = "\n".join(line for line in lines if line)
    return "" if re.fullmatch(r"[\s\-–—_.]+", text) else text


def is_absent(text: str) -> bool:
    """Whether the words stand for an empty cell: «нет», «—», «не указано»."""
    return text.casefold().rstrip(".") in ABSENT or not any(letter.isalnum() for letter in text)


def typed_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M" if cell.hour or cell.minute else "%d.%m.%Y")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell)


def _without_text_mark(text: str) -> str:
    """Excel marks text with an apostrophe, which csv files then show: «'+7927…»."""
    return text[1:] if text.startswith("'") and re.match(r"'[=+\-@\d]", text) else text


# --- links, numbers -------------------------------------------------------------------------------------------------
URL = re.compile(
    r"(?:https?://|www\.)[^\s,;<>\"«»]+|(?<![\w@.])(?:[\w-]+\.)+(?:ru|рф|com|org|net|su|edu|info)(?:/[^\s,;<>\"«»]*)?(?![\w@])",
    re.I,
)
URL_LENGTH = 200


def read_link(cell: Cell) -> CellReading[str]:
    """The first address in the cell, with https:// in front where the scheme was not written."""
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None)
    addresses = [match[0].rstrip(".)") for match in URL.finditer(text)]
    if not addresses or len(addresses[0]) > URL_LENGTH - len("https://"):
        return CellReading(None, Sentence(_("“%(text)s” is not a link and was left out."), {"text": shortened(text)}))
    address = addresses[0] if re.match(r"https?://", addresses[0], re.I) else f"https://{addresses[0]}"
    if len(addresses) > 1:
        return CellReading(
            address, Sentence(_("Only the first link was read from “%(text)s”."), {"text": shortened(text)})
        )
    return CellReading(address)


def read_experience(cell: Cell) -> tuple[CellReading[int], int | None]:
    """Whole years of experience, and those in this organization where the cell gives both («15 / 3»)."""
    text = cell_text(cell)
    if is_absent(text):
        return CellReading(None), None
    if re.fullmatch(r"(?:менее|меньше|до) (?:1|одного) года|менее года|без стажа|\d{1,2} мес\w*\.?", text.casefold()):
        return CellReading(0), None
    pair = re.fullmatch(
        r"(\d{1,2})(?: ?(?:лет|года?|л\.?|г\.?))? ?[/(] ?(\d{1,2})(?: ?(?:лет|года?|л\.?|г\.?))? ?\)?", text
    )
    if pair and int(pair[2]) <= int(pair[1]) <= LONGEST_EXPERIENCE:
        return CellReading(int(pair[1])), int(pair[2])
    years = re.fullmatch(
        r"(\d{1,2})(?:[.,]\d+)?(?: ?(?:лет|года?|л|г)\b\.?)?(?:,? ?\d{1,2} ?м\w*\.?)?", text.casefold()
    )
    if isinstance(cell, date) or not years or int(years[1]) > LONGEST_EXPERIENCE:
        message = _("“%(text)s” is not a number of years and was left out.")
        return CellReading(None, Sentence(message, {"text": shortened(text)})), None
    return CellReading(int(years[1])), None


def shortened(text: str, length: int = 200) -> str:
    """The text for a sentence: on one line, cut with an ellipsis."""
    line = " ".join(INVISIBLE.sub("", text).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
