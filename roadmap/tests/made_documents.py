"""Blocks of a document written out as people keep it: Word, Excel, a web page, PDF, csv."""

import csv
import html
import io
import re

import docx
import openpyxl
from weasyprint import HTML

from roadmap.blocks import Paragraph
from roadmap.columns import plain

STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 9pt sans-serif } table { border-collapse: collapse; width: 100%; margin: 2mm 0 }
td { border: 0.5pt solid black; padding: 1mm; vertical-align: top; overflow-wrap: break-word }
"""


def is_bold(cell):
    return re.match(r"\s*(?:<b>|\*\*)", cell) is not None


def width_of(table):
    return max(len(row.cells) for row in table.rows)


def as_docx(blocks):
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph().add_run(plain(block.text)).bold = block.bold or None
            continue
        table = document.add_table(len(block.rows), width_of(block))
        cells = table._cells
        for at, row in enumerate(block.rows):
            for place, text in enumerate(row.cells):
                if text:
                    cells[at * width_of(block) + place].paragraphs[0].add_run(plain(text)).bold = is_bold(text) or None
    return saved(document)


def as_xlsx(blocks):
    book = openpyxl.Workbook()
    for block in blocks:
        if isinstance(block, Paragraph):
            book.active.append([plain(block.text)])
            continue
        for row in block.rows:
            if row.after_gap:
                book.active.append([])
            book.active.append([plain(cell) for cell in row.cells])
        book.active.append([])
    return saved(book)


def as_html(blocks, style=""):
    parts = [f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>План</title><style>{style}</style></head><body>"]
    for block in blocks:
        if isinstance(block, Paragraph):
            text = html.escape(plain(block.text))
            parts.append(f"<p><b>{text}</b></p>" if block.bold else f"<p>{text}</p>")
            continue
        parts.append("<table>")
        for row in block.rows:
            cells = [*row.cells, *[""] * (width_of(block) - len(row.cells))]
            marked = [
                f"<td><b>{html.escape(plain(cell))}</b></td>"
                if is_bold(cell)
                else f"<td>{html.escape(plain(cell))}</td>"
                for cell in cells
            ]
            parts.append(f"<tr>{''.join(marked)}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def as_pdf(blocks):
    return HTML(string=as_html(blocks, STYLE).decode()).write_pdf()


def as_csv(blocks):
    """Every line of text and every row in one table, as Excel saves a sheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    for block in blocks:
        if isinstance(block, Paragraph):
            writer.writerow([plain(block.text)])
        else:
            for row in block.rows:
                if row.after_gap:
                    writer.writerow([])
                writer.writerow([plain(cell) for cell in row.cells])
            writer.writerow([])
    return stream.getvalue().encode("utf-8-sig")


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FORMATS = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html, "pdf": as_pdf, "csv": as_csv}
