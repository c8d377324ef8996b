"""Storage terms, and destruction by an act of the head."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.filing import end_paper, file_waiting_papers
from documents.models import Paper, RetentionTerm, SignedCopy, WordCopy
from documents.retention import counted_from, destroy_papers, kept_till_year, save_terms, terms_of, with_term_over
from documents.tests.factories import make_filed_order
from participants.tests.factories import make_curator, make_head, make_organization

pytestmark = pytest.mark.django_db


def make_paper(organization, *, kind="agreement", dated_on=date(2020, 10, 1), **values):
    """A filed paper without sheets: what it is kept for, not how it was printed."""
    values = {"pdf": "papers/x.pdf", "pdf_sha256": "0" * 64, "content": {"a": "Иванова"}, "text": "Иванова"} | values
    return Paper.objects.create(
        organization=organization, kind=kind, dated_on=dated_on, title="Соглашение Ивановой", **values
    )


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def head(organization):
    return make_head(organization)


def over(organization, today=date(2026, 11, 20)):
    papers = Paper.objects.annotate(counted_from=counted_from())
    return set(with_term_over(papers, terms_of(organization), today=today))


# --- terms ------------------------------------------------------------------------------------------------------------
def test_orders_are_kept_permanently_and_agreements_five_years(organization):
    terms = terms_of(organization)

    assert (terms["assignment_order"], terms["agreement"], terms["destruction_act"]) == (None, 5, None)


def test_own_terms_take_the_place_of_the_usual_ones(organization, head):
    save_terms(organization, {"assignment_order": 5, "agreement": None, "destruction_act": 1}, by=head)

    terms = terms_of(organization)

    assert (terms["assignment_order"], terms["agreement"], terms["destruction_act"]) == (5, None, None)
    assert RetentionTerm.objects.count() == 2


def test_term_begins_with_the_year_after_the_paper(organization):
    paper = make_paper(organization, dated_on=date(2021, 1, 1))
    found = Paper.objects.annotate(counted_from=counted_from()).get(pk=paper.pk)

    assert kept_till_year(found, terms_of(organization)) == 2026
    assert over(organization, date(2026, 12, 31)) == set()
    assert over(organization, date(2027, 1, 1)) == {paper}


def test_term_is_counted_from_the_day_on_which_the_paper_ended(organization):
    paper = make_paper(organization, dated_on=date(2015, 1, 1))

    end_paper(paper, by_paper=None, on=date(2024, 3, 1))

    assert over(organization) == set()


def test_papers_without_a_file_and_permanent_ones_are_never_over(organization):
    make_paper(organization, kind="assignment_order", dated_on=date(2001, 1, 1))
    make_paper(organization, dated_on=date(2001, 1, 1), pdf="", pdf_sha256="")

    assert over(organization) == set()


# --- the end of a paper -----------------------------------------------------------------------------------------------
def test_paper_ends_once_and_names_what_ended_it(organization):
    paper, later = make_paper(organization), make_paper(organization, dated_on=date(2022, 1, 1))

    end_paper(paper, by_paper=later, on=date(2022, 1, 1))

    paper.refresh_from_db()
    assert (paper.ended_by, paper.ended_on) == (later, date(2022, 1, 1))
    with pytest.raises(ValidationError):
        end_paper(paper, by_paper=None, on=date(2023, 1, 1))


def test_paper_ends_neither_before_its_day_nor_by_itself(organization):
    paper = make_paper(organization)

    for by_paper, day in [(None, date(2019, 1, 1)), (paper, date(2021, 1, 1))]:
        with pytest.raises(ValidationError):
            end_paper(paper, by_paper=by_paper, on=day)


# --- destruction ------------------------------------------------------------------------------------------------------
def destroy(organization, papers, head, **values):
    values = {"number": "1", "dated_on": date(2026, 11, 20), "reason": ""} | values
    return destroy_papers(organization, papers, by=head, **values)


def test_destroyed_paper_keeps_its_number_and_hash_and_nothing_else(
    organization, head, pdf_text, django_capture_on_commit_callbacks
):
    order = make_filed_order()
    paper = order.agreements.get().paper
    organization = order.organization
    copy = SignedCopy(paper=paper, sha256="1" * 64, page_count=1)
    copy.file.name = "scans/signed/x.pdf"
    copy.save()
    Paper.objects.filter(pk=paper.pk).update(dated_on=date(2012, 10, 1), ended_on=date(2013, 5, 1))
    sha256, storage, name = paper.pdf_sha256, paper.pdf.storage, paper.pdf.name
    names = [person.last_name for person in paper.people.all()]

    with django_capture_on_commit_callbacks(execute=True):
        act = destroy(organization, [paper], organization.head())

    paper.refresh_from_db()
    words = pdf_text(act.pdf.read())
    assert (paper.destroyed_by, paper.pdf_sha256, paper.pdf.name) == (act, sha256, "")
    assert (paper.content, paper.text, paper.search_text, paper.people.count()) == ({}, "", "", 0)
    assert not SignedCopy.objects.exists()
    assert not storage.exists(name)
    assert sha256 in words.replace(" ", "")
    assert "01.10.2012" in words
    assert names
    assert not any(each in words or each in paper.title for each in names)


def test_destroyed_paper_is_not_filed_anew(organization, head):
    destroy(organization, [paper := make_paper(organization)], head)

    assert file_waiting_papers() == 0
    paper.refresh_from_db()
    assert paper.pdf.name == ""


@pytest.mark.parametrize("dated_on", [date(2022, 1, 1), date(2026, 11, 1)])
def test_one_paper_whose_term_is_not_over_keeps_all(organization, head, dated_on):
    papers = [make_paper(organization), make_paper(organization, dated_on=dated_on)]

    with pytest.raises(ValidationError):
        destroy(organization, papers, head)

    assert not Paper.objects.exclude(destroyed_on=None).exists()


def test_act_of_tomorrow_and_act_of_nothing_are_refused(organization, head):
    for papers, day in [([make_paper(organization)], date(2026, 11, 21)), ([], date(2026, 11, 20))]:
        with pytest.raises(ValidationError):
            destroy(organization, papers, head, dated_on=day)


def test_paper_is_destroyed_once_and_by_the_head_alone(organization, head):
    paper = make_paper(organization)

    with pytest.raises(PermissionDenied):
        destroy(organization, [paper], make_curator(organization))
    destroy(organization, [paper], head)
    with pytest.raises(ValidationError):
        destroy(organization, [paper], head)


def test_head_destroys_what_is_ticked_and_sees_the_act(client, organization, head):
    paper, kept = make_paper(organization), make_paper(organization)
    client.force_login(head)
    address = reverse("documents:papers-destroy")

    asked = client.get(address, {"row": paper.pk})
    refused = client.post(address, {"row": paper.pk, "number": "1", "dated_on": "2026-11-20"})
    response = client.post(address, {"row": paper.pk, "number": "1", "dated_on": "2026-11-20", "is_certain": "on"})

    paper.refresh_from_db()
    kept.refresh_from_db()
    assert (asked.status_code, refused.status_code) == (200, 422)
    assert response.url == paper.destroyed_by.get_absolute_url()
    assert kept.destroyed_on is None
    for each in (paper, paper.destroyed_by):
        assert client.get(each.get_absolute_url()).status_code == 200
    assert client.get(reverse("documents:paper-file", args=[paper.pk])).status_code == 410
    assert client.get(reverse("paper-check", args=[paper.code])).status_code == 200


def test_terms_are_written_on_their_page(client, organization, head):
    client.force_login(head)

    response = client.post(reverse("documents:terms"), {"agreement": "75", "assignment_order": ""})

    assert response.status_code == 302
    assert terms_of(organization)["agreement"] == 75
    assert client.post(reverse("documents:terms"), {"agreement": "0"}).status_code == 422


@pytest.mark.parametrize(("year", "is_told"), [(2019, True), (2022, False)])
def test_the_home_page_of_head_and_curator_says_that_terms_are_over(client, organization, head, year, is_told):
    paper = make_paper(organization, dated_on=date(year, 5, 5))
    address = f"{reverse('documents:archive')}?term=over"
    pages = []
    for user in (head, make_curator(organization)):
        client.force_login(user)
        pages.append(client.get(reverse("home")).content.decode())

    assert [address in page for page in pages] == [is_told, is_told]
    assert (paper in client.get(address).context["table"].data.data) is is_told


def test_the_check_page_of_a_destroyed_paper_says_so_and_compares_by_the_hash_that_is_left(client):
    paper = make_filed_order().agreements.get().paper
    with paper.pdf.open() as stored:
        content = stored.read()
    Paper.objects.filter(pk=paper.pk).update(dated_on=date(2012, 10, 1), ended_on=date(2013, 5, 1))
    WordCopy.objects.create(paper=paper, sha256="2" * 64, text="Иванова", file="word/x.docx")
    destroy(paper.organization, [paper], paper.organization.head())
    address = reverse("paper-check", args=[paper.code])

    page = client.get(address).content.decode()
    answer = client.post(address, {"file": SimpleUploadedFile("paper.pdf", content)})

    assert "notice--warning" in page
    assert paper.title not in page
    assert answer.context["is_equal"] is True
    assert not WordCopy.objects.exists()
