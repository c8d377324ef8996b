"""Word documents that were corrected before the signing and come back."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.differences import GONE, NEW
from documents.models import WordCopy
from documents.printing import paper_html
from documents.tests.factories import make_order
from documents.word import word_document
from documents.word_copies import changes_of
from participants.tests.factories import make_curator, make_organization, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.files]


@pytest.fixture
def order():
    return make_order(status="approved")


@pytest.fixture
def curator(order):
    return make_curator(order.organization)


def word_of(order, *, change=None):
    content = word_document(paper_html(order.kind, order.snapshot), title="Приказ")
    if change is None:
        return content
    document = docx.Document(io.BytesIO(content))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def control_is_given_to_the_deputy(document):
    last = next(each for each in reversed(document.paragraphs) if "Контроль" in each.text)
    last.runs[-1].text = last.runs[-1].text.replace("оставляю за собой", "возложить на заместителя")


def bring(client, user, order, content, name="приказ.docx"):
    client.force_login(user)
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("documents:word-return", args=[order.paper_id]), {"file": upload}, follow=True)


def test_corrected_document_is_kept_and_its_difference_shown(client, order, curator):
    content = word_of(order, change=control_is_given_to_the_deputy)

    page = bring(client, curator, order, content).content.decode()

    copy = WordCopy.objects.get()
    (change,) = changes_of(copy)
    marked = {piece.sign: piece.text for piece in change.pieces}
    assert marked[GONE].split() == ["оставляю", "за", "собой."]
    assert marked[NEW].split() == ["возложить", "на", "заместителя."]
    assert "<ins>" in page
    assert copy.file.read() == content
    assert copy.brought_by == curator


def test_document_without_corrections_says_the_same(client, order, curator):
    page = bring(client, curator, order, word_of(order)).content.decode()

    assert "notice--success" in page
    assert changes_of(WordCopy.objects.get()) == []


def test_frozen_file_and_paper_stay_as_they_are(client, order, curator):
    before = (order.paper.content, order.paper.pdf_sha256)

    bring(client, curator, order, word_of(order, change=control_is_given_to_the_deputy))

    order.paper.refresh_from_db()
    assert (order.paper.content, order.paper.pdf_sha256) == before


def test_same_file_is_taken_once(client, order, curator):
    content = word_of(order)
    bring(client, curator, order, content)

    response = bring(client, curator, order, content)

    assert response.status_code == 422
    assert WordCopy.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"%PDF-1.4", "текст".encode(), b"<html></html>"])
def test_what_is_no_word_document_is_refused_with_a_sentence(client, order, curator, content):
    response = bring(client, curator, order, content)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not WordCopy.objects.exists()


def test_document_of_something_else_is_refused(client, order, curator):
    document = docx.Document()
    document.add_paragraph("Совсем другое")
    saved = io.BytesIO()
    document.save(saved)

    assert bring(client, curator, order, saved.getvalue()).status_code == 422


def test_staff_downloads_and_reads_but_brings_nothing(client, order):
    staff = make_staff(order.organization)

    assert bring(client, staff, order, word_of(order)).status_code == 403
    assert client.get(reverse("documents:order-word", args=[order.pk])).status_code == 200
    assert client.get(reverse("documents:word-return", args=[order.paper_id])).status_code == 200


def test_papers_of_others_are_not_there(client, order, curator):
    bring(client, curator, order, word_of(order))
    copy = WordCopy.objects.get()
    client.force_login(make_curator(make_organization()))

    for name, key in [
        ("order-word", order.pk),
        ("paper-word", order.paper_id),
        ("word-return", order.paper_id),
        ("word-copy", copy.pk),
        ("word-copy-file", copy.pk),
    ]:
        assert client.get(reverse(f"documents:{name}", args=[key])).status_code == 404


def test_draft_is_given_as_word_too(client):
    order = make_order()
    client.force_login(order.created_by)

    response = client.get(reverse("documents:order-word", args=[order.pk]))

    assert response.status_code == 200
    assert "Проект" in "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(response.content)).paragraphs)


def test_kept_document_is_given_as_it_came(client, order, curator):
    content = word_of(order, change=control_is_given_to_the_deputy)
    bring(client, curator, order, content)

    response = client.get(reverse("documents:word-copy-file", args=[WordCopy.objects.get().pk]))

    assert response.content == content
