"""The words of a Word document that people bring back."""

import io
import re
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from roadmap.blocks import Paragraph, UnreadableDocument
from roadmap.table_files import blocks_from_file

MAIN_PART = "word/document.xml"
MACROS = "word/vbaProject.bin"
_BOLD = re.compile(r"</?b>")  # with which the reader marks bold words


def lines_of_word(content):
    """Paragraphs and cells of a docx file as lines, in their order.

    Raises ValidationError with a sentence for what is no Word document, is locked, damaged, too large, or has macros.
    """
    try:
        blocks = blocks_from_file(content, "paper.docx")
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist()) if content.startswith(b"PK") else set()
    except UnreadableDocument as error:
        raise ValidationError(str(error)) from error
    if MAIN_PART not in names:
        raise ValidationError(_("This is no Word document: choose the docx file that you have corrected."))
    if MACROS in names:
        raise ValidationError(_("The document has macros. Save it as docx without them."))
    texts = []
    for block in blocks:
        texts += [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
    lines = (" ".join(_BOLD.sub("", each).split()) for text in texts for each in text.splitlines())
    return [line for line in lines if line]
