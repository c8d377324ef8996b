"""Putting annexes behind an order, in their order, while it is a draft."""

import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from pypdf import PdfReader

from documents.annex_kinds import ANNEX_KINDS, FILE, MOST_FILES, PAIRS
from documents.annexes import annexes_of, usual_papers
from documents.models import Order, OrderAnnex
from mentorship.pdf import sha256_of
from mentorship.permissions import require
from participants.scans import check_scan

MOST_PAGES = 100


@transaction.atomic
def add_annex(order, kind, *, by, title="", edition=None, roadmap=None, pairs=(), upload=None):
    """Put an annex behind the others. Raises ValidationError for a second one of its kind, or a file that is none.

    `edition` and `roadmap` are of the order's organization, the usual ones unless given; `pairs` of its programme.
    """
    order = _editable(order, by)
    rows = _kept_rows(order)
    same = [row for row in rows if row.kind == kind]
    known = ANNEX_KINDS[kind]
    if same and (not known.may_repeat or len(same) >= MOST_FILES):
        raise ValidationError({"kind": _("The order has this annex already.")})
    if kind == PAIRS and not order.kind_of_order.takes_pairs:
        raise ValidationError({"kind": _("An order of this kind puts no pairs in force.")})
    for each in (edition, roadmap):
        if each is not None and each.organization_id != order.organization_id:
            raise ValidationError({"kind": _("Annex only what belongs to the organization of the order.")})
    if any(pair.program_id != order.program_id for pair in pairs):
        raise ValidationError({"pairs": _("Annex only pairs of the programme of the order.")})
    usual_edition, usual_roadmap = usual_papers(order, kind)
    annex = OrderAnnex(
        order=order,
        kind=kind,
        place=len(rows) + 1,
        title=title.strip(),
        edition=edition or usual_edition,
        roadmap=roadmap or usual_roadmap,
    )
    if kind == FILE:
        _attach(annex, upload)
    annex.full_clean()
    annex.save()
    annex.pairs.set(pairs)
    return annex


@transaction.atomic
def remove_annex(annex, *, by):
    order = _editable(annex.order, by)
    annex.delete()
    _place(_kept_rows(order))


@transaction.atomic
def raise_annex(annex, *, by):
    """Put the annex before the one above it."""
    rows = _kept_rows(_editable(annex.order, by))
    here = next(place for place, each in enumerate(rows) if each.pk == annex.pk)
    if here:
        rows[here - 1], rows[here] = rows[here], rows[here - 1]
        _place(rows)


def _attach(annex, upload):
    if upload is None:
        raise ValidationError({"upload": _("Choose a file: a PDF, JPEG or PNG.")})
    if not annex.title:
        raise ValidationError({"title": _("Name the attached paper: its sheet is headed by this.")})
    try:
        file = check_scan(upload)
    except ValidationError as error:
        raise ValidationError({"upload": error.messages}) from error
    content = file.read()
    annex.page_count = len(PdfReader(io.BytesIO(content)).pages) if file.name.endswith(".pdf") else 1
    if annex.page_count > MOST_PAGES:
        raise ValidationError({"upload": _("An annex holds a hundred pages at most.")})
    annex.file_sha256 = sha256_of(content)
    file.seek(0)
    annex.file = file


def _kept_rows(order):
    """The annexes in their places; the list of pairs that stands there by itself becomes a row of its own."""
    rows = annexes_of(order)
    for row in rows:
        if row.pk is None:
            row.save()
    return rows


def _editable(order, by):
    require(by, "documents.draft_order", order)
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not order.is_editable:
        raise ValidationError(_("The order cannot be changed any more: it has left your hands."), code="wrong_state")
    return order


def _place(rows):
    for place, row in enumerate(rows, 1):
        if row.place != place:
            row.place = place
            row.save(update_fields=["place"])
