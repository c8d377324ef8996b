"""Answering a survey by a personal link, without signing in."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.models import Invitation
from monitoring.reminders import stop_reminding
from monitoring.surveys import take_answers
from participants.questions_form import QuestionsForm


def by_personal_link(view):
    """Find the invitation by the token of the address; the page stays out of caches, search engines and referrers."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def find(request, token):
        invitations = Invitation.objects.select_related("survey__questionnaire", "survey__program__organization")
        invitation = invitations.select_related("person").filter(token=token).first()
        if invitation is None:
            response = render(request, "monitoring/answer_unknown.html", status=404)
        else:
            response = view(request, invitation)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = (
            "same-origin"  # with no-referrer browsers send no Origin, and the form is refused
        )
        return response

    return find


@by_personal_link
def answer_survey(request, invitation):
    """The questions; after answering, at the same address, the thanks. 410 once the survey is over."""
    survey, today = invitation.survey, timezone.localdate()
    context = {"survey": survey, "invitation": invitation}
    if invitation.is_answered:
        return render(request, "monitoring/answer_thanks.html", context)
    if survey.is_over(today):
        return render(request, "monitoring/answer_over.html", context, status=410)
    if not survey.takes_answers(today):
        return render(request, "monitoring/answer_early.html", context, status=403)
    form = QuestionsForm(survey.questionnaire, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            take_answers(invitation, form.values, today=today)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(invitation)
    return render(request, "monitoring/answer.html", {**context, "form": form}, status=422 if form.errors else 200)


@by_personal_link
def stop_reminders(request, invitation):
    """One button: no more reminders of this survey. A visit alone changes nothing, mail programs open links by themselves."""
    if request.method == "POST":
        stop_reminding(invitation)
        invitation.is_reminding_stopped = True
    return render(request, "monitoring/answer_stop.html", {"survey": invitation.survey, "invitation": invitation})
