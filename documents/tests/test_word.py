"""Papers as Word documents."""

import io
import re
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from PIL import Image

from documents.blank_pictures import keep_picture
from documents.filing import words_of
from documents.letter_contents import Subject, letter_content
from documents.letter_kinds import LETTER_KINDS, PERSON
from documents.printing import paper_html
from documents.tests.factories import make_order
from documents.word import word_document
from documents.word_reading import lines_of_word

pytestmark = [pytest.mark.django_db, pytest.mark.files]


def document_of(html):
    return docx.Document(io.BytesIO(word_document(html, title="Приказ")))


def page(body):
    return f'<!doctype html><html lang="ru"><head><title>т</title></head><body>{body}</body></html>'


def words(lines):
    return " ".join(" ".join(lines).split()).split(" ")


@pytest.fixture
def order():
    return make_order(status="approved", pairs=3)


def test_words_of_the_document_are_those_of_the_sheets(order):
    for paper in (order.paper, order.agreements.first().paper):
        html = paper_html(paper.kind, paper.content)

        lines = lines_of_word(word_document(html, title=paper.title))

        assert words(lines) == words(words_of(html).splitlines())


UPRIGHT = [(kind, "portrait") for kind in LETTER_KINDS.values()]
ACROSS = [(kind, "landscape") for kind in LETTER_KINDS.values() if kind.bulk == PERSON]


@pytest.mark.parametrize(("kind", "layout"), UPRIGHT + ACROSS, ids=lambda value: getattr(value, "key", value))
def test_words_of_every_letter_are_those_of_its_sheets(order, kind, layout):
    pair = order.pairs.for_register().first()
    person, organization = pair.mentor, order.organization
    values = {field.name: field.usual for field in kind.fields} | {"dated_on": date(2026, 11, 20), "layout": layout}
    values |= {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 11, 20), "reason": "переезд", "event": "Встреча"}
    values |= dict.fromkeys(["petitioner", "taken_by", "chair", "secretary", "certified_by", "person"], person)
    values |= {"present": [person], "people": [person], "empty": 2, "points": [0], "has_background": False}
    values |= {"question_1": "О парах", "decided_1": "Утвердить", "successor": person}
    subject = Subject(organization, program=order.program, pair=pair, person=person, order=order)
    html = paper_html(kind.key, letter_content(kind, subject, values, number="7"))

    content = word_document(html, title="Письмо")

    assert words(lines_of_word(content)) == words(words_of(html).splitlines())
    is_across = docx.Document(io.BytesIO(content)).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert is_across == (layout == "landscape")


def test_letterhead_brings_its_picture(order):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    kept = keep_picture(order.organization, picture.getvalue())
    head = order.snapshot["letterhead"] | {"picture": kept.sha256, "picture_kind": "logo"}

    document = document_of(paper_html(order.kind, order.snapshot | {"letterhead": head}))

    assert len(document.inline_shapes) == 1


def test_styles_tables_and_sections_are_those_of_word(order):
    document = document_of(paper_html(order.kind, order.snapshot))

    styles = {paragraph.style.name for paragraph in document.paragraphs}
    annex = document.tables[-2]
    assert {"Вид документа", "Заголовок к тексту", "Пункт", "Заголовок приложения"} <= styles
    assert annex.style.name == "Table Grid"
    assert annex.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in annex.rows)


def test_headings_are_headings_for_word_and_styles_have_russian_names(order):
    document = document_of(paper_html(order.kind, order.snapshot))

    styles = [style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH]
    levels = {style.name: style.element.xpath("string(./w:pPr/w:outlineLvl/@w:val)") for style in styles}
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    used = {paragraph.style.name for part in (document, *cells) for paragraph in part.paragraphs}
    assert (levels["Вид документа"], levels["Заголовок к тексту"], levels["Заголовок приложения"]) == ("0", "1", "0")
    assert [name for name in used if re.search(r"[a-z_]", name)] == []


def test_margins_and_font_are_those_of_the_print(order):
    document = document_of(paper_html(order.kind, order.snapshot))
    section, normal = document.sections[0], document.styles["Normal"]

    assert round(section.left_margin.mm) == 30
    assert [round(side.mm) for side in (section.right_margin, section.top_margin, section.bottom_margin)] == [
        10,
        20,
        20,
    ]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    assert normal.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"


def test_pages_are_numbered_from_the_second_and_anew_in_each_copy(order):
    paper = order.agreements.first().paper
    document = document_of(paper_html(paper.kind, paper.content))

    assert len(document.sections) == 2
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.xpath("./w:pgNumType/@w:start") == ["1"]
    assert "PAGE" in document.sections[0].header._element.xml


def test_wide_sheet_lies_across():
    document = document_of(page('<section>а</section><section class="page-landscape annex"><p>б</p></section>'))

    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_cells_that_span_rows_and_columns_are_merged():
    table = "<table><tr><td rowspan=2>а</td><td colspan=2>б</td></tr><tr><td>в</td><td>г</td></tr></table>"
    (table,) = document_of(page(table)).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["а", "б", "б"], ["а", "в", "г"]]


def test_two_tables_that_touch_stay_two():
    document = document_of(page("<table><tr><td>а</td></tr></table><table><tr><td>б</td></tr></table>"))

    assert [table.cell(0, 0).text for table in document.tables] == ["а", "б"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>а <b>б</b>  в<br> г</p>", ["а б в\nг"]),
        ("<div>а<p>б</p>в</div>", ["а", "б", "в"]),
        ("<ul><li>а</li></ul><ol><li>б</li><li>в</li></ol>", ["–\xa0а", "1.\xa0б", "2.\xa0в"]),
        ("<p>№&nbsp;5 😀 ң</p>", ["№\xa05 😀 ң"]),
        ("<p></p><style>p { color: red }</style>", []),
    ],
)
def test_words_come_as_the_printer_sees_them(body, expected):
    document = document_of(page(body))

    assert [paragraph.text for paragraph in document.paragraphs] == expected


def test_sheet_without_a_word_is_still_a_document():
    assert document_of(page("")).sections


def test_bold_words_stay_bold():
    (paragraph,) = document_of(page("<p>а <b>б</b></p>")).paragraphs

    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [("а ", False), ("б", True)]


def test_heading_is_a_heading_of_word():
    document = document_of(page("<h2>Предмет</h2><p>а</p>"))

    assert document.paragraphs[0].style.name == "Heading 2"
