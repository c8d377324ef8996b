"""Lists: search, filters as chips, count, sort, chosen columns, ticks with a bar of acts, pages of fifty, export.

Export and print give what the filter shows; an act on ticked rows takes them, or all that the filter shows.
"""

from collections.abc import Sequence
from typing import NamedTuple

import django_tables2 as tables
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

PAGE_SIZE = 50
COLUMNS_KEY = "list_columns"
MAX_KEY_LENGTH = 18  # a longer number is no key of any row
FILE_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
# What the address of a list says beside its filters.
OF_THE_PAGE = frozenset({"columns", "page", "export", "layout", "tick", "row", "all", "choice"})
TICK = "tick"


class BulkAct(NamedTuple):
    """A button of the bar under a list: its words, the page that asks once more; `choices` make it a menu of buttons."""

    label: str
    address: str
    icon: str = ""
    choices: Sequence[tuple[str, str]] = ()  # (value of the parameter `choice`, words)


class DayColumn(tables.Column):
    """A date as tables have it; the library's own column compiles a template for each cell."""

    def render(self, value):
        return date_format(value, "SHORT_DATE_FORMAT")


class TickColumn(tables.Column):
    """A box before each row, part of the form of the bar."""

    def __init__(self, is_ticked):
        super().__init__(
            verbose_name=_("Tick"),
            accessor="pk",
            orderable=False,
            attrs={"th": {"class": "list__tick"}, "td": {"class": "list__tick"}},
        )
        self.is_ticked = is_ticked

    def render(self, record):
        box = '<input type="checkbox" form="ticked" name="row" value="{}" aria-label="{}"{}>'
        return format_html(box, record.pk, record, " checked" if self.is_ticked else "")


class PortalListView(SingleTableMixin, FilterView):
    """A list page: give `queryset_for(request)`, `table_class`, `filterset_class`, `template_name`.

    `?export=xlsx` answers with the rows that the filter shows, made by `export(rows)` where the list has one; a list
    with more kinds of files names them in `export_formats` and gives `exported(rows, file_format)`.
    A list whose table has `shown_at_first` (names of columns) lets the reader choose: see `_columns.html`.
    A list that returns acts from `bulk_acts()` gets ticks: see `_bulk.html`.
    """

    table_pagination = {"per_page": PAGE_SIZE}
    context_table_name = "table"
    strict = False
    export_name = "export"
    export_formats: Sequence[str] = ("xlsx",)

    def get_queryset(self):
        return self.queryset_for(self.request)

    def get(self, request, *args, **kwargs):
        file_format = request.GET.get("export")
        if file_format in self.export_formats and self.has_export:
            return self.file_of(self.shown_rows(), file_format)
        return super().get(request, *args, **kwargs)

    @property
    def has_export(self):
        """Whether the list makes files at all; one that does not takes no notice of `?export=`."""
        return hasattr(self, "export") or type(self).exported is not PortalListView.exported

    def shown_rows(self):
        """The rows that the filter shows, of all pages."""
        return self.get_filterset(self.get_filterset_class()).qs

    def file_of(self, rows, file_format):
        content = self.exported(rows, file_format)
        return content if isinstance(content, HttpResponse) else file_response(content, self.export_name, file_format)

    def exported(self, rows, file_format):
        """The bytes of the file, or a response that says why there is none."""
        return self.export(rows)

    # --- columns --------------------------------------------------------------------------------------------------------
    def get_table(self, **kwargs):
        acts = self.acts
        if self.chosen_columns is not None:
            kwargs["exclude"] = [*kwargs.get("exclude", ()), *self.hidden_columns()]
        if acts:
            kwargs["extra_columns"] = [
                (TICK, TickColumn(self.ticks in {"page", "all"})),
                *kwargs.get("extra_columns", ()),
            ]
            kwargs["sequence"] = (TICK, *self._order)
        return super().get_table(**kwargs)

    @property
    def column_names(self):
        """Columns that may be hidden, in their order: all but the first, which leads to the row's page."""
        return self._order[1:]

    @property
    def _order(self):
        names = list(self.table_class.base_columns)
        sequence = [name for name in self.table_class._meta.sequence or () if name in names]
        return [*sequence, *(name for name in names if name not in sequence)]

    @property
    def chosen_columns(self):
        """Columns that the reader has chosen on this list before, else the usual ones; None where there is no choice."""
        at_first = getattr(self.table_class, "shown_at_first", None)
        if at_first is None:
            return None
        return self.request.session.get(COLUMNS_KEY, {}).get(self.list_name, at_first)

    @property
    def list_name(self):
        return self.request.resolver_match.view_name

    def hidden_columns(self):
        if "columns" in self.request.GET:
            chosen = [name for name in self.request.GET.getlist("columns") if name in self.column_names]
            kept = self.request.session.get(COLUMNS_KEY, {})
            self.request.session[COLUMNS_KEY] = {**kept, self.list_name: chosen}
        return [name for name in self.column_names if name not in self.chosen_columns]

    # --- ticks ----------------------------------------------------------------------------------------------------------
    def bulk_acts(self) -> Sequence[BulkAct]:
        """The acts on ticked rows that this reader may do."""
        return ()

    @property
    def acts(self):
        if not hasattr(self, "_acts"):
            self._acts = list(self.bulk_acts())
        return self._acts

    @property
    def ticks(self):
        """What the reader asked to be ticked by a link: "page", "all" (of the filter), or nothing."""
        return self.request.GET.get("tick", "")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        count = context["table"].paginator.count
        context |= {"chips": chips(context["filter"]), "shown_count": count, "kept": kept(self.request.GET)}
        if self.chosen_columns is not None:
            context["columns"] = [
                {"name": name, "label": self._label(name), "is_shown": name in self.chosen_columns}
                for name in self.column_names
            ]
        if self.acts:
            on_page = len(context["table"].page.object_list)
            ticked_count = {"page": on_page, "all": count}.get(self.ticks, 0)
            context["bulk"] = {"acts": self.acts, "ticks": self.ticks, "count": ticked_count, "all_count": count}
        return context

    def _label(self, name):
        """The header of a column: its own words, else those of the model's field."""
        column = self.table_class.base_columns[name]
        if column.verbose_name:
            return column.verbose_name
        model = self.table_class._meta.model
        return model._meta.get_field(name).verbose_name if model else name


