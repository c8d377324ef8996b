"""Which rows of a roadmap table name a stage or a group, and which go on with the row above: signs, weighed."""

import re
from dataclasses import dataclass
from functools import cached_property

from roadmap.blocks import Paragraph
from roadmap.columns import names_months
from roadmap.deadline_printing import NOMINATIVE
from roadmap.deadlines import parse
from roadmap.document_texts import NAME, SIGNED
from roadmap.headings import (
    Heading,
    begins_small,
    number_parts,
    numbered_heading,
    plain_number,
    stage_heading,
    unfinished,
)
from roadmap.roadmap_reading import ActivityReading
from roadmap.segments import Line, Row, Segment

TIMED = ("deadline", "responsible", "document", "other")
TEXTS = ("stage", "group", "content", "deadline", "responsible", "document")
# what a cell that begins with a small or a capital letter says for and against a tear
WEIGHTS = {
    "stage": (1, -3),
    "group": (1, -1.5),
    "content": (2, -1),
    "responsible": (0.5, -1),
    "document": (0.5, -0.5),
}
END_OF_TIME = re.compile(r"оконч|заверш|конец|\bпо\b|\bдо\b", re.IGNORECASE)
BOLD = re.compile(r"^\s*(?:<b>|<strong>|\*\*)")
POINT_AFTER_FIRST = re.compile(r"(?:[2-9]|1\d)[.)]")
REST_OF_TIME = re.compile(r"(?:г|гг|год\w*|уч\w*)\b|[-–—]\s?\S", re.IGNORECASE)
LISTED = re.compile(r"(?:^|(?<=[;:,.] ))[-–—•·▪]\s*(?=\S)")
MONTHS = frozenset(NOMINATIVE.split())
MARK = re.compile(r"[+✓✔☑*vхx●•■]", re.IGNORECASE)
ROMAN_NUMBER = re.compile(r"[IVXІХ]{1,5}[.)]?")


