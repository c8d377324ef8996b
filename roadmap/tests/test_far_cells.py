"""A workbook that would not fit into memory is told before it is read."""

import io

import openpyxl
import pytest

from roadmap.far_cells import far_cell


def workbook(**cells):
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"A1": "№", "AF20000": "x"}, ""),
        ({"A1": "№", "B1000000": "x"}, ""),
        ({"A1": "№", "XFD3": "x"}, ""),
        ({"A1": "№", "XFD3": "x", "A19000": "y"}, "XFD3"),
        ({"A1": "№", "Z1": "x", "C1048576": "y"}, "C1048576"),
    ],
)
def test_the_cell_that_makes_a_sheet_too_large_is_named(cells, found):
    assert far_cell(workbook(**cells)) == found


def test_a_coloured_cell_without_a_value_is_none():
    book = openpyxl.Workbook()
    book.active["A19000"] = "y"
    book.active["XFD3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")

    assert far_cell(saved(book)) == ""
