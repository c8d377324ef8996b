"""Orders and agreements as PDF files: drafts made when asked for, approved papers made once and kept.

An approved paper is printed from its snapshot alone. Filing is safe to run twice and by two workers at once: whoever
stores the file first wins, the other one's is thrown away.
"""

import io
import logging
import zipfile

from django.core.files.base import ContentFile
from django.db.models import Q

from documents.contents import agreement_content, order_content, paper_text
from documents.models import Agreement, Order, PaperText
from mentorship.pdf import PaperError, render_pdf, sha256_of

logger = logging.getLogger(__name__)


def order_pdf(content):
    """The order as it is filed: text, signature line, annex with the pairs, familiarization list."""
    return render_pdf("documents/pdf/order.html", {"content": content})


def agreement_pdf(content):
    """Both copies of the agreement, for one print job."""
    copies = range(1, Agreement.COPIES + 1)
    return render_pdf("documents/pdf/agreement.html", {"content": content, "copies": copies})


def draft_order_pdf(order):
    """The order as it would be printed now."""
    return order_pdf(order_content(order, order.pairs.for_register()))


def draft_agreement_pdf(order, member):
    """The agreement that the approval of the order will make for the PairMentee."""
    text = paper_text(order.organization, PaperText.Kind.AGREEMENT)
    return agreement_pdf(agreement_content(member.pair, member.person, order=order, text=text))


def file_order_papers(order):
    """Make and keep the files of an approved order that are not there yet."""
    if not order.pdf:
        _keep(order, f"order-{order.pk}.pdf", order_pdf(order.snapshot))
    for agreement in order.agreements.filter(pdf=""):
        _keep(agreement, f"agreement-{agreement.pk}.pdf", agreement_pdf(agreement.snapshot))


def file_waiting_papers():
    """File what a lost task left behind. Returns the number of orders that were taken up."""
    approved = Order.objects.filter(status=Order.Status.APPROVED)
    without_file = Q(pdf="") | Q(pk__in=Agreement.objects.filter(pdf="").values("order"))
    orders = list(approved.filter(without_file).order_by("pk"))
    for order in orders:
        try:
            file_order_papers(order)
        except (PaperError, OSError):
            logger.exception("The papers of order %s were not filed; they are tried again later.", order.pk)
    return len(orders)


def agreements_zip(files):
    """A zip of (name, content) pairs; names may repeat and be Russian."""
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w", zipfile.ZIP_STORED) as archive:
        for place, (name, content) in enumerate(files, 1):
            archive.writestr(f"{place:02} {name}.pdf", content)
    return archive_bytes.getvalue()


def _keep(paper, name, content):
    """Store the file, unless another worker has: the row is claimed by one update."""
    model = type(paper)
    paper.pdf.save(name, ContentFile(content), save=False)
    won = model.objects.filter(pk=paper.pk, pdf="").update(pdf=paper.pdf.name, pdf_sha256=sha256_of(content))
    if not won:
        paper.pdf.storage.delete(paper.pdf.name)
        paper.refresh_from_db(fields=["pdf", "pdf_sha256"])
