"""The inspection folder: one PDF with contents and bookmarks, a zip with a manifest; gaps are named."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.inspection import HOW_TO_CHECK, MANIFEST, give_up_folder, make_folder, remove_old_folders, start_folder
from documents.models import InspectionFolder, Paper, SignedCopy
from documents.tests.factories import make_filed_order
from mentorship.jobs import Unwatched
from mentorship.pdf import sha256_of
from participants.tests.factories import make_curator

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def order():
    return make_filed_order(pairs=1)


@pytest.fixture
def curator(order):
    return make_curator(order.organization)


def make(order, curator):
    folder = start_folder(order.organization, Paper.objects.filter(organization=order.organization), by=curator)
    make_folder(Unwatched(), folder=folder.pk)
    folder.refresh_from_db()
    return folder


def manifest_of(folder):
    with zipfile.ZipFile(folder.archive) as archive:
        text = archive.read(MANIFEST).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";")), {
            name: archive.read(name) for name in archive.namelist()
        }


def test_bookmarks_and_contents_lead_to_the_first_sheet_of_each_paper(order, curator):
    folder = make(order, curator)
    reader = PdfReader(io.BytesIO(folder.pdf.read()))

    contents, *papers = reader.outline
    places = [reader.get_destination_page_number(each) for each in papers]

    assert reader.get_destination_page_number(contents) == 0
    assert [order.paper.title in each.title for each in papers] == [True, False]
    assert places[0] == 1
    assert "ПРИКАЗЫВАЮ" in reader.pages[places[0]].extract_text()
    assert "СОГЛАШЕНИЕ" in reader.pages[places[1]].extract_text()
    for place in places:
        assert str(place + 1) in reader.pages[0].extract_text()


def test_manifest_gives_the_hash_of_every_file(order, curator):
    copy = SignedCopy(paper=order.paper, sha256=sha256_of(b"%PDF-scan"), page_count=1)
    copy.file.save("copy.pdf", ContentFile(b"%PDF-scan"))

    rows, files = manifest_of(make(order, curator))

    assert len(rows) == 3
    assert set(files) == {row["Файл"] for row in rows} | {MANIFEST, HOW_TO_CHECK}
    for row in rows:
        assert sha256_of(files[row["Файл"]]) == row["SHA-256"]


@pytest.mark.parametrize("damage", ["changed", "lost", "not made"])
def test_paper_without_a_whole_file_is_named_and_the_others_are_there(order, curator, damage):
    paper = order.agreements.get().paper
    if damage == "not made":
        Paper.objects.filter(pk=paper.pk).update(pdf="", pdf_sha256="")
    else:
        paper.pdf.storage.delete(paper.pdf.name)
        if damage == "changed":
            paper.pdf.storage.save(paper.pdf.name, ContentFile(b"%PDF-other"))

    folder = make(order, curator)

    rows, files = manifest_of(folder)
    assert len(folder.faults) == 1
    assert len(files) == 3
    assert [bool(row["Файл"]) for row in rows] == [True, False]
    assert folder.faults[0][1] == rows[1]["Состояние"]


def test_job_done_twice_makes_one_folder(order, curator):
    folder = make(order, curator)

    make_folder(Unwatched(), folder=folder.pk)

    again = InspectionFolder.objects.get()
    assert again.pdf.name == folder.pdf.name


def test_stopped_job_leaves_no_folder(order, curator):
    folder = start_folder(order.organization, Paper.objects.all(), by=curator)

    give_up_folder(folder=folder.pk)

    assert not InspectionFolder.objects.exists()


def test_folder_of_nothing_is_refused(order, curator):
    with pytest.raises(ValidationError):
        start_folder(order.organization, Paper.objects.none(), by=curator)


def test_old_folders_go_with_their_files(order, curator):
    folder = make(order, curator)

    assert remove_old_folders(timezone.now()) == 0
    assert remove_old_folders(timezone.now() + timedelta(days=15)) == 1
    assert not folder.pdf.storage.exists(folder.pdf.name)


def test_folder_of_all_that_the_filter_shows(client, order, curator, django_capture_on_commit_callbacks):
    client.force_login(curator)
    asked = {"all": "yes", "kind": "agreement"}

    page = client.get(reverse("documents:folder-ask"), asked)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("documents:folder-ask"), asked)

    folder = InspectionFolder.objects.get()
    assert page.status_code == 200
    assert response.url == folder.job.get_absolute_url()
    assert folder.paper_keys == [order.agreements.get().paper_id]
    for name in ("folder", "folder-pdf", "folder-zip"):
        assert client.get(reverse(f"documents:{name}", args=[folder.pk])).status_code == 200
    client.force_login(make_curator())
    for name in ("folder", "folder-pdf", "folder-zip"):
        assert client.get(reverse(f"documents:{name}", args=[folder.pk])).status_code == 404
