"""Web pages and what is copied out of a browser, Word or Excel as html, into paragraphs and tables in the order of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.utils.translation import gettext_lazy as _
from lxml.etree import ParserError

from roadmap.blocks import Block, Paragraph, Table, TableRow, UnreadableDocument

LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|p|div|ol|ul|h[1-6])\b.*?<(?:table|/table|body|p|div|td)\b",
    re.IGNORECASE | re.DOTALL,
)
TABLE_ANYWHERE = re.compile(r"<table\b.{0,20000}?<t[dh]\b", re.IGNORECASE | re.DOTALL)
UNSEEN = frozenset(("script", "style", "head", "title", "noscript", "template", "svg", "select", "button"))
OWN_LINE = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
NOT_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
MAX_SPAN = 1000
MAX_COLUMNS = 200


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page or a piece of one, by its content: it begins with a tag, or has a table in tags."""
    start = text.lstrip("\ufeff \t\n")
    return start.startswith("<") and bool(LOOKS_LIKE_HTML.match(start[:200_000]) or TABLE_ANYWHERE.search(start))


def html_blocks(text: str) -> list[Block]:
    """Paragraphs and tables of a page; rows are counted through it. Raises `UnreadableDocument`."""
    try:
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=_parser())
    except (ParserError, ValueError) as error:
        raise UnreadableDocument(_("The file is empty.")) from error
    return list(HtmlReader().blocks(page))


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)


@dataclass
class HtmlReader:
    row: int = 0
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    def blocks(self, page: Any) -> Iterator[Block]:
        yield from self._walk(page, bold=False)
        yield from self._paragraphs()

    def _walk(self, element: Any, *, bold: bool) -> Iterator[Block]:
        if not _is_seen(element):
            return
        tag = element.tag
        if tag == "table" and not _is_layout(element):
            yield from self._paragraphs()
            yield from self._table(element)
            return
        bold = _is_bold(element, bold)
        if tag in OWN_LINE or tag == "br":
            yield from self._paragraphs()
        self._add(_list_mark(element), bold)
        self._add(element.text, bold)
        for child in element:
            yield from self._walk(child, bold=bold)
            self._add(child.tail, bold)
        if tag in OWN_LINE:
            yield from self._paragraphs()

    def _add(self, text: str | None, bold: bool) -> None:
        if text:
            self.pieces.append((text, bold))

    def _paragraphs(self) -> Iterator[Paragraph]:
        text = " ".join("".join(piece for piece, _bold in self.pieces).split())
        bold = all(bold for piece, bold in self.pieces if piece.strip())
        self.pieces = []
        if text:
            self.row += 1
            yield Paragraph(text, self.row, bold)

    # --- tables

    def _table(self, table: Any) -> Iterator[Block]:
        caption = table.find("caption")
        if caption is not None:
            yield from self._walk(caption, bold=False)
        rows: list[TableRow] = []
        covered: dict[int, int] = {}  # column: how many rows below are still covered by a cell merged downward
        for element in _rows(table):
            self.row += 1
            cells = _cells(element, covered)
            if any(cell.strip() for cell in cells):
                rows.append(TableRow(tuple(cells), self.row))
        if rows:
            yield Table(tuple(rows))


def _cells(row: Any, covered: dict[int, int]) -> list[str]:
    """The cells of a row by the columns of the whole table; those under a merged cell are empty."""
    cells: list[str] = []

    def step_over() -> None:
        while covered.get(len(cells), 0) > 0 and len(cells) < MAX_COLUMNS:
            covered[len(cells)] -= 1
            cells.append("")

    for cell in row:
        if not isinstance(cell.tag, str) or cell.tag not in ("td", "th") or not _is_seen(cell):
            continue
        step_over()
        if len(cells) >= MAX_COLUMNS:
            break
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        for place in range(across):
            if down > 1:
                covered[len(cells)] = down - 1
            cells.append(cell_text(cell) if place == 0 else "")
    step_over()
    return cells


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), MAX_SPAN if name == "rowspan" else 40)) if text.isascii() and text.isdigit() else 1


def cell_text(cell: Any) -> str:
    """The lines of a cell with the numbers and dashes of its lists; a cell all in bold type keeps its bold tag."""
    lines: list[list[tuple[str, bool]]] = [[]]

    def walk(element: Any, bold: bool) -> None:
        if not _is_seen(element):
            return
        bold = _is_bold(element, bold)
        own_line = element.tag in OWN_LINE or element.tag == "br"
        if own_line:
            lines.append([])
        lines[-1].append((_list_mark(element), bold))
        lines[-1].append((element.text or "", bold))
        for child in element:
            walk(child, bold)
            lines[-1].append((child.tail or "", bold))
        if own_line and element.tag != "br":
            lines.append([])

    walk(cell, False)
    texts = [" ".join("".join(piece for piece, _bold in line).split()) for line in lines]
    text = "\n".join(filter(None, texts))
    pieces = [bold for line in lines for piece, bold in line if piece.strip()]
    return f"<b>{text}</b>" if pieces and all(pieces) and cell.tag == "td" else text


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in element if row.tag == "tr")


def _is_layout(table: Any) -> bool:
    """Whether a table only places other things on the page: it has one cell, or tables inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = [cell for row in _rows(table) for cell in row if cell.tag in ("td", "th")]
    return len(cells) < 2


def _is_seen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("hidden") is not None:
        return False
    return re.search(r"display\s*:\s*none|mso-hide\s*:\s*all", element.get("style") or "", re.IGNORECASE) is None


def _is_bold(element: Any, bold: bool) -> bool:
    style = element.get("style") or ""
    if NOT_BOLD_STYLE.search(style):
        return False
    return bold or element.tag in ("b", "strong") or element.tag in HEADINGS or BOLD_STYLE.search(style) is not None


def _list_mark(element: Any) -> str:
    """What a browser draws before an item of a list: its number, or a dash; nothing where the text has its own."""
    if element.tag != "li":
        return ""
    parent, text = element.getparent(), " ".join(element.text_content()[:40].split())
    if re.match(r"\d{1,2}[.)]|[-–—•·▪]", text):
        return ""
    if parent is None or parent.tag != "ol":
        return "- "
    style = f"{parent.get('style') or ''} {element.get('style') or ''}"
    if re.search(r"list-style(?:-type)?\s*:\s*none", style, re.IGNORECASE):
        return ""
    first = parent.get("start", "1")
    before = sum(1 for _item in element.itersiblings("li", preceding=True))
    return f"{(int(first) if first.isascii() and first.isdigit() and len(first) < 5 else 1) + before}. "
