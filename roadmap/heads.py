"""The head of a table as a person names it: which line it is, what its columns hold; remembered for the next file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmap.blocks import Block, Table, TableRow
from roadmap.columns import Columns, plain, read_columns, told_apart

# How the columns of a table without a head are called in the roadmap and its papers.
USUAL_HEADINGS = {
    "number": "№",
    "stage": "Этап",
    "group": "Направление",
    "content": "Мероприятие",
    "deadline": "Срок",
    "responsible": "Ответственный",
    "document": "Результат",
    "other": "Примечание",
}
MAX_KEY = 1000
SHOWN_TABLES, SHOWN_LINES = 30, 6


@dataclass(frozen=True)
class ChosenHead:
    """The line at which a table begins, what its columns hold, and whether the line is a head or an activity already."""

    row: int
    roles: tuple[str, ...]
    is_head: bool = True

    def columns(self, row: TableRow) -> Columns:
        """The columns under the line. Those beyond the roles hold other things."""
        headings = [plain(cell) for cell in row.cells]
        roles = [*self.roles, *["other"] * len(headings)][: max(len(headings), len(self.roles))]
        if not self.is_head:
            headings = [USUAL_HEADINGS[role] for role in roles]
        headings += [""] * (len(roles) - len(headings))
        return Columns(tuple(roles), tuple(told_apart(headings)))


def key_of(headings: Sequence[str]) -> str:
    """Headings as they are remembered: letter case, ё and white space do not count."""
    return "\t".join(" ".join(heading.lower().replace("ё", "е").split()) for heading in headings)[:MAX_KEY]


def by_memory(row: TableRow, columns: Columns | None, known: Mapping[str, Sequence[str]]) -> Columns | None:
    """The columns of a head that a person has named before; `columns` are those that the portal reads by itself."""
    headings = list(columns.headings) if columns else [plain(cell) for cell in row.cells]
    while headings and not headings[-1]:
        headings.pop()
    roles = known.get(key_of(headings)) if sum(map(bool, headings)) > 1 else None
    if roles is None or len(roles) != len(headings):
        return columns
    return Columns(tuple(roles), tuple(told_apart(headings)))


def tables_of(blocks: Sequence[Block]) -> list[list[TableRow]]:
    """The first lines of every table that could be a roadmap: of two columns and two lines at least."""
    tables = [[row for row in block.rows if any(map(plain, row.cells))] for block in blocks if isinstance(block, Table)]
    wide = [rows for rows in tables if len(rows) > 1 and any(sum(map(bool, map(plain, row.cells))) > 1 for row in rows)]
    return [_from_first_wide(rows) for rows in wide[:SHOWN_TABLES]]


def _from_first_wide(rows: list[TableRow]) -> list[TableRow]:
    """In a sheet titles stand above the table, each alone in its line."""
    start = next(at for at, row in enumerate(rows) if sum(map(bool, map(plain, row.cells))) > 1)
    return rows[start : start + SHOWN_LINES]


def guessed_roles(row: TableRow) -> list[str]:
    """What the columns of a line hold as far as its words tell; `other` where they tell nothing."""
    columns = read_columns(row)
    return list(columns.roles) if columns else ["other"] * len(row.cells)
