"""Which column of a table holds what: the heads of roadmaps differ in words, order and number, so they are read by meaning."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.blocks import TableRow
from roadmap.deadline_words import DASHES, INVISIBLE
from roadmap.deadlines import parse

MAX_HEADING = 110
MAX_BEFORE_KEYWORD = 30
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
BOLD_MARK = re.compile(r"(?<!\\)\*\*")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!~|<>-])")

# The first keyword in the heading decides; `act` and `details` become group and content when both are there.
KEYWORDS = (
    (
        "other",
        r"отметк|примечан|форм[аы] (?:проведен|работ|организ|реализ|взаимод)|участник|аудитор|место|ресурс|финансир|статус|"
        r"выполнено|факт|контингент|категори|целев\w+ групп|охват|количеств|класс|возраст|подпис|ссылк|метод",
    ),
    (
        "deadline",
        r"срок|дата|даты|период|когда|время|месяц|календарн|график|день|"
        r"начал[оа]$|(?:окончани|завершени)[ея]$",
    ),
    ("responsible", r"ответствен|исполнител|кто|куратор\w*$|организатор|реализует|должност"),
    (
        "document",
        r"(?:что )?получ|документ|результат|продукт|выход|показател|индикатор|отчетн|подтвержд|итог|эффект|критери",
    ),
    ("stage", r"этап|раздел|блок|модул|шаг|стади"),
    ("area", r"направлени|задач|цел[ьи]|функци"),
    ("details", r"содержани|описани|действи|работы?\b|виды? (?:работ|деятельн)|деятельност|что"),
    ("act", r"мероприяти|наименовани|название|тема|тематик|событи|вопрос|пункт|перечень|комплекс|встреч"),
)
NUMBER = re.compile(r"(?:№|n|no|номер|#)?\s*(?:п\s*[/.\\-]?\s*п\.?)?\s*(?:этапа|раздела)?", re.IGNORECASE)
NUMBERING = re.compile(r"\(?(\d{1,2})\)?\.?")


@dataclass(frozen=True)
class Columns:
    """Role and heading of each column, from the left. Roles: number, stage, group, content, deadline, responsible,
    document, other; each but `other` at most once."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]

    def index(self, role: str) -> int | None:
        return self.roles.index(role) if role in self.roles else None

    def cell(self, cells: Sequence[str], role: str) -> str:
        place = self.index(role)
        return cells[place] if place is not None and place < len(cells) else ""

    def __contains__(self, role: str) -> bool:
        return role in self.roles


def plain(text: str) -> str:
    """Text without tags, asterisks of bold type, invisible signs and repeated white space; letters stay as they are.

    Signs that an export has written as «&nbsp;» or «\\_» are themselves again.
    """
    text = TAG.sub(" ", text) if "<" in text else text
    text = BOLD_MARK.sub("", text) if "**" in text else text
    text = ENTITY.sub(lambda entity: html.unescape(entity.group()), text) if "&" in text else text
    text = ESCAPED.sub(r"\1", text) if "\\" in text else text
    return " ".join(text.translate(INVISIBLE).split())


def read_columns(row: TableRow, below: TableRow | None = None) -> Columns | None:
    """The columns if the row is the head of a roadmap table, else `None`; `below` joins a head written in two rows."""
    headings = [plain(cell) for cell in row.cells]
    if below is not None:
        headings = _joined(headings, [plain(cell) for cell in below.cells])
    while headings and not headings[-1]:
        headings.pop()
    filled = [heading for heading in headings if heading]
    if len(filled) < 2 or any(len(heading) > MAX_HEADING for heading in filled):
        return None
    if any(NUMBERING.fullmatch(heading) for heading in headings):
        return None
    kinds = [_kind(heading) for heading in headings]
    if sum(kind == "" for kind, heading in zip(kinds, headings, strict=True) if heading) > len(filled) // 2:
        return None
    if any(not kind and _is_date(heading) for heading, kind in zip(headings, kinds, strict=True)):
        return None
    roles = _roles(kinds)
    timed = {"deadline", "responsible", "document"} & set(roles)
    acts = {"act", "details", "area"} & set(kinds) or (all(kinds) and "stage" in kinds)
    if "content" not in roles or not acts or not (timed or "stage" in roles):
        return None
    if len(set(roles) - {"other", "number"}) < 2:
        return None
    return Columns(tuple(roles), tuple(told_apart(headings)))


