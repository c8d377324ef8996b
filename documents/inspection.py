"""The inspection folder: chosen papers as one PDF with contents and bookmarks, and a zip with their files and hashes.

Made by the worker. A paper whose file is missing or was changed stands in the contents and in the manifest with what is
wrong with it: a folder never hides a gap.
"""

import csv
import io
import re
import tempfile
import zipfile
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pypdf import PdfReader

from documents.integrity import DamagedFileError, read_frozen
from documents.models import InspectionFolder, Paper
from documents.pdf_joining import PdfJoiner
from mentorship.jobs import Outcome, start_job
from mentorship.pdf import PAPER_LANGUAGE, render_pdf, sha256_of
from mentorship.permissions import require

FOLDER_JOB = "documents.make_folder"
MOST_PAPERS = 1000
KEPT_DAYS = 14
MISSING, DAMAGED, DESTROYED = "файл ещё не создан", "файл повреждён или утрачен", "документ уничтожен по акту"
FINE = "файл соответствует сохранённому"
MANIFEST, HOW_TO_CHECK = "Опись.csv", "Как проверить.txt"
HEADER = ["Файл", "Документ", "Номер", "Дата", "Заголовок", "SHA-256", "Код проверки", "Состояние"]
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
LONGEST_NAME, LONGEST_BOOKMARK = 80, 200
TITLE = "Папка документов"
AT_ONCE = 50  # papers that are read from the database together


def start_folder(organization, papers, *, by):
    """Begin to make a folder of the Papers of the queryset, in the order of their dates. Returns the InspectionFolder.

    Raises ValidationError where there are none, or too many for one file.
    """
    require(by, "documents.view_papers", organization)
    keys = list(papers.order_by("dated_on", "pk").values_list("pk", flat=True)[: MOST_PAPERS + 1])
    if not keys:
        raise ValidationError(_("No paper was chosen: there is nothing to put into the folder."))
    if len(keys) > MOST_PAPERS:
        raise ValidationError(_("More than a thousand papers are too many for one folder: choose a year or a kind."))
    with transaction.atomic():
        folder = InspectionFolder.objects.create(organization=organization, paper_keys=keys, made_by=by)
        folder.job = start_job(
            FOLDER_JOB,
            title=_("Inspection folder"),
            organization=organization,
            by=by,
            arguments={"folder": folder.pk},
            url=folder.get_absolute_url(),
        )
        folder.save(update_fields=["job"])
    return folder


def make_folder(progress, folder):
    """The work of the job: both files of the InspectionFolder with the key `folder`; done twice, it is done once."""
    folder = InspectionFolder.objects.filter(pk=folder).first()
    if folder is None or folder.pdf:
        return Outcome("", folder.get_absolute_url()) if folder else None
    known = set(Paper.objects.filter(organization=folder.organization_id).values_list("pk", flat=True))
    keys = [key for key in folder.paper_keys if key in known]
    progress.phase(_("Papers are put together"), len(keys))
    # On the disk: a thousand papers with their scans are more than a worker's memory should hold.
    with tempfile.TemporaryFile() as pdf, tempfile.TemporaryFile() as archive:
        gathered = _Gathered(folder, pdf, archive)
        for paper in _one_by_one(keys):
            gathered.add(paper)
            progress.advance()
        progress.phase(_("The table of contents is made"))
        gathered.finish_pdf()
        progress.phase(_("The files are written"))
        gathered.finish_zip()
        if not _keep(folder, pdf, archive, gathered.faults):
            return None
    count = len(keys)
    said = ngettext("%s paper was put into the folder.", "%s papers were put into the folder.", count) % count
    if gathered.faults:
        wrong = len(gathered.faults)
        said += " " + ngettext("%s has no whole file.", "%s have no whole file.", wrong) % wrong
    return Outcome(said, folder.get_absolute_url())


def _one_by_one(keys):
    """The Papers of the keys in their order; those of a part are read together."""
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        papers = Paper.objects.defer("content", "text", "search_text").prefetch_related("signed_copies").in_bulk(part)
        yield from (papers[key] for key in part)


@transaction.atomic
def _keep(folder, pdf, archive, faults):
    """Keep both files unless another worker has made them; whether that was done."""
    if not InspectionFolder.objects.select_for_update().filter(pk=folder.pk, pdf="").exists():
        return False
    for file, field, suffix in ((pdf, folder.pdf, "pdf"), (archive, folder.archive, "zip")):
        file.seek(0)
        field.save(f"folder-{folder.pk}.{suffix}", File(file), save=False)
    folder.faults = faults
    folder.save(update_fields=["pdf", "archive", "faults"])
    return True


def give_up_folder(folder):
    """A folder whose job was stopped is none."""
    InspectionFolder.objects.filter(pk=folder, pdf="").delete()


