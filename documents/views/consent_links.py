"""Answering a request for a consent by a personal link, without signing in: read, confirm, refuse, withdraw, print."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from documents.consent_papers import Sheet, consent_content, consents_pdf
from mentorship.limits import is_too_often, too_many, visitor_of
from mentorship.lists import as_download
from mentorship.school_year import SchoolYear
from participants.consent_asking import link_ends_on
from participants.consent_givers import REPRESENTATIVE, is_overtaken
from participants.consent_standing import standings
from participants.consent_versions import check_is_whole
from participants.consents import give_by_link, refuse_by_link, withdraw_consent
from participants.models import Consent

WINDOW_SECONDS = 300
UNKNOWN_LIMIT, ANSWER_LIMIT, PAPER_LIMIT = 40, 10, 10


def by_personal_link(view):
    """Find the consent by the token of the address; the page stays out of caches, search engines and referrers.

    Guessed addresses are counted by the visitor. Unknown ones answer 404, those that are over 410.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def find(request, token):
        consents = Consent.objects.select_related("text", "person__organization__parent")
        consent = consents.filter(token=token, person__depersonalized_on=None).first()
        response = _unknown(request) if consent is None else _known(request, consent)
        response.headers["X-Robots-Tag"] = "noindex"
        # With no-referrer browsers send no Origin, and the form is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _known(request, consent):
        last, today = link_ends_on(consent), timezone.localdate()
        has_to_be_another = is_overtaken(consent, year=today.year) or consent.status == Consent.Status.CANCELLED
        if has_to_be_another or (last is not None and last < today):
            context = {
                "consent": consent,
                "organization": consent.organization,
                "last_day": last,
                "has_to_be_another": has_to_be_another,
            }
            return render(request, "documents/consent_link_over.html", context, status=410)
        return view(request, consent)

    return find


def _unknown(request):
    if is_too_often("consent-link", visitor_of(request), limit=UNKNOWN_LIMIT, seconds=WINDOW_SECONDS):
        return too_many(request)
    return render(request, "documents/consent_link_unknown.html", status=404)


def limited(name, limit):
    """At most so many requests of one link in five minutes."""

    def decorate(view):
        @wraps(view)
        def count(request, consent):
            if is_too_often(name, consent.token, limit=limit, seconds=WINDOW_SECONDS):
                return too_many(request)
            return view(request, consent)

        return count

    return decorate


@require_GET
@by_personal_link
def consent_link(request, consent):
    """The text, who is asked, for whom, and what can be answered now. A visit alone changes nothing."""
    return _page(request, consent)


@require_POST
@by_personal_link
@limited("consent-answer", ANSWER_LIMIT)
def consent_link_give(request, consent):
    if not request.POST.get("is_read"):
        return _page(request, consent, error=_("Tick that you have read the text: without it there is no consent."))
    return _answer(request, consent, lambda by: give_by_link(consent, by=by, today=timezone.localdate()))


@require_POST
@by_personal_link
@limited("consent-answer", ANSWER_LIMIT)
def consent_link_refuse(request, consent):
    return _answer(request, consent, lambda by: refuse_by_link(consent, by=by))


@require_POST
@by_personal_link
@limited("consent-answer", ANSWER_LIMIT)
def consent_link_withdraw(request, consent):
    return _answer(request, consent, lambda by: withdraw_consent(consent, by=by, withdrawn_on=timezone.localdate()))


@require_GET
@by_personal_link
@limited("consent-paper", PAPER_LIMIT)
def consent_link_paper(request, consent):
    """The paper to print and sign."""
    year = SchoolYear.of(timezone.localdate()).start
    content = consents_pdf([_sheet(consent, year)], school_year=year, today=timezone.localdate())
    return as_download(HttpResponse(content, content_type="application/pdf"), f"{consent.text.title}.pdf")


def _answer(request, consent, step):
    """Take one step; who is signed in as the person himself is named in the history, else nobody is."""
    user = request.user
    by = user if user.is_authenticated and consent.person.user_id == user.pk else None
    try:
        step(by)
    except ValidationError as error:
        return _page(request, consent, error=" ".join(error.messages))
    return redirect("consent-link", consent.token)


def _page(request, consent, error=""):
    today = timezone.localdate()
    year = SchoolYear.of(today).start
    blank = _is_blank(consent)
    context = {
        "consent": consent,
        "organization": consent.organization,
        "content": consent_content(_sheet(consent, year), school_year=year, today=today, by_link=True),
        "blank": blank,
        "is_representative": consent.given_by == REPRESENTATIVE,
        "may_give": consent.status in (Consent.Status.ASKED, Consent.Status.REFUSED) and not blank,
        "may_refuse": consent.status == Consent.Status.ASKED,
        "may_withdraw": consent.status == Consent.Status.GIVEN,
        "last_day": link_ends_on(consent),
        "error": error,
    }
    return render(request, "documents/consent_link.html", context, status=422 if error else 200)


def _is_blank(consent):
    """Whether the text has lines that only a paper can have: then the link gives the paper alone."""
    try:
        check_is_whole(consent)
    except ValidationError:
        return True
    return False


def _sheet(consent, year):
    person = consent.person
    standing = standings([person], school_year=year, day=timezone.localdate())[person.pk]
    return Sheet(
        person,
        consent.text,
        consent.given_by,
        is_mentor=standing.is_mentor,
        is_mentee=standing.is_mentee,
        representative_name=consent.representative_name,
    )
