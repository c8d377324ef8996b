"""A roadmap as a table again: the columns that its document had, or those of a layout, row by row.

`columns` are `{"role": …, "title": …}` and may have a `width`; a role names what stands in the cell. A table that has no
column for the stage carries it as a row of its own.
"""

from dataclasses import dataclass
from typing import Any

from roadmap.deadline_printing import phrase_of

STANDARD_COLUMNS = [
    {"role": "number", "title": "№"},
    {"role": "content", "title": "Мероприятие"},
    {"role": "deadline", "title": "Сроки"},
    {"role": "responsible", "title": "Ответственные"},
    {"role": "document", "title": "Результат, вид документа"},
]
# Share of the width by what stands in the column, where the column names no width of its own.
WEIGHTS = {"number": 1, "stage": 3, "group": 4, "content": 8, "deadline": 3, "responsible": 4, "document": 5}
OTHER_WEIGHT = 3
# What only this floor's own people may read: the columns that name persons.
NAMING = frozenset({"owners", "proofs"})


@dataclass(frozen=True)
class ExportCell:
    """A cell of the printed table; `is_merged` continues the cell above, as one tall cell did in the document."""

    role: str
    text: str
    is_merged: bool = False


@dataclass(frozen=True)
class ExportRow:
    """A row of the printed table; `heading` is the stage where the document has no column for it.

    `continues` names what stands in rows above, for a page that begins with this one: its stage, its group.
    """

    cells: tuple[ExportCell, ...] = ()
    heading: str = ""
    status: str = ""
    continues: str = ""


def columns_of(roadmap):
    """The columns of the document that the roadmap came from, else the usual five."""
    return roadmap.columns or STANDARD_COLUMNS


def widths_of(columns):
    """Widths of the columns in percent, together 100."""
    weights = [column.get("width") or WEIGHTS.get(column["role"], OTHER_WEIGHT) for column in columns]
    return [round(100 * weight / sum(weights), 2) for weight in weights]


def table_of(roadmap, columns=None):
    """The rows of the roadmap under the columns, else under those of its document."""
    is_own = columns is None
    columns = columns_of(roadmap) if is_own else columns
    has_stage_column = any(column["role"] == "stage" for column in columns)
    # A layout without a column for groups says them within the activity, or they would be lost.
    names_group = not is_own and not any(column["role"] == "group" for column in columns)
    rows = []
    for stage in roadmap.stages.order_by("position").prefetch_related(*_related(columns)):
        if not has_stage_column:
            rows.append(ExportRow(heading=stage.as_written))
        above = None
        for activity in stage.activities.all():
            place = _Place(stage, activity, above, has_stage_column, names_group)
            cells = tuple(map(place.cell, columns))
            rows.append(ExportRow(cells, status=activity.status, continues=place.continues(cells)))
            above = activity
        if has_stage_column and above is None:
            texts = {"number": stage.number, "stage": stage.title}
            rows.append(ExportRow(tuple(ExportCell(each["role"], texts.get(each["role"], "")) for each in columns)))
    return rows


def _related(columns):
    roles = {column["role"] for column in columns}
    also = {"dates": ["windows"], "owners": ["owners__person"], "proofs": ["proofs"]}
    return ["activities", *(f"activities__{name}" for role in roles for name in also.get(role, ()))]


@dataclass(frozen=True)
class _Place:
    """An activity where it stands in the table: in its stage, under another one."""

    stage: Any
    activity: Any
    above: Any
    has_stage_column: bool
    names_group: bool

    def cell(self, column):
        role, activity = column["role"], self.activity
        if self.has_stage_column and role in {"number", "stage"}:
            if role == "number" and activity.number:
                return ExportCell(role, activity.number)
            text = self.stage.number if role == "number" else self.stage.title
            return ExportCell(role, "", is_merged=True) if self.above else ExportCell(role, text)
        if role == "group" and self.above and activity.group and self.above.group == activity.group:
            return ExportCell(role, "", is_merged=True)
        return ExportCell(role, self._text(column))

    def continues(self, cells):
        """What a reader of this row must look up above it."""
        if self.has_stage_column and self.above is None:
            return ""
        is_in_group = any(cell.role == "group" and cell.is_merged for cell in cells)
        return " – ".join([self.stage.as_written, *([self.activity.group] if is_in_group else [])])

    def _text(self, column):
        role, activity = column["role"], self.activity
        if role == "content" and self.names_group and activity.group:
            new = self.above is None or self.above.group != activity.group
            return f"{activity.group}\n{activity.content}" if new else activity.content
        if role == "other":
            return activity.extra.get(column["title"], "")
        return TEXTS[role](activity)


def dates_in_words(activity):
    """«октябрь 2026 г.», «до 1 сентября 2026 г.»: the confirmed days, whatever was written."""
    windows = [(window.starts_on, window.ends_on) for window in activity.windows.all()]
    return phrase_of("range", windows) if windows else ""


TEXTS = {
    "number": lambda activity: activity.number,
    "group": lambda activity: activity.group,
    "content": lambda activity: activity.content,
    "deadline": lambda activity: activity.deadline_text,
    "dates": dates_in_words,
    "responsible": lambda activity: activity.responsible_text,
    "owners": lambda activity: ", ".join(str(owner) for owner in activity.owners.all()),
    "document": lambda activity: activity.document_text,
    "state": lambda activity: str(activity.get_status_display()),
    "done_on": lambda activity: f"{activity.done_on:%d.%m.%Y}" if activity.done_on else "",
    "proofs": lambda activity: "; ".join(proof.title for proof in activity.proofs.all()),
    "mark": lambda activity: "",
    "rest": lambda activity: "\n".join(f"{title}: {text}" for title, text in activity.extra.items() if text),
}
