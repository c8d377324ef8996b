"""What looks wrong in a roadmap that was read: said, never mended (domain rule: warn, do not fix silently)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.deadline_dates import Years
from roadmap.deadlines import parse
from roadmap.document_checks import PAIRS_STAGE
from roadmap.document_texts import year_spans
from roadmap.headings import number_parts
from roadmap.roadmap_reading import ActivityReading, Remark, RoadmapReading, StageReading
from roadmap.school_calendar import SchoolCalendar

DOUBTFUL = 0.8
REGISTRY_STAGE = re.compile(r"(?:баз|банк|реестр)\w*\b.*наставля", re.IGNORECASE)
UNREAD = 0.5
ANY_YEAR = 2023
LONG_TITLE = 70
FAR = timedelta(days=300)
FirstDays = list[tuple[date, int, str]]


def remarks_on(reading: RoadmapReading, calendar: SchoolCalendar | None = None) -> Iterator[Remark]:
    """Remarks on numbers, order, deadlines, responsible people and years; those of a row carry its number."""
    school_year = _school_year(reading)
    yield from _gaps([(stage.number, stage.source_row) for stage in reading.stages])
    for stage in reading.stages:
        if not stage.activities:
            yield _say(
                stage.source_row,
                "empty_stage",
                _("The stage “{title}” has no activities."),
                title=stage.title or stage.number,
            )
        yield from _gaps([(activity.number, activity.source_row) for activity in stage.activities])
        for activity in stage.activities:
            yield from _on_activity(activity, reading, school_year, calendar)
    begins = [_first_days(stage, reading, school_year) for stage in reading.stages]
    yield from _order(reading.stages, begins)
    yield from _pairs_before_registry(reading.stages, begins)
    yield from _far_activities(begins)
    has_deadlines = any(activity.deadline_text for activity in reading.activities)
    if reading.school_year is None and reading.period is None and has_deadlines:
        yield Remark(
            0, "no_year", _("The document does not name its school year; choose it, so that months become dates.")
        )
    yield from _foreign_years(reading)


def _say(row: int, code: str, sentence: Any, /, **values: object) -> Remark:
    return Remark(row, code, format_lazy(sentence, **values))


def _gaps(numbered: list[tuple[str, int]]) -> Iterator[Remark]:
    before: tuple[int, ...] = ()
    for number, row in numbered:
        parts = number_parts(number)
        if parts and before and len(parts) == len(before) and parts[:-1] == before[:-1] and parts[-1] != before[-1] + 1:
            shown = ".".join(map(str, before))
            yield _say(
                row, "numbering", _("Number {number} follows {before}."), number=".".join(map(str, parts)), before=shown
            )
        before = parts or before


def _on_activity(
    activity: ActivityReading, reading: RoadmapReading, school_year: int | None, calendar: SchoolCalendar | None
) -> Iterator[Remark]:
    roles = {role for role, _heading in reading.columns}
    if "responsible" in roles and not activity.responsible_text:
        yield Remark(activity.source_row, "no_responsible", _("Nobody is named as responsible."))
    if "deadline" not in roles or activity.deadline_inherited:
        return
    if not activity.deadline_text:
        yield Remark(activity.source_row, "no_deadline", _("No deadline is written."))
        return
    read = parse(activity.deadline_text, school_year=school_year, period=reading.period, calendar=calendar)
    outside = [side for window in read.windows for side in window if side and not _within(side, reading.period)]
    if outside and read.kind in ("range", "by"):
        text = _("The deadline “{deadline}” is outside the period of the document.")
        yield _say(activity.source_row, "outside_period", text, deadline=activity.deadline_text)
        read = parse(activity.deadline_text, school_year=school_year, calendar=calendar)
    if read.confidence < DOUBTFUL:
        code = "deadline_unread" if read.confidence < UNREAD else "deadline_doubtful"
        text = _("The deadline “{deadline}”: {remark}")
        yield _say(activity.source_row, code, text, deadline=activity.deadline_text, remark=read.remark)


def _within(day: date, period: tuple[date, date] | None) -> bool:
    return Years(period=period).holds((day, day))


def _school_year(reading: RoadmapReading) -> int | None:
    """The school year by which deadlines are read; without any, the first year named, so that doubts are about words."""
    if reading.school_year is not None or reading.period is not None:
        return reading.school_year
    named = re.search(r"\b20\d\d\b", " ".join(activity.deadline_text for activity in reading.activities))
    return int(named.group()) if named else ANY_YEAR


def _order(stages: list[StageReading], begins: list[FirstDays]) -> Iterator[Remark]:
    """Stages follow one another: a stage that begins later than the next one is suspicious."""
    dated = [(stage, min(days)[0]) for stage, days in zip(stages, begins, strict=True) if days]
    for (stage, first), (following, next_first) in pairwise(dated):
        if first > next_first:
            yield _say(
                following.source_row,
                "stage_order",
                _("The stage “{following}” begins before the stage “{stage}” that stands above it."),
                stage=_named(stage),
                following=_named(following),
            )


def _named(stage: StageReading) -> str:
    """The stage as a sentence names it: long titles by their beginning."""
    title = stage.title or stage.number
    return title if len(title) <= LONG_TITLE else title[:LONG_TITLE].rsplit(" ", 1)[0] + "…"


def _pairs_before_registry(stages: list[StageReading], begins: list[FirstDays]) -> Iterator[Remark]:
    """Pairs are formed of people in the registries: a plan that forms them earlier has wrong dates or a wrong order."""
    dated = [(stage, min(days)[0]) for stage, days in zip(stages, begins, strict=True) if days]
    registries = [(stage, first) for stage, first in dated if REGISTRY_STAGE.search(stage.title)]
    for stage, first in dated:
        later = next((one for one, day in registries if day > first), None) if PAIRS_STAGE.search(stage.title) else None
        if later:
            text = _("Pairs are formed before “{later}” begins.")
            yield _say(stage.source_row, "pairs_before_registry", text, later=later.title)


def _far_activities(begins: list[FirstDays]) -> Iterator[Remark]:
    """One activity a year away from the others of its stage is mostly a wrong year."""
    for days in begins:
        middle = median_low(day for day, _row, _text in days) if len(days) > 2 else None
        for day, row, deadline in days:
            if middle and abs(day - middle) > FAR:
                text = _("The deadline “{deadline}” is far from those of the other activities of the stage.")
                yield _say(row, "far_from_stage", text, deadline=deadline)


def _first_days(stage: StageReading, reading: RoadmapReading, school_year: int | None) -> FirstDays:
    """(first day, row, deadline as written) of each activity with a date of its own."""
    return [
        (start, activity.source_row, activity.deadline_text)
        for activity in stage.activities
        if activity.deadline_text and not activity.deadline_inherited
        for read in [parse(activity.deadline_text, school_year=school_year, period=reading.period)]
        if read.kind == "range" and read.confidence >= UNREAD
        for start, _end in read.windows[:1]
        if start
    ]


def _foreign_years(reading: RoadmapReading) -> Iterator[Remark]:
    """«2022-2023» in a plan for 2023-2024, or a span like «2023–2043»: a leftover or a misprint."""
    if reading.period is None:
        return
    first, last = reading.period[0].year, reading.period[1].year
    for stage in reading.stages:
        texts = [(stage.source_row, stage.title)]
        for activity in stage.activities:
            texts += [
                (activity.source_row, text) for text in (activity.group, activity.content, activity.document_text)
            ]
        seen: set[tuple[int, str]] = set()
        for row, text in texts:
            for written, start, end in year_spans(text):
                if not (first <= start <= end <= last) and (row, written) not in seen:
                    seen.add((row, written))
                    yield _say(
                        row, "other_years", _("The text names other years than the document: “{years}”."), years=written
                    )
