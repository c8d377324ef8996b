"""Pages of filed papers as pictures, for the screen."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from documents.integrity import DamagedFileError, read_frozen
from documents.models import Paper
from documents.pdf_pages import page_picture, words_of_pages
from mentorship.permissions import get_visible


@cache_control(private=True, max_age=86_400, immutable=True)
def paper_page(request, pk, number):
    """A page of a filed paper; it never changes, so the browser may keep it."""
    paper = get_visible(Paper, request.user, pk=pk)
    if not paper.pdf:
        raise Http404
    try:
        picture = page_picture(read_frozen(paper), number)
    except DamagedFileError as damaged:
        raise Http404 from damaged
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/jpeg")


def filed_pages(paper):
    """[(address, words)] of the pages of a filed paper; nothing where the file is not made, destroyed or damaged."""
    if not paper.pdf:
        return []
    try:
        words = words_of_pages(read_frozen(paper))
    except DamagedFileError:
        return []
    return [(reverse("documents:paper-page", args=[paper.pk, number]), each) for number, each in enumerate(words, 1)]
