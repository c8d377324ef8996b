"""A printed roadmap as a workbook: the mark of approval at the right, the title, the table in its lines."""

from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment

from mentorship.workbooks import (
    HEADER_FONT,
    IN_THE_MIDDLE,
    TEXT_FONT,
    TITLE_FONT,
    append_row,
    prepare_for_print,
    set_widths,
    workbook_bytes,
    write_cell,
)

LETTERS_ON_SHEET = 160  # the widths of all columns together, as they are counted in letters
NARROWEST = 6
LINE_HEIGHT = 15  # points
AT_THE_RIGHT = Alignment(horizontal="right")


def xlsx_of(printed):
    """The bytes of an xlsx; where the columns are those of its document, the cells are its own too."""
    columns = printed.columns
    widths = [max(NARROWEST, column["width"] * LETTERS_ON_SHEET / 100) for column in columns]
    book = Workbook()
    page = book.active
    page.title = str(printed.roadmap.year).replace("/", "-")
    for line in printed.mark_lines:
        append_row(page, [*[""] * (len(columns) - 1), line])
        mark = page.cell(page.max_row, len(columns))
        mark.font, mark.alignment = TEXT_FONT, AT_THE_RIGHT
    append_row(page, [printed.roadmap.title])
    _head_over_all(page, widths, TITLE_FONT)
    head_row = page.max_row + 1
    _append_framed(page, [column["title"] for column in columns])
    for cell in page[head_row]:
        cell.font, cell.alignment = HEADER_FONT, IN_THE_MIDDLE
    for row in printed.rows:
        if row.heading:
            _append_framed(page, [row.heading, *[None] * (len(columns) - 1)])
            _head_over_all(page, widths, HEADER_FONT)
        else:
            _append_framed(page, [cell.text for cell in row.cells])
    set_widths(page, widths)
    page.freeze_panes = f"A{head_row + 1}"
    prepare_for_print(page, head_row=head_row)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if printed.sheet.is_landscape else "portrait"
    return workbook_bytes(book)


def _append_framed(page, texts):
    number = page.max_row + 1
    for place, text in enumerate(texts, 1):
        write_cell(page.cell(number, place), text)


def _head_over_all(page, widths, font):
    """Let the last row be one cell over all columns, as high as its words need: Excel measures no merged cells."""
    number = page.max_row
    cell = page.cell(number, 1)
    cell.font, cell.alignment = font, IN_THE_MIDDLE
    page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(widths))
    letters = sum(widths) * TEXT_FONT.size / font.size
    page.row_dimensions[number].height = LINE_HEIGHT * font.size / TEXT_FONT.size * ceil(len(str(cell.value)) / letters)