def kept(parameters):
    """[(name, value)] of the filters and the order in the address of a list, for forms that must not lose them."""
    return [(name, value) for name, values in parameters.lists() if name not in OF_THE_PAGE for value in values]


def ticked(source, rows, filterset_class, **kwargs):
    """The rows ticked in a list, by what its bar has sent (GET or POST); all that the filter shows with `all=yes`."""
    if source.get("all") == "yes":
        return filterset_class(source, queryset=rows, **kwargs).qs
    return rows.filter(pk__in=[key for key in source.getlist("row") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH])


def sent_by_bar(source, filterset_class):
    """[(name, value)] by which a page that asks once more sends on what was ticked."""
    names = ["row", "all"] if source.get("all") != "yes" else ["all", *filterset_class.base_filters]
    return [(name, value) for name in names for value in source.getlist(name)]


def chips(filterset):
    """The filters in force as (name, label, value in words), for removing one by one."""
    in_force = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name) if filterset.form.is_bound and filterset.form.is_valid() else None
        if value in (None, "", []):
            continue
        words = dict(getattr(field, "choices", ())).get(str(value), value)
        in_force.append((name, field.label, words))
    return in_force


def file_response(content, name, file_format):
    """Bytes as a download of one of FILE_TYPES; a PDF opens in the browser. `name` may be Russian."""
    response = HttpResponse(content, content_type=FILE_TYPES[file_format])
    return as_download(response, f"{name}.{file_format}", inline=file_format == "pdf")


def xlsx_response(content, name):
    """Bytes of a workbook as a download; `name` may be Russian."""
    return file_response(content, name, "xlsx")


def as_download(response, name, *, inline=False):
    """Name the file of a response; Django encodes a Russian name as browsers expect it.

    A number or a school year in it may have a slash, behind which browsers would take a name within a folder.
    """
    name = name.replace("/", "-").replace("\\", "-")
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name)
    return response
