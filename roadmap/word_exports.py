"""A printed roadmap as a Word document. Rows are built as XML: python-docx looks through the whole table for each cell."""

import io
from copy import deepcopy

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LONG_SIDE, SHORT_SIDE = Mm(297), Mm(210)
MARGINS = {"left": Mm(20), "right": Mm(10), "top": Mm(20), "bottom": Mm(20)}
MARK_WIDTH = Mm(85)
TWENTIETHS = 635  # EMU in a twentieth of a point, by which widths are given in a table


def docx_of(printed):
    """The bytes of a docx: mark of approval, title, table whose head repeats and whose tall cells are one cell."""
    paper = Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(12)
    width = _set_page(paper.sections[0], is_landscape=printed.sheet.is_landscape)
    for line in printed.mark_lines:
        paragraph = paper.add_paragraph(line)
        paragraph.paragraph_format.left_indent = width - MARK_WIDTH
        paragraph.paragraph_format.space_after = Pt(2)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(printed.roadmap.title).bold = True
    _add_table(paper, printed, width)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _set_page(section, *, is_landscape):
    """Lay the page and return the width of its text."""
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if is_landscape else (SHORT_SIDE, LONG_SIDE)
    for side, margin in MARGINS.items():
        setattr(section, f"{side}_margin", margin)
    return section.page_width - MARGINS["left"] - MARGINS["right"]


def _add_table(paper, printed, width):
    columns = printed.columns
    widths = [int(width * column["width"] / 100 / TWENTIETHS) for column in columns]
    table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for grid, each in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), str(each))
    head = table.rows[0]._tr
    table._tbl.remove(head)
    titles = [column["title"] for column in columns]
    table._tbl.append(
        _row([_cell(text, each, bold=True) for text, each in zip(titles, widths, strict=True)], head=True)
    )
    rows = printed.rows
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if row.heading:
            table._tbl.append(_row([_cell(row.heading, sum(widths), bold=True, span=len(columns), is_heading=True)]))
            continue
        follow = below.cells if below is not None and below.cells else [None] * len(columns)
        table._tbl.append(
            _row(
                [
                    _cell(cell.text, each, merge=_merge(cell, next_cell))
                    for cell, next_cell, each in zip(row.cells, follow, widths, strict=True)
                ]
            )
        )


def _merge(cell, below):
    """How Word is told of a tall cell: where it begins, where it goes on, or neither."""
    if cell.is_merged:
        return "continue"
    return "restart" if below is not None and below.is_merged else ""


def _row(cells, *, head=False):
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader", val="true"))
    row.append(properties)
    row.extend(cells)
    return row


def _cell(text, width, *, bold=False, span=1, merge="", is_heading=False):
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(_element("w:gridSpan", val=str(span)))
    if merge:
        properties.append(_element("w:vMerge", val=merge))
    cell.append(properties)
    for line in text.split("\n"):
        paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
        if is_heading:
            paragraph.append(deepcopy(OF_HEADING))
        if bold:
            run.append(deepcopy(BOLD))
        words = OxmlElement("w:t")
        words.text = _printable(line)
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        paragraph.append(run)
        cell.append(paragraph)
    return cell


def _printable(text):
    """Text without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign == "\t")


def _element(name, **values):
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


BOLD = OxmlElement("w:rPr")
BOLD.append(_element("w:b"))
# A stage stays with its first activity where a page ends.
OF_HEADING = OxmlElement("w:pPr")
OF_HEADING.extend([_element("w:keepNext"), _element("w:jc", val="center")])
