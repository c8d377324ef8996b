"""Tables as files: Excel workbooks that are ready for print, and csv that Excel opens right.

The one place of the portal that writes either. Text stays text even where it looks like a formula, so that nobody's
cell runs on another's machine.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from numbers import Number
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE_ROW, HEADER_ROW = 1, 2
NUMBER_HEADER, NUMBER_WIDTH = "№", 5.0
SHEET_NAME_LENGTH = 31
CELL_LENGTH = 32767  # as much as Excel keeps in a cell
# Characters that XML does not allow and Excel calls damage.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

FONT = "Times New Roman"
TITLE_FONT, HEADER_FONT, TEXT_FONT = (
    Font(name=FONT, size=14, bold=True),
    Font(name=FONT, size=11, bold=True),
    Font(name=FONT, size=11),
)
BOLD = Font(bold=True)
IN_THE_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
AT_THE_TOP = Alignment(vertical="top", wrap_text=True)
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


class Column(NamedTuple):
    """A column: its header, where the value of a row comes from (a name or a function), its width in characters."""

    header: str
    value: str | Callable[[Any], object]
    width: float = 20


def value_of(row: Any, column: Column) -> object:
    """The value of a row in a column; one named by a string is a key of a mapping or an attribute of an object."""
    if callable(column.value):
        return column.value(row)
    return row.get(column.value) if isinstance(row, Mapping) else getattr(row, column.value)


# --- whole tables -----------------------------------------------------------------------------------------------------
def form_workbook(rows: Iterable[Any], columns: Sequence[Column], *, title: str) -> bytes:
    """The rows as an xlsx that is printed as an official form: title, header, framed lines numbered from 1."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(title)
    numbered = [Column(NUMBER_HEADER, "", NUMBER_WIDTH), *columns]
    _write_form_head(sheet, numbered, title)
    for number, row in enumerate(rows, start=1):
        values = [number, *(value_of(row, column) for column in columns)]
        for index, value in enumerate(values, start=1):
            write_cell(sheet.cell(HEADER_ROW + number, index), value)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, min(3, len(numbered) + 1))
    prepare_for_print(sheet, head_row=HEADER_ROW)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.oddFooter.center.text = "&P / &N"
    return workbook_bytes(book)


def list_workbook(rows: Iterable[Sequence[object]], heads: Sequence[tuple[str, float]], *, title: str) -> bytes:
    """The rows (sequences of values) as a plain xlsx for further work, each with its number before it.

    `heads` are (words, width), that of the number first.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = str(title)[:SHEET_NAME_LENGTH]
    sheet.append([str(words) for words, _width in heads])
    for cell in sheet[1]:
        cell.font = BOLD
    set_widths(sheet, [width for _words, width in heads])
    for number, row in enumerate(rows, 1):
        for column, value in enumerate([number, *row], 1):
            cell = sheet.cell(number + 1, column)
            fill_cell(cell, value)
            cell.alignment = AT_THE_TOP
    sheet.freeze_panes = "B2"
    prepare_for_print(sheet, head_row=1)
    return workbook_bytes(book)


def form_csv(rows: Iterable[Any], columns: Sequence[Column]) -> bytes:
    """The rows as csv in the way that Excel of a Russian Windows opens by a double click; numbered from 1.

    UTF-8 with its mark, semicolons, CRLF, every value quoted; what Excel would take for a formula gets an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([NUMBER_HEADER, *(_harmless(str(column.header)) for column in columns)])
    for number, row in enumerate(rows, start=1):
        writer.writerow([number, *(_harmless(in_words(value_of(row, column))) for column in columns)])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def in_words(value: object) -> str:
    """A value as a table on paper and a csv have it: «03.10.2025», «1,5», nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return FORBIDDEN.sub("", str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# --- parts of workbooks -----------------------------------------------------------------------------------------------
def fill_cell(cell: Cell, value: object) -> None:
    """Dates as dates, numbers as numbers, everything else as text that is never a formula."""
    if isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = "DD.MM.YYYY HH:MM"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "DD.MM.YYYY"
    elif isinstance(value, Number | time):
        cell.value = value
    elif value is not None:
        text = FORBIDDEN.sub("", str(value))[:CELL_LENGTH]
        cell.value = text
        cell.data_type = "s"
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True  # stays text when somebody edits the cell in Excel


def write_cell(cell: Cell, value: object) -> None:
    """`fill_cell` in the look of the official forms: framed, Times New Roman."""
    fill_cell(cell, value)
    cell.font = TEXT_FONT
    cell.alignment = AT_THE_TOP
    cell.border = FRAME


def append_row(sheet: Worksheet, values: Iterable[object]) -> None:
    """A row below what is there, its cells filled by `fill_cell`."""
    cells = []
    for value in values:
        cell = Cell(sheet)
        fill_cell(cell, value)
        cells.append(cell)
    sheet.append(cells)


def append_head(sheet: Worksheet, titles: Iterable[object]) -> None:
    """A row of bold headers below what is there."""
    append_row(sheet, titles)
    for cell in sheet[sheet.max_row]:
        cell.font, cell.alignment = BOLD, AT_THE_TOP


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """The widths of the columns from the first on, in characters."""
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def prepare_for_print(sheet: Worksheet, *, head_row: int) -> None:
    """Across, all columns on one page's width, the header on every page."""
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def workbook_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """Excel allows 31 letters and none of : \\ / ? * [ ] in the name of a sheet, no apostrophe at its ends."""
    name = " ".join(re.sub(r"[:\\/?*\[\]]", " ", FORBIDDEN.sub("", title)).split())
    return name[:SHEET_NAME_LENGTH].strip(" '") or NUMBER_HEADER


def _write_form_head(sheet: Worksheet, columns: Sequence[Column], title: str) -> None:
    write_cell(sheet.cell(TITLE_ROW, 1), title)
    sheet.cell(TITLE_ROW, 1).font = TITLE_FONT
    sheet.cell(TITLE_ROW, 1).alignment = IN_THE_MIDDLE
    sheet.cell(TITLE_ROW, 1).border = Border()
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=len(columns))
    sheet.row_dimensions[TITLE_ROW].height = 36
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(HEADER_ROW, index)
        write_cell(cell, str(column.header))
        cell.font = HEADER_FONT
        cell.alignment = IN_THE_MIDDLE
    set_widths(sheet, [column.width for column in columns])
