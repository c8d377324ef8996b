"""From the lines of a roadmap table to stages and activities: headings, merged cells, rows torn by a page break."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.blocks import Paragraph
from roadmap.deadlines import parse
from roadmap.headings import (
    Heading,
    begins_small,
    number_parts,
    numbered_heading,
    plain_number,
    points_of,
    roman_heading,
    stage_heading,
)
from roadmap.roadmap_reading import ActivityReading, Remark, StageReading
from roadmap.row_signs import TIMED, Signs, deadline_of, is_signature, others_of
from roadmap.segments import Line, Row, Segment

PERIOD_OF_STAGE = re.compile(
    r"\((?:(?:сроки?|период)\s*[:–—-]?\s*)?(?P<inside>[^()]+)\)\W*$|"
    r"[\s.,;:–—-]+(?:сроки?|период)(?: реализации| проведения)?\s*[:–—-]\s*(?P<after>[^():]+)$",
    re.IGNORECASE,
)


@dataclass
class Assembler:
    """Takes the lines of a segment in their order; `stages` and `remarks` are the result.

    `decisions`: what a person says of a line, by its number: `join` (to the one above), `activity`, `stage` or `drop`.
    """

    segment: Segment
    decisions: Mapping[int, str] = field(default_factory=dict)
    stages: list[StageReading] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    group: str = ""
    deadline: str = ""
    raw_contents: dict[int, str] = field(default_factory=dict)
    open_heading: bool = False
    loose_number: str = ""
    section_deadline: str = ""

    def assemble(self) -> "Assembler":
        self.lines: list[Line] = self.segment.lines
        self.signs = Signs(self.segment)
        for at, line in enumerate(self.lines):
            if line.row in self.decisions:
                self._decided(line, self.decisions[line.row])
            elif isinstance(line, Paragraph):
                self._text(line, at)
            elif self._is_loose_number(line, at):
                self.loose_number = line.cell("number")
            else:
                self._row(self._with_loose_number(line), at)
        self._split_by_numbers()
        for activity in self._activities():
            activity.items = points_of(self.raw_contents.get(id(activity), ""), activity.content)
        return self

    def _is_loose_number(self, row: Row, at: int) -> bool:
        """Whether a page break left the number of a row on its page, and the rest of it on the next one."""
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if len(row.filled) != 1 or not row.number or not isinstance(following, Row):
            return False
        return (
            (following.after_gap or following.after_head) and following.columns == row.columns and not following.number
        )

    def _with_loose_number(self, row: Row) -> Row:
        number, self.loose_number = self.loose_number, ""
        place = row.columns.index("number")
        if not number or place is None or not row.cell("content"):
            return row
        return replace(row, cells=(*row.cells[:place], number, *row.cells[place + 1 :]))

    # --- lines of which a person has decided

    def _decided(self, line: Line, decision: str) -> None:
        if decision == "drop":
            return
        texts = [line.text] if isinstance(line, Paragraph) else [text for _i, text in line.filled]
        if decision == "stage":
            self._start(_heading_by_word(line, texts), line.row)
        elif decision == "join" and self._last() and isinstance(line, Row):
            self._join(line)
        elif decision == "join" and self._last():
            self._extend(self._require_last(), "content", " ".join(texts))
            self._require_last().source_rows.append(line.row)
        elif isinstance(line, Row) and line.act:
            self._activity(line)
        else:
            self._start_if_none()
            activity = ActivityReading(
                content=" ".join(texts),
                group=self.group,
                source_row=line.row,
                source_rows=[line.row],
                key=str(line.row),
            )
            self.stages[-1].activities.append(activity)

    def _start_if_none(self) -> None:
        if not self.stages:
            self.stages.append(StageReading())

    # --- lines between tables

    def _text(self, line: Paragraph, at: int) -> None:
        heading = stage_heading(line.text) or roman_heading(line.text)
        if not heading and self.open_heading and (line.bold or begins_small(line.text)):
            self.stages[-1].title = f"{self.stages[-1].title} {line.text}".strip()
            return
        if not heading and (line.bold or self.signs.announces(line, at)):
            heading = numbered_heading(line.text) or Heading("", line.text)
        if heading:
            self._start(heading, line.row)
            self.open_heading = True
        elif begins_small(line.text) and self._last() and self.segment.columns.roles[0] == "content":
            self._extend(self._require_last(), "content", line.text)
        else:
            self._remark(line.row, "stray_text", _("This text has no place in the table: “{text}”."), text=line.text)

    # --- rows

    def _row(self, row: Row, at: int) -> None:
        if not row.filled:
            return
        self.open_heading, was_open = False, self.open_heading
        if heading := self.signs.heading(row, at, self._above()):
            if was_open and not self.stages[-1].title and not self.stages[-1].activities and not heading.number:
                self.stages[-1].title = heading.title
            else:
                self._start(heading, row.row)
            self.open_heading = True
            self._after_heading(row)
        elif was_open and self._goes_on_with_title(row):
            self.stages[-1].title = f"{self.stages[-1].title} {row.filled[0][1]}"
            self.open_heading = True
        elif self.signs.is_group_heading(row, at):
            self.group = row.cell("content")
        elif is_signature(row):
            self._remark(
                row.row,
                "stray_text",
                _("This text has no place in the table: “{text}”."),
                text=" ".join(text for _i, text in row.filled),
            )
        elif self._last() and self.signs.is_torn(row, self._require_last()):
            self._join(row)
        else:
            if self.signs.is_stage_and_activity(row, at):
                self._start(Heading(plain_number(row.cell("number")), row.cell("content")), row.row)
            self._activity(row)
        width = len(row.columns.roles)
        for text in filter(None, row.cells[width:]):
            self._remark(row.row, "extra_cell", _("A cell without a heading: “{text}”."), text=text)

    def _goes_on_with_title(self, row: Row) -> bool:
        return len(row.filled) == 1 and begins_small(row.filled[0][1]) and not self.stages[-1].activities

    def _start(self, heading: Heading, row: int) -> None:
        self.stages.append(StageReading(heading.number, heading.title, [], row))
        self.group = self.deadline = ""
        # «Сентябрь» or «Ежемесячно» as a heading is when its activities are, whatever the row above says
        self.section_deadline = heading.title if _says_only_when(heading.title) else ""
        if said := _deadline_in(heading.title):
            self._hold_for_stage(said, row)

    def _after_heading(self, row: Row) -> None:
        """A deadline in the row of a heading holds for the stage; other cells there have no place of their own."""
        for i, text in row.filled[1:]:
            role = row.columns.roles[i] if i < len(row.columns.roles) else "other"
            if role == "deadline":
                self._hold_for_stage(text, row.row)
            elif text not in self.stages[-1].title and role not in ("content", "group"):
                self._remark(row.row, "stray_text", _("This text has no place in the table: “{text}”."), text=text)

    def _hold_for_stage(self, deadline: str, row: int) -> None:
        """The activities of the stage that opens here have this deadline, until one says another."""
        self.deadline = deadline
        if "deadline" not in self.segment.columns:
            self.section_deadline = deadline
        self._remark(
            row, "stage_deadline", _("The deadline “{text}” of the stage holds for its activities."), text=deadline
        )

    # --- rows that a page break tore

    def _join(self, row: Row) -> None:
        last = self._require_last()
        last.source_rows.append(row.row)
        if text := row.cell("stage"):
            self.stages[-1].title = f"{self.stages[-1].title} {text}"
        if text := row.cell("group"):
            self._extend_group(text)
        for role in ("content", "deadline", "responsible", "document"):
            if text := row.cell(role):
                self._extend(last, role, text)
        for heading, text in others_of(row):
            last.extra[heading] = f"{last.extra.get(heading, '')} {text}".strip()
        place = row.columns.index("content")
        if place is not None and row.raw[place]:
            self.raw_contents[id(last)] = self.raw_contents.get(id(last), "") + "\n" + row.raw[place]

    def _extend(self, activity: ActivityReading, role: str, text: str) -> None:
        name = role if role == "content" else f"{role}_text"
        before = "" if role == "deadline" and activity.deadline_inherited else getattr(activity, name)
        setattr(activity, name, f"{before} {text}".strip())
        if role == "deadline":
            activity.deadline_inherited = False
            self.deadline = activity.deadline_text

    def _extend_group(self, text: str) -> None:
        """The cell of a group spans several activities, so its second half belongs to all of them."""
        whole = f"{self.group} {text}".strip()
        for activity in reversed(self.stages[-1].activities if self.stages else []):
            if activity.group != self.group:
                break
            activity.group = whole
        self.group = whole

    # --- activities

    def _activity(self, row: Row) -> None:
        number = row.cell("number")
        if "stage" in row.columns:
            number = self._stage_cell(row, number)
        group, content, place = row.cell("group"), row.act, row.act_place
        if group and not content:
            group, content = "", group
        if group and begins_small(group) and self.group and not self.signs.mostly_small:
            self._extend_group(group)
        elif group:
            self.group = group
        if not content and not any(row.cell(role) for role in TIMED[:3]):
            if not content and (number or others_of(row)):
                self._remark(
                    row.row,
                    "stray_text",
                    _("This text has no place in the table: “{text}”."),
                    text=" ".join(t for _i, t in row.filled),
                )
            return
        self._start_if_none()
        deadline = deadline_of(row)
        above = self.section_deadline or (self.deadline if "deadline" in row.columns else "")
        inherited = bool(not deadline and above)
        activity = ActivityReading(
            number=number,
            group=self.group,
            content=content,
            deadline_text=deadline or above,
            deadline_inherited=inherited,
            responsible_text=row.cell("responsible"),
            document_text=row.cell("document"),
            extra=dict(others_of(row, but=place)),
            source_row=row.row,
            source_rows=[row.row],
            key=str(row.row),
        )
        self.deadline = activity.deadline_text
        self.stages[-1].activities.append(activity)
        self.raw_contents[id(activity)] = row.raw[place] if place is not None else ""

    def _stage_cell(self, row: Row, number: str) -> str:
        """Opens the stage that the row names; gives the number of the activity, if it is one."""
        text = row.cell("stage")
        own = number if self.signs.numbers_of_stages else ""
        current = self.stages[-1] if self.stages else None
        if text and current and not own and begins_small(text) and not self.signs.mostly_small:
            current.title = f"{current.title} {text}"
        elif text or own:
            heading = stage_heading(text) or numbered_heading(text) or Heading("", text)
            if text and number_parts(text):
                heading = Heading(plain_number(text), "")
            stage_number = plain_number(own) if own else heading.number
            title = heading.title or ("" if heading.number else text)
            if not current or (current.title, current.number) != (title, stage_number):
                self._start(Heading(stage_number, title), row.row)
        return "" if self.signs.numbers_of_stages else number

    def _split_by_numbers(self) -> None:
        """Without any heading, «1.1», «1.2», «2.1» still are two stages."""
        if len(self.stages) != 1 or self.stages[0].title or not self.signs.nested:
            return
        activities = self.stages[0].activities
        stages: list[StageReading] = []
        for activity in activities:
            leading = str((number_parts(activity.number) or (0,))[0])
            if not stages or (leading != "0" and stages[-1].number != leading):
                stages.append(StageReading(leading if leading != "0" else "", "", [], activity.source_row))
            stages[-1].activities.append(activity)
        self.stages = stages

    def _activities(self) -> list[ActivityReading]:
        return [activity for stage in self.stages for activity in stage.activities]

    def _above(self) -> ActivityReading | None:
        """The activity above, of whichever stage."""
        return next((stage.activities[-1] for stage in reversed(self.stages) if stage.activities), None)

    def _last(self) -> ActivityReading | None:
        return self.stages[-1].activities[-1] if self.stages and self.stages[-1].activities else None

    def _require_last(self) -> ActivityReading:
        last = self._last()
        if last is None:
            raise ValueError("there is no row above")
        return last

    def _remark(self, row: int, code: str, sentence: Any, /, **values: object) -> None:
        self.remarks.append(Remark(row, code, format_lazy(sentence, **values)))


def _says_only_when(title: str) -> bool:
    """Whether a heading is a time and nothing else: «Октябрь 2024», «В течение года», not «Итоги года»."""
    if not title or len(title) > 60:
        return False
    reading = parse(title, school_year=2023)
    return reading.confidence >= 0.8 and reading.kind in ("range", "recurring", "ongoing")


def _deadline_in(title: str) -> str:
    """The time that a heading names beside its words: «Подготовительный (сентябрь – октябрь 2024 г.)»; «» if it names none."""
    found = PERIOD_OF_STAGE.search(title)
    text = (found["inside"] or found["after"]).strip() if found else ""
    return text if text and _says_only_when(text) else ""


def _heading_by_word(line: Line, texts: list[str]) -> Heading:
    """The heading in a line that a person calls one, whatever its words: its number, and its longest text."""
    number = line.cell("number") if isinstance(line, Row) else ""
    named = [text for text in texts if text != number] or texts
    title = max(named, key=len, default="")
    heading = stage_heading(title) or numbered_heading(title) or Heading("", title)
    return Heading(heading.number or plain_number(number), heading.title or title)
