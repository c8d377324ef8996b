"""Registry files for tests, built the way organizations build them."""

import io
from datetime import date

from openpyxl import Workbook

TODAY = date(2025, 11, 20)

MENTEE_HEADERS = [
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
    "Отметка о прохождении программы",
]
MENTOR_HEADERS = [
    "№",
    "ФИО наставника",
    "Контактные данные для связи",
    "Место работы/учёбы наставника",
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника, размещённые на сайте организации",
]
TEACHER_HEADERS = [
    "Должность",
    "Образование",
    "Квалификационная категория",
    "Педагогический стаж",
    "Стаж в данной организации",
    "Предмет / возрастная группа",
    "Курсы по наставничеству (год, часы)",
    "Приказ о закреплении (№, дата)",
]


def workbook(*rows, merge=(), sheet="Лист1"):
    """An xlsx file of one sheet; `merge` lists areas such as "A1:M1"."""
    return workbook_of({sheet: rows}, merge=merge)


def workbook_of(sheets, *, merge=(), hidden=()):
    """An xlsx file of several sheets, {name: rows}; `merge` concerns the first of them."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        if name in hidden:
            page.sheet_state = "hidden"
    for area in merge:
        book.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
