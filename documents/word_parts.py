"""Pieces of a Word document that python-docx has no words for."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

FONT = "Times New Roman"
EMU_OF_TWIP = 635


def set_font(style, size):
    """The font for all alphabets: Word keeps one name for each."""
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for alphabet in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{alphabet}"), FONT)


def set_outline_level(style, level):
    """Let Word show paragraphs of the style among the headings of the document; the highest level is 0."""
    element = OxmlElement("w:outlineLvl")
    element.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(element)


def set_language(style, language):
    """The language in which Word checks the spelling."""
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(element)


def set_cell_margins(table, *, left, right):
    """The room between the words and the sides of the cells, in EMU."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("left", left), ("right", right)):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(round(width / EMU_OF_TWIP)))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)


def start_numbers_anew(section):
    """The pages of the section are counted from 1."""
    for inherited in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(inherited)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.append(numbers)


def keep_row(row, *, is_head):
    """A row is not torn between sheets; the head is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def underline_cell(cell):
    """A line below the cell: there people write by hand."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_line(Pt(0.5), space=0))
    cell._tc.get_or_add_tcPr().append(borders)


def draw_line_below(paragraph, width):
    borders = OxmlElement("w:pBdr")
    borders.append(_line(width, space=4))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def _line(width, *, space):
    """A line below something; Word counts its width in eighths of a point."""
    bottom = OxmlElement("w:bottom")
    for name, value in (
        ("val", "single"),
        ("sz", str(round(width.pt * 8))),
        ("space", str(space)),
        ("color", "000000"),
    ):
        bottom.set(qn(f"w:{name}"), value)
    return bottom


def number_pages(section):
    """The number of the page in the middle of the top margin."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
