"""What looks odd in how a roadmap is written (domain.md §6.5): torn rows, dates given once, slips of single words, headings
of several styles, what has no dates at all. Each check has a name, says one sentence at one place, and changes nothing.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

from roadmap.deadline_words import is_one_slip_from
from roadmap.deadlines import parse
from roadmap.responsibles import OwnerRole, roles_of
from roadmap.roadmap_reading import ActivityReading, Remark, RoadmapReading, StageReading
from roadmap.word_breaks import agree

ODD_SPACE = re.compile(r"20\d\d(?:\s+[-–—]|[-–—]\s+)(?:20)?\d\d\b")
IN_COURSE = re.compile(r"\bв течении\b", re.IGNORECASE)
TERMS = ("срок", "сроки", "сроком", "сроками", "сроках")
WORD = re.compile(r"[а-яё]+", re.IGNORECASE)
STAGE_STYLE = re.compile(r"\W*\d{1,2}(?P<style>[^\w\s]*\s?-?\s?[а-яё]{0,3}\s?-?\s?этап)", re.IGNORECASE)
OF_TEACHERS = re.compile(r"педагогическ\w+ (?:работник|кадр)|\bпедагогов\b", re.IGNORECASE)
PUPILS = re.compile(r"\b(?:(?:обучающ|учащ)\w+с[яь]|школьник\w*)\b", re.IGNORECASE)
MOST_BLANK_LINES = 2


def remarks_on_writing(
    reading: RoadmapReading, *, is_office: bool = False, decided: Collection[int] = (), gaps: Collection[int] = ()
) -> Iterator[Remark]:
    """All remarks on how the table is written.

    `is_office`: the organization is an education office itself. `decided` are lines of which a person has said what they
    are, `gaps` lines of the table that stand under a blank one.
    """
    yield from odd_space(reading)
    yield from torn_title(reading)
    yield from undated(reading)
    yield from blank_lines(gaps)
    yield from heading_styles(reading)
    yield from shared_deadlines(reading)
    for stage in reading.stages:
        yield from whole_period(stage, reading)
    for activity in reading.activities:
        if len(activity.source_rows) > 1 and not set(activity.source_rows) & set(decided):
            sentence = _("The row goes on in another line, as after a page break; its parts are joined.")
            yield Remark(activity.source_row, "torn", sentence)
        yield from slips_of_deadline(activity)
        yield from disagreeing_words(activity)
        if not is_office and roles_of(activity.responsible_text) == [OwnerRole.OFFICE]:
            sentence = _("“{text}” alone is responsible: this is the work of the education office, not yours.")
            yield _say(activity.source_row, "office_item", sentence, text=activity.responsible_text)
    yield from pupils(reading)


def _say(row: int, code: str, sentence: Any, /, **values: object) -> Remark:
    return Remark(row, code, format_lazy(sentence, **values))


def odd_space(reading: RoadmapReading) -> Iterator[Remark]:
    """«2023– 2024»: a space on one side of the dash only."""
    match = ODD_SPACE.search(reading.title or reading.period_text)
    if match and not re.search(r"\s[-–—]\s", match.group()):
        yield _say(0, "odd_space", _("There is a superfluous space in the years “{years}”."), years=match.group())


def torn_title(reading: RoadmapReading) -> Iterator[Remark]:
    """«в МКОУ СОШ № 10 на 2023 - 2024 учебный год»: the line above, that names the paper, is lost."""
    if reading.title[:1].islower():
        sentence = _("The title begins with “{text}”: its first line is perhaps lost.")
        yield _say(0, "torn_title", sentence, text=" ".join(reading.title.split()[:3]))


def undated(reading: RoadmapReading) -> Iterator[Remark]:
    """No column of deadlines; or approved on a day, and for which years is not said."""
    roles = {role for role, _heading in reading.columns}
    if "deadline" not in roles and not any(activity.deadline_text for activity in reading.activities):
        sentence = _("There are no deadlines in the document: give the activities their dates.")
        yield Remark(0, "no_dates", sentence)
    approved = reading.approval.date_text if reading.approval else ""
    if approved and not reading.period_text:
        sentence = _("The document was approved on {day}, and for which years is not said.")
        yield _say(0, "no_validity", sentence, day=approved)


def blank_lines(gaps: Collection[int]) -> Iterator[Remark]:
    """A blank line in the middle of a table; where there are many, the author parts the stages by them."""
    if len(gaps) <= MOST_BLANK_LINES:
        for row in sorted(gaps):
            sentence = _("A blank line stands above: a page break, or a line that was lost.")
            yield Remark(row, "blank_line", sentence)


def heading_styles(reading: RoadmapReading) -> Iterator[Remark]:
    """«1й этап», «2-й этап», «7-этап»."""
    lines = {line.row: " ".join(filter(None, line.cells)) for line in reading.lines}
    written: dict[str, tuple[int, str]] = {}
    for stage in reading.stages:
        if match := STAGE_STYLE.match(lines.get(stage.source_row, "")):
            style = re.sub(r"(?:ый|ой|ий|й)\b", "й", match["style"].lower()).replace(" ", "")
            written.setdefault(style, (stage.source_row, match.group().strip()))
    if len(written) > 1:
        sentence = _("The stages are numbered in several ways: {ways}.")
        ways = ", ".join(f"«{text}»" for _row, text in written.values())
        yield _say(list(written.values())[1][0], "heading_styles", sentence, ways=ways)


def shared_deadlines(reading: RoadmapReading) -> Iterator[Remark]:
    """Deadlines that are written once for several rows: each holds for the rows below, if its cell was a tall one.

    That of a stage's own line has a remark of its own.
    """
    rows = [
        activity.source_row
        for stage in reading.stages
        for activity in stage.activities
        if activity.deadline_inherited and not stage.activities[0].deadline_inherited
    ]
    if rows:
        sentence = ngettext(
            "{count} row has no deadline of its own; that of the row above is taken.",
            "{count} rows have no deadlines of their own; those of the rows above are taken.",
            len(rows),
        )
        yield _say(rows[0], "deadline_shared", sentence, count=len(rows))


def whole_period(stage: StageReading, reading: RoadmapReading) -> Iterator[Remark]:
    """A stage of which all activities last the whole period, in a plan whose other stages have dates."""
    kinds = [_kind(activity) for activity in stage.activities]
    others = [_kind(activity) for each in reading.stages if each is not stage for activity in each.activities]
    if len(kinds) > 1 and set(kinds) == {"ongoing"} and {"range", "by"} & set(others):
        sentence = _("The stage “{title}” lasts the whole period: none of its activities has a date of its own.")
        yield _say(stage.source_row, "whole_period", sentence, title=stage.title or stage.number)


def _kind(activity: ActivityReading) -> str:
    return parse(activity.deadline_text, school_year=2023).kind if activity.deadline_text else ""


def slips_of_deadline(activity: ActivityReading) -> Iterator[Remark]:
    """«В течении года», «в соответствии с сороками»: words that exist and are not meant."""
    if activity.deadline_inherited:
        return
    if match := IN_COURSE.search(activity.deadline_text):
        yield _misprint(activity.source_row, match.group(), "в течение")
    for word in WORD.findall(activity.deadline_text):
        right = next((term for term in TERMS if is_one_slip_from(word.lower(), term)), "")
        if right and word.lower() not in TERMS and len(word) > 5:
            yield _misprint(activity.source_row, word, right)


def _misprint(row: int, word: str, right: str) -> Remark:
    return _say(row, "misprint", _("“{word}” is perhaps a misprint of “{right}”."), word=word, right=right)


def disagreeing_words(activity: ActivityReading) -> Iterator[Remark]:
    """«Методическая совет»: an adjective of another gender than its noun."""
    words = WORD.findall(activity.responsible_text)
    if len(words) == 2 and not agree(*words):
        sentence = _("The words do not agree: “{text}”.")
        yield _say(activity.source_row, "disagreement", sentence, text=activity.responsible_text)


def pupils(reading: RoadmapReading) -> Iterator[Remark]:
    """Pupils in a plan that is for teachers: lines taken over from another plan."""
    if not OF_TEACHERS.search(reading.title):
        return
    for stage in reading.stages:
        found = PUPILS.search(stage.title)
        if found:
            yield _of_pupils(stage.source_row, found.group())
        for activity in stage.activities:
            found = PUPILS.search(f"{activity.group} {activity.content} {activity.document_text}")
            if found:
                yield _of_pupils(activity.source_row, found.group())


def _of_pupils(row: int, word: str) -> Remark:
    return _say(row, "pupils", _("The plan is for teachers, and the line speaks of pupils: “{word}”."), word=word)
