"""Applications on the curator's side: the public page of the year, the queue, one application, the decisions."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView, as_download
from mentorship.permissions import get_visible, workspace_organization
from participants.application_decisions import (
    accept_application,
    ask_for_more,
    changes_for,
    decline_application,
    likely_people,
    ready_refusal,
    twins_of,
)
from participants.application_posters import poster_pdf, public_address, qr_svg
from participants.application_tables import ApplicationFilter, ApplicationTable, waits_in_words
from participants.applications import save_call
from participants.forms.applications import AcceptForm, AskForm, CallForm, DeclineForm
from participants.history import note_reading
from participants.models import Application, ApplicationCall, Questionnaire

LONGEST_KEY = 18  # digits; a longer number is no key of any row
DAYS_OPEN = 60


class ApplicationList(PortalListView):
    """The applications of the workspace's organization and school year, those that wait first, the longest on top."""

    table_class = ApplicationTable
    filterset_class = ApplicationFilter
    template_name = "participants/applications.html"

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "participants.view_applications")
        self.call = _call_of(self.organization, request.workspace.school_year.start)
        applications = Application.objects.visible_to(request.user).filter(call=self.call)
        return applications.for_list()

    def get_context_data(self, **kwargs):
        call = self.call
        drafts = call.applications.filter(status=Application.Status.DRAFT).count() if call else 0
        return {
            **super().get_context_data(**kwargs),
            "organization": self.organization,
            "call": call,
            "address": public_address(call) if call else "",
            "is_open": bool(call) and call.is_open(self.request.workspace.today),
            "draft_count": drafts,
            "may_manage": self.request.user.has_perm("participants.manage_applications", self.organization),
        }


def _call_of(organization, school_year):
    return ApplicationCall.objects.filter(organization=organization, school_year=school_year).first()


