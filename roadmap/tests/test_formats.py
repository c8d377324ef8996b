"""The five real documents in every format that they can be put into, cell for cell; and what only one format can do."""

import csv
import io
import zipfile

import docx
import pytest
from django.utils import translation
from PIL import Image
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from roadmap.blocks import Paragraph, Table, UnreadableDocument
from roadmap.headings import tells_of_the_page_before
from roadmap.reading import blocks_from_file, read_document
from roadmap.table_files import blocks_from_text
from roadmap.tests.made_documents import FORMATS, as_docx, as_html, as_pdf, as_xlsx
from roadmap.tests.test_reading import outline
from roadmap.word_breaks import joined_lines

COLUMNS = (
    "stage_no",
    "stage_title",
    "group",
    "activity_no",
    "content",
    "deadline_text",
    "responsible_text",
    "document_text",
)
HEAD = "<tr><td>№</td><td>Мероприятие</td><td>Срок</td><td>Ответственный</td></tr>"


@pytest.fixture(autouse=True)
def english():
    """Refusals are told by their English words."""
    with translation.override("en"):
        yield


def rows_of(reading):
    return [
        (
            stage.number,
            stage.title,
            activity.group,
            activity.number,
            activity.content,
            activity.deadline_text,
            activity.responsible_text,
            activity.document_text,
        )
        for stage in reading.stages
        for activity in stage.activities
    ]


def folded(text):
    """A PDF does not tell whether a space stood where a line ended after a dash or a stroke."""
    return " ".join(text.replace("- ", "-").replace("/ ", "/").replace(" /", "/").split())


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_real_document_in_another_format_has_every_cell_in_its_place(seeds, acceptance, seed, file_format):
    blocks = blocks_from_file(next(seeds.glob(f"{seed}_*.txt")))
    with (acceptance / f"{seed}.tsv").open(encoding="utf-8", newline="") as file:
        expected = [
            tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]

    reading = read_document(blocks_from_file(FORMATS[file_format](blocks), "plan"))

    same = folded if file_format == "pdf" else str
    assert [tuple(map(same, row)) for row in rows_of(reading)] == [tuple(map(same, row)) for row in expected]
    assert [stage.title for stage in reading.stages if not stage.activities] == []


# --- web pages and what is pasted -------------------------------------------------------------------------------------
def html_cells(text):
    return [[row.cells for row in block.rows] for block in blocks_from_text(text) if isinstance(block, Table)]


def test_html_cells_merged_over_rows_and_columns_are_empty_below_and_beside():
    first = "<tr><td rowspan=3>а</td><td colspan='2'>б</td></tr>"
    text = f"<table>{first}<tr><td>в</td><td rowspan=2>г</td></tr><tr><td>д</td></tr></table>"

    assert html_cells(text) == [[("а", "б", ""), ("", "в", "г"), ("", "д", "")]]


def test_html_lists_and_lines_of_a_cell_are_kept():
    text = (
        "<table><tr><td>Дело<ol><li>опрос</li><li>приказ</li></ol></td><td><p>май</p><p>июнь<br>июль</td></tr></table>"
    )

    assert html_cells(text) == [[("Дело\n1. опрос\n2. приказ", "май\nиюнь\nиюль")]]


def test_html_headings_between_tables_are_stages():
    row = "<tr><td>1</td><td>{}</td><td>май</td><td>Куратор</td></tr>"
    text = f"""<html><head><style>td {{color: red}}</style><title>Сайт школы</title></head><body>
        <div><p>Дорожная карта<br>на 2024-2025 учебный год</p><!-- <p>старое</p> --></div>
        <h3>Подготовка пар</h3><table>{HEAD}{row.format("Приказ")}</table>
        <p><strong>Работа пар</strong></p><table>{HEAD}{row.format("Встречи")}</table><script>alert(1)</script></body></html>"""

    reading = read_document(blocks_from_text(text))

    assert (reading.title, reading.school_year) == ("Дорожная карта на 2024-2025 учебный год", 2024)
    assert outline(reading) == [("", "Подготовка пар", ["Приказ"]), ("", "Работа пар", ["Встречи"])]


def test_html_tables_that_only_place_others_are_looked_through():
    plan = f"<table>{HEAD}<tr><td>1</td><td>Приказ</td><td>май</td><td>Директор</td></tr></table>"
    text = f"<table><tr><td>меню</td><td><p>Дорожная карта</p>{plan}</td></tr></table>"

    assert outline(read_document(blocks_from_text(text))) == [("", "", ["Приказ"])]


@pytest.mark.parametrize(
    "text", ["<p>", "<table", "<table><tr>", "<html>" + "<div>" * 400, "<table><tr><td rowspan=99999 colspan=99999>а"]
)
def test_html_that_is_broken_is_read_or_refused(text):
    try:
        blocks = blocks_from_text(text)
    except UnreadableDocument:
        blocks = []

    assert all(isinstance(block, Paragraph | Table) for block in blocks)


def test_what_is_pasted_from_excel_is_told_by_its_content():
    text = 'Дорожная карта\n№\tМероприятие\tСрок\tОтветственный\n1\t"Приказ\nо парах"\tмай\tДиректор'

    assert outline(read_document(blocks_from_text(text))) == [("", "", ["Приказ о парах"])]


def test_csv_is_told_by_its_content():
    text = "Дорожная карта\n№;Мероприятие;Срок\n1;Приказ;май\n2;Отчёт;июнь\n"

    assert outline(read_document(blocks_from_text(text))) == [("", "", ["Приказ", "Отчёт"])]


