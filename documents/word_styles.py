"""Styles of a Word document, made from the look of the sheets: the reader finds them by name in Word."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Pt, RGBColor

from documents.word_parts import set_font
from documents.word_sheets import emu_of, points_of

BOLD_FROM = 600
ALIGNMENTS = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Styles as Word shows them; a class that is not here gives its own name to its style.
STYLE_NAMES = {
    "h1": "Heading 1",
    "h2": "Heading 2",
    "h3": "Heading 3",
    "document-kind": "Вид документа",
    "document-heading": "Заголовок к тексту",
    "annex-title": "Заголовок приложения",
    "letterhead__name": "Бланк: наименование",
    "letterhead__short": "Бланк: сокращённое наименование",
    "letterhead__founder": "Бланк: учредитель",
    "letterhead__contacts": "Бланк: реквизиты",
    "command": "Приказываю",
    "point": "Пункт",
    "copy-mark": "Отметка об экземпляре",
    "draft-mark": "Отметка о проекте",
    "td": "Ячейка таблицы",
    "th": "Заголовок таблицы",
}


class Styles:
    """The paragraph styles of a document; one is made when an element with its look is met first."""

    def __init__(self, document, style_of):
        self.document, self.style_of = document, style_of
        self.made = {}

    def of(self, element):
        """The style of the document for an element."""
        classes = (element.get("class") or "").split()
        key = " ".join([element.tag, *classes])
        name = next((STYLE_NAMES[each] for each in [*classes, element.tag] if each in STYLE_NAMES), None)
        look = self._look(element)
        name = name or (classes[0] if classes else "Абзац" if element.tag in {"p", "div"} else element.tag)
        made = self.made
        if (name, look) not in made:
            names = {made_name for made_name, _look in made}
            made[name, look] = self._new_style(name if name not in names else f"{name} ({key}, {len(made)})", look)
        return made[name, look]

    def _look(self, element):
        style = self.style_of(element)
        return (
            style["text_align_all"],
            emu_of(style["text_indent"]),
            emu_of(style["margin_top"]),
            emu_of(style["margin_bottom"]),
            style["font_weight"] >= BOLD_FROM,
            style["font_style"] != "normal",
            points_of(style["font_size"]),
            style["break_after"] == "avoid",
        )

    def _new_style(self, name, look):
        align, indent, above, below, is_bold, is_italic, size, keeps_with_next = look
        styles = self.document.styles
        style = styles[name] if name in {each.name for each in styles} else None
        if style is None:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
        set_font(style, Pt(size))
        style.font.bold, style.font.italic, style.font.color.rgb = is_bold, is_italic, RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.alignment = ALIGNMENTS.get(align, WD_ALIGN_PARAGRAPH.LEFT)
        layout.first_line_indent, layout.space_before, layout.space_after = (
            Emu(int(value)) for value in (indent, max(above, 0), max(below, 0))
        )
        layout.keep_with_next = keeps_with_next
        layout.widow_control = True
        return style