# --- the page of the year ---------------------------------------------------------------------------------------------
def call_edit(request):
    """Make or change the public page of the workspace's school year; its address stands beside."""
    organization = workspace_organization(request, "participants.manage_applications")
    year, today = request.workspace.school_year, request.workspace.today
    call = _call_of(organization, year.start)
    instance = call or ApplicationCall(organization=organization, school_year=year.start)
    initial = {} if call else _usual_call(organization, year, today)
    form = CallForm(request.POST or None, instance=instance, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_call(form.instance)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The page is kept. Pass its address on, or hang the poster up."))
            return redirect("participants:application-call-edit")
    context = {
        "form": form,
        "call": call,
        "year": year,
        "address": public_address(call) if call else "",
        "qr": qr_svg(call) if call else "",
    }
    return render(request, "participants/application_call.html", context, status=422 if form.errors else 200)


def _usual_call(organization, year, today):
    """What a new page is proposed with: the ready questionnaires of adults, two months from today within the year."""
    opens_on = min(max(today, year.starts_on), year.ends_on)
    closes_on = min(opens_on + timedelta(days=DAYS_OPEN), year.ends_on)
    ready = Questionnaire.objects.filter(organization=None).exclude(questions=None).order_by("pk")
    return {
        "opens_on": opens_on,
        "closes_on": closes_on,
        "mentor_questionnaire": ready.filter(purpose=Questionnaire.Purpose.MENTOR_APPLICATION).first(),
        "mentee_questionnaire": ready.filter(purpose=Questionnaire.Purpose.MENTEE_APPLICATION).first(),
    }


def call_poster(request):
    """The poster with the address and its code, to be printed and hung up."""
    organization = workspace_organization(request, "participants.manage_applications")
    call = _call_of(organization, request.workspace.school_year.start)
    if call is None:
        raise Http404
    name = _("Applications %(year)s") % {"year": str(call.year).replace("/", "-")}
    return as_download(HttpResponse(poster_pdf(call), content_type="application/pdf"), f"{name}.pdf", inline=True)


# --- one application --------------------------------------------------------------------------------------------------
def _visible(request, pk, allowed="participants.manage_applications"):
    applications = Application.objects.select_related("call__organization", "answers__questionnaire", "person")
    return get_visible(applications, request.user, pk=pk, allowed=allowed)


def application(request, pk):
    """What was answered, who in the files it may be, and what can be decided."""
    return _page(request, _visible(request, pk, "participants.view_applications"))


def _page(request, found, ask_form=None, decline_form=None):
    may_manage = request.user.has_perm("participants.manage_applications", found)
    next_steps = found.NEXT.get(found.status, ()) if may_manage else ()
    may_accept = Application.Status.ACCEPTED in next_steps
    has_errors = ask_form or decline_form
    context = {
        "application": found,
        "answered": found.answers.in_words() if found.answers else [],
        "waits": waits_in_words(found, request.workspace.today) if found.status == Application.Status.SUBMITTED else "",
        "likely": [(person, likeness(found, person)) for person in likely_people(found)] if may_accept else [],
        "twins": twins_of(found),
        "may_accept": may_accept,
        "may_ask": Application.Status.ASKED in next_steps,
        "may_decline": Application.Status.DECLINED in next_steps,
        "ask_form": ask_form or AskForm(),
        "decline_form": decline_form or DeclineForm(initial={"letter": ready_refusal(found)}),
        "open_part": "ask" if ask_form else "decline" if decline_form else "",
        "events": found.events.select_related("actor", "content_type").prefetch_related("actor__people"),
    }
    return render(request, "participants/application.html", context, status=422 if has_errors else 200)


def likeness(application, person):
    """[(what, in the application, in the file, whether they agree)] of what tells people apart."""
    lines = [
        (_("Name of the person"), application.full_name, person.full_name),
        (_("Birth year"), application.birth_year or "", person.birth_year or ""),
        (_("E-mail"), application.email, person.email or person.representative_email),
        (_("Phone"), application.phone_for_reading, person.phone_for_reading),
        (_("Position"), application.position, person.position),
    ]
    return [(what, ours, theirs, bool(ours) and ours == theirs) for what, ours, theirs in lines if ours or theirs]


def application_accept(request, pk):
    """What accepting will write: a new person, or the recognized one of the files (`?person=`), field by field."""
    found = _visible(request, pk)
    if found.status != Application.Status.SUBMITTED:
        messages.info(request, _("The application is decided already."))
        return redirect(found)
    key = request.GET.get("person", "")
    person = None
    if key.isdecimal() and len(key) <= LONGEST_KEY:
        person = get_visible(found.organization.people.filter(depersonalized_on=None), request.user, pk=key)
        note_reading(person)
    changes = changes_for(found, person)
    form = AcceptForm(request.POST or None, changes=changes)
    if request.method == "POST" and form.is_valid():
        try:
            accepted = accept_application(
                found,
                by=request.user,
                now=timezone.now(),
                person=person,
                replaced=form.replaced,
                message=form.cleaned_data["message"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                _("%(person)s is accepted and stands in the registry. The applicant has got a letter.")
                % {"person": accepted.person},
            )
            return redirect("participants:applications")
    context = {
        "application": found,
        "person": person,
        "form": form,
        "gaps": [change for change in changes if change.is_gap],
        "differing": [change for change in changes if not change.is_gap],
        "replaced": form.replaced,
        "likely": [] if person else likely_people(found),
    }
    return render(request, "participants/application_accept.html", context, status=422 if form.errors else 200)


@require_POST
def application_ask(request, pk):
    """Send the application back with a question."""
    found = _visible(request, pk)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            ask_for_more(found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The question was sent to %(email)s.") % {"email": found.email})
            return redirect("participants:applications")
    return _page(request, found, ask_form=form)


@require_POST
def application_decline(request, pk):
    """Decline with the letter as it was edited."""
    found = _visible(request, pk)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            decline_application(found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Declined; the letter was sent to %(email)s.") % {"email": found.email})
            return redirect("participants:applications")
    return _page(request, found, decline_form=form)