# --- PDF --------------------------------------------------------------------------------------------------------------
def test_pdf_words_broken_at_the_end_of_a_line_are_whole():
    lines = [
        "Сентябр\nь 2023",
        "наставни-\nков",
        "Сентябрь-\nоктябрь",
        "класс\nи школа",
        "слушать и\nспрашивать",
        "Обра‐\nзование",
        "пар/\nгрупп",
        "Приказ:\n1. об опросе\n2. о парах",
    ]

    assert [joined_lines(line) for line in lines] == [
        "Сентябрь 2023",
        "наставников",
        "Сентябрь-октябрь",
        "класс и школа",
        "слушать и спрашивать",
        "Образование",
        "пар/групп",
        "Приказ:\n1. об опросе\n2. о парах",
    ]


def test_pdf_rows_go_on_over_pages():
    rows = "".join(
        f"<tr><td>{n}</td><td>Провести встречу номер {n}</td><td>май</td><td>Куратор</td></tr>" for n in range(1, 61)
    )
    style = "@page { size: A4; @bottom-center { content: counter(page) } } td { border: 1px solid }"
    page = f"<style>{style}</style><p>Дорожная карта</p><table>{HEAD}{rows}</table>"

    reading = read_document(blocks_from_file(HTML(string=page).write_pdf()))

    assert outline(reading) == [("", "", [f"Провести встречу номер {n}" for n in range(1, 61)])]


def test_pdf_words_above_a_table_that_goes_on_are_no_heading():
    rows = "".join(
        f"<tr><td>{n}</td><td>Провести встречу номер {n}</td><td>май</td><td>Куратор</td></tr>" for n in range(60)
    )
    style = "@page { size: A4; @top-left { content: 'Продолжение таблицы 1' } } td { border: 1px solid }"
    page = f"<style>{style}</style><table>{HEAD}{rows}</table>"

    reading = read_document(blocks_from_file(HTML(string=page).write_pdf()))

    assert outline(reading) == [("", "", [f"Провести встречу номер {n}" for n in range(60)])]


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Продолжение: 2. Формирование базы", True),
        ("Продолжение таблицы 1", True),
        ("Окончание приложения № 3", True),
        ("ПРОДОЛЖЕНИЕ", True),
        ("Окончание работы", False),
        ("Продолжение работы пар", False),
    ],
)
def test_what_a_printer_says_above_a_table_is_told_from_a_stage(text, is_said):
    assert tells_of_the_page_before(text) is is_said


def test_pdf_of_pictures_is_refused_with_a_sentence():
    blank = HTML(string="<svg width='300' height='300'><rect width='300' height='300' fill='gray'/></svg>").write_pdf()

    with pytest.raises(UnreadableDocument, match="no text"):
        blocks_from_file(blank)


def test_pdf_with_a_password_is_refused_with_a_sentence():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(HTML(string="<p>Дорожная карта").write_pdf())))
    writer.encrypt("secret")
    stream = io.BytesIO()
    writer.write(stream)

    with pytest.raises(UnreadableDocument, match="encrypted"):
        blocks_from_file(stream.getvalue())


# --- sizes ------------------------------------------------------------------------------------------------------------
def long_plan(count):
    head = "Дорожная карта на 2024-2025 учебный год\n№\tМероприятие\tСрок\tОтветственный\n"
    return head + "".join(f"{n}\tПровести встречу {n}\tоктябрь\tКуратор\n" for n in range(1, count + 1))


@pytest.mark.parametrize("make", [as_docx, as_xlsx, as_html])
def test_five_thousand_rows_are_refused_with_a_sentence(make):
    blocks = [Paragraph("Дорожная карта"), *blocks_from_text(long_plan(1500))[1:]]
    many = [block for _time in range(2) for block in blocks]

    with pytest.raises(UnreadableDocument, match="2,000"):
        blocks_from_file(make(many))


def test_pdf_keeps_the_title_above_its_table():
    data = as_pdf(blocks_from_text(long_plan(3)))

    assert read_document(blocks_from_file(data)).title == "Дорожная карта на 2024-2025 учебный год"


# --- documents that nobody can read -----------------------------------------------------------------------------------
def made_docx(build):
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data, name, content):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (10, 10)).save(stream, "PNG")
    stream.seek(0)
    return stream


def test_a_table_of_pictures_is_refused_with_a_sentence():
    data = made_docx(
        lambda document: document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run().add_picture(picture())
    )

    with pytest.raises(UnreadableDocument, match="pictures"):
        blocks_from_file(data)


def test_a_document_with_macros_is_refused_with_a_sentence():
    data = with_part(made_docx(lambda document: document.add_paragraph("План")), "word/vbaProject.bin", b"x")

    with pytest.raises(UnreadableDocument, match="macros"):
        blocks_from_file(data)


def test_a_document_with_a_password_is_refused_with_a_sentence():
    data = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(UnreadableDocument, match="encrypted"):
        blocks_from_file(data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = with_part(made_docx(lambda document: None), "word/more.xml", b"0" * (81 * 1024 * 1024))

    with pytest.raises(UnreadableDocument, match="unpacked"):
        blocks_from_file(data)


def test_one_roadmap_among_ten_tables_is_found():
    others = "".join(f"Раздел {n}\n№\tПоказатель\tЗначение\n1\tа\tб\n2\tв\tг\n\n" for n in range(10))

    reading = read_document(blocks_from_text(others + long_plan(3)))

    assert len(reading.activities) == 3
    (ignored,) = [remark for remark in reading.remarks if remark.code == "ignored_table"]
    assert "10" in str(ignored.text)
    assert "№ · Показатель · Значение" in str(ignored.text)
    with pytest.raises(UnreadableDocument):
        read_document(blocks_from_text(others))