@dataclass(frozen=True)
class Signs:
    """What the rows of one segment tell about each other."""

    segment: Segment

    @property
    def lines(self) -> list[Line]:
        return self.segment.lines

    @cached_property
    def nested(self) -> bool:
        """Whether most numbers are like «1.2»."""
        numbers = [row.number for row in self.segment.rows if row.number]
        return bool(numbers) and sum(len(number) > 1 for number in numbers) * 2 >= len(numbers)

    @cached_property
    def mostly_numbered(self) -> bool:
        numbered = [row for row in self.segment.rows if row.number]
        return len(numbered) * 10 >= len(self.segment.rows) * 6

    @cached_property
    def mostly_small(self) -> bool:
        """Whether this author begins cells with a small letter, so that it says nothing of a tear."""
        rows = [row for row in self.segment.rows if row.cell("content")]
        close = [row for row in rows if not row.after_gap]  # a page break may have torn the others
        contents = [row.cell("content") for row in (close if len(close) > 3 else rows)]
        if contents and all(map(begins_small, contents)):
            return True  # the first of them goes on with nothing
        return len(contents) > 3 and sum(map(begins_small, contents)) * 5 > len(contents) * 2

    @cached_property
    def numbers_of_stages(self) -> bool:
        """In a table with a column of stages: whether «№» counts them and not the activities."""
        columns = self.segment.columns
        place = columns.index("number")
        if "stage" not in columns or place is None:
            return False
        if "этап" in columns.headings[place].lower():
            return True
        named = {(row.number, row.cell("stage")) for row in self.segment.rows if row.number}
        titles = {title for _number, title in named}
        numbers = {number for number, _title in named}
        return all(titles) and len(named) == len(numbers) and len(titles) * 10 >= len(numbers) * 7

    @cached_property
    def titles_only(self) -> bool:
        """Whether numbers stand at headings only, and activities have none."""
        numbered = [row for row in self.segment.rows if row.number]
        bare = [row for row in numbered if not any(row.cell(role) for role in TIMED[:3])]
        return len(numbered) < len(self.segment.rows) and len(bare) * 5 >= len(numbered) * 4

    @cached_property
    def points_are_rows(self) -> bool:
        """Whether points of a stage, «1) …», «2) …», are rows with deadlines of their own."""
        timed = [row for row in self.segment.rows if POINT_AFTER_FIRST.match(row.cell("content"))]
        return any(_says_when(row.cell("deadline")) for row in timed)

    def heading(self, row: Row, at: int, last: ActivityReading | None) -> Heading | None:
        """The heading if the row names a stage and not an activity."""
        filled = row.filled
        first, text = filled[0]
        if "stage" in row.columns and first == row.columns.index("stage"):
            return None
        said = stage_heading(text)
        if len(filled) == 1:
            return said or self._lone_heading(row, first, text, at, last)
        second = filled[1][1]
        rest = {row.columns.roles[i] for i, _text in filled[1:] if i < len(row.columns.roles)}
        if "stage" in row.columns:
            return None
        if said and rest <= {"deadline"} and (said.title or self._is_strong(text)):
            return said
        if row.columns.roles[first : first + 1] != ("number",) or not (said or number_parts(text)):
            return None
        title = stage_heading(second)
        if said and not said.title and len(filled) == 2:
            return title if title and title.number else Heading(said.number, second)
        if (
            rest <= {"content", "group", "deadline"}
            and title
            and (title.number or number_parts(text))
            and len(filled) <= 3
        ):
            return Heading(title.number or plain_number(text), title.title or second)
        if rest <= {"content", "group"} and len(filled) == 2:
            bold = BOLD.match(row.raw[filled[1][0]])
            return Heading(plain_number(text), second) if bold or self._counts_stages(row, at, last) else None
        if (
            self.nested
            and len(row.number) == 1
            and self.next_number(at)[:1] == row.number
            and len(self.next_number(at)) > 1
        ):
            return Heading(plain_number(text), second)
        return None

    def _is_strong(self, text: str) -> bool:
        heading = stage_heading(text)
        return bool(heading and heading.number)

    def _lone_heading(self, row: Row, place: int, text: str, at: int, last: ActivityReading | None) -> Heading | None:
        """A row with one filled cell: bold, numbered in Roman, or the whole row in one merged cell."""
        if begins_small(text) or number_parts(text) or LISTED.match(text):
            return None
        if BOLD.match(row.raw[place]):
            return numbered_heading(text) or Heading("", text)
        numbered = numbered_heading(text)
        role = row.columns.roles[place] if place < len(row.columns.roles) else "other"
        if role == "number" or (place == 0 and len(row.columns.roles) > 2):
            if last and unfinished(last.content) and not numbered:
                return None
            return numbered or Heading("", text)
        if role == "content" and numbered and not numbered.title[:1].isdigit() and text[:1] in "IVXІХ":
            return numbered
        if "stage" in row.columns or "group" in row.columns:
            return None
        if role == "content" and not row.after_gap and not text.endswith((".", ";", ",")) and len(text) < 150:
            following = self.lines[at + 1] if at + 1 < len(self.lines) else None
            counted = isinstance(following, Row) and (following.number[-1:] == (1,) or self.mostly_numbered)
            counted = counted and isinstance(following, Row) and bool(following.number)
            return (numbered or Heading("", text)) if counted and not (last and unfinished(last.content)) else None
        return None

    def _counts_stages(self, row: Row, at: int, last: ActivityReading | None) -> bool:
        """Whether «2 | Формирование базы» with all other cells empty is a stage: by the numbers around it."""
        if not any(role in row.columns for role in TIMED):
            return False
        number, following = row.number, self.next_number(at)
        if len(number) != 1:
            return False
        if self.nested or following == (1,) or ROMAN_NUMBER.fullmatch(row.cell("number")):
            return True
        before = number_parts(last.number) if last else ()
        if before and number <= before:
            return True
        if following == (number[0] + 1,) and (before == (number[0] - 1,) or not before):
            return self.titles_only
        return not following and self.titles_only

    def next_number(self, at: int) -> tuple[int, ...]:
        return self._next_numbers[at]

    @cached_property
    def _next_numbers(self) -> list[tuple[int, ...]]:
        """For each line the next number below it, empty if there is none."""
        following: list[tuple[int, ...]] = []
        number: tuple[int, ...] = ()
        for line in reversed(self.lines):
            following.append(number)
            number = line.number if isinstance(line, Row) and line.number else number
        return following[::-1]

    def is_group_heading(self, row: Row, at: int) -> bool:
        number, following = row.number, self.next_number(at)
        bare = not any(row.cell(role) for role in TIMED)
        return bare and len(number) > 1 and len(following) > len(number) and following[: len(number)] == number

    def is_stage_and_activity(self, row: Row, at: int) -> bool:
        """«3 | Итоги | май | Директор» among «2.1», «2.2»: a stage without rows of its own."""
        number, following = row.number, self.next_number(at)
        alone = len(number) == 1 and (len(following) == 1 or following[:1] != number)
        return self.nested and alone and "stage" not in row.columns and bool(row.cell("content"))

    def announces(self, line: Paragraph, at: int) -> bool:
        """A short line without a full stop, under a new head or before rows that count anew, names a stage."""
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if not isinstance(following, Row) or len(line.text) > 160 or line.text.endswith((".", ";")):
            return False
        if begins_small(line.text) or number_parts(line.text):
            return False
        return following.after_head or following.number[-1:] == (1,) or self._has_plain_headings(at)

    def _has_plain_headings(self, at: int) -> bool:
        """Whether lines without any sign of a heading are headings here: the first of them stands under the head."""
        first, second = self.lines[0], self.lines[1] if len(self.lines) > 1 else None
        if not isinstance(first, Paragraph) or first.bold or stage_heading(first.text) or numbered_heading(first.text):
            return False
        above = self.lines[at - 1] if at else None
        whole = isinstance(above, Row) and bool(above.cells[-1]) and not unfinished(above.cells[-1])
        return isinstance(second, Row) and second.after_head and whole

    def is_torn(self, row: Row, last: ActivityReading) -> bool:
        """Whether the row goes on with the one above: no number, and its texts begin where others broke off."""
        if row.cell("number"):
            return False
        texts = {role: row.cell(role) for role in TEXTS} | {"content": row.act}
        if not texts["stage"] and not texts["group"] and not texts["content"]:
            return True
        if texts["stage"] and not texts["group"] and not texts["content"]:
            rest = _deadline_evidence(last.deadline_text, texts["deadline"]) > 0
            return rest or (begins_small(texts["stage"]) and not self.mostly_small)
        score = 0.0 if self.points_are_rows else _points_go_on(last.content, texts["content"])
        if last.deadline_text and not last.deadline_inherited:
            score += _deadline_evidence(last.deadline_text, texts["deadline"])
        for role, (small, capital) in WEIGHTS.items():
            if text := texts[role]:
                says_nothing = self.mostly_small and role == "content"
                if role == "content" and LISTED.match(text) and LISTED.search(last.content):
                    continue
                if role == "responsible" and not last.responsible_text:
                    continue
                score += (0 if says_nothing else small) if begins_small(text) else capital
        if (
            row.after_gap
            and unfinished(last.content)
            and texts["content"]
            and not texts["deadline"]
            and not texts["stage"]
        ):
            score += 2
        if self._lacks_all(row):
            score += 1
        if self._counts_activities and not texts["group"]:
            score += 1.5 if row.after_gap or row.after_head else 0.5
        score += 2 * _closes_what_is_open(last.content, texts["content"])
        return score > 0

    @cached_property
    def _counts_activities(self) -> bool:
        """Whether each activity has a number, so that a row without one is odd."""
        rows = [row for row in self.segment.rows if row.cell("content")]
        numbered = [row for row in rows if row.number]
        return not self.numbers_of_stages and not self.titles_only and len(numbered) * 10 >= len(rows) * 7

    def _lacks_all(self, row: Row) -> bool:
        """Whether a row has neither number nor deadline nor responsible where others have them, and begins with no capital."""
        if "stage" in row.columns or not self.mostly_numbered or row.cell("group"):
            return False
        expected = [role for role in ("deadline", "responsible") if role in row.columns]
        return bool(expected) and not any(row.cell(role) for role in expected) and not row.cell("content")[:1].isupper()


