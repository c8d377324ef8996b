"""The file to print and the zip of a batch, written paper by paper while the papers are still filed.

One paper at a time is in memory, however many there are.
"""

import tempfile
import time
import zipfile
from contextlib import ExitStack
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.integrity import DamagedFileError, read_frozen
from documents.models import Paper
from documents.paper_kinds import paper_kind
from documents.pdf_joining import PdfJoiner

AT_ONCE = 50  # papers that are read from the database together


class JoinedFiles:
    """`with JoinedFiles(batch) as joined:` `add_filed` as often as there is time, `finish` when all are filed."""

    def __init__(self, batch):
        self.batch = batch
        self._items = batch.items.filter(paper__isnull=False, paper__destroyed_on=None).order_by("place")
        self._count = self._items.count()
        self._added, self._last_place = 0, 0

    def __enter__(self):
        with ExitStack() as stack:
            self._merged, self._zipped = (stack.enter_context(tempfile.TemporaryFile()) for _file in range(2))
            self._pages = PdfJoiner(self._merged, title=_title_of(self.batch))
            self._archive = stack.enter_context(zipfile.ZipFile(self._zipped, "w", zipfile.ZIP_STORED))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self._stack.close()

    def add_filed(self, seconds):
        """Add the papers that are filed, in their order and up to the first that is not, for so long at most."""
        end = time.monotonic() + seconds
        for _paper in self._add_next():
            if time.monotonic() > end:
                return

    def finish(self, progress):
        """Add the rest and keep both files; what was joined before stays. Raises ValidationError for a damaged one."""
        if not self._count or (self.batch.merged and self.batch.zipped):
            return
        progress.phase(_("One file is made of all"), self._count - self._added)
        for _paper in self._add_next():
            progress.advance()
        self._pages.finish()
        self._archive.close()
        batch, files = self.batch, ((self._merged, "merged", "papers.pdf"), (self._zipped, "zipped", "papers.zip"))
        for file, field, name in files:
            file.seek(0)
            getattr(batch, field).save(f"{batch.pk}-{name}", File(file), save=False)
        batch.save(update_fields=["merged", "zipped"])

    def _add_next(self):
        while rows := self._next_filed():
            papers = Paper.objects.defer("content", "text").in_bulk([key for _place, key, _file in rows])
            for place, key, _file in rows:
                self._add(papers[key], place)
                yield key

    def _next_filed(self):
        rows = self._items.filter(place__gt=self._last_place).values_list("place", "paper", "paper__pdf")
        return list(takewhile(lambda row: row[2], rows[:AT_ONCE]))

    def _add(self, paper, place):
        try:
            content = read_frozen(paper)
        except DamagedFileError as error:
            raise ValidationError(_("The file of “%(paper)s” is damaged."), params={"paper": paper}) from error
        self._pages.add(content, bookmark=paper.title)
        self._archive.writestr(f"{place:0{len(str(self._count))}} {_clean(paper.title)}.pdf", content)
        self._added, self._last_place = self._added + 1, place


def _title_of(batch):
    """The title of the joined file; papers are Russian whatever the language of the pages is."""
    return f"{capfirst(paper_kind(batch.kind).public_name)}: {batch.organization.short_name}"


def _clean(title):
    """A title as the name of a file: no signs that a system forbids, not too long for the zip's readers."""
    return "".join("-" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in title)[:100].strip()
