"""Reading of roadmaps: a phrase of a deadline, and a Word document of 500 activities up to the stored roadmap.

The other of the phrase is dateutil's parser over the same number of plain dates, that of the document python-docx alone,
which only takes the texts out of the cells.
"""

import csv
import io
import tempfile
from pathlib import Path

import docx
from django.core.management import call_command
from django.db import connections

from bench.comparison import Comparison, best_seconds
from roadmap.deadlines import _parsed, parse

ROOT = Path(__file__).resolve().parent.parent
ACTIVITY_COUNT = 500
MONTHS = ["сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"]


def phrases():
    with (ROOT / "roadmap/tests/deadline_phrases.tsv").open(encoding="utf-8", newline="") as file:
        return [row["phrase"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def read_phrases(texts):
    _parsed.cache_clear()  # each phrase is met for the first time
    for text in texts:
        parse(text, school_year=2023)


def document_bytes():
    """An invented roadmap of ten stages as a docx file."""
    document = docx.Document()
    document.add_paragraph("Дорожная карта на 2023-2024 учебный год")
    table = document.add_table(1 + ACTIVITY_COUNT + ACTIVITY_COUNT // 50, 5)
    rows = [["№", "Мероприятие", "Срок", "Ответственный", "Результат"]]
    for number in range(ACTIVITY_COUNT):
        if number % 50 == 0:
            rows.append([f"{number // 50 + 1} этап. Этап работы", "", "", "", ""])
        month = f"{MONTHS[number % 9]} {2023 + (number % 9 > 3)} г."
        rows.append([str(number + 1), f"Провести встречу наставников номер {number}", month, "Куратор", "Протокол"])
    cells = iter(table._cells)
    for row in rows:
        for text in row:
            next(cells).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read_with_python_docx(data):
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows]


def import_document(data, organization):
    """From bytes to the stored roadmap, which is taken back: every run does the same."""
    from django.db import transaction

    from roadmap.importing import read_file, store_reading

    with transaction.atomic():
        reading = read_file(data, "plan.docx", organization=organization, school_year=2023)
        if len(reading.activities) != ACTIVITY_COUNT:
            raise RuntimeError(f"{len(reading.activities)} activities were read; the times mean nothing.")
        store_reading(reading, organization=organization, school_year=2023, source_name="plan.docx")
        transaction.set_rollback(True)


def measure():
    from dateutil.parser import parse as parse_date

    texts = phrases()
    ours = best_seconds(lambda: read_phrases(texts))
    yield Comparison(
        f"{len(texts)} phrases of deadlines, {ours / len(texts) * 1e6:.0f} µs each (limit 200)",
        ours=ours,
        other=best_seconds(lambda: [parse_date("15.09.2023", dayfirst=True) for _text in texts]),
        other_name="dateutil, as many plain dates",
    )
    data = document_bytes()
    with tempfile.TemporaryDirectory() as folder:
        before = connections.databases["default"]
        connections["default"].close()
        connections.databases["default"] = {
            **before,
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(folder) / "bench.sqlite3"),
        }
        del connections["default"]
        try:
            call_command("migrate", verbosity=0)
            from participants.tests.factories import make_organization

            organization = make_organization()
            yield Comparison(
                f"docx of {ACTIVITY_COUNT} activities, to the stored roadmap (limit 2000 ms)",
                ours=best_seconds(lambda: import_document(data, organization)),
                other=best_seconds(lambda: read_with_python_docx(data), times=1),
                other_name="python-docx, texts alone",
            )
        finally:
            connections["default"].close()
            connections.databases["default"] = before
            del connections["default"]
