"""Make the awkward workbooks of this folder: python -m participants.tests.files.make_files

Every person in them is invented. The same bytes come out at every run; README.md says what must happen to each.
"""

import io
import re
import struct
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).resolve().parent
SAVED = (2026, 9, 1, 8, 0, 0)
MENTORS = ["№", "ФИО наставника", "Контактные данные для связи", "Основные компетенции наставника"]
MENTEES = ["№", "ФИО наставляемого", "Контактные данные для связи (данные представителя)", "Год рождения наставляемого"]
IVANOVA = [1, "Иванова Мария Петровна", "8 (927) 123-45-67", "методика урока"]
ORLOV = [2, "Орлов Пётр Ильич", "orlov@example.org", "робототехника"]
SOKOLOVA = [1, "Соколова Алёна Игоревна", "8 927 765-43-21, мама", 2012]


def files():
    """{name: bytes} of all files of the folder."""
    return {
        "title_rows.xlsx": workbook(
            [["Приложение 2 к приказу"], ["База наставников"], ["2026/2027 учебный год"], [], MENTORS, IVANOVA, ORLOV],
            merge=["A1:D1", "A2:D2", "A3:D3"],
        ),
        "two_line_header.xlsx": workbook(
            [
                ["№", "Сведения о наставляемом", None, None, "Сведения о наставнике", None],
                [None, "ФИО", "Класс", "Телефон", "ФИО", "Должность"],
                [1, "Соколова Алёна Игоревна", "7А", "8 927 765-43-21", "Иванова М.П.", "учитель"],
            ],
            merge=["A1:A2", "B1:D1", "E1:F1"],
        ),
        "header_in_row_30.xlsx": workbook([["Пояснительная записка"], *[["…"]] * 28, MENTORS, IVANOVA, ORLOV]),
        "row_of_numbers.xlsx": workbook([MENTORS, [1, 2, 3, 4], IVANOVA, ORLOV, ["Итого: 2"]]),
        "two_sheets.xlsx": workbook([MENTORS, IVANOVA, ORLOV], more={"Наставляемые": [MENTEES, SOKOLOVA]}),
        "windows_1251.csv": csv_file([MENTORS, IVANOVA, ORLOV]).encode("cp1251"),
        "unclosed_quote.csv": csv_file([MENTORS, [1, '"Иванова Мария Петровна', "", "слово " * 30_000]]).encode(
            "cp1251"
        ),
        "formulas.xlsx": workbook(
            [
                [*MENTORS, "Интересы"],
                [1, "Иванова Мария Петровна", "", '=HYPERLINK("http://example.org")', "+7 вечеров в неделю"],
                [2, "Орлов Пётр Ильич", "", "@сценарий", "-минус на минус"],
            ],
            as_text=True,
        ),
        "million_empty_rows.xlsx": with_rows(workbook([MENTORS, IVANOVA, ORLOV]), b'<row><c s="1"/></row>' * 1_000_000),
        "bomb.xlsx": with_member(workbook([MENTORS, IVANOVA]), "xl/media/image1.bin", b"\0" * (205 * 1024 * 1024)),
        "bomb_that_lies.xlsx": lying(
            with_member(workbook([MENTORS, IVANOVA]), "xl/media/image1.bin", b"\0" * (5 * 1024 * 1024)),
            "xl/media/image1.bin",
            said=1000,
        ),
        "hundred_years_old.xlsx": workbook(
            [
                MENTEES,
                SOKOLOVA,
                [2, "Белов Олег Ильич", "", 1889],
                [3, "Громова Инна Львовна", "", 2030],
                [4, "Дроздов Егор Юрьевич", "", 1926],
            ]
        ),
        "swapped_names.xlsx": workbook(
            [
                MENTORS,
                [1, "Мария Петровна Иванова", "8 927 123-45-67", ""],
                [2, "Пётр Орлов", "", "робототехника"],
                [3, "Иванова Мария Петровна", "8 927 123-45-67", ""],
                [4, "Мария Кривонос", "krivonos@example.org", ""],
                [5, "Кривонос Мария", "", "логика"],
            ]
        ),
        "latin_letters.xlsx": workbook(
            [MENTORS, [1, "Ивaнoва Мария Петpовна", "8 927 123-45-67", ""], [2, "Иванова Мария Петровна", "", "логика"]]
        ),
        "dates.xlsx": workbook(
            [
                ["ФИО наставляемого", "Дата рождения", "Дата вхождения в программу", "Дата завершения программы"],
                ["Соколова Алёна Игоревна", date(2012, 3, 12), date(2026, 9, 1), "31.05.2027"],
                ["Белов Олег Ильич", 40980, 46266, "31 мая 2027 г."],
                ["Громова Инна Львовна", "2012 г.р.", "2026-09-01", "31.02.2027"],
                ["Дроздов Егор Юрьевич", "12.03.12", "01/09/2026", "летом"],
            ]
        ),
        "phones.xlsx": workbook(
            [
                ["ФИО наставника", "Телефон"],
                ["Абрамова Анна Львовна", 89271234567],
                ["Белова Анна Львовна", "+7 (927) 123 45 68"],
                ["Волкова Анна Львовна", "927-123-45-69"],
                ["Громова Анна Львовна", "тел.: 8-927-1234570 (после 18.00)"],
                ["Дронова Анна Львовна", "8(84862)2-34-56"],
                ["Ершова Анна Львовна", "2-34-56"],
                ["Жукова Анна Львовна", "8 927 123 45 71 / 8 927 123 45 72"],
            ]
        ),
        "own_mentor.xlsx": workbook(
            [
                ["№", "ФИО наставника", "Телефон", "ФИО наставляемого (наставляемых)"],
                [1, "Иванова Мария Петровна", "8 927 123-45-67", "Соколова А. И., Иванова М. П."],
                [2, "Орлов Пётр Ильич", "", "Орлов Семён Петрович"],
            ]
        ),
        "two_columns_of_surnames.xlsx": workbook(
            [["Фамилия", "Фамилия", "Класс"], ["Соколова Алёна Игоревна", "Иванова Мария Петровна", "7А"]]
        ),
        "no_names.xlsx": workbook(
            [
                ["Фамилия", "Имя", "Отчество", "Телефон"],
                ["😀", "Мария", "Петровна", "8 927 123-45-67"],
                [None, "Мария", "Петровна", "8 927 123-45-68"],
                ["Иванова", None, None, "8 927 123-45-69"],
                ["Орлов", "Пётр", "Ильич", "8 927 123-45-70"],
            ]
        ),
    }


