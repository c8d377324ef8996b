"""Applying without signing in: the public page of a school year, then a draft by its personal link, step by step.

The step of the consent shows a paper and stands with the papers: documents/views/application_consents.py.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentorship.limits import is_too_often, too_many, visitor_of
from participants.applications import (
    ABOUT,
    CHECK,
    CONSENT,
    DESTROYED_AFTER_DAYS,
    QUESTIONS,
    STEPS,
    TooManyDraftsError,
    can_be_changed,
    destroyed_on,
    first_open_step,
    has_about,
    has_answers,
    has_consent,
    keep_about,
    keep_answers,
    parts_of,
    send_links_again,
    start_application,
    submit_application,
    withdraw_application,
)
from participants.forms.applications import AboutForm, StartForm
from participants.models import Application, ApplicationCall
from participants.questions_form import QuestionsForm

DAY, HOUR, WINDOW = 86400, 3600, 300
STARTS_OF_VISITOR = 60  # an hour; a class of pupils applies from one address of the school
STARTS_OF_EMAIL, STARTS_OF_EMAIL_A_DAY = 5, 10  # each is a letter to that address
UNKNOWN_LIMIT, WRITE_LIMIT = 40, 150  # in five minutes


def open_page(view):
    """A page without sign-in that stays out of caches, search engines and referrers."""

    @login_not_required
    @never_cache
    @wraps(view)
    def respond(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        # With no-referrer browsers send no Origin, and the form is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return respond


def _unknown(request, template):
    """404, or the page that asks to wait for who tries out addresses."""
    if is_too_often("application-link", visitor_of(request), limit=UNKNOWN_LIMIT, seconds=WINDOW):
        return too_many(request)
    return render(request, template, status=404)


def by_personal_link(view):
    """Find the application by the token of the address; what is written through one link is limited."""

    @open_page
    @wraps(view)
    def find(request, token, **kwargs):
        applications = Application.objects.select_related("call__organization__parent", "answers", "consent_text")
        application = applications.filter(token=token).first()
        if application is None:
            return _unknown(request, "participants/application_unknown.html")
        if request.method == "POST" and is_too_often("application", token, limit=WRITE_LIMIT, seconds=WINDOW):
            return too_many(request)
        return view(request, application, **kwargs)

    return find


def while_open(view):
    """Who cannot change the application any more is shown how it stands."""

    @wraps(view)
    def check(request, application, **kwargs):
        if not can_be_changed(application, timezone.localdate()):
            return redirect(application.personal_url)
        return view(request, application, **kwargs)

    return check


def step_url(application, step):
    return reverse(f"application-{step}", args=[application.token])


def steps_of(application, here, *, today):
    """[(name, words, address, state)]: "done", "here", "open", or "later" where an earlier step is not complete."""
    next_step = first_open_step(application, today.year)
    is_done = {
        ABOUT: has_about(application, today.year),
        CONSENT: has_consent(application),
        QUESTIONS: has_answers(application),
        CHECK: False,
    }
    names, steps = list(STEPS), []
    for name in names:
        if name == here:
            state = "here"
        elif is_done[name]:
            state = "done"
        else:
            state = "open" if names.index(name) <= names.index(next_step) else "later"
        steps.append((name, STEPS[name], step_url(application, name), state))
    return steps


def wizard_context(application, step, **context):
    """What every step shows: the application, its steps, the number of this one."""
    today = timezone.localdate()
    return {
        "application": application,
        "call": application.call,
        "organization": application.organization,
        "steps": steps_of(application, step, today=today),
        "step": step,
        "step_label": STEPS[step],
        "step_number": list(STEPS).index(step) + 1,
        **context,
    }


# --- the public page --------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@open_page
def application_call(request, token):
    """What the programme is, as whom one applies, the e-mail for the personal link. 410 closed, 403 early, 404 unknown."""
    call = ApplicationCall.objects.select_related("organization").filter(token=token).first()
    if call is None:
        return _unknown(request, "participants/call_unknown.html")
    today = timezone.localdate()
    context = {"call": call, "organization": call.organization, "days": DESTROYED_AFTER_DAYS}
    if today < call.opens_on:
        return render(request, "participants/call_early.html", context, status=403)
    parts = parts_of(call)
    if today > call.closes_on or not parts:
        return render(request, "participants/call_over.html", context, status=410)
    form = StartForm(request.POST or None, parts=parts)
    if request.method == "POST":
        if is_too_often("application-start", visitor_of(request), limit=STARTS_OF_VISITOR, seconds=HOUR):
            return too_many(request, seconds=HOUR)
        if form.is_valid():
            return _start(request, call, form, context, today)
    return _call_page(request, form, context)


def _start(request, call, form, context, today):
    email = form.cleaned_data["email"]
    if form.is_trapped:  # a program: it learns nothing, and nothing is kept
        return render(request, "participants/call_letter.html", {**context, "email": email})
    address = email.casefold()
    if is_too_often("application-email", address, limit=STARTS_OF_EMAIL, seconds=HOUR):
        return too_many(request, seconds=HOUR)
    if is_too_often("application-email-day", address, limit=STARTS_OF_EMAIL_A_DAY, seconds=DAY):
        return too_many(request, seconds=DAY)
    try:
        application = start_application(call, role=form.role, is_pupil=form.is_pupil, email=email, today=today)
    except TooManyDraftsError:
        send_links_again(call, email)
        return render(request, "participants/call_letter.html", {**context, "email": email})
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _call_page(request, form, context)
    messages.success(request, _("The personal link was sent to %(email)s: by it you go on later.") % {"email": email})
    return redirect(step_url(application, ABOUT))


def _call_page(request, form, context):
    return render(request, "participants/call.html", {**context, "form": form}, status=422 if form.errors else 200)


# --- by the personal link ---------------------------------------------------------------------------------------------
@require_GET
@by_personal_link
def application(request, application):
    """How the application stands: what is left to do, that it waits, what was decided. 410 for a draft of a closed page."""
    today = timezone.localdate()
    may_change = can_be_changed(application, today)
    context = {
        "application": application,
        "call": application.call,
        "organization": application.organization,
        "may_change": may_change,
        "destroyed_on": destroyed_on(application),
        "consent": application.consent,
    }
    if may_change:
        next_step = first_open_step(application, today.year)
        if application.status == Application.Status.ASKED and next_step == CHECK:
            next_step = QUESTIONS  # all is filled in, and something is to be added
        context |= {
            "steps": steps_of(application, None, today=today),
            "next_url": step_url(application, next_step),
            "next_label": STEPS[next_step],
        }
    is_late = application.status == Application.Status.DRAFT and not may_change
    return render(request, "participants/application_state.html", context, status=410 if is_late else 200)


@require_http_methods(["GET", "POST"])
@by_personal_link
@while_open
def application_about(request, application):
    """Who applies."""
    today, is_later = timezone.localdate(), "later" in request.POST
    form = AboutForm(request.POST or None, instance=application, today=today, is_draft=is_later)
    if request.method == "POST" and (form.is_valid() or is_later):
        application = keep_about(application, form.values, today=today)
        return _kept(request, application) if is_later else redirect(_after(application, ABOUT))
    stored = Application.objects.select_related("call__organization", "answers").get(pk=application.pk)
    context = wizard_context(stored, ABOUT, form=form)
    return render(request, "participants/application_about.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@by_personal_link
@while_open
def application_questions(request, application):
    """The questionnaire, once it is clear who answers and that he consents."""
    today, is_later = timezone.localdate(), "later" in request.POST
    if first_open_step(application, today.year) in (ABOUT, CONSENT):
        return redirect(step_url(application, first_open_step(application, today.year)))
    questionnaire, data = application.questionnaire, request.POST if request.method == "POST" else None
    form = QuestionsForm(questionnaire, data, given=application.values, is_draft=is_later)
    if request.method == "POST" and (form.is_valid() or is_later):
        application = keep_answers(application, form.values, today=today)
        return _kept(request, application) if is_later else redirect(_after(application, QUESTIONS))
    context = wizard_context(application, QUESTIONS, form=form, questionnaire=questionnaire)
    return render(request, "participants/application_questions.html", context, status=422 if form.errors else 200)


@require_POST
@by_personal_link
@while_open
def application_keep(request, application, step):
    """Keep a step as it is typed; a line that says so comes back. Scripts ask for it, nothing depends on it."""
    today = timezone.localdate()
    if step == ABOUT:
        form = AboutForm(request.POST, instance=application, today=today, is_draft=True)
        form.is_valid()
        keep_about(application, form.values, today=today)
    elif step == QUESTIONS and first_open_step(application, today.year) not in (ABOUT, CONSENT):
        form = QuestionsForm(application.questionnaire, request.POST, is_draft=True)
        form.is_valid()
        keep_answers(application, form.values, today=today)
    else:
        raise Http404
    return render(request, "participants/_kept.html", {"at": timezone.localtime()})


@require_http_methods(["GET", "POST"])
@by_personal_link
@while_open
def application_check(request, application):
    """All that was written, with a way back to each part, and the button that sends it."""
    now = timezone.now()
    next_step = first_open_step(application, timezone.localdate(now).year)
    if next_step != CHECK:
        return redirect(step_url(application, next_step))
    if request.method == "POST":
        try:
            submit_application(application, now=now)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(application.personal_url)
    form = QuestionsForm(application.questionnaire)
    answered = [
        (question, question.in_words(application.values[str(question.pk)]))
        for question in form.questions
        if str(question.pk) in application.values
    ]
    unanswered = [question for question in form.questions if str(question.pk) not in application.values]
    context = wizard_context(application, CHECK, answered=answered, unanswered=unanswered)
    return render(request, "participants/application_check.html", context)


@require_POST
@by_personal_link
def application_delete(request, application):
    """Destroy the draft, or take the application back before it is decided, at the wish of its writer."""
    if not withdraw_application(application):
        messages.error(request, _("The application was decided already and cannot be taken back here."))
        return redirect(application.personal_url)
    context = {"call": application.call, "organization": application.organization}
    return render(request, "participants/application_deleted.html", context)


def _kept(request, application):
    messages.success(request, _("What was written is kept. The link from the letter leads back here."))
    return redirect(application.personal_url)


def _after(application, step):
    """The step after this one; from the check page back to it, as soon as nothing is missing."""
    next_step = first_open_step(application, timezone.localdate().year)
    following = list(STEPS)[list(STEPS).index(step) + 1]
    return step_url(application, CHECK if next_step == CHECK else following)
