"""What a person corrects on the check page of an import, and how it changes the reading. Pure: JSON in, reading out.

The corrections of an import are one dictionary, kept with it so that one may leave and come back:

    head         {"row", "roles", "is_head"}: the line at which the table begins, where the portal did not see it
    roles        the role of each column from the left, where a person has set them
    rows         {line: what it is}: `join` (goes on with the line above), `activity`, `stage`, `drop`
    stages       {line: {"number", "title"}}
    activities   {key: the fields that a person has looked through, "windows", "parts"}
    facts        title, dates, grif

Texts of the document itself are never changed: a correction stands beside and can be taken back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmap.deadlines import parse
from roadmap.headings import points_of
from roadmap.heads import ChosenHead
from roadmap.roadmap_reading import ActivityReading, Approval, Days, RoadmapReading, StageReading

Corrections = dict[str, Any]
Deadline = tuple[str, list[Days] | None]  # a text and the days that a person has set for it

ROLES = ("number", "stage", "group", "content", "deadline", "responsible", "document", "other")
DECISIONS = ("join", "activity", "stage", "drop")
FIELDS = ("number", "group", "content", "deadline_text", "responsible_text", "document_text")
FACTS = (
    "title",
    "school_year",
    "starts_on",
    "ends_on",
    "approver_position",
    "approver_name",
    "approved_on",
    "order_number",
    "order_on",
)


def decisions_of(corrections: Corrections) -> dict[int, str]:
    """{line: what a person says it is}."""
    rows = corrections.get("rows", {})
    return {int(row): decision for row, decision in rows.items() if decision in DECISIONS}


def corrected(reading: RoadmapReading, corrections: Corrections) -> RoadmapReading:
    """The reading with the texts, days and facts that a person has set; remarks stay, for they are of the document."""
    stages = []
    typed = corrections.get("activities", {})
    for stage in reading.stages:
        named = corrections.get("stages", {}).get(str(stage.source_row), {})
        title = named.get("title", stage.title)
        # what became of each deadline that rows below have taken over, the misprint of «октябрь 20213» with it
        settled: dict[str, Deadline] = {stage.title: (title, None)} if title != stage.title else {}
        activities: list[ActivityReading] = []
        for activity in stage.activities:
            parts = list(_parts(_inheriting(activity, settled), typed))
            if not activity.deadline_inherited:
                settled[activity.deadline_text] = (parts[-1].deadline_text, parts[-1].windows)
            activities += parts
        stages.append(StageReading(named.get("number", stage.number), title, activities, stage.source_row))
    return _with_facts(replace(reading, stages=stages), corrections.get("facts", {}))


def _inheriting(activity: ActivityReading, settled: Mapping[str, Deadline]) -> ActivityReading:
    """The activity with the deadline of the row above as it was corrected there, if it has none of its own."""
    if not activity.deadline_inherited or activity.deadline_text not in settled:
        return activity
    text, windows = settled[activity.deadline_text]
    return replace(activity, deadline_text=text, windows=windows, inherited_text=activity.deadline_text)


def _parts(activity: ActivityReading, typed: Mapping[str, Any]) -> Iterator[ActivityReading]:
    """The activity as corrected, and what was split off from it."""
    values = typed.get(activity.key, {})
    texts = {name: values[name] for name in FIELDS if name in values}
    if activity.inherited_text and texts.get("deadline_text") == activity.inherited_text:
        del texts["deadline_text"]  # looked through before the row above was corrected
    if texts.get("content", activity.content) != activity.content:
        texts["items"] = points_of(texts["content"], texts["content"])
    if texts.get("deadline_text", activity.deadline_text) != activity.deadline_text:
        texts |= {"deadline_inherited": False, "windows": None}
    first = replace(activity, **texts)
    if "windows" in values:
        first.windows = days_from_json(values["windows"])
    first.is_checked = activity.is_checked or bool(values)
    parts = values.get("parts", [])
    if not parts:
        yield first
        return
    for place, text in enumerate(parts):
        part = replace(
            first,
            number="" if place else first.number,
            content=text,
            items=points_of(text, text),
            key=f"{activity.key}.{place}",
            extra=dict(first.extra),
        )
        yield from _parts(part, typed)


def _with_facts(reading: RoadmapReading, facts: Mapping[str, str]) -> RoadmapReading:
    if not facts:
        return reading
    found = reading.approval or Approval()
    approval = Approval(
        facts.get("approver_position", found.position),
        facts.get("approver_name", found.name),
        facts.get("approved_on", found.date_text),
        facts.get("order_number", found.order_number),
        facts.get("order_on", found.order_date_text),
    )
    period = reading.period
    if facts.get("starts_on") and facts.get("ends_on"):
        period = (date.fromisoformat(facts["starts_on"]), date.fromisoformat(facts["ends_on"]))
    year = int(facts["school_year"]) if facts.get("school_year") else reading.school_year
    return replace(reading, title=facts.get("title", reading.title), approval=approval, period=period, school_year=year)


def days_from_json(stored: list[list[str | None]]) -> list[Days]:
    """Windows as dates; an open side is `None`."""
    return [
        (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
        for first, last in stored
    ]


def days_to_json(windows: list[Days]) -> list[list[str | None]]:
    """Windows as JSON keeps them."""
    return [[side.isoformat() if side else None for side in window] for window in windows]


def day_of(text: str) -> date | None:
    """The one day that «27» апреля 2022 г. names, or `None`."""
    windows = parse(text.replace("«", "").replace("»", "")).windows
    return windows[0][0] if len(windows) == 1 and windows[0][0] == windows[0][1] else None


# --- what a person does -----------------------------------------------------------------------------------------------


def with_roles(corrections: Corrections, before: list[str], roles: list[str]) -> Corrections:
    """Other roles of the columns; one that is given to a new column leaves the old one, which keeps its text as it is.

    `before` are the roles that stand. Raises `ValueError` if a role is unknown, is given to two new columns, or if no
    column holds the activities.
    """
    if any(role not in ROLES for role in roles):
        raise ValueError("unknown")
    given = [role for was, role in zip(before, roles, strict=True) if role != was]
    settled = ["other" if role == was and role in given else role for was, role in zip(before, roles, strict=True)]
    own = [role for role in settled if role != "other"]
    if len(own) != len(set(own)):
        raise ValueError("twice")
    if "content" not in own:
        raise ValueError("no content")
    return {**corrections, "roles": settled}


def with_head(corrections: Corrections, head: ChosenHead) -> Corrections:
    """Another table, or one that was not recognized. What was corrected in the old one is dropped, the facts stay.

    Raises `ValueError` as `with_roles` does.
    """
    settled = with_roles({}, ["other"] * len(head.roles), list(head.roles))["roles"]
    kept = {name: value for name, value in corrections.items() if name == "facts"}
    return {**kept, "head": {"row": head.row, "roles": settled, "is_head": head.is_head}}


def head_of(corrections: Corrections) -> ChosenHead | None:
    """Where a person says that the table begins."""
    head = corrections.get("head")
    return ChosenHead(head["row"], tuple(head["roles"]), head["is_head"]) if head else None


def with_decision(corrections: Corrections, row: int, decision: str) -> Corrections:
    """What a line is; an empty decision leaves it to the portal again."""
    rows = {name: value for name, value in corrections.get("rows", {}).items() if name != str(row)}
    if decision:
        if decision not in DECISIONS:
            raise ValueError(decision)
        rows[str(row)] = decision
    return {**corrections, "rows": rows}


def with_stage(corrections: Corrections, row: int, number: str, title: str) -> Corrections:
    return {**corrections, "stages": {**corrections.get("stages", {}), str(row): {"number": number, "title": title}}}


def with_activity(corrections: Corrections, key: str, values: Mapping[str, Any]) -> Corrections:
    """The fields of an activity as a person has looked them through."""
    activities = corrections.get("activities", {})
    # days that were set for another text of the deadline do not hold for the new one
    kept = {name: value for name, value in activities.get(key, {}).items() if name not in ("windows", "parts")}
    return {**corrections, "activities": {**activities, key: {**kept, **values}}}


def without_activity(corrections: Corrections, key: str) -> Corrections:
    """The activity as the document has it, whole again if it was split."""
    key = key.split(".")[0]
    activities = corrections.get("activities", {})
    kept = {name: value for name, value in activities.items() if name != key and not name.startswith(f"{key}.")}
    return {**corrections, "activities": kept}


def with_facts(corrections: Corrections, facts: Mapping[str, str]) -> Corrections:
    return {**corrections, "facts": {name: value for name, value in facts.items() if name in FACTS}}


def parts_of(text: str) -> list[str]:
    """The texts into which an activity is split: at blank lines, else at the points that it lists; one text if at neither."""
    pieces = [" ".join(piece.split()) for piece in text.replace("\r\n", "\n").split("\n\n")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1:
        return pieces
    whole = " ".join(text.split())
    points = [point for _number, point in points_of(text, whole)]
    return points if len(points) > 1 else [whole]