def told_apart(headings: list[str]) -> list[str]:
    """Headings of which each is named once: the second «Отметка» is «Отметка (2)», or its cells would be lost."""
    seen: Counter[str] = Counter()
    apart = []
    for heading in headings:
        seen[heading] += 1
        apart.append(f"{heading} ({seen[heading]})" if heading and seen[heading] > 1 else heading)
    return apart


def first_word(heading: str) -> str:
    """By which columns of one name are told: «Содержание работы» and «Содержание работы (2)»."""
    return heading.casefold().split(maxsplit=1)[0] if heading.strip() else ""


def _is_date(heading: str) -> bool:
    reading = parse(heading, school_year=2023) if heading else None
    return reading is not None and reading.kind in ("range", "by") and bool(reading.windows)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """A head in two rows, cell by cell; a lower cell under a merged one takes the words above it too."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    joined: list[str] = []
    above = ""
    for over, under in zip(upper, lower, strict=True):
        above = over or (above if under else "")
        if above.endswith("-") and under[:1].islower():
            joined.append(above[:-1] + under)
        else:
            joined.append(f"{above} {under}".strip() if under else over)
    return joined


def _kind(heading: str) -> str:
    """What the heading names: a keyword's kind, `number`, or nothing."""
    text = heading.lower().replace("ё", "е").translate(DASHES)
    text = re.sub(r"(?<=[а-я])- (?=[а-я])", "", text)
    if NUMBER.fullmatch(text):
        return "number" if text else ""
    if NUMBERING.fullmatch(text):
        return ""
    text = re.sub(r"^(?:№|n)\s*(?:п\s*/?\s*п)?\s*", "", text)
    found = _keywords_in(text) or _keywords_in(text.replace("-", ""))  # «Ответст-венный», as a narrow column breaks it
    if not found:
        return ""
    position, _order, kind = min(found)
    if kind == "act" and text.startswith(("наименование", "название", "перечень")) and len(found) > 1:
        later = sorted(found)[1][2]
        kind = later if later in ("stage", "area", "deadline", "document", "responsible") else kind
    if position == 0 and text.startswith("план") and kind == "document":
        return "document"
    return kind


def _keywords_in(heading: str) -> list[tuple[int, int, str]]:
    """(place, order, kind) of each kind of column that a heading names near its beginning."""
    return [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(KEYWORDS)
        if (match := re.search(rf"\b(?:{pattern})", heading)) and match.start() <= MAX_BEFORE_KEYWORD
    ]


def _roles(kinds: list[str]) -> list[str]:
    roles = ["other" if kind == "" else kind for kind in kinds]
    for role in ("number", "deadline", "responsible", "document", "stage", "area", "details", "act"):
        for repeated in [i for i, kind in enumerate(roles) if kind == role][1:]:
            roles[repeated] = "other"
    if not {"act", "details", "area"} & set(roles) and {"deadline", "responsible"} & set(roles):
        roles = ["act" if role == "stage" else role for role in roles]  # «Этапы работы», with no other text
    names = {"act": "content", "details": "content", "area": "group"}
    if "act" in roles and "details" in roles:
        names["act"] = "group"
        if "area" in roles:
            names["area"] = "other" if "stage" in roles else "stage"
    elif "act" not in roles and "details" not in roles:
        names["area"] = "content"
    elif "area" in roles and "stage" not in roles:
        names["area"] = "stage"
    return [names.get(role, role) for role in roles]


def names_numbers(heading: str) -> bool:
    """Whether a heading is «№», «№ п/п» or their first line."""
    return bool(heading) and not heading[:1].isdigit() and NUMBER.fullmatch(heading.lower()) is not None


def is_row_of_column_numbers(cells: Sequence[str]) -> bool:
    """«1 2 3» under the head of a table."""
    numbers = [match.group(1) if (match := NUMBERING.fullmatch(cell)) else None for cell in cells if cell]
    return len(numbers) >= 3 and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def is_foreign_head(row: TableRow) -> bool:
    """The head of another table: begins with «№» and has no sentences."""
    headings = [plain(cell) for cell in row.cells]
    return len([heading for heading in headings if heading]) > 1 and names_numbers(headings[0])
