"""Jobs: work that lasts longer than a page may, done by the worker, watched and cancelled by a person.

An app registers a function in its tasks.py: `@job("participants.read_registry")`. `start_job` keeps a Job and queues
it; `run_job` claims it, so that two workers never do one job at once, and gives the function a `Progress`. A worker
that was killed leaves a job that nobody renews: `take_up_lost_jobs` begins it anew, so a registered function must be
safe to run twice. What it writes it writes in one short transaction, after its last word to the Progress: while a
transaction is open nobody sees the progress, and on SQLite nobody else can write.
"""

import gc
import logging
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from mentorship.models import Job
from mentorship.outbox import write_letter

logger = logging.getLogger(__name__)
ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=2)  # without a sign of life; no single step of a job may take longer
QUEUED_AGAIN_AFTER = timedelta(minutes=1)
LETTER_AFTER = timedelta(seconds=30)
WRITE_EVERY_SECONDS = 1.0


class Outcome(NamedTuple):
    """What a job leaves behind: a sentence for the person, and the page that shows the result."""

    text: str = ""
    url: str = ""


NOTHING = Outcome()


class JobCancelled(Exception):
    """The person pressed “Cancel”, or another worker has taken the job: stop, and write nothing more.

    Work that leaves finished parts behind raises it anew with a sentence that says so.
    """


class Kind(NamedTuple):
    run: Callable
    give_up: Callable | None


_kinds: dict[str, Kind] = {}


def job(name: str, *, give_up: Callable | None = None):
    """Register a function as the work of that name: `function(progress, **arguments)` returns an Outcome or None.

    A ValidationError that it raises fails the job with its sentences; JobCancelled must pass through it.
    `give_up(**arguments)` is called once when the job was cancelled or has failed: it sets free what the job held.
    """

    def register(function):
        _kinds[name] = Kind(function, give_up)
        return function

    return register


def _kind(name: str) -> Kind:
    if name not in _kinds:
        autodiscover_modules("tasks")  # a web process knows the jobs' names without having loaded their functions
    return _kinds[name]


def start_job(name: str, *, title: str, organization, by, arguments: dict, url: str = "") -> Job:
    """Keep a job and hand it to the worker once the caller's transaction is committed.

    `arguments` are keys of objects, plain enough for JSON. `url` is the page on which the work was asked for: a job
    that was cancelled or has failed leads back there. Raises KeyError for a name that nobody has registered.
    """
    from mentorship.tasks import run_job_task

    _kind(name)
    started = Job.objects.create(
        name=name,
        title=title[:250],
        organization=organization,
        created_by=by,
        arguments=arguments,
        result_url=url,
        language=translation.get_language() or "",
    )
    run_job_task.delay_on_commit(started.pk)
    return started


# --- progress ---------------------------------------------------------------------------------------------------------
class Progress:
    """How a running job tells how far it is, and learns that it is to stop. Writes at most once a second."""

    def __init__(self, job_id: int, claim: str) -> None:
        self._own = Job.objects.filter(pk=job_id, claim=claim, status=Job.Status.RUNNING)
        self._done = 0
        self._written_at = 0.0

    def phase(self, text: str, total: int = 0) -> None:
        """Begin a part of the work, of `total` steps where they can be counted."""
        self._done = 0
        self._write(phase=str(text)[:120], phase_at=timezone.now(), total_count=total)

    def advance(self, steps: int = 1) -> None:
        """Some steps of the phase are done. Raises JobCancelled where the work is to stop."""
        self._done += steps
        if time.monotonic() - self._written_at >= WRITE_EVERY_SECONDS:
            self._write()

    def _write(self, **values) -> None:
        self._written_at = time.monotonic()
        wished = self._own.filter(is_cancel_wished=False)
        if not wished.update(seen_at=timezone.now(), done_count=self._done, **values):
            raise JobCancelled


class Unwatched:
    """A Progress for work that is done at once, within a page or a command."""

    def phase(self, text: str, total: int = 0) -> None:
        """Nobody watches."""

    def advance(self, steps: int = 1) -> None:
        """Nobody watches."""


# --- running ----------------------------------------------------------------------------------------------------------
def run_job(job_id: int) -> None:
    """Do a waiting job, or one that its worker has left; whoever wins the claim does it."""
    now, claim = timezone.now(), uuid4().hex
    won = Job.objects.filter(_claimable(now), pk=job_id, attempt_count__lt=ATTEMPTS, is_cancel_wished=False).update(
        status=Job.Status.RUNNING,
        claim=claim,
        seen_at=now,
        started_at=Coalesce("started_at", now),
        attempt_count=F("attempt_count") + 1,
    )
    if not won:
        return
    running = Job.objects.get(pk=job_id)
    with translation.override(running.language or None):
        _run(running)


