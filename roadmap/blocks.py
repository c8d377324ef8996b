"""What a file of people consists of: paragraphs and tables, before anybody asks what they mean."""

from dataclasses import dataclass

# Rows of the second sheet of a workbook are counted from this number on, those of the third from twice as much.
SHEET_STEP = 100_000


class UnreadableDocument(ValueError):
    """The file cannot be read as a roadmap; the message is a sentence for the person who chose it."""


class NoRoadmapFound(UnreadableDocument):
    """No table looks like a roadmap; a person may still say which one it is."""


@dataclass(frozen=True)
class Paragraph:
    """A line of text. `row` is its number in the file; `bold` if all of it is bold."""

    text: str
    row: int = 0
    bold: bool = False


@dataclass(frozen=True)
class TableRow:
    """Cells as printed: a cell that is merged with the one above or to the left is empty. `after_gap`: a blank line before."""

    cells: tuple[str, ...]
    row: int = 0
    after_gap: bool = False


@dataclass(frozen=True)
class Table:
    rows: tuple[TableRow, ...]


Block = Paragraph | Table