def is_signature(row: Row) -> bool:
    """«Директор … А.А. Петрова» under the table."""
    number, texts = row.cell("number"), [text for _i, text in row.filled]
    if not row.cell("content") and 2 <= len(texts) <= 3 and SIGNED.match(texts[0]):
        return NAME.fullmatch(texts[-1].strip("_/ ")) is not None
    if not number or number_parts(number) or len(texts) > 3:
        return False
    return len(number) > 3 and any(NAME.fullmatch(text.strip("_/ ")) for text in texts)


def deadline_of(row: Row) -> str:
    """The deadline as written; of two columns, beginning and end, both; of columns of months those that are marked."""
    place = row.columns.index("deadline")
    if place is None:
        return _marked_months(row)
    text = row.cell("deadline")
    if place and not text and row.columns.roles[place - 1] == "other" and names_months(row.columns.headings[place - 1]):
        return row.cells[place - 1]
    if place + 1 >= len(row.columns.roles) or row.columns.roles[place + 1] != "other":
        return text
    end = row.cells[place + 1] if END_OF_TIME.search(row.columns.headings[place + 1]) else ""
    return f"{text} – {end}" if text and end else text or end


def _marked_months(row: Row) -> str:
    """«октябрь, ноябрь» where the columns are called so and hold a mark."""
    headings = (heading.casefold() for heading in row.columns.headings)
    columns = zip(headings, row.columns.roles, row.cells, strict=False)
    return ", ".join(
        month for month, role, cell in columns if role == "other" and month in MONTHS and MARK.fullmatch(cell.strip())
    )


