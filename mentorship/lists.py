"""Lists: search, filters as chips, count, sort, pages of fifty, export of what the filter shows."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

PAGE_SIZE = 50


class PortalListView(SingleTableMixin, FilterView):
    """A list page: give `queryset_for(request)`, `table_class`, `filterset_class`, `template_name`.

    `?export=xlsx` answers with the rows that the filter shows, made by `export(rows)` where the list has one.
    """

    table_pagination = {"per_page": PAGE_SIZE}
    context_table_name = "table"
    strict = False
    export_name = "export"

    def get_queryset(self):
        return self.queryset_for(self.request)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if request.GET.get("export") == "xlsx" and hasattr(self, "export"):
            return xlsx_response(self.export(self.object_list), self.export_name)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "chips": chips(context["filter"]), "shown_count": context["table"].paginator.count}


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


def xlsx_response(content, name):
    """Bytes of a workbook as a download; `name` may be Russian."""
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return as_download(response, f"{name}.xlsx")


def as_download(response, name, *, inline=False):
    """Name the file of a response; Django encodes a Russian name as browsers expect it."""
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name)
    return response
