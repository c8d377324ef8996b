"""A document of people into a roadmap as data: which table it is, what its columns mean, where stages begin.

Pure: takes paragraphs and tables (`roadmap.table_files` makes them from files), gives texts as written and remarks; stores
nothing. What cannot be placed is named in a remark, never dropped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

from roadmap.assembling import Assembler
from roadmap.blocks import Block, NoRoadmapFound, Paragraph, Table, TableRow, UnreadableDocument
from roadmap.columns import plain
from roadmap.document_checks import Known, remarks_on_words
from roadmap.document_texts import approval_of, foreign_names, foreign_numbers, organization_names, period_of
from roadmap.heads import ChosenHead
from roadmap.paper_checks import remarks_on_papers
from roadmap.reading_checks import remarks_on
from roadmap.roadmap_reading import ActivityReading, Approval, Remark, RoadmapReading, SourceLine, StageReading
from roadmap.school_calendar import SchoolCalendar
from roadmap.segments import LINES_OF_TITLE, Row, Segment, Segments
from roadmap.table_files import blocks_from_file
from roadmap.titles import title_of
from roadmap.writing_checks import remarks_on_writing

__all__ = [
    "ActivityReading",
    "Approval",
    "Paragraph",
    "Remark",
    "RoadmapReading",
    "StageReading",
    "Table",
    "TableRow",
    "UnreadableDocument",
    "blocks_from_file",
    "read_document",
]

# How many of the tables that were not read a remark names, and so many letters of the first line of each.
NAMED_TABLES = 3
NAMED_LETTERS = 60


def read_document(
    blocks: Sequence[Block],
    *,
    school_year: int | None = None,
    own_names: Iterable[str] = (),
    calendar: SchoolCalendar | None = None,
    known: Known | None = None,
    roles: Sequence[str] = (),
    decisions: Mapping[int, str] | None = None,
    head: ChosenHead | None = None,
    known_heads: Mapping[str, Sequence[str]] | None = None,
) -> RoadmapReading:
    """The roadmap in a document that may hold orders, regulations and other tables too.

    `school_year` (its first calendar year) helps when the document names no years; `own_names` are the quoted names of the
    organization, by which foreign ones are told; `calendar` has its quarters and trimesters, `known` its head and people.
    `roles` (one for each column of the table) and `decisions` (see `Assembler`) are what a person has said of it; `head`
    says where the table begins, where the portal does not see it; `known_heads` are what was said of heads before
    (`roadmap.heads`). Raises `NoRoadmapFound` if no table is a roadmap.
    """
    known = known or Known()
    segments = Segments(chosen=head, known=known_heads or {}).walk(list(blocks))
    found = [segment for segment in segments.found if segment.rows]
    if not found:
        raise NoRoadmapFound(_why_none(blocks))
    recognized = max(found, key=lambda segment: (head is not None and segment.row == head.row, segment.likeness))
    chosen = recognized.with_roles(roles) if roles else recognized
    assembled = Assembler(chosen, decisions or {}).assemble()
    above = [line.text for line in chosen.before]
    title = title_of(chosen.before)
    period_text, year, period = period_of([title, *reversed(above[-LINES_OF_TITLE:]), *above])
    reading = RoadmapReading(
        title=title,
        period_text=period_text,
        columns=list(zip(chosen.columns.roles, chosen.columns.headings, strict=True)),
        stages=assembled.stages,
        approval=approval_of(above, is_office=known.is_office),
        school_year=year if year is not None else school_year if period is None else None,
        period=period,
        lines=_source_lines(chosen),
    )
    remarks = [
        *assembled.remarks,
        *remarks_on(reading, calendar),
        *remarks_on_words(reading, texts_of(blocks), known),
        *remarks_on_writing(reading, is_office=known.is_office, decided=decisions or {}, gaps=_gaps(chosen)),
        *remarks_on_papers(reading, blocks, head_position=known.head_position, is_office=known.is_office),
        *remarks_on_names(texts_of(blocks), list(own_names)),
        *_ignored(segments, found, recognized),
    ]
    reading.remarks = sorted(_once("other_head", remarks), key=lambda remark: remark.row)
    return reading


def _why_none(blocks: Sequence[Block]) -> Any:
    """What to tell a person in whose document no roadmap was found, with a way on where there is no table at all."""
    if any(isinstance(block, Table) for block in blocks):
        return _("No roadmap was found: no table has columns with activities and deadlines or responsible people.")
    return _(
        "No roadmap was found: there is no table with text here. If its columns were lost in pasting, bring the file"
        " itself; if the table is a picture, it has to be typed."
    )


def _once(code: str, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks without the second and later ones of a code: the plan and the papers around it may say the same."""
    is_said = False
    for remark in remarks:
        if remark.code != code or not is_said:
            yield remark
        is_said = is_said or remark.code == code


def _gaps(segment: Segment) -> list[int]:
    """The lines of the table that stand under a blank one, those under a head left out."""
    first = segment.rows[0].row
    return [line.row for line in segment.rows if line.after_gap and not line.after_head and line.row != first]


def _source_lines(segment: Segment) -> list[SourceLine]:
    return [
        SourceLine(line.row, line.cells) if isinstance(line, Row) else SourceLine(line.row, (line.text,), is_text=True)
        for line in segment.lines
        if not isinstance(line, Row) or line.filled
    ]


def remarks_on_names(texts: Sequence[tuple[int, str]], own_names: Sequence[str]) -> list[Remark]:
    """Names and numbers of other organizations in the texts, (row, text)."""
    remarks = []
    for row, name, near in foreign_names(organization_names(texts), own_names):
        text = (
            _("The name “{name}” is perhaps a misprint of “{own}”.")
            if near
            else _("Another organization is named: “{name}”.")
        )
        remarks.append(Remark(row, "foreign_name", format_lazy(text, name=name, own=near)))
    for row, name in foreign_numbers(texts, own_names):
        remarks.append(
            Remark(row, "foreign_name", format_lazy(_("Another organization is named: “{name}”."), name=name))
        )
    return remarks


def texts_of(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """(row, text) of every paragraph and cell of a document."""
    texts: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append((block.row, plain(block.text)))
        else:
            texts += [(row.row, plain(cell)) for row in block.rows for cell in row.cells]
    return texts


def _ignored(segments: Segments, found: list[Segment], chosen: Segment) -> list[Remark]:
    """One remark on the tables that were not read, at the first of them: how many there are and how they begin."""
    rows = [(row.row, " · ".join(filter(None, map(plain, row.cells)))) for row in segments.ignored]
    rows += [(segment.row, " · ".join(segment.columns.headings)) for segment in found if segment is not chosen]
    if len(rows) < 2:
        text = _("Another table was not read: “{heading}”.")
        return [Remark(row, "ignored_table", format_lazy(text, heading=heading[:200])) for row, heading in rows]
    rows.sort()
    named = list(dict.fromkeys(heading[:NAMED_LETTERS] for _row, heading in rows if heading))
    headings = ", ".join(f"«{heading}»" for heading in named[:NAMED_TABLES])
    text = ngettext(
        "{count} more table was not read: {headings}", "{count} more tables were not read: {headings}", len(rows)
    )
    headings += "…" if len(named) > NAMED_TABLES else "."
    return [Remark(rows[0][0], "ignored_table", format_lazy(text, count=len(rows), headings=headings))]
