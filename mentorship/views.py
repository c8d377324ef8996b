"""Pages of the shared ground: front page, home, search, letters, jobs, help, faults, health."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect
from kombu.exceptions import OperationalError

from mentorship.celery import app as celery_app
from mentorship.jobs import cancel_job
from mentorship.models import Heartbeat, Job, OutboxLetter
from mentorship.navigation import address_of_section
from mentorship.outbox import retry_letter
from mentorship.panels import render_panels
from mentorship.search import search

PAGE_SIZE = 50
WORKER_SILENT_AFTER = timedelta(minutes=5)
DISK_LEFT_BYTES = 200 * 1024 * 1024


@login_not_required
def front_page(request):
    """The address alone: home for who is signed in, the sign-in page for others."""
    return redirect("home" if request.user.is_authenticated else "account_login")


def home(request):
    """The page of the role: each app adds its part."""
    role = request.workspace.role_name
    return render(request, "mentorship/home.html", {"panels": render_panels(f"home:{role}", request)})


def section(request):
    """The beginning of an address typed by hand, «/documents/»: the role's own place of the section."""
    return redirect(address_of_section(request))


def search_page(request):
    text = request.GET.get("q", "")
    return render(request, "mentorship/search.html", {"text": text, "found": search(request.user, text)})


def help_page(request, page):
    """A page of help; each is a template of its own."""
    try:
        template = get_template(f"help/{page}.html")
    except TemplateDoesNotExist as missing:
        raise Http404 from missing
    return render(request, template.template.name, {"page": page})


@require_POST
@login_not_required
def choose_language(request):
    """Remember the language in a cookie and return to the page."""
    chosen, address = request.POST.get("language"), request.POST.get("next", "/")
    if not (address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})):
        address = "/"
    response = redirect(address)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
    return response


def outbox(request):
    """Letters that left the portal or wait to."""
    letters = OutboxLetter.objects.visible_to(request.user).for_list()
    status = request.GET.get("status", "")
    if status in OutboxLetter.Status:
        letters = letters.filter(status=status)
    page = Paginator(letters, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "mentorship/outbox.html", {"page": page, "status": status, "statuses": OutboxLetter.Status.choices}
    )


def outbox_letter(request, pk):
    letter = get_object_or_404(OutboxLetter.objects.visible_to(request.user), pk=pk)
    context = {
        "letter": letter,
        "text": letter.text_for(request.user),
        "hides_links": letter.hides_links_from(request.user),
        "is_on_disk": not settings.EMAIL_URL,
    }
    return render(request, "mentorship/outbox_letter.html", context)


@require_POST
def outbox_retry(request, pk):
    letter = get_object_or_404(OutboxLetter.objects.visible_to(request.user), pk=pk)
    retry_letter(letter)
    messages.success(request, _("The letter is being sent again."))
    return redirect(letter)


def job_list(request):
    """The work that the worker has done, or does, for the person."""
    jobs = Job.objects.visible_to(request.user)
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "mentorship/job_list.html", {"page": page})


def job_page(request, pk):
    """How far a job is; the page asks again by itself (`?watch=1`), and at the end leads to the result."""
    watched = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    is_watching = "watch" in request.GET
    if is_watching and watched.status == Job.Status.DONE and watched.result_url:
        if watched.result:
            messages.success(request, watched.result)
        return HttpResponseClientRedirect(watched.result_url) if request.htmx else redirect(watched.result_url)
    seconds = watched.seconds_left(timezone.now())
    context = {"job": watched, "minutes_left": None if seconds is None else seconds // 60}
    return render(request, "mentorship/_job.html" if request.htmx else "mentorship/job.html", context)


@require_POST
def job_cancel(request, pk):
    """Stop a job: what it has not written yet is not written."""
    unwanted = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    cancel_job(unwanted)
    return redirect(unwanted)


@login_not_required
def healthz(request):
    """Whether the database, the broker, the worker and the disk are well; 503 when one is not."""
    state = {
        "database": _answers(_ask_database, DatabaseError),
        "broker": _answers(_ask_broker, (OperationalError, OSError)),
        "worker": _answers(_ask_worker, (DatabaseError, LookupError)),
        "disk": shutil.disk_usage(settings.VAR_DIR).free > DISK_LEFT_BYTES,
    }
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _answers(ask, errors):
    try:
        ask()
    except errors:
        return False
    return True


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker():
    with celery_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def _ask_worker():
    if not Heartbeat.objects.filter(seen_at__gte=timezone.now() - WORKER_SILENT_AFTER).exists():
        raise LookupError


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    return render(request, "errors/500.html", status=500)
