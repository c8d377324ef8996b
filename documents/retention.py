"""How long papers are kept, and their destruction when the term is over: by an act of the head, never otherwise.

The terms are those of the list of Росархив (order No. 236 of 20.12.2019, domain.md §7.5): orders on the main activity
are kept permanently, agreements 5 years after they end; an organization whose archivist says otherwise writes its own.
A term begins on 1 January of the year after the one in which the paper was done with, so «5 years» of a paper of 2026
means: till the end of 2031.
"""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.contents import signature_content
from documents.filing import file_paper, new_paper
from documents.models import ElectronicSignature, Paper, RetentionTerm, SignedCopy, TrayItem
from documents.order_kinds import KINDS as ORDER_KINDS
from documents.paper_kinds import DESTRUCTION_ACT, KINDS
from documents.wording import paper_date, short_date
from mentorship.permissions import require
from participants.history import hide_values

PERMANENTLY = None
USUAL_YEARS = 5
MOST_AT_ONCE = 1000


def usual_years(kind):
    """The term of a kind where the organization has none of its own: years, or PERMANENTLY."""
    return PERMANENTLY if kind in ORDER_KINDS or kind == DESTRUCTION_ACT else USUAL_YEARS


def terms_of(organization):
    """{kind: years or PERMANENTLY} for every kind of paper in the organization."""
    own = dict(RetentionTerm.objects.filter(organization=organization).values_list("kind", "years"))
    return {kind: own.get(kind, usual_years(kind)) for kind in KINDS}


@transaction.atomic
def save_terms(organization, terms, *, by):
    """Keep the organization's own terms, {kind: years or PERMANENTLY}. Acts of destruction stay permanent."""
    require(by, "documents.manage_terms", organization)
    for kind, years in terms.items():
        if kind not in KINDS or kind == DESTRUCTION_ACT:
            continue
        of_kind = {"organization": organization, "kind": kind}
        row = RetentionTerm.objects.filter(**of_kind).first()
        if years == (row.years if row else usual_years(kind)):
            continue
        row = row or RetentionTerm(**of_kind)
        row.years = years
        row.full_clean()
        row.save()


# --- until when -------------------------------------------------------------------------------------------------------
def counted_from():
    """The day from which the term of a Paper is counted, as a value of a query: when it ended, else its own day."""
    return Coalesce("ended_on", "agreement__pair__ended_on", "agreement__pair__planned_to", "dated_on")


def kept_till_year(paper, terms):
    """The last year of the term, or None for what is kept permanently; `paper` has `counted_from`."""
    years = terms[paper.kind]
    return None if years is PERMANENTLY else max(paper.counted_from, paper.dated_on).year + years


def with_term_over(papers, terms, *, today):
    """The Papers of the queryset (with `counted_from`) that may be destroyed: the whole last year is over."""
    is_over = Q(pk__in=[])
    for kind, years in terms.items():
        if years is not PERMANENTLY:
            before = date(today.year - years, 1, 1)
            is_over |= Q(kind=kind, counted_from__lt=before, dated_on__lt=before)
    return papers.filter(is_over, destroyed_on=None).exclude(pdf="")


# --- destruction ------------------------------------------------------------------------------------------------------
@transaction.atomic
def destroy_papers(organization, papers, *, number, dated_on, reason, by):
    """Destroy papers whose term is over by an act of the head; returns the act, itself a filed Paper.

    Of each paper are left its kind, number, date, code and SHA-256; its file, content, words, people and signed copies
    go. Raises PermissionDenied to anybody but the head, ValidationError where there is nothing to destroy, or the term
    of one is not over, or somebody has destroyed it meanwhile.
    """
    require(by, "documents.destroy_papers", organization)
    today = timezone.localdate()
    if dated_on > today:
        raise ValidationError(_("The act is dated later than today."))
    chosen = list(
        Paper.objects.filter(organization=organization, pk__in=[paper.pk for paper in papers])
        .select_for_update(of=("self",))
        .order_by("dated_on", "pk")
    )
    terms = terms_of(organization)
    rows = Paper.objects.filter(pk__in=[paper.pk for paper in chosen]).annotate(counted_from=counted_from())
    over = set(with_term_over(rows, terms, today=dated_on).values_list("pk", flat=True))
    if not chosen:
        raise ValidationError(_("No paper was chosen: nothing was destroyed."))
    if len(chosen) > MOST_AT_ONCE:
        raise ValidationError(_("More than a thousand papers are too many for one act: destroy them in parts."))
    for paper in chosen:
        if paper.pk not in over:
            raise ValidationError(
                _("%(paper)s: the storage term is not over, or the paper was destroyed already."),
                params={"paper": paper.in_words},
            )
    copies = dict(
        SignedCopy.objects.filter(paper__in=chosen).order_by().values_list("paper").annotate(count=Count("pk"))
    )
    content = _act_content(organization, chosen, terms, copies, number=number, dated_on=dated_on, reason=reason, by=by)
    act = new_paper(
        organization,
        DESTRUCTION_ACT,
        title=KINDS[DESTRUCTION_ACT].public_name.capitalize(),
        number=number,
        dated_on=dated_on,
        content=content,
        by=by,
    )
    for paper in chosen:
        _empty(paper, act)
    # The act is there before what it names goes: a disk that is full keeps everything as it was.
    file_paper(act)
    return act


def _act_content(organization, papers, terms, copies, *, number, dated_on, reason, by):
    """What the act prints; of the papers nothing that names a person."""
    return {
        "organization": organization.full_name,
        "place": organization.place,
        "number": number,
        "date": paper_date(dated_on, organization),
        "reason": reason,
        "rows": [
            {
                "kind": KINDS[paper.kind].public_name,
                "number": paper.number,
                "date": short_date(paper.dated_on),
                "years": terms[paper.kind],
                "copies": copies.get(paper.pk, 0),
                "sha256": paper.pdf_sha256,
            }
            for paper in papers
        ],
        "signature": signature_content(organization, by, dated_on),
    }


def _empty(paper, act):
    """Leave of the paper what the act names; its files go once the act is kept for good."""
    kept = [paper.signed_copies, paper.word_copies, ElectronicSignature.objects.filter(paper=paper)]
    files = [paper.pdf, *(each.file for rows in kept for each in rows.all())]
    TrayItem.objects.filter(code=paper.code).delete()
    for rows in kept:
        rows.all().delete()
    paper.people.clear()
    paper.title = KINDS[paper.kind].public_name.capitalize()
    paper.content, paper.text, paper.search_text, paper.pdf = {}, "", "", ""
    paper.destroyed_on, paper.destroyed_by = act.dated_on, act
    paper.save()
    # The history keeps that there were steps, not whom the paper named.
    hide_values(Q(content_type=ContentType.objects.get_for_model(Paper), object_id=paper.pk), paper.title)
    for file in files:
        _delete_on_commit(file.storage, file.name)


def _delete_on_commit(storage, name):
    transaction.on_commit(lambda: storage.delete(name))
