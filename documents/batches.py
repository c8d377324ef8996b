"""Many papers by one job: made in their order, filed by several processes, joined into one file and one zip.

Each BatchItem is made in a transaction of its own that keeps the paper with it, so a job that was killed goes on where
it stood and makes none twice. Printing is the long part and Python prints on one core at a time: the papers are handed
out to processes (documents/filing_processes.py), and filing is safe to run twice.
"""

import time
from collections import deque

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.batch_files import JoinedFiles
from documents.filing import file_papers, processes_for
from documents.filing_processes import FilingProcesses, preload
from documents.letter_contents import Subject
from documents.letter_kinds import ADDENDUM, LETTER_KINDS
from documents.letter_values import packed, unpacked
from documents.letters import addendum_of, make_letter
from documents.models import Agreement, BatchItem, PaperBatch
from documents.paper_texts import AGREEMENT
from mentorship.jobs import JobCancelled, Outcome, start_job
from mentorship.models import Job
from mentorship.permissions import require

MAKE_JOB = "documents.make_batch"
LOOK_EVERY_SECONDS = 0.5
ROUNDS = 3  # of filing: a process that was killed leaves its papers to the next round
MOST = 2000


@transaction.atomic
def start_batch(kind, organization, *, by, token, program=None, pairs=(), people=(), outside=(), values=None):
    """Keep what is to be made and hand it to the worker. Returns (PaperBatch, Job), the Job None where it was begun.

    `kind` is a key of letter_kinds, or that of agreements, of which the papers are there. `token` comes from the form:
    one that was sent twice begins one batch. Raises ValidationError where nothing or too much was chosen.
    """
    require(by, "documents.make_letters", organization)
    if known := PaperBatch.objects.filter(token=token, organization=organization).first():
        return known, None
    wanted = _wanted(kind, program, pairs, people, outside)
    if not wanted:
        raise ValidationError(_("Choose at least one."))
    if len(wanted) > MOST:
        raise ValidationError(_("No more than %(most)s papers at once."), params={"most": MOST})
    batch = PaperBatch.objects.create(
        organization=organization,
        program=program,
        kind=kind,
        values=packed(LETTER_KINDS[kind], values) if kind in LETTER_KINDS else {},
        token=token,
        made_by=by,
    )
    BatchItem.objects.bulk_create(
        (BatchItem(batch=batch, place=place, **item) for place, item in enumerate(wanted, 1)), batch_size=500
    )
    return batch, _start(batch, len(wanted), by=by)


def _wanted(kind, program, pairs, people, outside):
    """[fields of a BatchItem], each once, in the order in which they were chosen."""
    if kind == AGREEMENT:
        agreements = Agreement.objects.filter(pair__in=[pair.pk for pair in pairs], paper__destroyed_on=None).for_list()
        return [{"pair": each.pair, "person": each.mentee.person, "paper": each.paper} for each in agreements]
    wanted = [{"pair": pair} for pair in dict.fromkeys(pairs)]
    wanted += [{"person": person} for person in dict.fromkeys(people)]
    return wanted + [{"outside": name} for name in dict.fromkeys(outside)]


# --- the job ----------------------------------------------------------------------------------------------------------
def make_batch(progress, *, batch):
    """The job: make, file, join. Safe to run twice; what was made stays when it is cancelled."""
    batch = PaperBatch.objects.select_related("organization", "program", "made_by").get(pk=batch)
    try:
        prepare_processes(batch.items.count())
        make_items(batch, progress)
        with JoinedFiles(batch) as joined:
            file_items(batch, progress, meanwhile=joined.add_filed)
            joined.finish(progress)
    except JobCancelled as stop:
        raise JobCancelled(_("The work was stopped. The papers that were made till then are kept.")) from stop
    count = batch.items.filter(paper__isnull=False).count()
    left = batch.items.filter(paper=None).count()
    text = ngettext("%(count)s paper is ready.", "%(count)s papers are ready.", count) % {"count": count}
    if left:
        more = ngettext("%(count)s was not made.", "%(count)s were not made.", left)
        text = f"{text} {more % {'count': left}}"
    return Outcome(text, batch.get_absolute_url())


