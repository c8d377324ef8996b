"""Papers as Word documents: the printed sheets with the same words and, as far as Word goes, the same look.

The look is read from the style sheet of the printed papers, as the printer reads it, so that a paper of any kind becomes
a Word document without a second template. Styles, tables and headings are Word's own: what people correct stays whole.
"""

import io
import re
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Emu, Pt

from documents.word_parts import draw_line_below, number_pages, set_font, set_language, start_numbers_anew
from documents.word_sheets import Sheets, color_of, emu_of, points_of
from documents.word_styles import BOLD_FROM, Styles
from documents.word_tables import TableWriter
from mentorship.pdf import PAPER_LANGUAGE

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEAST_SHIFT = 2  # pixels
PAGE_TURNS = {"page", "always", "left", "right"}


def word_document(html, *, title):
    """The sheets of a paper (documents/printing.py: paper_html, without a mark) as the bytes of a docx file."""
    return _Writer(Sheets(html), title).bytes()


class _Writer:
    """Walks through the sheets as the printer does and writes what it meets into a Word document."""

    def __init__(self, sheets, title):
        self.sheets, self.style_of = sheets, sheets.style_of
        self.document = docx.Document()
        self.styles = Styles(self.document, sheets.style_of)
        self.tables = TableWriter(self)
        self.page_name, self.has_section = None, False
        self.turns_page = False  # before the next paragraph
        self.last_paragraph, self.last_box = None, None  # in the body of the document
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.language = PAPER_LANGUAGE
        properties.created = properties.modified = datetime(2000, 1, 1)
        normal = self.document.styles["Normal"]
        normal.paragraph_format.space_after = Pt(0)
        set_font(normal, Pt(points_of(self.style_of(sheets.root.find("body"))["font_size"])))
        set_language(normal, "ru-RU")

    def bytes(self):
        """The document as a file."""
        self.blocks(self.sheets.root.find("body"), self.document)
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    # --- blocks -------------------------------------------------------------------------------------------------------
    def blocks(self, element, into):
        """Write the content of a block: runs of words become paragraphs, blocks within it follow one another.

        `into` is the document or a cell of a table.
        """
        paragraph = None
        if element.text and element.text.strip():
            paragraph = self.paragraph(element, into)
            self._run(paragraph, element.text, element)
        for child in element:
            if self.sheets.is_printed(child):
                if not self.sheets.is_inline(child):
                    self._block(child, into)
                    paragraph = None
                elif child.tag in {"br", "img"} or self.sheets.has_words(child):
                    paragraph = paragraph or self.paragraph(element, into)
                    self._inline(child, paragraph)
            if child.tail and child.tail.strip():
                paragraph = paragraph or self.paragraph(element, into)
                self._run(paragraph, child.tail, element)

    def _block(self, element, into):
        style, is_body = self.style_of(element), into is self.document
        if is_body:
            self._turn_page(element, style)
        if "table" in style["display"] or self.sheets.is_row(element):
            self.tables.write(element, into)
        elif any(not self.sheets.is_inline(child) for child in self.sheets.printed(element)):
            self.blocks(element, into)
        elif self.sheets.has_words(element):
            paragraph = self.paragraph(element, into)
            if element.tag == "li":
                paragraph.add_run(self._item_mark(element))
            self.words(element, paragraph)
        if is_body and self.last_paragraph is not None and style["border_bottom_style"] != "none":
            draw_line_below(self.last_paragraph, Pt(points_of(style["border_bottom_width"])))

    def paragraph(self, element, into):
        """A new paragraph in the style of the element, where the printer put it."""
        if into is not self.document and len(into.paragraphs) == 1 and not into.paragraphs[0].runs and not into.tables:
            paragraph = into.paragraphs[0]  # with which a cell begins
        else:
            paragraph = into.add_paragraph()
        paragraph.style = self.styles.of(element)
        self._place(paragraph, element, into)
        if into is self.document:
            if self.turns_page:
                paragraph.paragraph_format.page_break_before = True
                self.turns_page = False
            self.last_paragraph = paragraph
        return paragraph

    def gap_above(self, box):
        """Pixels between a block and the one before it; None where a page lies between."""
        last = self.last_box
        if last is None or box is None or last.page != box.page or box.top < last.bottom - 1:
            return None
        return max(box.top - last.bottom, 0)

    def _place(self, paragraph, element, into):
        """Move the paragraph to where its block stands: in from the sides, down from what is above it."""
        box = self.sheets.boxes.get(element)
        if box is None:
            return
        layout = paragraph.paragraph_format
        if around := self.sheets.boxes.get(self.sheets.container(element)):
            left, right = box.left - around.left, around.right - box.right
            if left > LEAST_SHIFT:
                layout.left_indent = Emu(emu_of(left))
            if right > LEAST_SHIFT:
                layout.right_indent = Emu(emu_of(right))
        if into is self.document:
            gap = self.gap_above(box)
            if gap is not None and abs(emu_of(gap) - (paragraph.style.paragraph_format.space_before or 0)) > Pt(1):
                layout.space_before = Emu(emu_of(gap))
                if self.last_paragraph is not None:
                    self.last_paragraph.paragraph_format.space_after = Pt(0)
            self.last_box = box

    def _item_mark(self, element):
        items = self.sheets.parent_of[element]
        place = [each for each in items if each.tag == "li"].index(element) + 1
        return f"{place}.\xa0" if items.tag == "ol" else "–\xa0"

    # --- words --------------------------------------------------------------------------------------------------------
    def words(self, element, paragraph):
        """Write a block of words alone into its paragraph."""
        self._inner(element, paragraph)
        _trim(paragraph)

    def _inner(self, element, paragraph):
        if element.text:
            self._run(paragraph, element.text, element)
        for child in element:
            if self.sheets.is_printed(child):
                self._inline(child, paragraph)
            if child.tail:
                self._run(paragraph, child.tail, element)

    def _inline(self, element, paragraph):
        if element.tag == "br":
            _trim(paragraph)
            paragraph.add_run().add_break(WD_BREAK.LINE)
        elif element.tag == "img":
            self._picture(element, paragraph)
        else:
            self._inner(element, paragraph)

    def _run(self, paragraph, text, element):
        text = re.sub(r"[ \t\r\n\f]+", " ", text)  # no-break spaces stay
        if text.startswith(" ") and (not paragraph.text or paragraph.text.endswith((" ", "\n"))):
            text = text[1:]
        if not text:
            return
        style, named, run = self.style_of(element), paragraph.style.font, paragraph.add_run(text)
        if (is_bold := style["font_weight"] >= BOLD_FROM) != bool(named.bold):
            run.bold = is_bold
        if (is_italic := style["font_style"] != "normal") != bool(named.italic):
            run.italic = is_italic
        if (size := Pt(points_of(style["font_size"]))) != named.size:
            run.font.size = size
        if (color := color_of(style)) is not None:
            run.font.color.rgb = color
        if self.sheets.is_inline(element) and style["border_bottom_style"] != "none":
            run.underline = True

    def _picture(self, element, paragraph):
        source = element.get("src", "")
        if source.startswith("data:image/svg"):
            return  # Word does not read them as they are
        try:
            picture = paragraph.add_run().add_picture(io.BytesIO(self.sheets.fetch(source)))
        except (OSError, ValueError, UnrecognizedImageError):
            return
        style = self.style_of(element)
        width, height = emu_of(style["width"]), emu_of(style["height"])
        if height and not width:
            width = int(picture.width * height / picture.height)
        if width:
            picture.height, picture.width = int(picture.height * width / picture.width), Emu(width)

    # --- pages --------------------------------------------------------------------------------------------------------
    def _turn_page(self, element, style):
        """A new section where the page changes its form or counts anew, else a page break where the sheet has one."""
        name = style["page"] if isinstance(style["page"], str) else None
        is_copy = "copy" in (element.get("class") or "").split()
        if name != self.page_name or is_copy or not self.has_section:
            self._new_section(name, counts_anew=is_copy)
        elif style["break_before"] in PAGE_TURNS:
            self.turns_page = True

    def _new_section(self, name, *, counts_anew):
        if is_first := not self.has_section:
            section = self.document.sections[0]
            number_pages(section)
        else:
            section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.has_section, self.page_name, self.turns_page, self.last_box = True, name, False, None
        self._set_page(section, self.sheets.pages.get(name, self.sheets.first_page))
        section.different_first_page_header_footer = is_first or counts_anew
        if counts_anew:
            start_numbers_anew(section)

    def _set_page(self, section, page):
        width, height = emu_of(page.margin_width()), emu_of(page.margin_height())
        section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Emu(width), Emu(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Emu(emu_of(getattr(page, f"margin_{side}"))))
        section.header_distance = Emu(section.top_margin // 2)


def _trim(paragraph):
    """No space before the end of a line."""
    if paragraph.runs and paragraph.runs[-1].text.endswith(" "):
        paragraph.runs[-1].text = paragraph.runs[-1].text[:-1]
