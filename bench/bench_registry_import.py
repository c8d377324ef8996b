"""Bringing a registry of mentors into the portal, 16 columns, on a fresh SQLite file: upload, check and confirmation.

Beside it stand the floor, which a program cannot well go under (calamine, every value validated by its field,
bulk_create, with no questions asked), and django-import-export as it comes, row by row, on the same file. Each runs in
a process of its own, so that the memory named is that of the one way.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from bench.comparison import Comparison

ROOT = Path(__file__).resolve().parent.parent
HEADER = [
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
STEMS = ["Иван", "Петр", "Сидор", "Кузнец", "Смирн", "Поп", "Василь", "Нов", "Фёдор", "Мороз"]
FIRST_NAMES = ["Мария", "Анна", "Ольга", "Елена", "Наталья", "Ирина", "Светлана", "Татьяна", "Юлия", "Алёна"]
PATRONYMICS = ["Петровна", "Ивановна", "Сергеевна", "Олеговна", "Игоревна", "Андреевна", "Павловна", "Юрьевна"]
LETTERS = "абвгдежзик"
TIMES = 3


def workbook_bytes(row_count):
    """An invented registry of mentors as an xlsx file; every name, phone and e-mail differs."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Наставники")
    sheet.append(HEADER)
    for number in range(row_count):
        middle = "".join(LETTERS[int(digit)] for digit in f"{number:05d}")
        first, patronymic = FIRST_NAMES[number % 10], PATRONYMICS[number % 8]
        sheet.append(
            [
                number + 1,
                f"{STEMS[number % 10]}{middle}ова {first} {patronymic}",
                f"8 (900) {number // 10000:03d}-{number // 100 % 100:02d}-{number % 100:02d}, p{number}@school.example",
                "АО «Завод»" if number % 3 else "",
                "Методика урока, подготовка к олимпиадам",
                "Учитель года",
                "Шахматы, походы",
                "10–14 лет",
                "2 часа в неделю",
                datetime(2026, 9, 1 + number % 28),
                "Соколова А. И.",
                "педагог – педагог",
                "МБОУ СОШ № 5",
                None,
                f"Проведено занятий: {number % 20}",
                f"https://school.example/case/{number}",
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def measure():
    with tempfile.TemporaryDirectory() as folder:
        for row_count in (1_000, 10_000, 20_000):
            Path(folder, f"{row_count}.xlsx").write_bytes(workbook_bytes(row_count))
        ours, floor = _best("ours", folder, 10_000), _best("floor", folder, 10_000)
        yield Comparison(
            f"registry import, 10000 rows of {len(HEADER)} cells, check and confirmation (ratio at least 0.33)",
            ours=ours["seconds"],
            other=floor["seconds"],
            other_name="floor: calamine, clean_fields, bulk_create",
        )
        yield Comparison(
            "the same beside django-import-export row by row (ratio at least 3)",
            ours=ours["seconds"],
            other=_run("import_export", folder, 10_000)["seconds"],
            other_name="django-import-export",
        )
        yield f"registry import, 10000 rows: peak memory {ours['megabytes']} MB (less than 300)"
        short, long = _best("ours", folder, 1_000), _best("ours", folder, 20_000, times=2)
        per_row = [run["seconds"] / rows * 1000 for run, rows in ((short, 1_000), (long, 20_000))]
        yield (
            f"registry import, time per row: {per_row[0]:.2f} ms of 1000 rows, {per_row[1]:.2f} ms of 20000 rows, "
            f"ratio {per_row[1] / per_row[0]:.2f} (does not grow)"
        )


def _best(way, folder, row_count, times=TIMES):
    """The shortest of several runs, each in a new process on a new database; the largest memory of them."""
    runs = [_run(way, folder, row_count) for _number in range(times)]
    return {
        "seconds": min(run["seconds"] for run in runs),
        "megabytes": max(run["megabytes"] for run in runs),
    }


def _run(way, folder, row_count):
    with tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [sys.executable, "-m", "bench.registry_import_ways", way, str(Path(folder, f"{row_count}.xlsx"))],
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": var, "DATABASE_URL": "", "LOG_LEVEL": "WARNING"},
            check=True,
            capture_output=True,
            text=True,
        )
    result = json.loads(done.stdout.splitlines()[-1])
    if result["stored"] != row_count:
        raise RuntimeError(f"{way} stored {result['stored']} of {row_count} rows; the times cannot be compared.")
    return result
