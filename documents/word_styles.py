"""Styles of a Word document, made from the look of the sheets: the reader finds them by name in Word."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Pt, RGBColor

from documents.word_parts import set_font, set_outline_level
from documents.word_sheets import emu_of, points_of

BOLD_FROM = 600
ALIGNMENTS = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Styles as Word shows them; what is not here is a paragraph like others.
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
    "signature__position": "Подпись: должность",
    "signature__room": "Подпись: место для подписи",
    "signature__name": "Подпись: инициалы и фамилия",
    "familiarization__title": "Лист ознакомления",
    "annex-mark": "Отметка о приложении",
    "grif": "Гриф",
    "span": "Реквизит",
    "td": "Ячейка таблицы",
    "th": "Заголовок таблицы",
}
USUAL = "Абзац"
# Headings that Word shows among the headings of the document, from 0; those of h1 to h3 it knows itself.
OUTLINE = {"Вид документа": 0, "Заголовок к тексту": 1, "Заголовок приложения": 0}


class Styles:
    """The paragraph styles of a document; one is made when an element with its look is met first."""

    def __init__(self, document, style_of):
        self.document, self.style_of = document, style_of
        self.made = {}

    def of(self, element):
        """The style of the document for an element."""
        classes = (element.get("class") or "").split()
        name = next((STYLE_NAMES[each] for each in [*classes, element.tag] if each in STYLE_NAMES), USUAL)
        look = self._look(element)
        made = self.made
        if (name, look) not in made:
            others = [style for (other, _look), style in made.items() if other == name]
            if others:
                made[name, look] = self._new_style(f"{name} {len(others) + 1}", look, base=others[0])
            else:
                made[name, look] = self._new_style(name, look)
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

    def _new_style(self, name, look, *, base=None):
        align, indent, above, below, is_bold, is_italic, size, keeps_with_next = look
        styles = self.document.styles
        style = styles[name] if name in {each.name for each in styles} else None
        if style is None:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = base or styles["Normal"]
        set_font(style, Pt(size))
        style.font.bold, style.font.italic, style.font.color.rgb = is_bold, is_italic, RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.alignment = ALIGNMENTS.get(align, WD_ALIGN_PARAGRAPH.LEFT)
        layout.first_line_indent, layout.space_before, layout.space_after = (
            Emu(int(value)) for value in (indent, max(above, 0), max(below, 0))
        )
        layout.keep_with_next = keeps_with_next
        layout.widow_control = True
        if name in OUTLINE:
            set_outline_level(style, OUTLINE[name])
        return style
