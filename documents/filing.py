"""Filed papers: what is frozen when a paper is made, and its one file, made from that alone.

Filing is safe to run twice and by two workers at once: whoever stores the file first wins, the other one's is thrown
away.
"""

import html
import json
import logging
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.attached_pages import enclosed_files
from documents.filing_processes import FilingProcesses
from documents.marks import mark_of
from documents.models import Paper
from documents.numbering import comparable_number
from documents.printing import paper_html, pictures_for
from documents.registration import take_up_kept
from mentorship.pdf import Enclosure, PaperError, pdf_from_html, sha256_of
from participants.models.people import fold_for_search

logger = logging.getLogger(__name__)

_UNPRINTED = re.compile(r"<(head|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|div|section|h\d|li|tr|td|th|table|ul|ol|br)\b[^>]*>")
DATA_NAME = "paper.json"
FEWEST_EACH = 10  # for fewer papers a process of its own is not worth its start


def new_paper(organization, kind, *, title, dated_on, content, people=(), number="", series="", by=None):
    """Freeze the content of a paper that is made for good, within the transaction that makes it.

    `kind` is a key of documents/paper_kinds.py, `content` JSON data, `people` those whom it names, `by` the user who
    made it; with a `series` the number is unique in it and in the year of the date. Returns the saved Paper; its file
    is made by `file_paper`.
    """
    paper = Paper.objects.create(
        organization=organization,
        kind=kind,
        title=title[: Paper._meta.get_field("title").max_length],
        number=number,
        series=series,
        number_year=dated_on.year if series else None,
        number_key=comparable_number(number) if series else "",
        dated_on=dated_on,
        content=content,
        made_by=by,
    )
    if series:
        take_up_kept(paper)
    paper.people.set(people)
    keep_search_text(paper)
    return paper


def file_paper(paper):
    """Make and keep the file of a paper, unless it is there.

    Printed from the content alone, it is the same whenever it is made. It is PDF/A-3 with the content inside, and with
    the PDF files that were annexed.
    Raises PaperError and OSError where it cannot be made or stored.
    """
    if paper.pdf or paper.destroyed_on:
        return
    sheets = paper_html(paper.kind, paper.content, mark=mark_of(paper), has_pages=True)
    file = _file_of(paper, sheets)
    paper.pdf.save(f"{paper.kind}-{paper.pk}.pdf", ContentFile(file), save=False)
    stored = Paper.objects.filter(pk=paper.pk).without_file()
    if not stored.update(pdf=paper.pdf.name, pdf_sha256=sha256_of(file), text=words_of(sheets)):
        paper.pdf.storage.delete(paper.pdf.name)
    paper.refresh_from_db(fields=["pdf", "pdf_sha256", "text"])
    keep_search_text(paper)


def keep_search_text(paper):
    """Keep what the archive searches in: number, heading, people and words of the sheets, in folded letters."""
    words = [paper.number, paper.title, *(person.full_name for person in paper.people.all()), paper.text]
    Paper.objects.filter(pk=paper.pk, destroyed_on=None).update(search_text=fold_for_search(" ".join(words)))


def end_paper(paper, *, by_paper, on):
    """Say that a paper is in force no longer from the day `on`, ended by another filed Paper or by none (None).

    Its file stays as it is; the archive and the check page say what ended it. Call it within the transaction of what
    ends it. Raises ValidationError for a paper that was ended before, and for a day before its own.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.ended_on:
        raise ValidationError(_("%(paper)s is not in force already."), params={"paper": paper.in_words})
    if on < paper.dated_on or (by_paper and by_paper.pk == paper.pk):
        raise ValidationError(_("%(paper)s cannot end before its own day."), params={"paper": paper.in_words})
    paper.ended_on, paper.ended_by = on, by_paper
    paper.save(update_fields=["ended_on", "ended_by"])
    return paper


def _file_of(paper, sheets):
    enclosure = Enclosure(DATA_NAME, data_of(paper), paper.dated_on)
    files = enclosed_files(paper.content, paper.dated_on)
    return pdf_from_html(sheets, enclosure=enclosure, files=files, pictures=pictures_for(sheets, paper.content))


def file_order_papers(order):
    """Make the files of an approved order and of its agreements that are not there yet.

    Many are filed by processes of their own: a long order takes memory that the worker would keep for ever.
    """
    if not order.paper:
        return
    papers = Paper.objects.filter(Q(order=order) | Q(agreement__order=order)).without_file()
    keys = list(papers.order_by("pk").values_list("pk", flat=True))
    _file_by_processes(keys)
    # What a process that was killed has left, and what cannot be printed: here the reason comes out.
    for key in papers.order_by("pk").values_list("pk", flat=True):
        file_paper(Paper.objects.get(pk=key))


def _file_by_processes(keys):
    """File many papers by processes of their own, as far as they come; few are left to the caller."""
    if processes_for(len(keys)) > 1:
        with FilingProcesses(keys, processes_for(len(keys))) as processes:
            processes.wait_for_all()


def processes_for(count):
    """By how many processes at once so many papers are filed; 1 stands for none beside the caller's."""
    return min(settings.PAPER_PROCESSES, -(-count // FEWEST_EACH))


def file_papers(keys):
    """What a process does: file the papers whose keys it is given. A paper that cannot be printed is left out."""
    for key in keys:
        try:
            file_paper(Paper.objects.get(pk=key))
        except (PaperError, OSError):
            logger.exception("Paper %s was not filed.", key)


def file_waiting_papers():
    """File what a lost task left behind. Returns the number of papers that were taken up."""
    waiting = list(Paper.objects.without_file().order_by("pk").values_list("pk", flat=True))
    _file_by_processes(waiting)
    file_papers(waiting)  # those that are filed are left alone
    return len(waiting)


def data_of(paper):
    """The data of a paper for machines: UTF-8 JSON with what names it and everything that it prints."""
    data = {
        "kind": paper.kind,
        "organization": paper.organization.full_name,
        "number": paper.number,
        "date": paper.dated_on.isoformat(),
        "title": paper.title,
        "code": paper.code,
        "content": paper.content,
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def words_of(sheets):
    """The words of printed sheets in their order, a line for each paragraph or cell."""
    text = _TAG.sub("", _BLOCK.sub("\n", _UNPRINTED.sub("", sheets)))
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return "\n".join(line for line in lines if line)
