"""Papers as PDF: the sheets of a content, and drafts made when asked for. What is kept is made by documents/filing.py."""

import io
import zipfile

from django.template.loader import render_to_string
from django.utils import translation

from documents.attached_pages import content_with_pages, content_with_pictures, pictures_of_pages
from documents.blank_pictures import pictures_in
from documents.blanks import layout_content
from documents.contents import agreement_content, order_content
from documents.paper_kinds import AGREEMENT, paper_kind
from documents.regulations import regulation_content
from documents.text_versions import paper_text
from documents.wording import head_position_in
from mentorship.pdf import PAPER_LANGUAGE, pdf_from_html, render_pdf


def paper_html(kind, content, *, mark=None, has_pages=False):
    """The sheets of a paper as a page for the printer.

    `kind` is a key of documents/paper_kinds.py, `content` what documents/contents.py made of it, `mark` that of a filed
    paper (documents/marks.py): a draft has none. With `has_pages` the sheets name the pages of annexed files, which
    `pictures_for` gives to the printer.
    """
    kind = paper_kind(kind)
    content = content_with_pages(content) if has_pages else content_with_pictures(content)
    context = {"content": content, "copies": range(1, kind.copies + 1), "mark": mark}
    with translation.override(PAPER_LANGUAGE):
        return render_to_string(kind.template, context)


def paper_pdf(kind, content):
    """The paper without the mark and the data of a filed one; all its copies one after another."""
    html = paper_html(kind, content, has_pages=True)
    return pdf_from_html(html, pictures=pictures_for(html, content))


def pictures_for(html, content):
    """{name: bytes} of all pictures that the sheets of a paper name."""
    return {**pictures_in(html), **pictures_of_pages(content)}


def regulation_pdf(edition):
    """An edition of the regulation by itself, with the mark of the order that approved it."""
    head = head_position_in(edition.organization, "genitive")
    side = layout_content(edition.organization)["grif_side"]
    context = {"content": regulation_content(edition), "edition": edition, "head": head, "grif_side": side}
    return render_pdf("documents/pdf/regulation.html", context)


def draft_order_pdf(order):
    """The order as it would be printed now."""
    return paper_pdf(order.kind, _draft_content(order))


def draft_order_html(order):
    """The sheets of the order as they would be printed now."""
    return paper_html(order.kind, _draft_content(order))


def _draft_content(order):
    pairs, ended_pairs = order.pairs.for_register(), order.ended_pairs.for_register()
    return order_content(order, list(pairs), ended_pairs=list(ended_pairs))


def draft_agreement_pdf(order, member):
    """The agreement that the approval of the order will make for the PairMentee."""
    text = paper_text(order.organization, AGREEMENT)
    return paper_pdf(AGREEMENT, agreement_content(member.pair, member.person, order=order, text=text))


def papers_zip(files):
    """A zip of (name, content) pairs; names may repeat and be Russian."""
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w", zipfile.ZIP_STORED) as archive:
        for place, (name, content) in enumerate(files, 1):
            archive.writestr(f"{place:02} {name}.pdf", content)
    return archive_bytes.getvalue()
