"""What looks wrong in the papers around a roadmap – the order that approves it, the agreement (domain.md §6.5). Each check
has a name, says one sentence at one place, and changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from roadmap.blocks import Block, Paragraph, Table
from roadmap.columns import plain
from roadmap.document_texts import year_spans
from roadmap.roadmap_reading import Remark, RoadmapReading
from roadmap.writing_checks import OF_TEACHERS

Texts = Sequence[tuple[int, str]]

ORDER_HEAD = re.compile(r"\W*П\s*Р\s*И\s*К\s*А\s*З\W*$")
GLUED_YEAR = re.compile(r"\W*от\s.{0,30}?(\d{4}г\b\.?)", re.IGNORECASE)
APPROVE = re.compile(
    r"утвердить\s+(?P<what>.{5,400}?)[\s.,(«]*(?:в соответствии с\s+|согласно\s+)?"
    r"приложени\w*\s*(?:№|N)?\s*(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
APPOINT_CURATOR = re.compile(r"\b(?:назначить|возложить)\b[^.;]{0,200}куратор", re.IGNORECASE)
CURATOR = re.compile(r"\bкуратор", re.IGNORECASE)
OF_DISTRICT = re.compile(r"дол[яи]\s+(?:\S+\s+){0,3}организаци\w+\s+от\s+общего", re.IGNORECASE)
INITIALS = re.compile(r"\W*(?:[А-ЯЁ]\.\s?){2}\W*")
GLUED_NAME = re.compile(r"(?:[А-ЯЁ]\.){2}[А-ЯЁ][а-яё]+")
PUPILS_METHOD = re.compile(r"методологи\w+[^.;]{0,40}наставничества\s+обучающихся", re.IGNORECASE)
GROUND = re.compile(r"распоряжени|рекомендаци|приказ|утвержден", re.IGNORECASE)
NUMBERED = re.compile(r"\d+\.\d+\.\d+\.?\s")
DASHED = re.compile(r"[-–—•]\s*\S")
ONE_YEAR = re.compile(r"(20\d\d)\s*(?:г(?:од)?\.?)?")
HEADS = (("директор", r"\bдиректор"), ("заведующий", r"\bзаведующ"))
DEPUTY = re.compile(r"(?:зам\S*\.?|заместител\w+)\s+(?:директор|заведующ)\w*", re.IGNORECASE)
SHORT = 200
STEM = 5


def remarks_on_papers(
    reading: RoadmapReading, blocks: Sequence[Block], *, head_position: str = "", is_office: bool = False
) -> Iterator[Remark]:
    """All remarks on the texts outside the roadmap's table."""
    own = {line.row for line in reading.lines}
    tables = [block for block in blocks if isinstance(block, Table)]
    texts = [
        (block.row, plain(block.text)) for block in blocks if isinstance(block, Paragraph) and block.row not in own
    ]
    # In a sheet every line is a row of the one table.
    texts += [
        (row.row, filled[0])
        for table in tables
        for row in table.rows
        if row.row not in own and len(filled := [text for cell in row.cells if (text := plain(cell))]) == 1
    ]
    texts.sort()
    yield from glued_name(reading, texts)
    yield from initials_alone(texts)
    yield from other_head_in_papers(texts, head_position)
    yield from pupils_method(reading, texts)
    yield from unnumbered_items(texts)
    if not is_office:
        yield from indicators_of_district(tables, own)
    if any(ORDER_HEAD.match(text) for _row, text in texts):
        yield from glued_year(texts)
        yield from absent_annexes_of_order(reading, texts)
        yield from curator_not_appointed(texts)
        yield from several_periods(reading, texts, tables, own)


def _say(row: int, code: str, sentence: Any, /, **values: object) -> Remark:
    return Remark(row, code, format_lazy(sentence, **values))


def glued_year(texts: Texts) -> Iterator[Remark]:
    """«от 29 августа 2023г» over an order."""
    for row, text in texts:
        if len(text) < SHORT and (match := GLUED_YEAR.match(text)):
            sentence = _("The date of the order is written without a space: “{text}”.")
            yield _say(row, "glued_year", sentence, text=match[1])
            return


def glued_name(reading: RoadmapReading, texts: Texts) -> Iterator[Remark]:
    """«Н.Н.Винтенкова»: initials and surname as one word, in the grif or a signature."""
    name = reading.approval.name if reading.approval else ""
    for row, text in [(0, name), *((row, text) for row, text in texts if len(text) < SHORT)]:
        if match := GLUED_NAME.search(text):
            sentence = _("There is no space between the initials and the surname: “{name}”.")
            place = next((line for line, words in texts if match.group() in words), row)
            yield _say(place, "glued_name", sentence, name=match.group())
            return


def initials_alone(texts: Texts) -> Iterator[Remark]:
    """«А.О.» as the line of a signature: the surname is lost."""
    for row, text in texts:
        if INITIALS.fullmatch(text):
            sentence = _("The initials “{initials}” stand without a surname.")
            yield _say(row, "initials_alone", sentence, initials=text.strip(" /"))


