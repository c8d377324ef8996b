"""Pages of surveys for the people in charge, and the list of one's own."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentorship.lists import PortalListView
from mentorship.permissions import get_visible, workspace_organization
from monitoring.forms import SurveyForm, SurveyTermsForm
from monitoring.indicator_formulas import Figure
from monitoring.indicator_table import indicator_rows
from monitoring.models import Invitation, Survey
from monitoring.results import results_of, why_hidden
from monitoring.surveys import (
    change_survey,
    close_survey,
    create_survey,
    invite_newcomers,
    newcomers_of,
    open_survey,
    people_asked,
)
from monitoring.tables import SurveyFilter, SurveyTable
from programs.models import Program

LATEST = 5


def overview(request):
    """Where monitoring begins: surveys of the year and the indicators."""
    organization = workspace_organization(request, "monitoring.view_surveys")
    year = request.workspace.school_year.start
    surveys = Survey.objects.filter(program__organization=organization, program__school_year=year).for_list()
    context = {
        "organization": organization,
        "surveys": surveys[:LATEST],
        "rows": indicator_rows(organization, year, today=request.workspace.today),
        "may_manage": request.user.has_perm("monitoring.manage_survey", organization),
    }
    return render(request, "monitoring/overview.html", context)


class SurveyList(PortalListView):
    table_class = SurveyTable
    filterset_class = SurveyFilter
    template_name = "monitoring/survey_list.html"

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "monitoring.view_surveys")
        return Survey.objects.filter(program__organization=self.organization).for_list()

    def get_context_data(self, **kwargs):
        may_manage = self.request.user.has_perm("monitoring.manage_survey", self.organization)
        return super().get_context_data(may_manage=may_manage, **kwargs)


def survey_add(request):
    organization = workspace_organization(request, "monitoring.manage_survey")
    year = request.workspace.school_year
    program = Program.objects.filter(organization=organization, school_year=year.start).first()
    if program is None:
        return render(request, "monitoring/survey_no_program.html", {"school_year": year})
    today = request.workspace.today
    form = SurveyForm(
        request.POST or None,
        organization=organization,
        today=today,
        initial={"opens_on": today, "closes_on": today + timedelta(days=14)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            survey = create_survey(form.instance, program=program, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The survey is kept as a draft. Look at it and send it."))
            return redirect(survey)
    return render(request, "monitoring/survey_form.html", {"form": form}, status=_status(form))


def survey_edit(request, pk):
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    if survey.status == Survey.Status.CLOSED:
        messages.error(request, _("The survey is closed: nothing of it can be changed."))
        return redirect(survey)
    data = request.POST or None
    if survey.is_draft:
        form = SurveyForm(data, instance=survey, organization=survey.organization, today=request.workspace.today)
    else:
        form = SurveyTermsForm(data, instance=survey)
    if request.method == "POST" and form.is_valid():
        try:
            change_survey(form.instance, fields=list(form.fields))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect(survey)
    context = {"form": form, "survey": survey}
    return render(request, "monitoring/survey_form.html", context, status=_status(form))


def _status(form):
    return 422 if form.errors else 200


def survey_page(request, pk):
    survey = get_visible(Survey.objects.for_list(), request.user, pk=pk)
    today = request.workspace.today
    may_manage = request.user.has_perm("monitoring.manage_survey", survey)
    context = {
        "survey": survey,
        "may_manage": may_manage,
        "is_over": survey.is_over(today),
        "response": Figure(survey.answered_count, survey.invited_count),
        "questions": survey.questionnaire.questions.all(),
        "results": results_of(survey, today=today),
        "why_hidden": why_hidden(survey, today=today),
        "small_group": settings.SMALL_GROUP,
        "events": survey.events.select_related("actor", "content_type").prefetch_related("actor__people"),
    }
    context |= _draft_context(survey) if survey.is_draft else _sent_context(survey)
    return render(request, "monitoring/survey.html", context)


def _draft_context(survey):
    people = list(people_asked(survey))
    return {"people": people, "without_email": [person for person in people if not person.contact_email]}


def _sent_context(survey):
    invitations = list(survey.invitations.select_related("person__user"))
    return {
        "invitations": invitations,
        "without_email": [invitation.person for invitation in invitations if not invitation.person.contact_email],
        "reminders_count": sum(invitation.reminder_count for invitation in invitations),
        "newcomers_count": len(newcomers_of(survey)) if survey.status == Survey.Status.OPEN else 0,
    }


@require_POST
def survey_open(request, pk):
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    try:
        survey = open_survey(survey, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        count = survey.invitations.count()
        text = ngettext(
            "The survey is open: %(count)s person has a personal link.",
            "The survey is open: %(count)s people have a personal link.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect(survey)


@require_POST
def survey_close(request, pk):
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    try:
        close_survey(survey, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The survey is closed: its links take no more answers."))
    return redirect(survey)


@require_POST
def survey_invite(request, pk):
    """Send to those who joined since."""
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    try:
        count = invite_newcomers(survey, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        text = ngettext("%(count)s person was added.", "%(count)s people were added.", count)
        messages.success(request, text % {"count": count})
    return redirect(survey)


@require_POST
def survey_delete(request, pk):
    """Throw a draft away; nobody has heard of it."""
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    if not survey.is_draft:
        messages.error(request, _("The survey has been sent: it can be closed, not deleted."))
        return redirect(survey)
    survey.delete()
    messages.success(request, _("The draft is deleted."))
    return redirect("monitoring:survey-list")


def survey_links(request, pk):
    """Personal links to print or to copy: of those without an e-mail, or of everybody."""
    survey = get_visible(Survey, request.user, allowed="monitoring.manage_survey", pk=pk)
    invitations = survey.invitations.select_related("person")
    shows_all = "all" in request.GET
    if not shows_all:
        reached = survey.invitations.with_email(request.workspace.today)
        invitations = invitations.exclude(pk__in=reached.values("pk"))
    links = [(invitation, settings.PORTAL_URL + invitation.get_absolute_url()) for invitation in invitations]
    return render(request, "monitoring/survey_links.html", {"survey": survey, "links": links, "shows_all": shows_all})


def my_surveys(request):
    """What the signed-in person is asked, and what he has answered already."""
    today = request.workspace.today
    invitations = list(Invitation.objects.of_user(request.user))
    waiting = [
        invitation
        for invitation in invitations
        if not invitation.is_answered and invitation.survey.takes_answers(today)
    ]
    answered = [invitation for invitation in invitations if invitation.is_answered]
    return render(request, "monitoring/my_surveys.html", {"waiting": waiting, "answered": answered})
