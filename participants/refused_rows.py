"""The rows that an import did not take, as a workbook like the one they came from, with the reasons beside them."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from mentorship.workbooks import HEADER_FONT, IN_THE_MIDDLE, sheet_name, workbook_bytes, write_cell
from participants.registry_columns import REASONS_HEADER
from participants.registry_header import Choice, choose_sheet
from participants.registry_import import open_file
from participants.registry_matching import RETURNED
from participants.registry_reading import Kind

WIDTH, REASONS_WIDTH = 22, 60


def returned_rows(report) -> dict[int, str]:
    """{row of the sheet: reasons} of the rows that are not taken, though nobody has said so."""
    return {each["row"]: " ".join(each["notes"]) for each in report["plan"] if each["fate"] in RETURNED}


def refused_workbook(registry_import) -> bytes:
    """The header and the returned rows as they stood in the file, and a column that says why each came back.

    What stood there stays as it stood: a mended workbook can be uploaded again.
    """
    mapping = registry_import.mapping
    choice = Choice(
        sheet=mapping["sheet"],
        header_row=mapping["header_row"],
        fields={int(index): field for index, field in mapping["fields"].items()},
    )
    chosen = choose_sheet(open_file(registry_import), Kind(registry_import.kind), choice)
    rows, header = chosen.sheet.rows, chosen.header
    reasons = returned_rows(registry_import.report)
    lines_of_header = range(max(header.row, 0), header.data_row)  # none where the table has no header
    width = max(len(rows[row]) for row in [*lines_of_header, *(row - 1 for row in reasons)])
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(chosen.sheet.sheet_name)
    lines = [*lines_of_header, *(row - 1 for row in sorted(reasons))]
    for place, row in enumerate(lines, 1):
        for index, value in enumerate(rows[row], 1):
            cell = sheet.cell(place, index)
            write_cell(cell, _as_typed(value))
            if row < header.data_row:
                cell.font, cell.alignment = HEADER_FONT, IN_THE_MIDDLE
        write_cell(sheet.cell(place, width + 1), reasons.get(row + 1, ""))
    if lines_of_header:
        title = sheet.cell(1, width + 1)
        write_cell(title, REASONS_HEADER)
        title.font, title.alignment = HEADER_FONT, IN_THE_MIDDLE
    _keep_merged_header(sheet, chosen.sheet.merged, header)
    for index in range(1, width + 2):
        sheet.column_dimensions[get_column_letter(index)].width = REASONS_WIDTH if index > width else WIDTH
    sheet.freeze_panes = sheet.cell(len(lines_of_header) + 1, 1) if lines_of_header else None
    return workbook_bytes(book)


def _as_typed(value):
    """Excel's numbers come as floats: 3 is written as 3, an empty cell as nothing."""
    if value == "":
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _keep_merged_header(sheet, merged, header):
    for first, left, last, right in merged:
        if header.row <= first and last < header.data_row:
            top = first - header.row + 1
            sheet.merge_cells(start_row=top, start_column=left + 1, end_row=last - header.row + 1, end_column=right + 1)
