"""Who has read an order: the reader's own page, and the curator's list."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.familiarization import (
    confirm_reading,
    familiarization_pdf,
    has_account,
    lines_of,
    mark_readers,
    remind_readers,
)
from documents.forms import ReadersForm, add_broken_rule
from documents.models import Familiarization, FamiliarizationSheet, Order
from documents.views.files import give_frozen, order_name
from mentorship.lists import as_download
from mentorship.permissions import get_visible
from participants.scans import CONTENT_TYPES


# --- the reader -------------------------------------------------------------------------------------------------------
def order_read(request, pk):
    """The order as it is printed, for somebody whom it names; he confirms that he has read it."""
    line = _own_line(request, pk)
    if request.method == "POST":
        if request.POST.get("has_read") != "1":
            messages.error(request, _("Tick that you have read the order, then confirm."))
            return redirect(line)
        line = confirm_reading(line, by=request.user)
        messages.success(request, _("Thank you: it is recorded that you have read the order."))
        return redirect(line)
    context = {"line": line, "order": line.order, "content": line.order.snapshot}
    return render(request, "documents/order_read.html", context)


def order_read_file(request, pk):
    order = _own_line(request, pk).order
    return give_frozen(request, order.paper, order_name(order))


def _own_line(request, pk):
    """The reader's line in the list of an approved order; 404 for an order that does not name him."""
    line = Familiarization.objects.of_reader(request.user).filter(order=pk).first()
    if line is None or not line.order.is_approved:
        raise Http404
    return line


# --- the curator ------------------------------------------------------------------------------------------------------
def readers(request, pk):
    """Who has read the order and who has not yet; the curator records signatures on paper."""
    order = _approved(request, pk)
    may_record = request.user.has_perm("documents.record_familiarization", order)
    waiting = order.familiarizations.waiting().select_related("person")
    form = None
    if may_record:
        sent = request.POST if request.method == "POST" else None
        form = ReadersForm(sent, request.FILES or None, lines=waiting, initial={"read_on": request.workspace.today})
    if request.method == "POST":
        get_visible(Order, request.user, allowed="documents.record_familiarization", pk=pk)
        if form.is_valid():
            try:
                count = mark_readers(order, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                add_broken_rule(form, error)
            else:
                text = ngettext("Recorded for %(count)s person.", "Recorded for %(count)s people.", count)
                messages.success(request, text % {"count": count})
                return redirect("documents:readers", order.pk)
    lines = lines_of(order)
    context = {
        "order": order,
        "lines": lines,
        "waiting_count": sum(line.read_on is None for line in lines),
        "account_count": sum(line.read_on is None and has_account(line.person) for line in lines),
        "sheets": order.sheets.select_related("added_by"),
        "form": form,
        "may_record": may_record,
    }
    return render(request, "documents/readers.html", context, status=422 if form and form.errors else 200)


def readers_remind(request, pk):
    order = _approved(request, pk)
    if request.method != "POST":
        return redirect("documents:readers", order.pk)
    count = remind_readers(order, by=request.user)
    if count:
        text = ngettext("%(count)s reminder is written.", "%(count)s reminders are written.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Nobody is left to remind: each gets one reminder."))
    return redirect("documents:readers", order.pk)


def readers_print(request, pk):
    order = _approved(request, pk)
    response = HttpResponse(familiarization_pdf(order), content_type="application/pdf")
    return as_download(response, _("Familiarization, %s") % order_name(order) + ".pdf", inline=True)


def sheet_file(request, pk):
    """The scan of a signed sheet; a file of the portal's own store, never opened as a page."""
    sheet = get_visible(FamiliarizationSheet, request.user, pk=pk)
    kind = sheet.scan.name.rsplit(".", 1)[-1]
    with sheet.scan.open("rb") as file:
        response = HttpResponse(file.read(), content_type=CONTENT_TYPES[kind])
    return as_download(response, f"{sheet}.{kind}")


def _approved(request, pk):
    order = get_visible(Order.objects.for_page(), request.user, pk=pk)
    if not order.is_approved:
        raise Http404
    return order
