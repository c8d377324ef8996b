"""Files into blocks: encodings, Word, Excel, csv, and files that cannot be read."""

import io
import zipfile
from copy import deepcopy
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from roadmap.blocks import Paragraph, Table, UnreadableDocument
from roadmap.reading import read_document
from roadmap.table_files import MAX_BYTES, blocks_from_file

TEXT = "Дорожная карта\n№\tМероприятие\tСрок\n1\tПриказ\tмай\n"


def cells(block):
    return [row.cells for row in block.rows]


def word_file(build):
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def excel_file(rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill(table, rows):
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_text_is_read_in_its_encoding(encoding):
    blocks = blocks_from_file(TEXT.replace("\n", "\r\n").encode(encoding), "plan.txt")

    assert blocks[0] == Paragraph("Дорожная карта", 1)
    assert cells(blocks[1]) == [("№", "Мероприятие", "Срок"), ("1", "Приказ", "май")]


def test_text_keeps_line_numbers_gaps_and_bold():
    blocks = blocks_from_file("**План\nработы**\n\n1\tа\n\n\n2\tб\nстрока\n".encode(), "plan.txt")

    title, subtitle, table, line = blocks
    assert (title, subtitle) == (Paragraph("План", 1, bold=True), Paragraph("работы", 2, bold=True))
    assert [(row.row, row.after_gap) for row in table.rows] == [(4, False), (7, True)]
    assert line == Paragraph("строка", 8)


def test_text_copied_from_a_spreadsheet_has_lines_inside_cells():
    blocks = blocks_from_file('№\tДело\n1\t"Приказ\nи ""План"""\n2\tОтчёт\n'.encode(), "plan.txt")

    assert cells(blocks[0]) == [("№", "Дело"), ("1", 'Приказ\nи "План"'), ("2", "Отчёт")]


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1251"), (",", "utf-8-sig"), ("\t", "utf-8")])
def test_csv_is_read_with_its_delimiter(delimiter, encoding):
    text = TEXT.split("\n", 1)[1].replace("\t", delimiter)

    (table,) = blocks_from_file(text.encode(encoding), "plan.csv")

    assert cells(table) == [("№", "Мероприятие", "Срок"), ("1", "Приказ", "май")]


def test_word_file_keeps_the_order_and_counts_merged_cells_once():
    def build(document):
        document.add_paragraph("Дорожная карта на 2024-2025 учебный год").runs[0].bold = True
        table = document.add_table(5, 4)
        fill(
            table,
            [
                ["№", "Этап", "Мероприятие", "Срок"],
                [""] * 4,
                ["1", "Запуск", "Приказ", "сентябрь"],
                ["", "", "Опрос", ""],
                [""] * 4,
            ],
        )
        table.cell(1, 0).merge(table.cell(1, 3)).text = "Общая строка"
        table.cell(2, 1).merge(table.cell(3, 1))
        table.cell(4, 0).merge(table.cell(4, 3))
        document.add_paragraph("После таблицы")

    title, table, after = blocks_from_file(word_file(build), "plan.docx")

    assert (title.text, title.bold, after.text) == ("Дорожная карта на 2024-2025 учебный год", True, "После таблицы")
    assert cells(table)[1] == ("Общая строка", "", "", "")
    assert [row[1].strip() for row in cells(table)[2:4]] == ["Запуск", ""]
    assert len(cells(table)) == 4


def test_word_file_is_a_roadmap_with_merged_stages_and_deadlines():
    def build(document):
        document.add_paragraph("Дорожная карта на 2024-2025 учебный год")
        table = document.add_table(4, 5)
        fill(
            table,
            [
                ["№", "Этап", "Мероприятие", "Срок", "Ответственный"],
                ["1", "Запуск", "Приказ", "сентябрь", "Директор"],
                ["", "", "Опрос", "", "Куратор"],
                ["2", "Итог", "Отчёт", "май", "Куратор"],
            ],
        )
        for column in (0, 1, 3):
            table.cell(1, column).merge(table.cell(2, column))

    reading = read_document(blocks_from_file(word_file(build), "plan.docx"))

    assert [(stage.number, stage.title, len(stage.activities)) for stage in reading.stages] == [
        ("1", "Запуск", 2),
        ("2", "Итог", 1),
    ]
    assert [(a.deadline_text, a.deadline_inherited) for a in reading.activities] == [
        ("сентябрь", False),
        ("сентябрь", True),
        ("май", False),
    ]


def test_word_file_shows_the_numbers_that_word_gives():
    (table,) = blocks_from_file(word_file(build_numbered), "plan.docx")

    assert [row[0] for row in cells(table)] == ["№", "1.", "2."]
    assert [row[1] for row in cells(table)] == ["Мероприятие", "- сбор\n- разбор", "План"]


def build_numbered(document):
    """A table whose numbers and bullets are lists of Word."""
    table = document.add_table(3, 2)
    fill(table, [["№", "Мероприятие"], ["", "сбор"], ["", "План"]])
    numbered = document.styles["List Number"].element.find(".//{*}numPr")
    bulleted = document.styles["List Bullet"].element.find(".//{*}numPr")
    for row in (1, 2):
        paragraph = table.cell(row, 0).paragraphs[0]
        paragraph._p.get_or_add_pPr().append(deepcopy(numbered))
    first = table.cell(1, 1).paragraphs[0]
    second = table.cell(1, 1).add_paragraph("разбор")
    for paragraph in (first, second):
        paragraph._p.get_or_add_pPr().append(deepcopy(bulleted))


def test_word_file_shows_the_numbers_of_lists_made_by_a_style():
    (table,) = blocks_from_file(word_file(build_styled), "plan.docx")

    assert [row[1] for row in cells(table)] == ["Мероприятие", "1. сбор\n2. разбор"]


def build_styled(document):
    table = document.add_table(2, 2)
    fill(table, [["№", "Мероприятие"], ["1", "сбор"]])
    table.cell(1, 1).add_paragraph("разбор")
    for paragraph in table.cell(1, 1).paragraphs:
        paragraph.style = document.styles["List Number"]


def test_word_file_begins_with_the_head_of_its_page_and_holds_no_text_that_was_hidden_or_moved():
    blocks = blocks_from_file(word_file(build_marked), "plan.docx")

    assert [block.text for block in blocks] == ["Приложение к приказу № 45", "Провести опрос педагогов"]


def build_marked(document):
    document.sections[0].header.paragraphs[0].text = "Приложение к приказу № 45"
    paragraph = document.add_paragraph("Провести опрос")
    paragraph.add_run(" скрыто").font.hidden = True
    moved = OxmlElement("w:moveFrom")
    moved.append(paragraph.add_run(" перенесено")._r)
    paragraph._p.append(moved)
    paragraph.add_run(" педагогов")


def test_word_text_box_has_lines_of_its_own():
    blocks = blocks_from_file(word_file(build_boxed), "plan.docx")

    assert [block.text for block in blocks] == ["Школа № 9", "УТВЕРЖДАЮ", "Директор А.А. Ким", "на 2024 год"]


def build_boxed(document):
    """A grif in a text box that stands in the middle of a paragraph."""
    paragraph = document.add_paragraph("Школа № 9")
    box = OxmlElement("w:txbxContent")
    for text in ("УТВЕРЖДАЮ", "Директор А.А. Ким"):
        box.append(document.add_paragraph(text)._p)
    picture = OxmlElement("w:pict")
    picture.append(box)
    paragraph.add_run()._r.append(picture)
    paragraph.add_run("на 2024 год")


def test_word_table_that_only_places_another_is_looked_through():
    def build(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "План работы"
        fill(cell.add_table(2, 2), [["№", "Мероприятие"], ["1", "Приказ"]])

    paragraph, table = blocks_from_file(word_file(build), "plan.docx")

    assert (paragraph.text, cells(table)) == ("План работы", [("№", "Мероприятие"), ("1", "Приказ")])


def test_excel_file_has_row_numbers_and_dates_as_people_write_them():
    rows = [
        ["Дорожная карта на 2024-2025 учебный год"],
        [],
        ["№", "Мероприятие", "Срок", "Ответственный"],
        [1, "Приказ", date(2024, 9, 2), "Директор"],
        [2, "План", 1.5, None],
    ]

    (table,) = blocks_from_file(excel_file(rows, ["A1:D1"]), "plan.xlsx")

    assert [row.row for row in table.rows] == [1, 3, 4, 5]
    assert cells(table)[2:] == [("1", "Приказ", "02.09.2024", "Директор"), ("2", "План", "1.5", "")]


def test_excel_shows_a_month_as_a_month_and_a_day_as_a_day():
    book = openpyxl.Workbook()
    for number_format in ("mmm-yy", "[$-419]mmmm yyyy;@", "dd.mm.yyyy"):
        book.active.append(["Приказ", date(2024, 9, 1)])
        book.active.cell(book.active.max_row, 2).number_format = number_format
    stream = io.BytesIO()
    book.save(stream)

    (table,) = blocks_from_file(stream.getvalue(), "plan.xlsx")

    assert [row[1] for row in cells(table)] == ["сентябрь 2024", "сентябрь 2024", "01.09.2024"]


def test_excel_file_is_a_roadmap():
    rows = [
        ["Дорожная карта на 2024-2025 учебный год"],
        [],
        ["№", "Мероприятие", "Срок", "Ответственный"],
        ["1 этап. Запуск"],
        [1, "Приказ", date(2024, 9, 2), "Директор"],
    ]

    reading = read_document(blocks_from_file(excel_file(rows, ["A4:D4"]), "plan.xlsx"))

    assert (reading.title, reading.school_year) == ("Дорожная карта на 2024-2025 учебный год", 2024)
    assert [(s.number, s.title, [a.deadline_text for a in s.activities]) for s in reading.stages] == [
        ("1", "Запуск", ["02.09.2024"])
    ]


def zip_file(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


UNREADABLE = {
    "nothing": b"",
    "only spaces": b"\xef\xbb\xbf \r\n\t",
    "encrypted or old Office": bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600,
    "pdf": b"%PDF-1.7 ...",
    "picture": b"\x89PNG\r\n\x1a\n",
    "noise": bytes(range(256)) * 20,
    "broken archive": b"PK\x03\x04 and no more",
    "another archive": zip_file(content="text"),
    "broken word": zip_file(word__document="text"),
    "broken excel": zip_file(xl__workbook="text"),
    "too large": b"a" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_refused_with_a_sentence(name):
    with pytest.raises(UnreadableDocument) as refusal:
        blocks_from_file(UNREADABLE[name], "plan.docx")

    assert str(refusal.value).endswith(".")


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableDocument):
        blocks_from_file(tmp_path / "none.txt")


@given(data=st.binary(max_size=300))
def test_any_bytes_give_blocks_or_a_refusal(data):
    try:
        blocks = blocks_from_file(data, "plan.txt")
    except UnreadableDocument:
        blocks = []

    assert all(isinstance(block, Paragraph | Table) for block in blocks)


@given(text=st.text(alphabet='аб1 \t\n"*<>;', max_size=80))
def test_no_letter_of_a_text_is_lost(text):
    try:
        blocks = blocks_from_file(("x" + text).encode(), "plan.txt")
    except UnreadableDocument:
        blocks = []

    kept = "".join(
        block.text if isinstance(block, Paragraph) else "".join("".join(row.cells) for row in block.rows)
        for block in blocks
    )
    assert [sign for sign in kept if sign in "аб1"] == [sign for sign in text if sign in "аб1"]


@pytest.mark.parametrize(
    "text",
    [
        "| № | Мероприятие | Срок |\n|---|:---:|----:|\n| 1 | **Приказ**<br>директора | май |",
        "№ | Мероприятие | Срок\n--- | --- | ---\n1 | Приказ<br/>директора | май",
        "| № | Мероприятие | Срок |\n| 1 | Приказ директора | май |",
    ],
)
def test_tables_with_bars_are_read(text):
    heading, table = blocks_from_file(f"# Дорожная карта\n\n{text}\n".encode(), "план.txt")

    assert (heading.text, heading.bold) == ("Дорожная карта", True)
    assert cells(table) == [("№", "Мероприятие", "Срок"), ("1", "Приказ директора", "май")]
    assert table.rows[-1].row == 2 + len(text.splitlines())


def test_bar_that_belongs_to_a_cell_does_not_part_it():
    (table,) = blocks_from_file(
        "| Мероприятие | Срок |\n|---|---|\n| Отбор \\| обучение | май |\n".encode(), "план.txt"
    )

    assert cells(table)[1] == ("Отбор | обучение", "май")


def test_bars_in_words_make_no_table():
    text = "Школа | Центр\nДорожная карта | план\n"

    assert [block.text for block in blocks_from_file(text.encode(), "план.txt")] == text.splitlines()


def test_grid_is_not_read_in_pieces():
    grid = "+---+----+\n| А | Б  |\n+===+====+\n| 1 | в  |\n|   | г  |\n+---+----+\n"

    assert [type(block) for block in blocks_from_file(grid.encode(), "план.txt")] == [Paragraph] * 6