def remove_old_folders(now):
    """Folders hold copies with names: two weeks after they were made they go. Returns how many."""
    old = InspectionFolder.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS))
    count = 0
    for folder in old:
        for file in filter(None, (folder.pdf, folder.archive)):
            file.storage.delete(file.name)
        folder.delete()
        count += 1
    return count


class _Gathered:
    """What was gathered so far: the pages, the lines of the contents and of the manifest, the zip."""

    def __init__(self, folder, pdf, archive):
        self.folder = folder
        self.lines = []
        self.manifest = []
        self.faults = []
        self._pages = PdfJoiner(pdf, title=f"{TITLE}: {folder.organization.short_name}")
        self._zip = zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED)

    def add(self, paper):
        place = len(self.lines) + 1
        first, name, state = self._pages.page_count, "", FINE
        with translation.override(PAPER_LANGUAGE):
            words = paper.in_words
        try:
            content, state = self._content_of(paper)
        except DamagedFileError:
            content, state = None, DAMAGED
        if content is not None:
            self._pages.add(content, bookmark=f"{words}. {paper.title}"[:LONGEST_BOOKMARK])
            name = f"{place:04} {_file_name(words)}.pdf"
            self._zip.writestr(name, content)
        else:
            self.faults.append([words, state])
        line = {"number": paper.number, "day": paper.dated_on, "kind": words, "title": paper.title}
        self.lines.append({**line, "first": first if content is not None else None, "state": state})
        self._list(name, paper, words, paper.pdf_sha256, state)
        for copy_place, copy in enumerate(paper.signed_copies.all(), 1):
            self._add_copy(copy, paper, f"{place:04}-{copy_place} {_file_name(words)}, с подписями.pdf", words)

    def _content_of(self, paper):
        if paper.destroyed_on:
            return None, DESTROYED
        return (read_frozen(paper), FINE) if paper.pdf else (None, MISSING)

    def _add_copy(self, copy, paper, name, words):
        label, state = f"{words}, скан с подписями", FINE
        try:
            with copy.file.open("rb") as file:
                content = file.read()
        except OSError:
            content = b""
        if sha256_of(content) == copy.sha256:
            self._zip.writestr(name, content)
        else:
            name, state = "", DAMAGED
            self.faults.append([label, state])
        self._list(name, paper, label, copy.sha256, state)

    def _list(self, name, paper, words, sha256, state):
        day = f"{paper.dated_on:%d.%m.%Y}"
        row = [name, words, paper.number, day, paper.title, sha256, paper.code, state]
        self.manifest.append([_as_text(cell) for cell in row])

    def finish_pdf(self):
        """The contents before the papers; bookmarks lead to each."""
        sheets, count = b"", 0
        # The contents name pages that come after them: they are laid out until their own number no longer changes.
        for _round in range(3):
            sheets = self._contents(count)
            was, count = count, len(PdfReader(io.BytesIO(sheets)).pages)
            if was == count:
                break
        self._pages.add(sheets, bookmark="Содержание", is_first=True)
        self._pages.finish()

    def _contents(self, count):
        lines = [{**line, "page": None if line["first"] is None else line["first"] + count + 1} for line in self.lines]
        context = {"folder": self.folder, "organization": self.folder.organization.full_name, "lines": lines}
        return render_pdf("documents/pdf/folder_contents.html", context)

    def finish_zip(self):
        """The files with the manifest (UTF-8 with the mark by which Excel knows it) and how to check them."""
        listed = io.StringIO()
        writer = csv.writer(listed, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(self.manifest)
        self._zip.writestr(MANIFEST, "\ufeff" + listed.getvalue())
        self._zip.writestr(HOW_TO_CHECK, "\ufeff" + _how_to_check(self.folder))
        self._zip.close()


def _file_name(words):
    return " ".join(_NOT_IN_NAMES.sub("-", words).split())[:LONGEST_NAME].rstrip(" .")


def _as_text(cell):
    """A cell that Excel does not take for a formula."""
    return f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell


def _how_to_check(folder):
    return (
        f"Папка документов: {folder.organization.full_name}.\r\n"
        f"Собрана порталом {timezone.localtime(folder.made_at):%d.%m.%Y в %H:%M}.\r\n\r\n"
        f"В файле «{MANIFEST}» для каждого документа указаны имя файла и его контрольная сумма SHA-256,\r\n"
        "сохранённая порталом, когда документ был создан.\r\n\r\n"
        "Чтобы проверить файл в Windows, откройте командную строку в этой папке и выполните:\r\n"
        '    certutil -hashfile "имя файла" SHA256\r\n'
        "В Linux и macOS:\r\n"
        '    shasum -a 256 "имя файла"\r\n'
        "Если сумма совпала с указанной в описи, в файле не изменено ни одного байта.\r\n\r\n"
        "Другой способ: откройте страницу проверки по коду с первого листа документа\r\n"
        "и сравните с ней файл.\r\n"
    )
