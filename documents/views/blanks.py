"""The letterhead, the signature and the layout of an organization's papers, with a paper on trial beside them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.blank_pictures import keep_picture
from documents.blanks import acting_position, blank_of
from documents.models import BlankPicture, Order
from documents.paper_texts import ready_text
from documents.printing import paper_pdf
from documents.samples import sample_content, with_annex
from documents.text_forms import BlankForm
from mentorship.lists import as_download
from mentorship.permissions import workspace_organization

SAMPLE = Order.ASSIGNMENT


def blank(request):
    """Change the look of the papers; the button "preview" shows it without saving, a new picture is not shown yet."""
    organization = workspace_organization(request, "documents.manage_texts")
    is_sent = request.method == "POST"
    form = BlankForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, instance=blank_of(organization)
    )
    if is_sent and form.is_valid() and "preview" not in request.POST:
        settings = form.save(commit=False)
        if content := form.cleaned_data["upload"]:
            settings.picture = keep_picture(organization, content)
        settings.save()
        messages.success(request, _("The look of the papers is kept; papers that are filed already keep theirs."))
        return redirect("documents:blank")
    context = {
        "form": form,
        "organization": organization,
        "may_make_letters": request.user.has_perm("documents.make_letters", organization),
        **_trial(organization, form),
    }
    return render(request, "documents/blank.html", context, status=422 if form.errors else 200)


@require_POST
def blank_preview(request):
    """The sample with the settings as they stand in the form."""
    organization = workspace_organization(request, "documents.manage_texts")
    form = BlankForm(request.POST, request.FILES, instance=blank_of(organization))
    form.is_valid()
    return render(request, "documents/_blank_preview.html", _trial(organization, form))


def blank_sample(request):
    """The sample as it prints, by the settings that are kept."""
    organization = workspace_organization(request, "documents.view_papers")
    content = with_annex(sample_content(organization, SAMPLE, ready_text(SAMPLE)), organization)
    file = paper_pdf(SAMPLE, content)
    return as_download(HttpResponse(file, content_type="application/pdf"), _("Sample") + ".pdf", inline=True)


def blank_picture(request, sha256):
    """A picture of the letterhead for the sheets on the screen."""
    picture = BlankPicture.objects.visible_to(request.user).filter(sha256=sha256).first()
    if picture is None:
        raise Http404
    response = HttpResponse(bytes(picture.content), content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _trial(organization, form):
    """The sample paper by the settings on trial, those that are kept where the form has faults."""
    settings = blank_of(organization) if form.errors else form.instance
    content = with_annex(sample_content(organization, SAMPLE, ready_text(SAMPLE), blank=settings), organization)
    return {"content": content, "acting": acting_position(organization, settings), "form_has_faults": bool(form.errors)}
