"""The organization's quarters and trimesters of the school year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentorship.permissions import workspace_organization
from roadmap.models import SchoolTerm
from roadmap.term_forms import TermsForm
from roadmap.terms import set_terms, usual_spans


def terms_edit(request):
    """Set the parts of the school year that is worked in; the usual days are offered where none are set."""
    organization = workspace_organization(request, "roadmap.import_roadmap")
    year = request.workspace.school_year
    kept = list(SchoolTerm.objects.of_year(organization, year.start))
    spans = [(term.kind, term.number, term.starts_on, term.ends_on) for term in kept] or usual_spans(year.start)
    form = TermsForm(request.POST or None, school_year=year, spans=spans)
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(organization, year.start, form.spans)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("The parts of the school year are set; deadlines are read by them from now on.")
            )
            return redirect("roadmap:terms")
    context = {"form": form, "year": year, "is_set": bool(kept)}
    return render(request, "roadmap/terms.html", context, status=422 if form.errors else 200)