def others_of(row: Row, *, but: int | None = None) -> list[tuple[str, str]]:
    """(heading, text) of the columns without a meaning of their own, of which `but` is left out."""
    columns = row.columns
    return [
        (columns.headings[i] or str(i + 1), row.cells[i])
        for i, role in enumerate(columns.roles)
        if role == "other" and i < len(row.cells) and row.cells[i] and i != but
    ]


def _points_go_on(above: str, text: str) -> float:
    """«2. …» after a cell whose last point is 1 goes on with it; it is a point of its own cell otherwise."""
    first = re.match(r"(\d{1,2})[.)]", text)
    if not first or first.group(1) == "1":
        return 0
    before = re.findall(r"(?:^|\s)(\d{1,2})[.)](?!\d)", above)
    return 2 if before and int(before[-1]) == int(first.group(1)) - 1 else 0


def _closes_what_is_open(above: str, text: str) -> bool:
    """Whether a bracket or a quotation that the text above leaves open is closed in the text."""
    return any(
        above.count(opening) > above.count(closing) and text.count(closing) > text.count(opening)
        for opening, closing in ("()", "«»")
    )


def _deadline_evidence(above: str, text: str) -> float:
    """A rest like «года» or «2024 года» completes the deadline above; a phrase that says enough stands for itself."""
    if not text:
        return 0
    alone = parse(text, school_year=2023).confidence
    if REST_OF_TIME.match(text):
        return 1
    if begins_small(text) and parse(above + text, school_year=2023).confidence > alone:
        return 1  # «Октяб», «рь 2023»
    before, both = (parse(words, school_year=2023).confidence for words in (above, f"{above} {text}"))
    if both > max(alone, before) or (before < 0.5 and both >= 0.8):
        return 1  # «до 01», «сентября 2023 г.»
    if unfinished(above) or re.fullmatch(
        r"(?:20\d\d)?\s*(?:г|гг|год\w*|уч\w*)?[\s.]*(?:г|год\w*)?\.?", text, re.IGNORECASE
    ):
        return 1
    return -2 if _says_when(text) else 0.5


def _says_when(text: str) -> bool:
    return bool(text) and parse(text, school_year=2023).confidence >= 0.5
