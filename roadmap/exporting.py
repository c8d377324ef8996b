"""A roadmap as a table again: the columns that its document had, as PDF, Word, Excel; every cell filled, as tsv.

`columns` of a roadmap are `{"role": …, "title": …}`; a role names what stands in the cell. A document that has no
column for the stage carries it as a row of its own, and so do its exports.
"""

import csv
import io
from dataclasses import dataclass

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Font

from mentorship.pdf import render_pdf
from mentorship.workbooks import (
    AT_THE_TOP,
    BOLD,
    XLSX_TYPE,
    append_row,
    prepare_for_print,
    set_widths,
    workbook_bytes,
)
from roadmap.models import Roadmap

TSV_COLUMNS = [
    "stage_no",
    "stage_title",
    "group",
    "activity_no",
    "content",
    "deadline_text",
    "responsible_text",
    "document_text",
    "deadline_kind",
    "windows",
    "status",
]
STANDARD_COLUMNS = [
    {"role": "number", "title": "№"},
    {"role": "content", "title": "Мероприятие"},
    {"role": "deadline", "title": "Сроки"},
    {"role": "responsible", "title": "Ответственные"},
    {"role": "document", "title": "Результат, вид документа"},
]
# Share of the width by what stands in the column; the rest is divided evenly.
WEIGHTS = {"number": 1, "stage": 3, "group": 4, "content": 8, "deadline": 3, "responsible": 4, "document": 5}
OTHER_WEIGHT = 3


@dataclass(frozen=True)
class ExportCell:
    """A cell of the printed table; `is_merged` continues the cell above, as one tall cell did in the document."""

    role: str
    text: str
    is_merged: bool = False


@dataclass(frozen=True)
class ExportRow:
    """A row of the printed table; `heading` is the stage where the document has no column for it."""

    cells: tuple[ExportCell, ...] = ()
    heading: str = ""
    status: str = ""


def columns_of(roadmap):
    return roadmap.columns or STANDARD_COLUMNS


def widths_of(columns):
    """Widths of the columns in percent, together 100."""
    weights = [WEIGHTS.get(column["role"], OTHER_WEIGHT) for column in columns]
    return [round(100 * weight / sum(weights), 2) for weight in weights]


def table_of(roadmap):
    """The rows of the roadmap as its document had them."""
    columns = columns_of(roadmap)
    has_stage_column = any(column["role"] == "stage" for column in columns)
    rows = []
    for stage in roadmap.stages.order_by("position").prefetch_related("activities"):
        if not has_stage_column:
            rows.append(ExportRow(heading=str(stage)))
        above = None
        for activity in stage.activities.all():
            cells = tuple(_cell(column, stage, activity, above, has_stage_column) for column in columns)
            rows.append(ExportRow(cells, status=activity.status))
            above = activity
        if has_stage_column and above is None:
            cells = [_stage_cell(column, stage) for column in columns]
            rows.append(
                ExportRow(tuple(ExportCell(column["role"], text) for column, text in zip(columns, cells, strict=True)))
            )
    return rows


def _stage_cell(column, stage):
    return {"number": stage.number, "stage": stage.title}.get(column["role"], "")


def _cell(column, stage, activity, above, has_stage_column):
    role = column["role"]
    if has_stage_column and role in {"number", "stage"}:
        if role == "number" and activity.number:
            return ExportCell(role, activity.number)
        return ExportCell(role, "", is_merged=True) if above else ExportCell(role, _stage_cell(column, stage))
    if role == "group" and above is not None and activity.group and above.group == activity.group:
        return ExportCell(role, "", is_merged=True)
    return ExportCell(role, _text(column, activity))


def _text(column, activity):
    if column["role"] == "other":
        return activity.extra.get(column["title"], "")
    return {
        "number": activity.number,
        "group": activity.group,
        "content": activity.content,
        "deadline": activity.deadline_text,
        "responsible": activity.responsible_text,
        "document": activity.document_text,
    }[column["role"]]


