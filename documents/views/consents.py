"""Consents as papers: printed for one, for those ticked, for all who lack a kind; texts as they would be printed."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.consent_papers import Sheet, blank_person, consents_pdf
from documents.consent_piles import (
    KEPT,
    PRINT_JOB,
    PRINTED_AT_ONCE,
    Pile,
    file_of,
    papers_of,
    print_now,
    start_printing,
)
from mentorship.lists import as_download
from mentorship.models import Job
from mentorship.permissions import get_visible, require, workspace_organization
from participants.consent_givers import REPRESENTATIVE
from participants.models import Consent, ConsentText, Person
from participants.templatetags.consents import consent_kind
from participants.views.consent_board import chosen_kinds
from participants.views.consents import MAX_KEY_LENGTH


def consents_print(request):
    """One PDF, sorted as the registry. `?kind=` one kind, else all that each person needs and lacks.

    `?person=…` those people; `?lacking=yes` everybody on the board who lacks it. A large pile goes to the worker, after
    a page that says how many papers it has.
    """
    organization = workspace_organization(request, "participants.view_consents")
    today, source = request.workspace.today, request.POST if request.method == "POST" else request.GET
    kinds, is_lacking = chosen_kinds(source), "lacking" in source
    pile = Pile(
        organization,
        request.workspace.school_year.start,
        tuple(kinds),
        None if is_lacking else _named_people(request, source, organization),
    )
    sheets = papers_of(pile, today=today)
    if not sheets:
        messages.info(request, _("There is nothing to print: tick people who lack a consent, or choose a kind."))
        return redirect("participants:consents")
    name = consent_kind(kinds[0]) if kinds else _("Consents")
    if len(sheets) <= PRINTED_AT_ONCE:
        return _pdf(print_now(pile, sheets, today=today), name)
    if request.method == "POST":
        url = reverse("participants:consents")
        return redirect(start_printing(pile, count=len(sheets), by=request.user, today=today, url=url))
    context = {
        "count": len(sheets),
        "people_count": len({sheet.person.pk for sheet in sheets}),
        "kind": kinds[0] if kinds else "",
        "sent": [(key, value) for key in ("kind", "lacking", "person") for value in source.getlist(key)],
    }
    return render(request, "documents/consents_print.html", context)


def _named_people(request, source, organization):
    keys = [key for key in source.getlist("person") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH]
    people = Person.objects.visible_to(request.user).filter(organization=organization, pk__in=keys)
    return tuple(people.values_list("pk", flat=True))


def consents_printed(request, key):
    """A large pile that the worker has printed: for a day, and for the one who asked for it; `?format=pdf` the file."""
    jobs = Job.objects.visible_to(request.user).filter(name=PRINT_JOB, status=Job.Status.DONE)
    done = get_object_or_404(jobs.select_related("organization"), arguments__key=key)
    require(request.user, "participants.view_consents", done.organization)
    is_there = default_storage.exists(file_of(key))
    if request.GET.get("format") == "pdf":
        if not is_there:
            raise Http404
        response = FileResponse(default_storage.open(file_of(key)), content_type="application/pdf")
        response.headers["Cache-Control"] = "private, no-store"
        return as_download(response, f"{_('Consents')}.pdf", inline=True)
    context = {"job": done, "is_there": is_there, "kept_until": done.finished_at + KEPT}
    return render(request, "documents/consents_printed.html", context)


def consent_text_print(request, pk, given_by):
    """A version of a text as it is printed, with lines in place of a person's data."""
    organization = workspace_organization(request, "participants.view_consents")
    text = get_visible(ConsentText, request.user, pk=pk)
    if text.organization_id is not None:
        require(request.user, "participants.view_consents", text)
    if given_by not in Consent.GivenBy.values or (given_by == REPRESENTATIVE and not text.body_of_representative):
        raise Http404
    sheet = Sheet(blank_person(organization), text, given_by)
    workspace = request.workspace
    return _pdf(consents_pdf([sheet], school_year=workspace.school_year.start, today=workspace.today), text.title)


def _pdf(content, name):
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{name}.pdf", inline=True)
