"""Tables of the sheets as tables of Word; blocks that stand side by side are tables without lines."""

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.shared import Emu, Pt

from documents.word_parts import keep_row, set_cell_margins, underline_cell
from documents.word_sheets import emu_of


class TableWriter:
    """Writes tables for the writer of a document (documents/word.py), who writes what stands in their cells."""

    def __init__(self, writer):
        self.writer, self.sheets, self.style_of = writer, writer.sheets, writer.style_of
        self.document = writer.document

    def write(self, element, into):
        """Write the table, or the blocks side by side, into the document or a cell."""
        rows = self._rows(element)
        if not rows:
            self.writer.blocks(element, into)
            return
        width = max(sum(_span(cell, "colspan") for cell in row) for row, _is_head in rows)
        if into is self.document:
            self._make_room(element)
        table = into.add_table(len(rows), width)
        table.autofit = True
        first = self.style_of(rows[0][0][0])
        if any(self.style_of(cell)["border_top_style"] != "none" for cells, _is_head in rows for cell in cells):
            table.style = "Table Grid"
        set_cell_margins(table, left=emu_of(first["padding_left"]), right=emu_of(first["padding_right"]))
        self._set_widths(rows, table)
        for row, (cells, is_head) in zip(table.rows, rows, strict=True):
            keep_row(row, is_head=is_head)
            heights = [self.sheets.boxes[cell].height for cell in cells if cell in self.sheets.boxes]
            if heights and not any(_span(cell, "rowspan") > 1 for cell in cells):
                row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Emu(emu_of(max(heights)))
        for cell, place, column, down, across in _places(rows, width):
            word_cell = table.cell(place, column)
            if across > 1 or down > 1:
                word_cell = word_cell.merge(table.cell(place + down - 1, column + across - 1))
            self._fill(cell, word_cell)

    def _make_room(self, element):
        """Tables of Word have no margins, and two that touch become one: a paragraph stands before each."""
        writer = self.writer
        box = self.sheets.boxes.get(element)
        gap, paragraph = writer.gap_above(box), writer.last_paragraph
        body = self.document.element.body
        if paragraph is None or writer.turns_page or paragraph._p is not body[-2]:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.line_spacing = Pt(1)
            if writer.turns_page:
                paragraph.paragraph_format.page_break_before = True
                writer.turns_page = False
        if gap is not None:
            paragraph.paragraph_format.space_after = Emu(emu_of(gap))
        writer.last_box, writer.last_paragraph = box, None

    def _fill(self, element, cell):
        style = self.style_of(element)
        if any(not self.sheets.is_inline(child) for child in self.sheets.printed(element)):
            self.writer.blocks(element, cell)
        else:
            self.writer.words(element, self.writer.paragraph(element, cell))
        if style["vertical_align"] in {"middle", "bottom"}:
            is_middle = style["vertical_align"] == "middle"
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER if is_middle else WD_ALIGN_VERTICAL.BOTTOM
        if style["border_bottom_style"] != "none" and style["border_top_style"] == "none":
            underline_cell(cell)

    def _rows(self, element):
        """[(cells, whether it is a row of the head)]; a block whose cells stand in it directly is one row."""
        children = self.sheets.printed(element)
        if self.sheets.is_row(element):
            return [(children, False)] if children else []
        if cells := [child for child in children if "table-cell" in self.style_of(child)["display"]]:
            return [(cells, False)]
        rows = []
        for row in element.iter():
            if row is element or not isinstance(row.tag, str) or "table-row" not in self.style_of(row)["display"]:
                continue
            above = [self.style_of(each)["display"] for each in self.sheets.between(row, element)]
            cells = self.sheets.printed(row)
            if cells and not any("table" in display for display in above):
                rows.append((cells, any("table-header-group" in display for display in above)))
        return rows

    def _set_widths(self, rows, table):
        """Columns as wide as the printer made them, read from the first row that has a cell in each."""
        boxes = self.sheets.boxes
        for cells, _is_head in rows:
            if len(cells) == len(table.columns) and all(cell in boxes for cell in cells):
                for column, cell in zip(table.columns, cells, strict=True):
                    column.width = Emu(emu_of(boxes[cell].outer_width))
                    for word_cell in column.cells:
                        word_cell.width = column.width
                return


def _places(rows, width):
    """(cell, row, column, rows, columns) of every cell of the table, with what it spans."""
    taken = set()
    for place, (cells, _is_head) in enumerate(rows):
        column = 0
        for cell in cells:
            while (place, column) in taken:
                column += 1
            if column >= width:
                break
            across = min(_span(cell, "colspan"), width - column)
            down = min(_span(cell, "rowspan"), len(rows) - place)
            taken |= {(place + y, column + x) for y in range(down) for x in range(across)}
            yield cell, place, column, down, across
            column += across


def _span(cell, name):
    value = cell.get(name, "1")
    return max(int(value), 1) if value.isdigit() else 1