def roadmap_pdf(roadmap):
    """The roadmap as it is printed: grif «УТВЕРЖДАЮ», title, the table with its head on every page."""
    columns = columns_of(roadmap)
    context = {
        "roadmap": roadmap,
        "organization": roadmap.organization,
        "columns": [{**column, "width": width} for column, width in zip(columns, widths_of(columns), strict=True)],
        "rows": table_of(roadmap),
        "column_count": len(columns),
        "approver": approver_of(roadmap),
    }
    return render_pdf("roadmap/pdf/roadmap.html", context)


def approver_of(roadmap):
    """Position, name and day of the grif: as the document named them, else the head of the organization."""
    position, name = roadmap.approver_position, roadmap.approver_name
    if not position and not name:
        position = roadmap.organization.head_position
        head = roadmap.organization.head()
        person = head and head.people.filter(organization=roadmap.organization).first()
        name = person.signature if person else ""
    return {"position": position, "name": name, "date": roadmap.approved_on}


def roadmap_tsv(roadmap):
    """Every activity as a row with all its cells filled, for other programs. Returns bytes (UTF-8, tabs)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(TSV_COLUMNS)
    for stage in roadmap.stages.order_by("position").prefetch_related("activities__windows"):
        for activity in stage.activities.all():
            writer.writerow(
                [
                    stage.number,
                    stage.title,
                    activity.group,
                    activity.number,
                    activity.content,
                    activity.deadline_text,
                    activity.responsible_text,
                    activity.document_text,
                    activity.deadline_kind,
                    ";".join(f"{window.starts_on or ''}/{window.ends_on or ''}" for window in activity.windows.all()),
                    activity.status,
                ]
            )
    return out.getvalue().encode()


def roadmap_xlsx(roadmap):
    """The printed table as a workbook. Returns bytes."""
    columns = columns_of(roadmap)
    book = Workbook()
    sheet = book.active
    sheet.title = str(roadmap.year).replace("/", "-")
    append_row(sheet, [roadmap.title])
    append_row(sheet, [column["title"] for column in columns])
    for row in table_of(roadmap):
        append_row(sheet, [row.heading] if row.heading else [cell.text for cell in row.cells])
        if row.heading:
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(columns))
            sheet.cell(sheet.max_row, 1).font = BOLD
    set_widths(sheet, [max(6, width * 1.6) for width in widths_of(columns)])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = AT_THE_TOP
    for cell in sheet[2]:
        cell.font = BOLD
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.freeze_panes = "A3"
    prepare_for_print(sheet, head_row=2)
    return workbook_bytes(book)


def roadmap_docx(roadmap):
    """The printed table as a Word document that people correct before signing. Returns bytes."""
    columns = columns_of(roadmap)
    paper = Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(12)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(20),
        Mm(10),
        Mm(20),
        Mm(20),
    )
    approver = approver_of(roadmap)
    day = f"{approver['date']:%d.%m.%Y}" if approver["date"] else "«___» ____________ 20__ г."
    for line in ("УТВЕРЖДАЮ", approver["position"], f"____________ {approver['name']}", day):
        paragraph = paper.add_paragraph(line)
        paragraph.paragraph_format.left_indent = Mm(170)
        paragraph.paragraph_format.space_after = Pt(2)
    paper.add_paragraph().add_run(roadmap.title).bold = True
    table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(column["title"]).bold = True
    _repeat_on_each_page(table.rows[0])
    for row in table_of(roadmap):
        cells = table.add_row().cells
        if row.heading:
            cells[0].merge(cells[-1]).paragraphs[0].add_run(row.heading).bold = True
        else:
            for cell, content in zip(cells, row.cells, strict=True):
                cell.text = content.text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _repeat_on_each_page(row):
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


EXPORTS = {
    "pdf": (roadmap_pdf, "application/pdf"),
    "docx": (roadmap_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (roadmap_xlsx, XLSX_TYPE),
    "tsv": (roadmap_tsv, "text/tab-separated-values; charset=utf-8"),
}


def export_roadmap(roadmap: Roadmap, file_format: str) -> bytes:
    """The roadmap in one of EXPORTS. Raises KeyError for another format."""
    make, _content_type = EXPORTS[file_format]
    return make(roadmap)
