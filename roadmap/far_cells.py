"""Whether the cells of a workbook can be held in memory: readers of Excel files hold a sheet as a full rectangle.

One forgotten word at XFD19000 makes 300 million cells of a file of a few kilobytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator

MOST_CELLS = 5_000_000
CHUNK = 1024 * 1024
LONGEST_TAG = 400
# Cells with a value in them: an empty cell, whatever its colour, is no cell for a reader.
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>(?!</)')
# Those to the right of Z or below line 99,999: without them a sheet is small enough.
FAR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="(?:[A-Z]{1,3}[0-9]{6,7}|[A-Z]{2,3}[0-9]{1,5})"[^>]*(?<!/)>(?!</)')


def far_cell(data: bytes) -> str:
    """The address of a cell so far off that the sheet would not fit into memory; «» if there is none.

    `data` is an xlsx file. Raises what `zipfile` raises for a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                continue
            if any(FAR.search(chunk) for chunk in _chunks(archive, name)) and (found := _farthest(archive, name)):
                return found
    return ""


def _farthest(archive: zipfile.ZipFile, name: str) -> str:
    right, low = (0, 0), (0, 0)  # (column, row) of the cell that is farthest to the right, and of the lowest
    for chunk in _chunks(archive, name):
        for match in CELL.finditer(chunk):
            column, row = _column(match[1]), int(match[2])
            right = max(right, (column, row))
            low = max(low, (column, row), key=lambda place: place[1])
    if right[0] * low[1] <= MOST_CELLS:
        return ""
    column, row = right if right[0] > len("ABCDEFGHIJKLMNOPQRSTUVWXYZ") else low
    return f"{_letters(column)}{row}"


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of the archive in pieces that overlap by a tag."""
    with archive.open(name) as stream:
        end = b""
        while piece := stream.read(CHUNK):
            yield end + piece
            end = piece[-LONGEST_TAG:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
