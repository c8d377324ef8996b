"""Corrected Word documents of filed papers: taken back, compared with the paper, given out as they came."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from documents.differences import differences
from documents.filing import words_of
from documents.models import Paper, WordCopy
from documents.printing import paper_html
from documents.word_reading import lines_of_word
from mentorship.pdf import sha256_of
from mentorship.permissions import require


@transaction.atomic
def take_word_copy(paper, content, *, by):
    """Keep the docx as the version of the filed Paper that was signed; the frozen file stays as it is.

    Raises ValidationError for what is no Word document, holds none of the paper's words, or was brought already.
    Returns the WordCopy.
    """
    require(by, "documents.bring_word_copy", paper)
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    lines = lines_of_word(content)
    if not set(lines) & set(lines_of(paper)):
        raise ValidationError(_("The document has not one line of this paper. Check that it is the right file."))
    sum_of_file = sha256_of(content)
    if paper.word_copies.filter(sha256=sum_of_file).exists():
        raise ValidationError(_("This very file is here already."))
    copy = WordCopy(paper=paper, sha256=sum_of_file, text="\n".join(lines), brought_by=by)
    copy.file.save(f"paper-{paper.pk}.docx", ContentFile(content), save=False)
    copy.save()
    return copy


def changes_of(copy):
    """What the signed Word document says otherwise than the paper."""
    return differences(lines_of(copy.paper), copy.text.splitlines())


def lines_of(paper):
    """The lines of a filed paper as its Word document has them."""
    return words_of(paper_html(paper.kind, paper.content)).splitlines()
