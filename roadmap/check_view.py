"""The check page of an import as data: each line of the document beside what was read from it, in the document's order."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from roadmap.blocks import SHEET_STEP
from roadmap.deadline_dates import Text
from roadmap.deadlines import Reading, parse
from roadmap.roadmap_reading import ActivityReading, Days, Remark, RoadmapReading, SourceLine, StageReading
from roadmap.school_calendar import SchoolCalendar

SURE = 0.8
UNCLEAR = 0.5
# How far remarks of a kind let the reading of an activity be believed; other kinds speak of the document, not of the reading.
CAPS = {
    "deadline_unread": 0.4,
    "deadline_doubtful": 0.7,
    "outside_period": 0.7,
    "far_from_stage": 0.7,
    "extra_cell": 0.6,
    "numbering": 0.75,
}
JOINED = 0.75
INHERITED = 0.85


@dataclass
class Entry:
    """A stage, an activity or a line that became neither, with its lines in the document and remarks."""

    lines: list[SourceLine] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    stage: StageReading | None = None
    activity: ActivityReading | None = None
    deadline: Reading | None = None
    confidence: float = 1.0
    decision: str = ""

    @property
    def row(self) -> int:
        if self.lines:
            return self.lines[0].row
        source = self.stage or self.activity
        return source.source_row if source else 0

    @property
    def anchor(self) -> str:
        """What the page calls the entry: parts of a split line have a name each."""
        return self.activity.key if self.activity else str(self.row)

    @property
    def other_rows(self) -> list[int]:
        """The lines that are joined to the first."""
        return [line.row for line in self.lines if str(line.row) != self.anchor]

    def holds(self, line: str) -> bool:
        """Whether a line, or a part of one, of this name is shown here."""
        return line == self.anchor or line in map(str, self.other_rows)

    @property
    def level(self) -> str:
        """`checked` by a person, `sure`, `check` or `unclear`."""
        if self.activity and self.activity.is_checked:
            return "checked"
        return "sure" if self.confidence >= SURE else "check" if self.confidence >= UNCLEAR else "unclear"

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look: a doubt, a remark, or a line that became nothing and of which nothing is decided."""
        if self.activity or self.stage:
            return self.level in ("check", "unclear")
        return not self.decision

    @property
    def open_remarks(self) -> list[Remark]:
        """The remarks without the doubts of the reading that a person has settled."""
        settled = CAPS if self.level == "checked" else {}
        return [remark for remark in self.remarks if remark.code not in settled]

    @property
    def deadline_remark(self) -> Text:
        """What the reader of deadlines says, where no remark on the line says it already."""
        if not (self.activity and self.deadline and self.activity.deadline_text) or self.activity.windows is not None:
            return ""
        return "" if any(remark.code.startswith("deadline") for remark in self.remarks) else self.deadline.remark

    @property
    def kind(self) -> str:
        """Which kind of deadline it is, for the word on the page."""
        if self.activity and self.activity.windows is not None:
            return "set"
        return self.deadline.kind if self.deadline else ""

    @property
    def windows(self) -> list[Days]:
        if self.activity and self.activity.windows is not None:
            return self.activity.windows
        return list(self.deadline.windows) if self.deadline else []


def shown_row(row: int) -> int:
    """The number of a line as the file shows it: rows of each sheet are counted from one."""
    return row % SHEET_STEP


def read_deadline(
    activity: ActivityReading,
    school_year: int | None,
    period: tuple[date, date] | None,
    calendar: SchoolCalendar | None,
) -> Reading:
    """The meaning of the activity's deadline as its roadmap will have it."""
    return parse(activity.deadline_text, school_year=school_year, period=period, calendar=calendar)


def entries_of(reading: RoadmapReading, decisions: dict[int, str]) -> list[Entry]:
    """All entries in the order of the document. Deadlines are not read yet: `with_deadlines` does it for a page of them."""
    remarks: dict[int, list[Remark]] = defaultdict(list)
    for remark in reading.remarks:
        remarks[remark.row].append(remark)
    lines = {line.row: line for line in reading.lines}
    taken: set[int] = set()
    entries: list[tuple[float, Entry]] = []
    place = 0.0
    for stage in reading.stages:
        heading = lines.get(stage.source_row)
        own = [activity for activity in stage.activities if stage.source_row in activity.source_rows]
        entry = Entry(
            [] if own or heading is None else [heading], stage=stage, decision=decisions.get(stage.source_row, "")
        )
        place = max(place, stage.source_row - 0.5)
        taken.update(line.row for line in entry.lines)
        entries.append((place, entry))
        for activity in stage.activities:
            rows = [row for row in activity.source_rows if row in lines and row not in taken]
            taken.update(rows)
            place = max(place, activity.source_row)
            decision = decisions.get(activity.source_row, "")
            entries.append((place, Entry([lines[row] for row in rows], activity=activity, decision=decision)))
    for row, line in lines.items():
        if row not in taken:
            entries.append((row - 0.25, Entry([line], decision=decisions.get(row, ""))))
    ordered = [entry for _place, entry in sorted(entries, key=lambda pair: pair[0])]
    for entry in ordered:
        for line in entry.lines:
            entry.remarks += remarks.pop(line.row, [])
    return ordered


def remarks_of_the_whole(reading: RoadmapReading, entries: list[Entry]) -> list[Remark]:
    """Remarks on the document, and on lines that do not belong to the table of the roadmap."""
    placed = {line.row for entry in entries for line in entry.lines}
    return [remark for remark in reading.remarks if remark.row not in placed]


def with_deadlines(
    entries: list[Entry],
    school_year: int | None,
    period: tuple[date, date] | None,
    calendar: SchoolCalendar | None,
) -> list[Entry]:
    """The entries with their deadlines read and their confidence told."""
    for entry in entries:
        if entry.activity:
            entry.deadline = read_deadline(entry.activity, school_year, period, calendar)
            entry.confidence = _confidence(entry)
        elif entry.stage:
            entry.confidence = 0.95 if entry.stage.title else 0.6
    return entries


def _confidence(entry: Entry) -> float:
    activity = entry.activity
    if activity is None or not activity.content:
        return 0.3
    caps = [CAPS[remark.code] for remark in entry.remarks if remark.code in CAPS]
    if len(activity.source_rows) > 1:
        caps.append(JOINED)
    if activity.deadline_inherited:
        caps.append(INHERITED)
    if activity.windows is None and activity.deadline_text and entry.deadline:
        caps.append(entry.deadline.confidence)
    return min([0.95, *caps])


def counts_of(entries: list[Entry]) -> dict[str, int]:
    """How many activities there are of each level."""
    counts = dict.fromkeys(("sure", "check", "unclear", "checked"), 0)
    for entry in entries:
        if entry.activity:
            counts[entry.level] += 1
    return counts
