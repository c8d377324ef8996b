"""The step of an application at which the consent to the processing is read and confirmed, and its paper."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents.consent_papers import Sheet, consent_content, consents_pdf
from mentorship.limits import is_too_often, too_many
from mentorship.lists import as_download
from participants.applications import (
    ABOUT,
    CONSENT,
    confirm_consent,
    first_open_step,
    giver_of,
    has_about,
    has_consent,
    text_of_consent,
)
from participants.consent_givers import REPRESENTATIVE
from participants.consent_versions import mark_used
from participants.models import Application, Person
from participants.names import guess_gender_by_patronymic
from participants.views.applying import by_personal_link, step_url, while_open, wizard_context

PAPER_LIMIT, WINDOW = 10, 300


@require_http_methods(["GET", "POST"])
@by_personal_link
@while_open
def application_consent(request, application):
    """The text as it concerns this applicant; a tick confirms it, the signed paper follows."""
    now = timezone.now()
    if not has_about(application, timezone.localdate(now).year):
        return redirect(step_url(application, ABOUT))
    text, error = text_of_consent(application), ""
    mark_used([text])
    if request.method == "POST":
        if request.POST.get("is_read"):
            try:
                application = confirm_consent(application, text, now=now)
            except ValidationError as refusal:
                error = " ".join(refusal.messages)
            else:
                return redirect(step_url(application, first_open_step(application, timezone.localdate(now).year)))
        else:
            error = _("Tick that you have read the text: without it there is no consent.")
    context = wizard_context(
        application,
        CONSENT,
        content=_content(application, text),
        is_representative=_sheet(application, text).given_by == REPRESENTATIVE,
        is_confirmed=has_consent(application),
        error=error,
    )
    return render(request, "documents/application_consent.html", context, status=422 if error else 200)


@require_GET
@by_personal_link
def application_consent_paper(request, application):
    """The paper to print and sign, also after the application was sent."""
    if is_too_often("application-paper", application.token, limit=PAPER_LIMIT, seconds=WINDOW):
        return too_many(request)
    if not has_about(application, timezone.localdate().year):
        return redirect(application.personal_url)
    text = text_of_consent(application)
    sheet, year = _sheet(application, text), application.call.school_year
    content = consents_pdf([sheet], school_year=year, today=timezone.localdate())
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{text.title}.pdf")


def _content(application, text):
    sheet, year = _sheet(application, text), application.call.school_year
    return consent_content(sheet, school_year=year, today=timezone.localdate(), by_link=True)


def _sheet(application, text):
    person = Person(
        organization=application.organization,
        last_name=application.last_name,
        first_name=application.first_name,
        patronymic=application.patronymic,
        gender=guess_gender_by_patronymic(application.patronymic),
        birth_year=application.birth_year,
        kind=application.kind,
        position=application.position,
    )
    return Sheet(
        person,
        text,
        giver_of(application, timezone.localdate().year),
        is_mentor=application.role == Application.Role.MENTOR,
        is_mentee=application.role == Application.Role.MENTEE,
        representative_name=application.representative_name,
    )
