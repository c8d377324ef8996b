"""Piles of signed papers: bringing one, what came of it, the tray of what no code names."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.archive import by_own_number, matching
from documents.archive_forms import ConsentDayForm, PileForm
from documents.models import Paper, ScanPile, TrayItem
from documents.signed_scans import bring_pile, confirm_consent, put_to_paper, throw_away, turn
from documents.views.archive import pdf_download
from mentorship.permissions import get_visible, workspace_organization

OFFERED = 10
SHOWN = 50
LONGEST_TEXT = 200
TURNS = {"left": 270, "right": 90, "over": 180}


def scans(request):
    """Where a pile is brought; the last piles, and how much lies in the tray."""
    organization = workspace_organization(request, "documents.keep_scans")
    is_sent = request.method == "POST"
    form = PileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            pile = bring_pile(organization, form.cleaned_data["files"], by=request.user)
        except ValidationError as error:
            form.add_error("files", error)
        else:
            return redirect(pile.job)
    piles = ScanPile.objects.visible_to(request.user).filter(organization=organization).select_related("made_by", "job")
    context = {"form": form, "piles": piles[:SHOWN], "tray_count": _tray(request, organization).count()}
    return render(request, "documents/scans.html", context, status=422 if form.errors else 200)


def pile(request, pk):
    """What came of a pile: the papers that were found, what is left in the tray."""
    found = get_visible(ScanPile.objects.select_related("job", "made_by"), request.user, pk=pk)
    if found.read_at is None and found.job and not found.job.is_over:
        return redirect(found.job)
    copies = found.signed_copies.select_related("paper").order_by("paper__dated_on", "paper")
    return render(request, "documents/pile.html", {"pile": found, "copies": copies, "tray": found.tray.all()})


def tray(request):
    """All sheets that wait for somebody to say what they are."""
    organization = workspace_organization(request, "documents.keep_scans")
    items = _tray(request, organization).select_related("pile", "consent__person", "consent__text")
    return render(request, "documents/tray.html", {"items": items[:SHOWN], "count": items.count()})


def tray_item(request, pk):
    """One lot of sheets: the picture, the search for its paper, turning, throwing away; a consent's day."""
    item = _item(request, pk)
    form = None
    if item.consent:
        form = ConsentDayForm(request.POST if request.method == "POST" else None, printed=item.consent)
    if form and form.is_bound and form.is_valid():
        try:
            consent = confirm_consent(item, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The consent is entered, its scan is filed."))
            return _next(request, consent)
    text = request.GET.get("q", "").strip()
    papers = Paper.objects.visible_to(request.user).filter(organization=item.organization, destroyed_on=None)
    found = by_own_number(matching(papers, text), text) if text else papers.none()
    found = found.defer("content", "text", "search_text")[:OFFERED]
    context = {"item": item, "form": form, "q": text, "found": found}
    return render(request, "documents/tray_item.html", context, status=422 if form and form.errors else 200)


@require_POST
def tray_put(request, pk, paper_pk):
    """The sheets are the signed copy of this paper."""
    item = _item(request, pk)
    paper = get_visible(Paper, request.user, pk=paper_pk)
    try:
        put_to_paper(item, paper, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("documents:tray")
    messages.success(request, _("Filed with: %(paper)s.") % {"paper": paper.in_words})
    return _next(request, paper, text=request.POST.get("q", ""))


@require_POST
def tray_turn(request, pk, way):
    try:
        turn(_item(request, pk), degrees=TURNS[way], by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("documents:tray-item", pk=pk)


@require_POST
def tray_throw(request, pk):
    try:
        throw_away(_item(request, pk), by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The sheets are thrown away."))
    return redirect("documents:tray")


def tray_picture(request, pk):
    """The first sheet as a picture."""
    item = _item(request, pk)
    try:
        file = item.picture.open("rb")
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(file, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def tray_file(request, pk):
    """The sheets as a PDF."""
    item = _item(request, pk)
    return pdf_download(item.file, _("Scan, sheet %s") % item.first_sheet)


def _tray(request, organization):
    return TrayItem.objects.visible_to(request.user).filter(pile__organization=organization)


def _item(request, pk):
    items = TrayItem.objects.select_related("pile__organization", "consent__person", "consent__text")
    return get_visible(items, request.user, allowed="documents.keep_scans", pk=pk)


def _next(request, result, *, text=""):
    """The next lot in the tray, or what has just been filed where the tray is empty.

    `text` is searched there again: sheets whose code cannot be read are often several of one paper.
    """
    organization = workspace_organization(request, "documents.keep_scans")
    following = _tray(request, organization).order_by("pile", "first_sheet").first()
    if following is None:
        return redirect(result)
    query = {"q": text[:LONGEST_TEXT]} if text else None
    return redirect(reverse("documents:tray-item", args=[following.pk], query=query))
