"""Consents as papers: printed for one, for those ticked, for all who lack a kind; texts as they would be printed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents.consent_papers import Sheet, blank_person, consents_pdf, sheets_for
from mentorship.lists import as_download
from mentorship.permissions import get_visible, require, workspace_organization
from participants.consents import REPRESENTATIVE, people_of_year, standings, text_for
from participants.models import Consent, ConsentKind, ConsentText, Person
from participants.templatetags.consents import consent_kind
from participants.views.consents import MAX_KEY_LENGTH, PRINTED_AT_ONCE, TO_PRINT, chosen_kinds


def consents_print(request):
    """One PDF, sorted as the registry. `?kind=` one kind, else all that each person needs and lacks.

    `?person=…` those people; `?lacking=yes` everybody on the board who lacks the kind, `&part=2` the second hundred.
    """
    organization = workspace_organization(request, "participants.view_consents")
    year, today = request.workspace.school_year.start, request.workspace.today
    kinds, is_lacking = chosen_kinds(request.GET), "lacking" in request.GET
    people = people_of_year(organization, year) if is_lacking else _named_people(request, organization)
    found = standings(people.select_related("organization__parent"), school_year=year, day=today).values()
    texts = {kind: text_for(organization, kind) for kind in kinds or ConsentKind.values}
    prints_whatever_the_state = bool(kinds) and not is_lacking
    wanted = [
        (standing, kind)
        for standing in found
        for kind in kinds or standing.needed
        if prints_whatever_the_state or standing.states[kind] in TO_PRINT
    ]
    sheets = [
        sheet
        for standing, kind in _part(wanted, request.GET.get("part", ""))
        for sheet in sheets_for(standing, kind, texts[kind], today=today)
    ]
    if not sheets:
        messages.info(request, _("There is nothing to print: tick people who lack a consent, or choose a kind."))
        return redirect("participants:consents")
    name = consent_kind(kinds[0]) if kinds else _("Consents")
    return _pdf(consents_pdf(sheets, school_year=year, today=today), name)


def _named_people(request, organization):
    keys = [key for key in request.GET.getlist("person") if key.isdecimal() and len(key) <= MAX_KEY_LENGTH]
    people = Person.objects.visible_to(request.user).filter(organization=organization, pk__in=keys)
    return people.in_order()


def _part(wanted, part):
    """The hundred papers with the number `part`, counted from 1; all of them without a number."""
    if not part.isdecimal() or len(part) > MAX_KEY_LENGTH or int(part) < 1:
        return wanted
    first = (int(part) - 1) * PRINTED_AT_ONCE
    return wanted[first : first + PRINTED_AT_ONCE]


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