def other_head_in_papers(texts: Texts, head_position: str) -> Iterator[Remark]:
    """A petition «к директору» where the head is «заведующий»: a paper taken over from another organization."""
    own = next((name for name, pattern in HEADS if re.search(pattern, head_position, re.IGNORECASE)), "")
    for row, text in texts if own else ():
        rest = DEPUTY.sub("", text)
        for name, pattern in HEADS:
            if name != own and re.search(pattern, rest, re.IGNORECASE):
                sentence = _("“{written}” is named, and the head of your organization is “{own}”.")
                yield _say(row, "other_head", sentence, written=name, own=own)
                return


def pupils_method(reading: RoadmapReading, texts: Texts) -> Iterator[Remark]:
    """The methodology for pupils in papers on teachers; titles of acts among the grounds are passed over."""
    for row, text in texts if OF_TEACHERS.search(reading.title) else ():
        if PUPILS_METHOD.search(text) and not GROUND.search(text):
            sentence = _("The methodology of mentoring pupils is named, and the roadmap is for teachers.")
            yield Remark(row, "pupils_method", sentence)
            return


def unnumbered_items(texts: Texts) -> Iterator[Remark]:
    """2.2.1, 2.2.2 and then dashes: the numbers were lost."""
    for (_row, above), (row, text) in pairwise(texts):
        if NUMBERED.match(above) and not above.rstrip().endswith(":") and DASHED.match(text):
            sentence = _("After the point {number} the points have no numbers.")
            yield _say(row, "unnumbered", sentence, number=above.split()[0].rstrip("."))


def indicators_of_district(tables: Sequence[Table], own: set[int]) -> Iterator[Remark]:
    """«Доля организаций от общего количества организаций»: one organization cannot count it."""
    for table in tables:
        for row in table.rows:
            text = next((text for cell in row.cells if OF_DISTRICT.search(text := plain(cell))), "")
            if text and row.row not in own:
                sentence = _("One organization cannot count this indicator: “{text}…”.")
                yield _say(row.row, "indicator_of_district", sentence, text=text[:60])


def absent_annexes_of_order(reading: RoadmapReading, texts: Texts) -> Iterator[Remark]:
    """An annex that the order approves, where the others are in the document and it is not.

    The annexes may bear no mark «Приложение № 3»: each is looked for by the words that the order calls it.
    """
    approved = [
        (row, match["number"], match["what"]) for row, text in texts if (match := APPROVE.match(_unnumbered(text)))
    ]
    # A title may stand in two lines: «ПОЛОЖЕНИЕ», «о системе наставничества».
    headings = [
        (row, f"{text} {below}")
        for (row, text), (_row, below) in zip(texts, [*texts[1:], (0, "")], strict=True)
        if len(text) < 2 * SHORT
    ]
    absent = [
        (row, number)
        for row, number, what in approved
        if not any(_is_named(what, text) for line, text in [*headings, (row + 1, reading.title)] if line > row)
    ]
    if len(absent) < len(approved):
        for row, number in absent:
            sentence = _("Annex {number} is approved by the order and is not in the document.")
            yield _say(row, "annex_absent", sentence, number=number)


def _unnumbered(text: str) -> str:
    return re.sub(r"^[\d.]+\s*", "", text)


def _is_named(what: str, heading: str) -> bool:
    """Whether a heading begins as the order calls its annex: «Положение о системе…», by the stems of two words."""
    stems = [word[:STEM].lower() for word in re.findall(r"[а-яё]{4,}", what, re.IGNORECASE)][:2]
    words = [word.lower() for word in re.findall(r"[а-яё]+", heading, re.IGNORECASE)][:8]
    return (
        bool(stems and words)
        and words[0].startswith(stems[0])
        and all(any(word.startswith(stem) for word in words) for stem in stems)
    )


def curator_not_appointed(texts: Texts) -> Iterator[Remark]:
    """The papers speak of a curator, and the order appoints none."""
    if any(APPOINT_CURATOR.search(text) for _row, text in texts):
        return
    row = next((row for row, text in texts if ORDER_HEAD.match(text)), 0)
    if any(CURATOR.search(text) for _row, text in texts):
        yield Remark(row, "curator_not_appointed", _("The papers speak of a curator, and the order appoints none."))


def several_periods(reading: RoadmapReading, texts: Texts, tables: Sequence[Table], own: set[int]) -> Iterator[Remark]:
    """The order, its indicators and the roadmap are for different years."""
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for row, text in texts:
        for written, first, last in year_spans(text):
            found.setdefault((first, last), (row, written))
    for table in tables:
        head = [int(match[1]) for cell in table.rows[0].cells if (match := ONE_YEAR.fullmatch(plain(cell)))]
        if len(head) > 1 and table.rows[0].row not in own:
            found.setdefault((min(head), max(head)), (table.rows[0].row, f"{min(head)}–{max(head)}"))
    years = {(reading.period[0].year, reading.period[1].year)} if reading.period else set()
    if len(found.keys() | years) > 1:
        rows = [row for span, (row, _written) in found.items() if span not in years]
        named = ", ".join(f"«{written}»" for _row, written in found.values())
        yield _say(
            min(rows, default=0), "several_periods", _("The papers name different periods: {periods}."), periods=named
        )
