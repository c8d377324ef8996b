"""A table without a row of headers: its first row is a person already. What its columns hold, told by their values.

Pure: no database, no clock. A curator confirms the guess before a row is read.
"""

import re
from collections.abc import Callable, Sequence

from participants.names import is_patronymic
from participants.registry_cells import cell_text
from participants.registry_columns import NUMBER, UNKNOWN, fold_header, is_name_header
from participants.registry_names import is_named_in_full
from participants.sheet_files import Cell

LOOKED_AT = 50  # rows by which a column is judged
EMAIL = re.compile(r"\S+@\S+\.\S+")
PHONE = re.compile(r"[+\d][\d\s()–-]{5,}\d")
LEAST_PHONE_DIGITS = 6
BIRTH_YEAR = re.compile(r"(?:\d{1,2}\.\d{1,2}\.)?(?:19[2-9]\d|20[0-3]\d)(?: ?г\.?(?: ?р\.?)?)?")


def is_row_of_person(cells: Sequence[Cell]) -> bool:
    """Whether a row names a person as no row of headers does: a name in full, or a patronymic in a cell of its own."""
    texts = [text for text in map(cell_text, cells) if text]
    if any(is_name_header(fold_header(text)) for text in texts):
        return False  # «Фамилия И.О.» has the shape of a name
    return any(is_named_in_full(text) for text in texts) or (len(texts) > 1 and any(map(_is_lone_patronymic, texts)))


def begins_with_person(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row that is more than a title of one cell names a person."""
    for cells in rows:
        is_person = is_row_of_person(cells)
        if is_person or len({text for text in map(cell_text, cells) if text}) > 1:
            return is_person
    return False


def fields_by_values(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The field that each column seems to fill, UNKNOWN where its values do not tell."""
    shown = [[cell_text(cell) for cell in cells] for cells in rows[:LOOKED_AT]]
    columns = [[row[index] for row in shown if index < len(row)] for index in range(max(map(len, shown), default=0))]
    fields = [next((field for field, fits in SIGNS if _most(column, fits)), UNKNOWN) for column in columns]
    for field in ("full_name", "patronymic", NUMBER, "birth_year"):
        # Names that stand twice are those of the other party, more often than not; a person says so.
        for index in [index for index, each in enumerate(fields) if each == field][1:]:
            fields[index] = UNKNOWN
    if "full_name" in fields:
        return [UNKNOWN if field == "patronymic" else field for field in fields]
    if "patronymic" in fields and (place := fields.index("patronymic")) > 1 and not any(fields[place - 2 : place]):
        fields[place - 2 : place] = ["last_name", "first_name"]
    return fields


def _most(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and sum(map(fits, filled)) * 3 >= len(filled) * 2


def _is_lone_patronymic(text: str) -> bool:
    return len(text.split()) == 1 and text.istitle() and is_patronymic(text)


def _is_contact(text: str) -> bool:
    phone = PHONE.search(text)
    has_phone = phone is not None and len(re.sub(r"\D", "", phone[0])) >= LEAST_PHONE_DIGITS
    return has_phone or EMAIL.search(text) is not None


SIGNS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("full_name", is_named_in_full),
    ("patronymic", _is_lone_patronymic),
    ("birth_year", lambda text: BIRTH_YEAR.fullmatch(text) is not None),
    ("contact", _is_contact),
    (NUMBER, lambda text: re.fullmatch(r"\d{1,4}\.?", text) is not None),
)