def make_items(batch, progress):
    """Make the papers that are not there yet, in their order, so that the numbers follow it."""
    waiting = deque(batch.items.filter(paper=None, refusal="").values_list("pk", flat=True))
    progress.phase(_("Papers are made"), len(waiting))
    kind = LETTER_KINDS.get(batch.kind)
    if kind is None:
        return
    values = unpacked(kind, batch.values)
    for item in waiting:
        _make_item(batch, kind, item, values)
        progress.advance()


def _make_item(batch, kind, item_key, values):
    try:
        with transaction.atomic():
            items = BatchItem.objects.select_for_update(of=("self",))
            item = items.select_related("pair__program", "pair__form", "person").filter(pk=item_key).first()
            # None: the person's file was joined to one for which the batch has a paper.
            if item is None or item.paper_id or item.refusal:
                return
            item.paper = _letter_of(batch, kind, item, values).paper
            item.save(update_fields=["paper"])
    except ValidationError as error:
        BatchItem.objects.filter(pk=item_key, paper=None).update(refusal=" ".join(error.messages)[:300])


def _letter_of(batch, kind, item, values):
    pair = item.pair
    if kind.key == ADDENDUM and addendum_of(pair):
        raise ValidationError(_("The pair has an addendum already."))
    subject = Subject(batch.organization, program=batch.program, pair=pair, person=item.person, outside=item.outside)
    return make_letter(kind, subject, values_for(subject, values), by=batch.made_by, is_filed_at_once=False)


def values_for(subject, values):
    """What one paper of many says: a number of its own, and the term of its pair where the form leaves it open."""
    values = values | {"number": ""}
    if pair := subject.pair:
        values["starts_on"] = values.get("starts_on") or pair.started_on or pair.planned_from
        values["ends_on"] = values.get("ends_on") or pair.planned_to
    return values


def prepare_processes(count):
    """Let the server of the processes read the portal's modules while the papers are still made."""
    if processes_for(count) > 1:
        preload()


# --- filing -----------------------------------------------------------------------------------------------------------
def file_items(batch, progress, *, meanwhile=time.sleep):
    """File all papers of the batch, by several processes at once; `meanwhile` works for so many seconds beside them.

    Raises ValidationError where some cannot be filed.
    """
    total = len(unfiled(batch))
    progress.phase(_("Files are made"), total)
    left = total
    for _round in range(ROUNDS):
        if not left:
            return
        left = _file_round(batch, progress, left, meanwhile)
    if left:
        text = ngettext("%(count)s paper cannot be printed.", "%(count)s papers cannot be printed.", left)
        raise ValidationError(text % {"count": left})


def _file_round(batch, progress, left, meanwhile):
    """Have every process file what it can once; returns how many are left."""
    count = processes_for(left)
    if count <= 1:
        for key in unfiled(batch):
            file_papers([key])
            progress.advance()
        return len(unfiled(batch))
    with FilingProcesses(unfiled(batch), count) as processes:
        while processes.are_alive():
            meanwhile(LOOK_EVERY_SECONDS)
            processes.wait(LOOK_EVERY_SECONDS)
            now_left = len(unfiled(batch))
            progress.advance(left - now_left)
            left = now_left
    now_left = len(unfiled(batch))
    progress.advance(left - now_left)
    return now_left


def unfiled(batch):
    """Keys of the batch's papers without a file, in their order."""
    papers = batch.items.filter(paper__isnull=False, paper__pdf="", paper__destroyed_on=None).order_by("place")
    return list(papers.values_list("paper", flat=True))


def go_on(batch, *, by):
    """Begin the job anew for a batch that was stopped or has failed; None where it is finished. Returns the Job."""
    require(by, "documents.make_letters", batch.organization)
    if batch.merged and batch.zipped:
        return None
    running = Job.objects.unfinished().filter(name=MAKE_JOB, arguments={"batch": batch.pk}).first()
    return running or _start(batch, batch.items.count(), by=by)


def _start(batch, count, *, by):
    title = _("Papers: %(count)s") % {"count": count}
    arguments, url = {"batch": batch.pk}, batch.get_absolute_url()
    return start_job(MAKE_JOB, title=title, organization=batch.organization, by=by, arguments=arguments, url=url)
