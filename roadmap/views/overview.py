"""The education office looks at the roadmaps of all its organizations."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from mentorship.lists import PAGE_SIZE, file_response
from mentorship.permissions import workspace_organization
from participants.models import Organization
from roadmap import overview as rules


def overview(request):
    """Organization × stage; filters, print and Excel give what the filter shows."""
    office = workspace_organization(request, "roadmap.see_overview")
    year, today = request.workspace.school_year, request.workspace.today
    kinds = {kind: label for kind, label in Organization.Kind.choices if kind != Organization.Kind.EDUCATION_OFFICE}
    text = " ".join(request.GET.get("q", "").split())
    kind = request.GET.get("kind", "") if request.GET.get("kind") in kinds else ""
    state = request.GET.get("state", "") if request.GET.get("state") in rules.STATES else ""
    every = rules.lines_of(office, year.start, today)
    lines = rules.chosen(every, text=text, kind=kind, state=state)
    if request.GET.get("format") in ("pdf", "xlsx"):
        words = [f"«{text}»" if text else "", kinds.get(kind, ""), rules.STATES.get(state, "")]
        return _file(request.GET["format"], lines, office, year, today, words)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    whole = rules.sum_of(every)
    shown = rules.sum_of(lines) if len(lines) < len(every) else whole
    labels = [str(label) for label in rules.KINDS.values()]
    context = {
        "office": office,
        "year": year,
        "whole": whole,
        "shown": shown,
        "sums": list(zip(labels, shown.cells.values(), strict=True)),
        "page": page,
        "rows": [(line, list(zip(labels, line.cells.values(), strict=True))) for line in page.object_list],
        "labels": labels,
        "kinds": kinds,
        "states": rules.STATES,
        "text": text,
        "kind": kind,
        "state": state,
    }
    return render(request, "roadmap/overview.html", context)


def _file(file_format, lines, office, year, today, words):
    """The shown lines as a paper; papers are Russian whatever the language of the page."""
    with translation.override("ru"):
        title = f"Дорожные карты организаций, {office.short_name}, {year} учебный год"
        if file_format == "xlsx":
            content = rules.overview_xlsx(lines, title=title)
        else:
            content = rules.overview_pdf(
                lines, title=title, today=today, words=", ".join(filter(None, map(str, words)))
            )
    return file_response(
        content, _("roadmaps of organizations %(year)s") % {"year": str(year).replace("/", "-")}, file_format
    )
