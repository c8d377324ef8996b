"""Opening a table file that somebody uploaded: xlsx or csv in, sheets of plain cells out, or one sentence why not.

The kind of a file is told by its content; its name only helps to say what is wrong.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import PurePath
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from participants.registry_report import UnreadableRegistry

Cell = str | int | float | bool | date | datetime | time | timedelta

MAX_MEGABYTES = 20
MAX_UNPACKED_MEGABYTES = 200
MEGABYTE = 1024 * 1024
# The reader keeps a sheet as a full rectangle: one stray cell at the far corner would take all memory.
MAX_CELLS = 5_000_000
CSV_DELIMITERS = ";,\t"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the standard library raises for archives and XML that somebody or something has broken.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
TEXT_FILES = frozenset({"", ".csv", ".txt", ".tsv"})


@dataclass
class Sheet:
    """A sheet as a list of rows; the first row of the list is row 1 of the sheet.

    `merged` holds the merged areas as (first row, first column, last row, last column), counted from 0. `row_count`
    counts all rows of the sheet, where only its first ones were asked for.
    """

    sheet_name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False
    row_count: int = 0

    def __post_init__(self) -> None:
        self.row_count = self.row_count or len(self.rows)


def open_sheets(data: bytes, name: str, *, was_checked: bool = False, first_rows: int | None = None) -> list[Sheet]:
    """The sheets of a file in their order; a csv file is one sheet per possible delimiter, all with the same name.

    `was_checked`: the same bytes were opened before, so the archive need not be measured again. `first_rows`: so many
    rows of each sheet of a workbook are enough.
    Raises UnreadableRegistry for a file that is empty, too large, encrypted, damaged or of another type.
    """
    if len(data) > MAX_MEGABYTES * MEGABYTE:
        raise UnreadableRegistry(
            _(
                "The file is larger than %(limit)s MB. "
                "Leave one sheet with the registry, without pictures, and try again."
            ),
            limit=MAX_MEGABYTES,
        )
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise UnreadableRegistry(_("The file is empty. Choose the file with the registry."))
    if data.startswith(OLE2):
        _refuse_ole2(data)
    if data.startswith(b"PK"):
        return _open_workbook(data, was_checked=was_checked, first_rows=first_rows)
    return _open_text(data, name)


def _refuse_ole2(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableRegistry(
            _(
                "The file is protected by a password. "
                "Remove the password in Excel (File – Info – Protect) and save it anew."
            )
        )
    raise UnreadableRegistry(
        _("This is a file of an old format (xls). Open it in Excel and save it as “Excel workbook (xlsx)”.")
    )


def _refuse_type() -> UnreadableRegistry:
    return UnreadableRegistry(_("This is not a table. Upload an Excel workbook (xlsx) or a csv file."))


def _refuse_damaged() -> UnreadableRegistry:
    return UnreadableRegistry(
        _("The file is damaged and does not open. Open it in Excel, save it anew as xlsx and try again.")
    )


# --- xlsx -----------------------------------------------------------------------------------------------------------
def _open_workbook(data: bytes, *, was_checked: bool, first_rows: int | None) -> list[Sheet]:
    if not was_checked:
        _check_archive(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [
                Sheet(
                    sheet_name=about.name,
                    rows=page.to_python(skip_empty_area=False, nrows=first_rows),
                    row_count=page.end[0] + 1 if page.end else 0,
                    merged=[(*first, *last) for first, last in page.merged_cell_ranges or ()],
                    is_hidden=about.visible != SheetVisibleEnum.Visible,
                )
                for about in workbook.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
                for page in [workbook.get_sheet_by_name(about.name)]
            ]
        if _has_formulas_alone(data):
            _fill_formulas(data, sheets, first_rows)
    except (CalamineError, KeyError, TypeError, AttributeError, *BROKEN_ARCHIVE) as error:
        raise _refuse_damaged() from error
    if not sheets:
        raise UnreadableRegistry(_("The workbook has no sheet with a table."))
    return sheets


# A cell with a formula and without its value, as programs write that do not calculate; an empty text (t="str") is one.
FORMULA_ALONE = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def _has_formulas_alone(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_has_formulas(archive, page) and FORMULA_ALONE.search(archive.read(page)) for page in pages)


def _has_formulas(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet holds formulas at all, told without keeping its text."""
    with archive.open(name) as stream:
        end = b""
        while chunk := stream.read(MEGABYTE):
            text = end + chunk
            if b"<f" in text or b":f" in text:
                return True
            end = chunk[-1:]
    return False


