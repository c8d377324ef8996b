"""Paragraphs and tables of a document as JSON: what was read of a file once is kept beside it, and never read anew."""

from collections.abc import Sequence
from typing import Any

from roadmap.blocks import Block, Paragraph, Table, TableRow

Json = list[dict[str, Any]]


def blocks_to_json(blocks: Sequence[Block]) -> Json:
    """Each block as `{"text", "row", "bold"}` or `{"rows": [[row, after_gap, cells], …]}`."""
    return [
        {"text": block.text, "row": block.row, "bold": block.bold}
        if isinstance(block, Paragraph)
        else {"rows": [[row.row, row.after_gap, list(row.cells)] for row in block.rows]}
        for block in blocks
    ]


def blocks_from_json(stored: Json) -> list[Block]:
    """The blocks again, equal to those that were stored."""
    return [
        Table(tuple(TableRow(tuple(cells), row, after_gap) for row, after_gap, cells in block["rows"]))
        if "rows" in block
        else Paragraph(block["text"], block["row"], block["bold"])
        for block in stored
    ]
