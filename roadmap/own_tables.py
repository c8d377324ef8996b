"""The portal's own table of a roadmap (export in tsv), brought back: every cell of it is filled, its head is not for people."""

import csv
import io
from collections.abc import Iterator

from roadmap.blocks import Block, Table, TableRow

OWN_COLUMNS = (
    "stage_no",
    "stage_title",
    "group",
    "activity_no",
    "content",
    "deadline_text",
    "responsible_text",
    "document_text",
)
WORKED_OUT = ("deadline_kind", "windows", "status")  # read anew, not brought back
# What people call these columns, in their order.
HEADINGS = {
    "activity_no": "№ п/п",
    "group": "Мероприятия",
    "content": "Содержание деятельности",
    "deadline_text": "Сроки",
    "responsible_text": "Ответственные",
    "document_text": "Документ",
}
MAY_BE_MISSING = ("group", "document_text")


def is_own_table(text: str) -> bool:
    return text.lstrip("\ufeff").startswith("\t".join(OWN_COLUMNS))


def own_blocks(text: str) -> list[Block]:
    """The table as people write it: a stage in a row of its own; the document's other columns stand at the end."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter="\t")
    others = [name for name in rows.fieldnames or () if name and name not in (*OWN_COLUMNS, *WORKED_OUT)]
    texts = [{name: row.get(name) or "" for name in (*OWN_COLUMNS, *others)} for row in rows]
    kept = [name for name in HEADINGS if name not in MAY_BE_MISSING or any(row[name] for row in texts)] + others
    head = TableRow(tuple(HEADINGS.get(name, name) for name in kept), 1)
    return [Table((head, *_rows(texts, kept)))] if texts else []


def _rows(texts: list[dict[str, str]], kept: list[str]) -> Iterator[TableRow]:
    above = ("", "")
    for line, row in enumerate(texts, start=2):
        number, title = stage = (row["stage_no"], row["stage_title"])
        if stage != above and any(stage):
            heading = f"{number}. {title}" if number and title else title or f"{number} этап"
            yield TableRow((f"<b>{heading}</b>", *[""] * (len(kept) - 1)), line)
        above = stage
        yield TableRow(tuple(row[name] for name in kept), line)
