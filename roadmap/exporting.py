"""A roadmap as a file: PDF, Word and Excel under the columns of its document or of a layout; every cell filled, as tsv;
its days for calendar programs, as ics.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import override

from mentorship.pdf import PAPER_LANGUAGE, render_pdf
from mentorship.workbooks import XLSX_TYPE
from roadmap.feeds import ics_of, roadmap_activities
from roadmap.models import Roadmap
from roadmap.printed_tables import STANDARD_COLUMNS, columns_of, table_of, widths_of
from roadmap.word_exports import docx_of
from roadmap.workbook_exports import xlsx_of

__all__ = [
    "EXPORTS",
    "STANDARD_COLUMNS",
    "Sheet",
    "approver_of",
    "columns_of",
    "export_roadmap",
    "table_of",
    "widths_of",
]

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
GRIF, ANNEX, NO_MARK = "grif", "annex", "none"
BLANK_DAY = "«___» ____________ 20__ г."


@dataclass(frozen=True)
class Sheet:
    """How a roadmap is laid on paper: `columns` of a layout (None: of its document), the side of the sheet, the mark at
    its top – the grif of approval, «Приложение № … к приказу» or nothing.
    """

    columns: Sequence[Mapping[str, Any]] | None = None
    is_landscape: bool = True
    mark: str = GRIF
    annex_number: str = ""


@dataclass(frozen=True)
class PrintedRoadmap:
    """What all papers of a roadmap are drawn from."""

    roadmap: Roadmap
    sheet: Sheet

    @cached_property
    def columns(self):
        columns = columns_of(self.roadmap) if self.sheet.columns is None else self.sheet.columns
        return [{**column, "width": width} for column, width in zip(columns, widths_of(columns), strict=True)]

    @cached_property
    def rows(self):
        return table_of(self.roadmap, self.sheet.columns)

    @cached_property
    def approver(self):
        return approver_of(self.roadmap)

    @property
    def order(self):
        """«от 01.09.2026 № 56» of the approving order; what is not known yet is a blank for the hand."""
        day = self.roadmap.order_on or (self.roadmap.approved_on if self.roadmap.order_number else None)
        return f"от {f'{day:%d.%m.%Y}' if day else '____________'} № {self.roadmap.order_number or '______'}"

    @property
    def is_approved_by_order(self):
        return bool(self.roadmap.order_number and (self.roadmap.order_on or self.roadmap.approved_on))

    @property
    def mark_lines(self):
        """The lines of the mark at the top right, from the top; the third of a grif for the hand is that of the signature."""
        approver = self.approver
        if self.sheet.mark == NO_MARK:
            return []
        if self.sheet.mark == ANNEX:
            number = f" № {self.sheet.annex_number}" if self.sheet.annex_number else ""
            return [f"Приложение{number}", f"к приказу {self.order}"]
        if self.is_approved_by_order:
            return ["УТВЕРЖДЕНО", f"приказом {self.order}", f"({approver['position']} {approver['name']})"]
        day = f"{approver['date']:%d.%m.%Y}" if approver["date"] else BLANK_DAY
        return ["УТВЕРЖДАЮ", approver["position"], f"____________ {approver['name']}", day]


def approver_of(roadmap):
    """Position, name and day of the grif: as the document named them, else the head of the organization."""
    position, name = roadmap.approver_position, roadmap.approver_name
    if not position and not name:
        position = roadmap.organization.head_position
        head = roadmap.organization.head()
        person = head and head.people.filter(organization=roadmap.organization).first()
        name = person.signature if person else ""
    return {"position": position, "name": name, "date": roadmap.approved_on}


def roadmap_pdf(roadmap, sheet=None):
    """The roadmap as it is printed: the mark of approval, the title, the table with its head on every page."""
    return render_pdf("roadmap/pdf/roadmap.html", paper_context(roadmap, sheet or Sheet()))


def paper_context(roadmap, sheet):
    """What the page to be printed is drawn from."""
    printed = PrintedRoadmap(roadmap, sheet)
    return {
        "roadmap": roadmap,
        "sheet": sheet,
        "columns": printed.columns,
        "rows": printed.rows,
        "column_count": len(printed.columns),
        "approver": printed.approver,
        "mark_lines": printed.mark_lines,
        "is_signed_by_hand": sheet.mark == GRIF and not printed.is_approved_by_order,
    }


def roadmap_tsv(roadmap, _sheet=None):
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


def roadmap_xlsx(roadmap, sheet=None):
    """The printed table as a workbook. Returns bytes."""
    return xlsx_of(PrintedRoadmap(roadmap, sheet or Sheet()))


def roadmap_docx(roadmap, sheet=None):
    """The printed table as a Word document that people correct before signing. Returns bytes."""
    return docx_of(PrintedRoadmap(roadmap, sheet or Sheet()))


def roadmap_ics(roadmap, _sheet=None):
    """The dated activities as events of a calendar, those cancelled left out. Returns bytes."""
    return ics_of(roadmap_activities(roadmap), roadmap.title)


EXPORTS = {
    "pdf": (roadmap_pdf, "application/pdf"),
    "docx": (roadmap_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (roadmap_xlsx, XLSX_TYPE),
    "tsv": (roadmap_tsv, "text/tab-separated-values; charset=utf-8"),
    "ics": (roadmap_ics, "text/calendar; charset=utf-8"),
}


def export_roadmap(roadmap: Roadmap, file_format: str, sheet: Sheet | None = None) -> bytes:
    """The roadmap in one of EXPORTS, its words Russian as papers are. Raises KeyError for another format."""
    make, _content_type = EXPORTS[file_format]
    with override(PAPER_LANGUAGE):
        return make(roadmap, sheet)
