"""The electronic signature: the certificate of the organization, the signing of a filed paper, the signed file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.electronic_signatures import keep_certificate, remove_certificate, sign_paper, state_of_signature
from documents.forms import add_broken_rule
from documents.integrity import DamagedFileError, read_file
from documents.models import ElectronicSignature, Paper, SigningCertificate
from documents.paper_file_forms import CertificateForm, SignForm
from documents.views.files import damaged, pdf_response
from mentorship.limits import is_too_often, too_many
from mentorship.permissions import get_visible, require, workspace_organization

LIMIT, WINDOW = 10, 600  # of passwords that may be tried


def certificate(request):
    """The certificate of the organization: uploaded, replaced, removed by the head."""
    organization = workspace_organization(request, "documents.sign_papers")
    is_sent = request.method == "POST"
    if is_sent and is_too_often("signing", request.user.pk, limit=LIMIT, seconds=WINDOW):
        return too_many(request)
    form = CertificateForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            keep_certificate(
                organization, form.cleaned_data["file"].read(), form.cleaned_data["password"], by=request.user
            )
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The certificate is kept: papers can be signed by it."))
            return redirect("documents:certificate")
    kept = SigningCertificate.objects.filter(organization=organization).first()
    context = {"form": form, "certificate": kept, "today": request.workspace.today}
    return render(request, "documents/certificate.html", context, status=422 if form.errors else 200)


@require_POST
def certificate_remove(request):
    """The key is deleted from the portal."""
    organization = workspace_organization(request, "documents.sign_papers")
    for kept in SigningCertificate.objects.filter(organization=organization):
        remove_certificate(kept, by=request.user)
        messages.success(request, _("The certificate is deleted. What was signed by it stays signed."))
    return redirect("documents:certificate")


def paper_sign(request, pk):
    """A filed paper is signed here by the head; whoever sees the paper reads what the signature says."""
    paper = get_visible(Paper.objects.select_related("organization"), request.user, pk=pk)
    signature = ElectronicSignature.objects.filter(paper=paper).select_related("signed_by").first()
    if signature:
        return _signed(request, paper, signature)
    require(request.user, "documents.sign_papers", paper.organization)
    is_sent = request.method == "POST"
    if is_sent and is_too_often("signing", request.user.pk, limit=LIMIT, seconds=WINDOW):
        return too_many(request)
    kept = SigningCertificate.objects.filter(organization=paper.organization).first()
    form = SignForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            sign_paper(paper, form.cleaned_data["password"], by=request.user)
        except ValidationError as error:
            add_broken_rule(form, error)
        else:
            messages.success(request, _("The paper is signed. Give out the signed file: anybody can check it."))
            return redirect("documents:paper-sign", pk=paper.pk)
    context = {"paper": paper, "form": form, "certificate": kept}
    return render(request, "documents/paper_sign.html", context, status=422 if form.errors else 200)


def _signed(request, paper, signature):
    try:
        state = state_of_signature(read_file(signature.file, signature.sha256))
    except DamagedFileError:
        return damaged(request, paper)
    context = {"paper": paper, "signature": signature, "state": state}
    return render(request, "documents/paper_signed.html", context)


def paper_signed_file(request, pk):
    """The signed file as it was signed."""
    paper = get_visible(Paper.objects.select_related("organization"), request.user, pk=pk)
    signature = ElectronicSignature.objects.filter(paper=paper).first()
    if signature is None:
        raise Http404
    try:
        content = read_file(signature.file, signature.sha256)
    except DamagedFileError:
        return damaged(request, paper)
    name = _("%s, signed electronically") % paper.in_words.replace("/", "-")
    return pdf_response(content, name, inline="inline" in request.GET)
