"""Workbooks for tests of the import."""

import io

from openpyxl import Workbook

MENTOR_HEADERS = ["ФИО наставника", "Контактные данные для связи", "Основные компетенции", "Дата вхождения в программу"]
MENTEE_HEADERS = ["ФИО наставляемого", "Контактные данные", "Год рождения", "Основной запрос", "Отметка о прохождении"]


def make_workbook(*rows, headers=MENTOR_HEADERS):
    """An xlsx file as bytes: a header and the rows given."""
    book = Workbook()
    for values in (headers, *rows):
        book.active.append(list(values))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
