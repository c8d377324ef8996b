"""Papers as Word documents, and corrected ones that come back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.integrity import DamagedFileError, read_file
from documents.models import Order, Paper, WordCopy
from documents.paper_file_forms import WordCopyForm
from documents.printing import draft_order_html, paper_html
from documents.views.files import damaged, order_name
from documents.word import WORD_TYPE, word_document
from documents.word_copies import changes_of, take_word_copy
from mentorship.lists import as_download
from mentorship.permissions import get_visible


def order_word(request, pk):
    """An order as a Word document: a draft as it would be printed now, an approved one as it was approved."""
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if order.is_approved and order.paper.destroyed_on:
        return render(request, "documents/file_destroyed.html", {"paper": order.paper}, status=410)
    html = paper_html(order.kind, order.snapshot) if order.is_approved else draft_order_html(order)
    return _word(html, order_name(order) if order.is_approved else _("Draft order"))


def paper_word(request, pk):
    """A filed paper as a Word document; of a destroyed one there are no words left."""
    paper = get_visible(Paper.objects.all(), request.user, pk=pk)
    if paper.destroyed_on:
        return render(request, "documents/file_destroyed.html", {"paper": paper}, status=410)
    return _word(paper_html(paper.kind, paper.content), paper.title)


def word_return(request, pk):
    """Where a corrected Word document is put back as the version that was signed."""
    paper = get_visible(Paper.objects.select_related("organization"), request.user, pk=pk)
    is_sent = request.method == "POST"
    form = WordCopyForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            copy = take_word_copy(paper, form.cleaned_data["file"].read(), by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The signed document is kept. Look at what it says otherwise than the paper."))
            return redirect(copy)
    context = {"paper": paper, "form": form, "copies": paper.word_copies.select_related("brought_by")}
    context["may_bring"] = request.user.has_perm("documents.bring_word_copy", paper)
    return render(request, "documents/word_return.html", context, status=422 if form.errors else 200)


def word_copy(request, pk):
    """A signed Word document: what it says otherwise than the paper."""
    copy = get_visible(WordCopy.objects.select_related("paper__organization", "brought_by"), request.user, pk=pk)
    return render(request, "documents/word_copy.html", {"copy": copy, "paper": copy.paper, "changes": changes_of(copy)})


def word_copy_file(request, pk):
    """The signed Word document as it was brought."""
    copy = get_visible(WordCopy.objects.select_related("paper"), request.user, pk=pk)
    try:
        content = read_file(copy.file, copy.sha256)
    except DamagedFileError:
        return damaged(request, copy)
    return as_download(HttpResponse(content, content_type=WORD_TYPE), f"{copy.paper.title}.docx")


def _word(html, name):
    content = word_document(html, title=name)
    return as_download(HttpResponse(content, content_type=WORD_TYPE), f"{name}.docx")
