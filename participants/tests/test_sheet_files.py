import io
import random
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from participants.registry_report import UnreadableRegistry
from participants.sheet_files import open_sheets
from participants.tests.registry_books import workbook, workbook_of

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def replaced_in_workbook(data, member, content):
    """The workbook with one member of its archive replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == member else old.read(info))
    return stream.getvalue()


def sheets_or_sentence(data, name):
    try:
        return open_sheets(data, name)
    except UnreadableRegistry as refusal:
        return str(refusal)


WRONG_TYPE = "This is not a table. Upload an Excel workbook (xlsx) or a csv file."
DAMAGED = "The file is damaged and does not open. Open it in Excel, save it anew as xlsx and try again."
ENCRYPTED = (
    "The file is protected by a password. Remove the password in Excel (File – Info – Protect) and save it anew."
)
OLD = "This is a file of an old format (xls). Open it in Excel and save it as “Excel workbook (xlsx)”."
EMPTY = "The file is empty. Choose the file with the registry."
TOO_LARGE = "The file is larger than 20 MB. Leave one sheet with the registry, without pictures, and try again."
BOMB = "Unpacked, the workbook takes more than 200 MB: this is no registry. Nothing was read from it."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"", EMPTY),
        ("a.csv", b"\xef\xbb\xbf \r\n", EMPTY),
        ("a.xlsx", bytes(20 * 1024 * 1024 + 1), TOO_LARGE),
        ("a.xls", OLE2 + bytes(600), OLD),
        ("a.xlsx", OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le"), ENCRYPTED),
        ("a.pdf", b"%PDF-1.7\n1 0 obj", WRONG_TYPE),
        ("a.csv", b"%PDF-1.7\n1 0 obj", WRONG_TYPE),
        ("a.xls", b"<html><table>", WRONG_TYPE),
        ("a.csv", b"<html><table>", WRONG_TYPE),
        ("a.csv", random.Random(5).randbytes(3000), WRONG_TYPE),
        ("a.docx", archive(word__document_dot_xml="<w/>"), WRONG_TYPE),
        ("a.ods", archive(content_dot_xml="<office/>", mimetype="application/vnd.oasis"), WRONG_TYPE),
        ("a.xlsx", b"PK\x03\x04 and no more", DAMAGED),
        ("a.xlsx", "ФИО;Должность".encode(), DAMAGED),
        ("a.xlsx", workbook(["ФИО"])[:-200], DAMAGED),
        (
            "a.xlsx",
            replaced_in_workbook(workbook(["ФИО"]), "xl/worksheets/sheet1.xml", "<worksheet><sheetData"),
            DAMAGED,
        ),
        ("a.xlsx", replaced_in_workbook(workbook(["ФИО"]), "xl/workbook.xml", "<!DOCTYPE a []><a/>"), DAMAGED),
        ("a.xlsx", archive(xl__workbook_dot_xml=" " * (201 * 1024 * 1024)), BOMB),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_open_sheets_refuses_with_one_sentence(name, data, sentence):
    with pytest.raises(UnreadableRegistry) as refusal:
        open_sheets(data, name)

    assert str(refusal.value) == sentence


def test_open_sheets_refuses_a_cell_far_away_instead_of_taking_all_memory():
    data = replaced_in_workbook(
        workbook(["ФИО"]),
        "xl/worksheets/sheet1.xml",
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData></worksheet>',
    )

    with pytest.raises(UnreadableRegistry) as refusal:
        open_sheets(data, "a.xlsx")

    assert str(refusal.value) == (
        "A cell far from the table is filled: the sheet reaches row 1048576 and column 16384. "
        "Delete what stands below and to the right of the table, and save the file anew."
    )


def test_open_sheets_does_not_trust_sizes_in_the_directory_of_the_archive():
    data = bytearray(archive(xl__workbook_dot_xml="<a>" + " " * 100_000 + "</a>"))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")

    with pytest.raises(UnreadableRegistry) as refusal:
        open_sheets(bytes(data), "a.xlsx")

    assert str(refusal.value) == DAMAGED


def test_open_sheets_numbers_rows_as_the_sheet_does():
    sheets = open_sheets(workbook_of({"Пусто": [], "Список": [[], [], [None, "x"]]}, hidden=["Пусто"]), "a.xlsx")

    assert [(sheet.sheet_name, sheet.rows, sheet.is_hidden) for sheet in sheets] == [
        ("Пусто", [], True),
        ("Список", [["", ""], ["", ""], ["", "x"]], False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_open_sheets_reads_csv_of_every_kind(encoding, delimiter):
    text = f'ФИО{delimiter}Должность\r\n\r\n"Иванова\nМария"{delimiter}учитель\r\n'

    sheets = open_sheets(text.encode(encoding), "реестр.csv")

    assert [(sheet.sheet_name, sheet.rows) for sheet in sheets] == [
        ("реестр", [["ФИО", "Должность"], [], ["Иванова\nМария", "учитель"]])
    ]


def test_open_sheets_takes_the_hint_of_excel_about_the_delimiter():
    sheets = open_sheets("sep=,\r\nФИО,Должность; класс\r\n".encode(), "a.csv")

    assert [sheet.rows for sheet in sheets] == [[["ФИО", "Должность; класс"]]]


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a.txt", "", "a.png"]))
def test_open_sheets_reads_or_refuses_any_bytes(data, name):
    outcome = sheets_or_sentence(data, name)

    assert isinstance(outcome, list) or outcome.endswith(".")


BOOK = workbook(["ФИО", "Должность"], ["Иванова М.П.", "учитель"])


@given(place=st.integers(0, 100_000), byte=st.integers(0, 255))
def test_open_sheets_reads_or_refuses_a_workbook_with_a_broken_byte(place, byte):
    damaged = bytearray(BOOK)
    damaged[place % len(damaged)] = byte

    outcome = sheets_or_sentence(bytes(damaged), "a.xlsx")

    assert isinstance(outcome, list) or outcome.endswith(".")


def test_open_sheets_keeps_formulas_that_nobody_has_calculated_as_text():
    rows = (["ФИО", "Должность"], ["Орлов Пётр", '=HYPERLINK("http://a.example","жми")'], ["Ли Ен", "", "=1+2"])

    (sheet,) = open_sheets(workbook(*rows), "реестр.xlsx")

    assert sheet.rows == [
        ["ФИО", "Должность"],
        ["Орлов Пётр", '=HYPERLINK("http://a.example","жми")'],
        ["Ли Ен", "", "=1+2"],
    ]


def test_open_sheets_finds_formulas_below_the_last_value():
    (sheet,) = open_sheets(workbook(["ФИО"], ["Орлов Пётр"], [], ["", "=TODAY()"]), "реестр.xlsx")

    assert (sheet.rows[3][:2], sheet.row_count) == (["", "=TODAY()"], 4)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A2"><f>1+2</f><v>3</v></c>', 3),
        ('<c r="A2" t="str"><f>IF(1,"","")</f><v></v></c>', ""),
        ('<c r="A2"><f>1+2</f><v/></c>', "=1+2"),
        ('<c r="A2"><f>1+2</f></c>', "=1+2"),
    ],
)
def test_open_sheets_takes_the_value_of_a_formula_where_there_is_one(cell, value):
    data = workbook(["ФИО"], ["@"])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    start = xml.index('<c r="A2"')
    changed = xml[:start] + cell + xml[xml.index("</c>", start) + 4 :]

    (sheet,) = open_sheets(replaced_in_workbook(data, "xl/worksheets/sheet1.xml", changed.encode()), "реестр.xlsx")

    assert (sheet.rows[1][0] if len(sheet.rows) > 1 else "") == value
