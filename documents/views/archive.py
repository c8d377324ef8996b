"""The archive of filed papers: the list, the page of each paper, its kept file and its signed copies."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.archive import for_archive
from documents.archive_lists import PaperFilter, PaperResource, PaperTable, state_badge, till_in_words
from documents.models import ElectronicSignature, Paper
from documents.retention import terms_of
from documents.views.files import give_frozen
from documents.views.pages import filed_pages
from mentorship.lists import BulkAct, PortalListView, as_download, ticked
from mentorship.permissions import get_visible, workspace_organization


class Archive(PortalListView):
    table_class = PaperTable
    filterset_class = PaperFilter
    template_name = "documents/archive.html"

    @property
    def export_name(self):
        return _("Archive of papers")

    def queryset_for(self, request):
        self.organization = workspace_organization(request, "documents.view_papers")
        return papers_of(request, self.organization)

    @property
    def terms(self):
        if not hasattr(self, "_terms"):
            self._terms = terms_of(self.organization)
        return self._terms

    def get_filterset_kwargs(self, filterset_class):
        return {**super().get_filterset_kwargs(filterset_class), "terms": self.terms}

    def get_table_kwargs(self):
        return {**super().get_table_kwargs(), "terms": self.terms}

    def bulk_acts(self):
        acts = [BulkAct(_("Put together for an inspection"), reverse("documents:folder-ask"), "bi-folder-plus")]
        if self.request.GET.get("term") == "over" and self.may("destroy_papers"):
            acts.append(BulkAct(_("Destroy by an act"), reverse("documents:papers-destroy"), "bi-trash"))
        return acts

    def may(self, act):
        return self.request.user.has_perm(f"documents.{act}", self.organization)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        may = {f"may_{act}": self.may(act) for act in ("keep_scans", "manage_terms")}
        return {**context, **may, "may_sign": self.may("sign_papers")}

    def export(self, papers):
        return PaperResource(terms=self.terms).export(papers).xlsx


def papers_of(request, organization):
    """The papers of the archive that the user sees in the organization."""
    return for_archive(Paper.objects.visible_to(request.user).filter(organization=organization))


def ticked_papers(request, permission):
    """(organization, ticked papers) by what the bar of the archive has sent."""
    organization = workspace_organization(request, permission)
    source = request.POST if request.method == "POST" else request.GET
    rows = papers_of(request, organization)
    return organization, ticked(source, rows, PaperFilter, request=request, terms=terms_of(organization))


def paper(request, pk):
    """All that is known of a filed paper."""
    found = get_visible(for_archive(Paper.objects.all()), request.user, pk=pk)
    people = found.people.visible_to(request.user).in_order()
    context = {
        "paper": found,
        "state": state_badge(found),
        "kept_till": till_in_words(found, terms_of(found.organization)),
        "people": people,
        "copies": found.signed_copies.select_related("kept_by"),
        "ends": found.ends.all(),
        "destroyed": found.destroyed.order_by("dated_on", "pk")[:1000],
        "order": getattr(found, "order", None),
        "signature": ElectronicSignature.objects.filter(paper=found).select_related("signed_by").first(),
        "may_sign": request.user.has_perm("documents.sign_papers", found.organization),
        "pages": filed_pages(found),
        "has_word": not found.destroyed_on and bool(found.content),
    }
    return render(request, "documents/paper.html", context)


def paper_file(request, pk):
    """The kept file; `?inline=1` opens it in the browser."""
    found = get_visible(Paper.objects.select_related("organization"), request.user, pk=pk)
    return give_frozen(request, found, _file_name(found))


def signed_copy(request, pk, copy_pk):
    """The scan of the signed paper, as a download."""
    found = get_visible(Paper, request.user, pk=pk)
    copy = get_object_or_404(found.signed_copies, pk=copy_pk)
    return pdf_download(copy.file, _("%s, signed") % _file_name(found))


def pdf_download(file, name):
    """A stored PDF as a download; Http404 for one that is not on the disk."""
    try:
        opened = file.open("rb")
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(opened, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return as_download(response, f"{name}.pdf")


def _file_name(paper):
    return paper.in_words.replace("/", "-")