def workbook(rows, *, merge=(), more=None, as_text=False):
    """An xlsx file; `as_text`: what looks like a formula is the text of its cell."""
    book = Workbook()
    book.active.title = "Наставники" if more else "Лист1"
    for title, lines in {book.active.title: rows, **(more or {})}.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        for row in sheet.iter_rows():
            for cell in row:
                if as_text and isinstance(cell.value, str):
                    cell.data_type = "s"
    for area in merge:
        book.worksheets[0].merge_cells(area)
    for index in range(1, 7):
        book.worksheets[0].column_dimensions[get_column_letter(index)].width = 28
    stream = io.BytesIO()
    book.save(stream)
    return packed(members(stream.getvalue()))


def csv_file(rows):
    return "".join(";".join(map(str, row)) + "\r\n" for row in rows)


def members(data):
    """{name: bytes} of an archive, without the time at which it was saved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    content["docProps/core.xml"] = re.sub(
        rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-09-01T08:00:00Z", content["docProps/core.xml"]
    )
    return content


def packed(content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, date_time=SAVED)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return stream.getvalue()


def with_rows(data, rows):
    """A workbook whose first sheet goes on with further rows, given as XML."""
    content = members(data)
    sheet = "xl/worksheets/sheet1.xml"
    content[sheet] = content[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
    return packed(content)


def with_member(data, name, member):
    return packed({**members(data), name: member})


def lying(data, name, *, said):
    """An archive whose directory says that a member is `said` bytes long, whatever it is."""
    place = data.index(b"PK\x01\x02")
    while data[place + 46 : place + 46 + len(name)] != name.encode():
        place = data.index(b"PK\x01\x02", place + 1)
    return data[: place + 24] + struct.pack("<I", said) + data[place + 28 :]


if __name__ == "__main__":
    for file_name, file_content in files().items():
        (FOLDER / file_name).write_bytes(file_content)
