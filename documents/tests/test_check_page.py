"""The public page that says whether a paper is genuine."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Paper
from documents.tests.factories import make_filed_order, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return make_filed_order().paper


def address(paper, **values):
    return reverse("paper-check", args=[values.get("code", paper.code)])


def test_anybody_reads_number_date_and_that_it_is_valid(client, paper):
    page = client.get(address(paper)).content.decode()

    assert paper.number in page
    assert paper.pdf_sha256 in page
    assert paper.organization.full_name in page
    assert "notice--success" in page


def test_page_tells_nothing_personal(client):
    order = make_order(status="draft")
    order.title = "О закреплении наставника за Кузнецовой Мариной"
    order.save()
    order = make_filed_order(pairs=2)
    paper = order.paper
    Paper.objects.filter(pk=paper.pk).update(title="О назначении куратором Петровой Анны")

    page = client.get(address(paper)).content.decode()

    for person in paper.people.all():
        assert person.last_name not in page
    assert "Петровой" not in page
    assert order.approved_by.email not in page


def test_page_is_kept_out_of_search_and_caches(client, paper):
    response = client.get(address(paper))

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]


def test_repealed_paper_names_what_repealed_it(client, paper):
    later = make_filed_order().paper
    Paper.objects.filter(pk=paper.pk).update(ended_on=date(2026, 11, 1), ended_by=later)

    page = client.get(address(paper)).content.decode()

    assert "notice--success" not in page
    assert later.number in page
    assert "г.." not in page  # the Russian date ends with a full stop of its own


@pytest.mark.parametrize(("change", "is_equal"), [(b"", True), (b" ", False)])
def test_dropped_file_is_compared_with_the_kept_one(client, paper, change, is_equal):
    file = SimpleUploadedFile("order.pdf", paper.pdf.read() + change)

    response = client.post(address(paper), {"file": file})

    assert response.context["is_equal"] is is_equal


@pytest.mark.parametrize("files", [{}, {"file": SimpleUploadedFile("empty.pdf", b"")}])
def test_nothing_dropped_is_named(client, paper, files):
    response = client.post(address(paper), files)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_paper_whose_file_is_not_made_yet_has_nothing_to_compare(client):
    paper = make_order(status="approved").paper

    page = client.get(address(paper)).content.decode()

    assert "multipart" not in page


def test_unknown_code_is_a_page_that_says_so(client, paper):
    response = client.get(address(paper, code="0000-0000-0000-0000"))

    assert response.status_code == 404
    assert "0000-0000-0000-0000" in response.content.decode()


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{bare}", "https://portal.example/check/{code}/"])
def test_typed_code_leads_to_the_paper(client, paper, typed):
    typed = typed.format(code=paper.code, lower=paper.code.lower(), bare=paper.code.replace("-", ""))

    response = client.get(reverse("paper-check-code"), {"code": typed}, follow=True)

    assert response.context["paper"] == paper


@pytest.mark.parametrize("typed", ["", "12", "ы" * 16, "x" * 61])
def test_code_that_cannot_be_one_is_refused_with_a_sentence(client, typed):
    response = client.get(reverse("paper-check-code"), {"code": typed})

    assert response.status_code == 422
    assert response.context["form"].errors["code"]


def test_who_tries_out_codes_is_asked_to_wait(client, paper):
    answers = {client.get(address(paper, code=f"0000-0000-0000-{tried:04}")).status_code for tried in range(61)}

    assert 429 in answers