def _claimable(now):
    return Q(status=Job.Status.WAITING) | Q(status=Job.Status.RUNNING, seen_at__lt=now - LOST_AFTER)


@contextmanager
def _fewer_collections():
    """Let the garbage collector look less often: the many rows that a job makes are no garbage until it ends."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _run(running: Job) -> None:
    try:
        with _fewer_collections():
            outcome = _kind(running.name).run(Progress(running.pk, running.claim), **running.arguments)
    except JobCancelled as stop:
        _end(running, Job.Status.CANCELLED, Outcome(str(stop)))
    except ValidationError as error:
        _end(running, Job.Status.FAILED, Outcome(" ".join(error.messages)))
    except OperationalError:
        # The database was busy or away: the scan takes the job up again.
        logger.exception("Job %s (%s) waits for the database", running.pk, running.name)
        _own(running).update(status=Job.Status.WAITING, seen_at=timezone.now())
    except Exception:
        logger.exception("Job %s (%s) has failed", running.pk, running.name)
        text = _("The portal could not finish this work: the fault is its own and was recorded. Nothing was written.")
        _end(running, Job.Status.FAILED, Outcome(text))
    else:
        _end(running, Job.Status.DONE, outcome or NOTHING)


def _own(running: Job):
    """The job, as long as this worker holds the claim."""
    return Job.objects.filter(pk=running.pk, claim=running.claim, status=Job.Status.RUNNING)


@transaction.atomic
def _end(running: Job, status: str, outcome: Outcome = NOTHING) -> None:
    ended = _own(running).update(
        status=status,
        result=outcome.text,
        result_url=outcome.url or running.result_url,
        finished_at=timezone.now(),
        phase="",
    )
    if ended:
        _after_end(running, status)


def _after_end(ended: Job, status: str) -> None:
    give_up = _kind(ended.name).give_up
    if status != Job.Status.DONE and give_up:
        give_up(**ended.arguments)
    ended.refresh_from_db()
    if status != Job.Status.CANCELLED and ended.finished_at - ended.created_at > LETTER_AFTER:
        has_result = status == Job.Status.DONE and ended.result_url  # why it has failed stands on the job's page
        context = {"job": ended, "path": ended.result_url if has_result else ended.get_absolute_url()}
        write_letter(
            "job-finished",
            ended.created_by.email,
            context,
            organization=ended.organization,
            key=f"job-{ended.pk}",
        )


def cancel_job(unwanted: Job) -> None:
    """Stop a job at the wish of a person: a waiting one at once, a running one at its next step."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=unwanted.pk, status=Job.Status.WAITING)
        if waiting.update(status=Job.Status.CANCELLED, is_cancel_wished=True, finished_at=timezone.now()):
            _after_end(unwanted, Job.Status.CANCELLED)
            return
    Job.objects.filter(pk=unwanted.pk, status=Job.Status.RUNNING).update(is_cancel_wished=True)


def take_up_lost_jobs(now: datetime) -> int:
    """Queue again what no worker does: jobs whose message was lost, jobs whose worker was killed.

    A job that was begun three times has failed. Returns how many jobs were found.
    """
    from mentorship.tasks import run_job_task

    waits_long = Q(status=Job.Status.WAITING)
    waits_long &= Q(seen_at=None, created_at__lt=now - QUEUED_AGAIN_AFTER) | Q(seen_at__lt=now - QUEUED_AGAIN_AFTER)
    is_left = Q(status=Job.Status.RUNNING, seen_at__lt=now - LOST_AFTER)
    lost = list(Job.objects.filter(waits_long | is_left).order_by("pk")[:100])
    for each in lost:
        if each.is_cancel_wished:
            _end_lost(each, Job.Status.CANCELLED)
        elif each.attempt_count >= ATTEMPTS:
            logger.error("Job %s (%s) was begun %s times and never ended", each.pk, each.name, each.attempt_count)
            with translation.override(each.language or None):
                text = _("The work was begun three times and broke off each time. Nothing was written.")
            _end_lost(each, Job.Status.FAILED, text)
        else:
            run_job_task.delay(each.pk)
    return len(lost)


@transaction.atomic
def _end_lost(lost: Job, status: str, text: str = "") -> None:
    still_lost = Job.objects.filter(pk=lost.pk, status=lost.status, seen_at=lost.seen_at)
    if still_lost.update(status=status, result=text, finished_at=timezone.now(), phase=""):
        _after_end(lost, status)


# --- home page --------------------------------------------------------------------------------------------------------
def jobs_panel(request):
    """The work that the worker does for the person now; nothing where there is none."""
    running = list(Job.objects.visible_to(request.user).filter(created_by=request.user).unfinished()[:10])
    return {"jobs": running} if running else None
