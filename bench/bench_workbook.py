"""Reading a registry workbook of 10,000 rows into rows of cells: the portal's reader and openpyxl, to the same rows.

Ours checks the archive first (its checksums, its unpacked size, cells far from the table), which is part of its time.
"""

import io
from datetime import datetime

from openpyxl import Workbook, load_workbook

from bench.comparison import Comparison, best_seconds
from participants.sheet_files import open_sheets

ROW_COUNT = 10_000
HEADER = ["№", "ФИО", "Год рождения", "Должность", "Телефон", "E-mail", "Дата согласия"]


def workbook_bytes():
    """An invented registry as an xlsx file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Реестр")
    sheet.append(HEADER)
    for number in range(1, ROW_COUNT + 1):
        name = f"Иванова Мария Петровна {number}"
        sheet.append(
            [
                number,
                name,
                1960 + number % 40,
                "учитель",
                "+7 900 000-00-00",
                f"p{number}@school.example",
                datetime(2023, 9, 1),
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_with_openpyxl(data):
    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def measure():
    data = workbook_bytes()
    ours = open_sheets(data, "registry.xlsx")[0].rows
    if len(ours) != len(read_with_openpyxl(data)):
        raise RuntimeError("The two readers do not see the same number of rows; the times cannot be compared.")
    yield Comparison(
        f"xlsx, {ROW_COUNT} rows of {len(HEADER)} cells",
        ours=best_seconds(lambda: open_sheets(data, "registry.xlsx")),
        other=best_seconds(lambda: read_with_openpyxl(data)),
        other_name="openpyxl",
    )
