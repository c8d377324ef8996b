"""Rows of lists, drawn in Python: a template that asks each cell for its attributes takes longer than the database."""

from functools import partial
from typing import Any, NamedTuple

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.utils import call_with_appropriate, signature

register = template.Library()
NOTHING = "—"
RENDER_ARGUMENTS = frozenset({"value", "record", "column", "bound_column", "bound_row", "table"})


class Head(NamedTuple):
    """What is the same in all cells of a column; `cell_attrs` is None where they depend on the row."""

    column: Any
    cell_attrs: str | None
    label: SafeString
    arguments: tuple[str, ...] | None  # of its `render`; None where it takes whatever is given


@register.simple_tag
def table_cells(row):
    """The cells of a row of django-tables2, each with the header as its label for the cards of a phone."""
    cells = []
    for head in _heads(row.table):
        column = head.column
        column.current_record = row.record
        column.current_value = value = row._get_and_render_with(column, partial(_rendered, row, head), column.default)
        shown = column.attrs["td"].as_html() if head.cell_attrs is None else head.cell_attrs
        cells.append(f'<td {shown} data-label="{head.label}">{conditional_escape(value or NOTHING)}</td>')
    return mark_safe("".join(cells))  # noqa: S308 – every part is escaped, or was made by format_html


def _rendered(row, head, column, value=None):
    """As the library's `BoundRow._call_render`, which looks into the signature of the function again for each cell."""
    arguments = row._optional_cell_arguments(column, value)
    if head.arguments is None:
        content = call_with_appropriate(column.render, arguments)
    else:
        content = column.render(**{name: arguments[name] for name in head.arguments})
    return column.link(content, **arguments) if column.link else content


def _heads(table):
    """The Head of each column, made once for the table."""
    if not hasattr(table, "cell_heads"):
        table.cell_heads = [
            Head(
                column,
                None if _depends_on_row(column) else column.attrs["td"].as_html(),
                conditional_escape(column.header),
                _arguments(column.render),
            )
            for column in table.columns
        ]
    return table.cell_heads


def _arguments(render):
    names, takes_all = signature(render)
    return None if takes_all or not RENDER_ARGUMENTS.issuperset(names) else names


def _depends_on_row(column):
    attrs = column.column.attrs
    return any(callable(value) for value in {**attrs.get("cell", {}), **attrs.get("td", {})}.values())
