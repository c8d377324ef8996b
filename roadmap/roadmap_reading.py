"""What is read from a document: the roadmap as data, and remarks on what a person should look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Remark:
    """`row` as the file counts its lines or rows (0: the whole document); `code` names the kind; `text` is for people."""

    row: int
    code: str
    text: str | Promise


Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class SourceLine:
    """A line of the roadmap as the document has it: the cells of a row, or one text. `row` as in `Remark`."""

    row: int
    cells: tuple[str, ...]
    is_text: bool = False


@dataclass
class ActivityReading:
    """One row of the roadmap. Texts as written, except white space; `extra` holds the other columns by their heading.

    `deadline_inherited`: its deadline is that of the row above; `inherited_text` is how the document has that one, if it
    was corrected there.
    `source_rows` are the lines that it was read from. `key` names it while the import is checked: its first line, with a
    dot and a number for what a person split off. `windows` are days set by a person, `None` where the deadline is to be read.
    """

    number: str = ""
    group: str = ""
    content: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)
    deadline_text: str = ""
    deadline_inherited: bool = False
    inherited_text: str = ""
    responsible_text: str = ""
    document_text: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    source_row: int = 0
    source_rows: list[int] = field(default_factory=list)
    key: str = ""
    windows: list[Days] | None = None
    is_checked: bool = False


@dataclass
class StageReading:
    number: str = ""
    title: str = ""
    activities: list[ActivityReading] = field(default_factory=list)
    source_row: int = 0


@dataclass(frozen=True)
class Approval:
    """The grif «УТВЕРЖДАЮ» as printed: position, name and date, the order that approves and its date; any may be empty."""

    position: str = ""
    name: str = ""
    date_text: str = ""
    order_number: str = ""
    order_date_text: str = ""


@dataclass
class RoadmapReading:
    """`columns`: (role, heading) from the left. `school_year` and `period` are guessed from the title, else `None`."""

    title: str = ""
    period_text: str = ""
    columns: list[tuple[str, str]] = field(default_factory=list)
    stages: list[StageReading] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    approval: Approval | None = None
    school_year: int | None = None
    period: tuple[date, date] | None = None
    lines: Sequence[SourceLine] = ()

    @property
    def activities(self) -> list[ActivityReading]:
        return [activity for stage in self.stages for activity in stage.activities]
