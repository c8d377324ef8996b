"""Files of people into paragraphs and tables: text with tabs, csv, web pages, PDF, Word, Excel.

The kind of a file is told by its content; its name only settles what a text with semicolons or commas may be. What the
paragraphs and tables mean is read in `roadmap.reading`.
"""

import csv
import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook

from roadmap.blocks import SHEET_STEP, Block, Paragraph, Table, TableRow, UnreadableDocument
from roadmap.broken_lines import whole_rows
from roadmap.columns import read_columns
from roadmap.deadline_printing import NOMINATIVE
from roadmap.far_cells import far_cell
from roadmap.html_files import html_blocks, looks_like_html
from roadmap.own_tables import is_own_table, own_blocks
from roadmap.pdf_files import pdf_blocks
from roadmap.piped_lines import with_tabs
from roadmap.word_files import word_blocks

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_PART_BYTES = 80 * 1024 * 1024
MAX_ROWS = 20_000
MAX_TABLE_ROWS = 2_000
UNKNOWN_KIND = _("This kind of file cannot be read; choose a docx, xlsx, pdf, html, csv or text file with tabs.")
USUAL_NAME = re.compile(r"(?:лист|sheet|страница|таблица)\s*\d*", re.IGNORECASE)
DAY_IN_FORMAT = re.compile("d", re.IGNORECASE)
NO_SIGN_OF_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # words, languages and colours in a format of a cell
LINES_ABOVE_HEAD = 30
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def blocks_from_file(source: str | Path | bytes, name: str = "") -> list[Block]:
    """Paragraphs and tables of a file, in its order.

    `source` is a path or the content, `name` the file's name as the person knows it. Raises `UnreadableDocument`.
    """
    data, name = _content(source, name)
    suffix = PurePath(name).suffix.lower()
    if data.startswith(OLE_MAGIC):
        raise UnreadableDocument(_old_office(data))
    if data.startswith(b"PK\x03\x04"):
        return _checked(_office_blocks(data))
    if b"%PDF-" in data[:1024]:
        return _checked(pdf_blocks(data))
    if data.startswith((b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise UnreadableDocument(UNKNOWN_KIND)
    return _checked(blocks_from_text(decode_text(data), is_csv=suffix == ".csv"))


def blocks_from_text(text: str, *, is_csv: bool = False) -> list[Block]:
    """Paragraphs and tables of a text: html, lines with tabs, or csv, whichever it is. `is_csv`: its name says so."""
    if looks_like_html(text):
        return html_blocks(text)
    if is_own_table(text):
        return own_blocks(text)
    if is_csv or ("\t" not in text and _is_csv(text)):
        return csv_blocks(text)
    return text_blocks(text)


def _checked(blocks: list[Block]) -> list[Block]:
    if not blocks:
        raise UnreadableDocument(_("The file is empty."))
    if sum(len(block.rows) for block in blocks if isinstance(block, Table)) > MAX_TABLE_ROWS:
        raise UnreadableDocument(
            _(
                "The tables of the file have more than 2,000 rows together: a roadmap is never so long. Keep the roadmap only."
            )
        )
    return blocks


def _old_office(data: bytes) -> Any:
    """An encrypted docx is an old container with a stream named so; a doc or xls has none."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("The file is encrypted; save it without a password.")
    return _("The file is of an old Office format or has a password; save it as docx or xlsx without a password.")


def _content(source: str | Path | bytes, name: str) -> tuple[bytes, str]:
    too_large = _("The file is larger than 20 MB.")
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            if path.stat().st_size > MAX_BYTES:
                raise UnreadableDocument(too_large)
            data = path.read_bytes()
        except OSError as error:
            raise UnreadableDocument(_("The file cannot be opened.")) from error
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(too_large)
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise UnreadableDocument(_("The file is empty."))
    return data, name


# --- text -------------------------------------------------------------------------------------------------------------


def decode_text(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or cp1251, with line feeds only. Raises `UnreadableDocument` for anything else."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(CONTROL_CHARACTERS.findall(text)) * 200 <= len(text):
            text = CONTROL_CHARACTERS.sub("", text)
            return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    raise UnreadableDocument(_("The file is not a readable text; save it as docx, xlsx or text in UTF-8."))


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    for encoding, place in (("utf-16-be", 0), ("utf-16-le", 1)):
        halves = data[place:2000:2]  # the upper byte of Latin and Cyrillic letters is 0 or 4
        if len(halves) > 3 and (halves.count(0) + halves.count(4)) * 10 > len(halves) * 7:
            return [encoding]
    return ["utf-8-sig", "cp1251"]


def text_blocks(text: str) -> list[Block]:
    """Lines with tabs or bars are rows of tables, others are paragraphs; a blank line inside a table does not end it."""
    blocks: list[Block] = []
    rows: list[TableRow] = []
    gap = False
    for number, line in whole_rows(with_tabs(_whole_lines(text))):
        if not line.strip():
            gap = True
        elif "\t" in line.strip("\n"):
            rows.append(TableRow(tuple(_cells(line)), number, gap and bool(rows)))
            gap = False
        else:
            _close_table(rows, blocks)
            blocks += _paragraphs(line, number)
            gap = False
    _close_table(rows, blocks)
    return _with_bold(blocks)


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; a cell in quotes may hold line breaks, as spreadsheets copy it."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        first, line = at, lines[at]
        if ("\t" in line or line.startswith('"')) and re.search(r'(?:^|\t)"', line) and line.count('"') % 2:
            end = next((k for k in range(at + 1, min(at + 40, len(lines))) if lines[k].count('"') % 2), None)
            whole = "\n".join(lines[at : end + 1]) if end is not None else ""
            if end is not None and "\t" in whole and len(_csv_rows(whole, "\t")) == 1:
                line, at = whole, end
        yield first + 1, line
        at += 1


def _cells(line: str) -> list[str]:
    if re.search(r'(?:^|\t)"', line) and not line.count('"') % 2:
        rows = _csv_rows(line, "\t")
        return rows[0] if len(rows) == 1 else line.split("\t")
    return line.split("\t")


def _paragraphs(line: str, number: int) -> list[Paragraph]:
    return [Paragraph(part.strip(), number + i) for i, part in enumerate(line.split("\n")) if part.strip()]


def _close_table(rows: list[TableRow], blocks: list[Block]) -> None:
    if rows:
        blocks.append(Table(tuple(rows)))
        rows.clear()


def _with_bold(blocks: list[Block]) -> list[Block]:
    """Paragraphs between two pairs of asterisks, or in a bold tag, are bold; the signs themselves are removed."""
    marked: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Table):
            inside = False
            marked.append(block)
            continue
        stars = block.text.count("**")
        bold = (
            inside or block.text.startswith(("**", "<b>", "<strong>")) or re.match(r"#{1,6} ", block.text) is not None
        )
        inside = inside != bool(stars % 2)
        text = re.sub(r"^#{1,6} ", "", block.text.replace("**", "")).strip()
        if text:
            marked.append(Paragraph(text, block.row, bold))
    return marked


def csv_blocks(text: str) -> list[Block]:
    """One table; the delimiter is the sign that gives most cells. Rows with one filled cell stay rows."""
    delimiter = max(";,\t", key=lambda sign: _filled_cells(text, sign))
    return _table_of(_csv_rows(text, delimiter))


def _is_csv(text: str) -> bool:
    """Whether a text without tabs is csv all the same: with semicolons between its cells it has the head of a roadmap."""
    rows = _csv_rows(text, ";") if text.count(";") > 2 else []
    return any(read_columns(TableRow(tuple(row))) for row in rows if len(row) > 2)


def _filled_cells(text: str, delimiter: str) -> tuple[int, int]:
    widths = [len(row) for row in _csv_rows(text[:50_000], delimiter) if any(cell.strip() for cell in row)]
    return (sum(width > 1 and width == max(widths) for width in widths), max(widths)) if widths else (0, 0)


def _csv_rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def _table_of(rows: Iterable[Sequence[str]], first: int = 1) -> list[Block]:
    kept: list[TableRow] = []
    gap = False
    for number, cells in enumerate(rows, start=first):
        if any(cell.strip() for cell in cells):
            kept.append(TableRow(tuple(cells), number, gap and bool(kept)))
            gap = False
        else:
            gap = True
    return [Table(tuple(kept))] if kept else []


# --- Office -----------------------------------------------------------------------------------------------------------


def _office_blocks(data: bytes) -> list[Block]:
    broken = _("The file is damaged or is not a Word or Excel file.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
            largest = max(
                (part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))), default=0
            )
            encrypted = any(part.flag_bits & 1 for part in archive.infolist())
            is_honest = encrypted or unpacked > MAX_UNPACKED_BYTES or archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument(broken) from error
    if unpacked > MAX_UNPACKED_BYTES or largest > MAX_PART_BYTES:
        raise UnreadableDocument(_("The file is too large when unpacked."))
    if not is_honest:  # a part is larger than the directory says, or damaged
        raise UnreadableDocument(broken)
    if encrypted or "EncryptedPackage" in names:
        raise UnreadableDocument(_("The file is encrypted; save it without a password."))
    if any(PurePath(name).name == "vbaProject.bin" for name in names):
        raise UnreadableDocument(_("The file has macros; save it as docx or xlsx, without them."))
    if any(name.startswith("word/") for name in names):
        blocks = word_blocks(data)
    elif any(name.startswith("xl/") for name in names):
        blocks = sheet_blocks(data)
    else:
        raise UnreadableDocument(UNKNOWN_KIND)
    return blocks


def sheet_blocks(data: bytes) -> list[Block]:
    """One table per sheet of an xlsx file, with row numbers as the sheet shows them; dates as dd.mm.yyyy.

    Where several sheets have the head of a roadmap, each begins with its name, «Сентябрь», which no cell may hold.
    """
    sheets: list[tuple[str, list[Block]]] = []
    try:
        if far := far_cell(data):
            raise UnreadableDocument(
                format_lazy(
                    _("A cell far from the table is filled: {cell}. Delete it or keep the table only."), cell=far
                )
            )
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for at, name in enumerate(workbook.sheet_names):
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
            first = at * SHEET_STEP + 1
            months = _months_in(data, name) if any(map(_may_be_month, chain.from_iterable(rows))) else frozenset()
            cells = [
                [_sheet_cell(value, is_month=(line, place) in months) for place, value in enumerate(row, start=1)]
                for line, row in enumerate(rows, start=1)
            ]
            sheets.append((name, _table_of(cells, first)))
    except UnreadableDocument:
        raise
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableDocument(_("The file is damaged or is not a Word or Excel file.")) from error
    return list(_named_sheets(sheets))


def _named_sheets(sheets: list[tuple[str, list[Block]]]) -> Iterator[Block]:
    heads = {name: _head_in(blocks) for name, blocks in sheets}
    are_parts = sum(head is not None for head in heads.values()) > 1
    for at, (name, blocks) in enumerate(sheets):
        head = heads[name]
        if are_parts and head is not None and not USUAL_NAME.fullmatch(name):
            table, number = blocks[0], at * SHEET_STEP
            if isinstance(table, Table) and head:
                yield Table(table.rows[:head])
            yield Paragraph(name, number, bold=True)
            yield from [Table(table.rows[head:])] if isinstance(table, Table) else []
        else:
            yield from blocks


def _head_in(blocks: list[Block]) -> int | None:
    """At which row of a sheet the head of a roadmap stands."""
    rows = blocks[0].rows if blocks and isinstance(blocks[0], Table) else ()
    return next((at for at, row in enumerate(rows[:LINES_ABOVE_HEAD]) if read_columns(row)), None)


def _may_be_month(value: object) -> bool:
    return isinstance(value, datetime.date) and value.day == 1


def _months_in(data: bytes, name: str) -> frozenset[tuple[int, int]]:
    """(row, column) of cells that show a month and a year: Excel makes the first of September of «сентябрь 2024»."""
    try:
        page = load_workbook(io.BytesIO(data), read_only=True)[name]
        return frozenset(
            (cell.row, cell.column)
            for cells in page.iter_rows(max_row=MAX_ROWS)
            for cell in cells
            if _may_be_month(cell.value) and not DAY_IN_FORMAT.search(NO_SIGN_OF_FORMAT.sub("", cell.number_format))
        )
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError):
        return frozenset()  # this reader is stricter with styles than the one of the cells


def _sheet_cell(value: object, *, is_month: bool = False) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{NOMINATIVE.split()[value.month - 1]} {value.year}" if is_month else f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
