"""The pages on which all forms of a person or of an organization are seen and corrected."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.case_forms import OrganizationCasesForm, PersonCasesForm
from mentorship.permissions import get_visible
from participants.history import note_reading
from participants.models import Organization, Person


def person_cases(request, pk):
    """All forms of a person, within the phrases of papers."""
    people = Person.objects.select_related("organization")
    found = get_visible(people, request.user, pk=pk, allowed="participants.manage_registry")
    if request.method == "GET":
        note_reading(found)
    return _cases_page(request, PersonCasesForm, found, "documents/person_cases.html", "documents:person-cases", pk)


def organization_cases(request, slug):
    """All forms of an organization's names and of the position of its head."""
    found = get_visible(Organization, request.user, slug=slug, allowed="participants.manage_organization")
    template = "documents/organization_cases.html"
    return _cases_page(request, OrganizationCasesForm, found, template, "documents:organization-cases", slug)


def _cases_page(request, form_class, found, template, name, key):
    form = form_class(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and "reset" in request.POST:
        form.reset()
        messages.success(request, _("The own forms are forgotten: papers print the portal's proposals."))
        return redirect(name, key)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The forms are kept; papers made from now on will use them."))
        return redirect(name, key)
    return render(request, template, {"found": found, "form": form}, status=422 if form.errors else 200)
