"""The public page that says whether a paper is genuine: no sign-in, and nothing personal on it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Paper
from documents.models.papers import code_of
from documents.paper_file_forms import CheckCodeForm, CheckFileForm
from mentorship.limits import is_too_often, too_many, visitor_of
from participants.views.applying import open_page

LIMIT, WINDOW = 60, 300


@open_page
def check(request):
    """Where the code of a paper is typed, by whoever cannot read the picture."""
    form = CheckCodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("paper-check", code=form.cleaned_data["code"])
    return render(request, "documents/check.html", {"form": form}, status=422 if form.is_bound else 200)


@open_page
@require_http_methods(["GET", "POST"])
def check_paper(request, code):
    """What is known of the paper of a code; by POST a dropped file is compared with the kept one."""
    if is_too_often("check", visitor_of(request), limit=LIMIT, seconds=WINDOW):
        return too_many(request)
    paper = Paper.objects.select_related("organization", "ended_by", "signature").filter(code=code_of(code)).first()
    if paper is None:
        return render(request, "documents/check_unknown.html", {"code": code}, status=404)
    if code != paper.code:
        return redirect("paper-check", code=paper.code)
    is_sent = request.method == "POST"
    form = CheckFileForm(request.POST if is_sent else None, request.FILES if is_sent else None, paper=paper)
    is_sent = form.is_bound and form.is_valid()
    context = {
        "paper": paper,
        "form": form,
        "is_equal": form.is_equal() if is_sent else None,
        "signed": form.signature() if is_sent else None,
        "signature": getattr(paper, "signature", None),
    }
    return render(request, "documents/check_paper.html", context, status=422 if form.is_bound and form.errors else 200)
