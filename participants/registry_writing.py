"""Writing a registry as an Excel workbook that is ready to be printed and can be read back."""

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
IN_THE_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
AT_THE_TOP = Alignment(vertical="top", wrap_text=True)
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


class RegistryColumn(NamedTuple):
    """A column: its header, where the value of a row comes from (a name or a function), its width in characters."""

    header: str
    value: str | Callable[[Any], object]
    width: float = 20


def write_registry(rows: Iterable[Any], columns: Sequence[RegistryColumn], *, title: str) -> bytes:
    """The rows as xlsx: title, header, lines numbered from 1 in the order given.

    A value named by a string is a key of a mapping or an attribute of an object. Text stays text even where it looks
    like a formula, so that nobody's cell runs on another's machine.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    numbered = [RegistryColumn(NUMBER_HEADER, "", NUMBER_WIDTH), *columns]
    _write_head(sheet, numbered, title)
    for number, row in enumerate(rows, start=1):
        values = [number, *(_value_of(row, column) for column in columns)]
        for index, value in enumerate(values, start=1):
            _write_cell(sheet.cell(HEADER_ROW + number, index), value)
    _prepare_for_print(sheet, len(numbered))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_head(sheet: Worksheet, columns: Sequence[RegistryColumn], title: str) -> None:
    _write_cell(sheet.cell(TITLE_ROW, 1), title)
    sheet.cell(TITLE_ROW, 1).font = TITLE_FONT
    sheet.cell(TITLE_ROW, 1).alignment = IN_THE_MIDDLE
    sheet.cell(TITLE_ROW, 1).border = Border()
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=len(columns))
    sheet.row_dimensions[TITLE_ROW].height = 36
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(HEADER_ROW, index)
        _write_cell(cell, str(column.header))
        cell.font = HEADER_FONT
        cell.alignment = IN_THE_MIDDLE
        sheet.column_dimensions[get_column_letter(index)].width = column.width


def _write_cell(cell: Cell, value: object) -> None:
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
    cell.font = TEXT_FONT
    cell.alignment = AT_THE_TOP
    cell.border = FRAME


def _value_of(row: Any, column: RegistryColumn) -> object:
    if callable(column.value):
        return column.value(row)
    return row.get(column.value) if isinstance(row, Mapping) else getattr(row, column.value)


def _prepare_for_print(sheet: Worksheet, width: int) -> None:
    """A4 across, all columns on one page's width, the header on every page, page numbers below."""
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, min(3, width + 1))
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _sheet_name(title: str) -> str:
    """Excel allows 31 letters and none of : \\ / ? * [ ] in the name of a sheet, no apostrophe at its ends."""
    name = " ".join(re.sub(r"[:\\/?*\[\]]", " ", FORBIDDEN.sub("", title)).split())
    return name[:SHEET_NAME_LENGTH].strip(" '") or NUMBER_HEADER
