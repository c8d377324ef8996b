"""What is read from a document: the roadmap as data, and remarks on what a person should look at."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Remark:
    """`row` as the file counts its lines or rows (0: the whole document); `code` names the kind; `text` is for people."""

    row: int
    code: str
    text: str | Promise


@dataclass
class ActivityReading:
    """One row of the roadmap. Texts as written, except white space; `extra` holds the other columns by their heading."""

    number: str = ""
    group: str = ""
    content: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)
    deadline_text: str = ""
    deadline_inherited: bool = False
    responsible_text: str = ""
    document_text: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    source_row: int = 0


@dataclass
class StageReading:
    number: str = ""
    title: str = ""
    activities: list[ActivityReading] = field(default_factory=list)
    source_row: int = 0


@dataclass(frozen=True)
class Approval:
    """The grif «УТВЕРЖДАЮ» as printed: position, name and date; any may be empty."""

    position: str = ""
    name: str = ""
    date_text: str = ""


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

    @property
    def activities(self) -> list[ActivityReading]:
        return [activity for stage in self.stages for activity in stage.activities]