def _fill_formulas(data: bytes, sheets: list[Sheet], first_rows: int | None) -> None:
    """Put the text of a formula, «=TODAY()», where the workbook holds no value: what stands in the file is not lost."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    for sheet in sheets:
        page = book[sheet.sheet_name]
        page.reset_dimensions()
        for cells in page.iter_rows(max_row=first_rows):
            for cell in cells:
                if cell.data_type == "f":
                    _fill_empty(sheet, cell.row - 1, cell.column - 1, str(getattr(cell.value, "text", cell.value)))
        sheet.row_count = max(sheet.row_count, len(sheet.rows))


def _fill_empty(sheet: Sheet, row: int, column: int, text: str) -> None:
    """Write into a cell that is empty; the sheet grows where it does not reach so far."""
    sheet.rows.extend([] for _row in range(len(sheet.rows), row + 1))
    cells = sheet.rows[row]
    cells.extend("" for _cell in range(len(cells), column + 1))
    if cells[column] == "":
        cells[column] = text


def _check_archive(data: bytes) -> None:
    """Refuse what is no workbook, and what would unpack into more memory than a registry needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if "xl/workbook.xml" not in {member.filename for member in members}:
                raise _refuse_type()
            if sum(member.file_size for member in members) > MAX_UNPACKED_MEGABYTES * MEGABYTE:
                raise UnreadableRegistry(
                    _(
                        "Unpacked, the workbook takes more than %(limit)s MB: this is no registry. "
                        "Nothing was read from it."
                    ),
                    limit=MAX_UNPACKED_MEGABYTES,
                )
            for member in members:
                _check_member(archive, member)
    except UnreadableRegistry:
        raise
    except BROKEN_ARCHIVE as error:
        raise _refuse_damaged() from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member to its end (its checksum proves the size that the directory promises) and measure its cells."""
    extent = _Extent()
    with archive.open(member) as stream:
        is_xml = member.filename.endswith((".xml", ".rels"))
        while chunk := stream.read(MEGABYTE):
            if is_xml or extent.has_begun or b"<" in chunk[:200]:
                extent.feed(chunk, strict=is_xml)
    if extent.rows * extent.columns > MAX_CELLS:
        raise UnreadableRegistry(
            _(
                "A cell far from the table is filled: the sheet reaches row %(row)s and column %(column)s. "
                "Delete what stands below and to the right of the table, and save the file anew."
            ),
            row=extent.rows,
            column=extent.columns,
        )


FILLS_CELL = frozenset({"v", "is", "f"})


class _Extent:
    """How far the filled cells of a worksheet reach, found without keeping them."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.has_begun = False
        self._row = self._column = 0
        self._is_broken = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes, *, strict: bool) -> None:
        self.has_begun = True
        if self._is_broken:
            return
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            if strict:
                raise
            self._is_broken = True

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise _refuse_damaged()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            reference = attributes.get("r", "")
            letters = reference.rstrip("0123456789")
            if letters:
                self._column = _column_number(letters)
                self._row = int(reference[len(letters) :] or 0)
            else:
                self._column += 1
        elif name in FILLS_CELL:
            if self._row > self.rows:
                self.rows = self._row
            if self._column > self.columns:
                self.columns = self._column
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = 0


@lru_cache(maxsize=1024)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# --- csv ------------------------------------------------------------------------------------------------------------
def _open_text(data: bytes, name: str) -> list[Sheet]:
    suffix = PurePath(name).suffix.casefold()
    if suffix in (".xlsx", ".xlsm"):
        raise _refuse_damaged()
    text = _decode(data)
    if suffix not in TEXT_FILES or not _is_plain(text):
        raise _refuse_type()
    first_line, _end, rest = text.partition("\n")
    if first_line.strip().casefold().startswith("sep=") and len(first_line.strip()) == len("sep=;"):
        # Excel's own hint, which Excel does not count as a row.
        return [_read_csv(rest, first_line.strip()[-1], name)]
    return [_read_csv(text, delimiter, name) for delimiter in CSV_DELIMITERS if delimiter in text] or [
        _read_csv(text, ";", name)
    ]


def _decode(data: bytes) -> str:
    """Text as Excel and LibreOffice save it in Russia: UTF-8, UTF-16 with a mark, or Windows-1251."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _is_plain(text: str) -> bool:
    """No binary file and no page of a site: few control characters, does not begin with a tag or with %PDF."""
    start = text[:5000]
    controls = sum(1 for letter in start if ord(letter) < 32 and letter not in "\t\r\n\v\f")
    return controls * 100 <= len(start) and not start.lstrip().startswith(("<", "%PDF", "{\\rtf"))


def _read_csv(text: str, delimiter: str, name: str) -> Sheet:
    try:
        rows: list[list[Cell]] = [[*row] for row in _csv_rows(text, delimiter)]
    except csv.Error as error:
        if "field limit" in str(error):
            raise UnreadableRegistry(
                _(
                    "A cell of the csv file is longer than %(limit)s characters: most likely a quotation mark is "
                    "opened in it and never closed. Open the file in Excel, find the cell into which the rest of the "
                    "table has run, remove the mark and save the file as xlsx."
                ),
                limit=csv.field_size_limit(),
            ) from error
        raise _refuse_damaged() from error
    return Sheet(sheet_name=PurePath(name).stem, rows=rows)


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
