"""The archive: what is found, what a list and a page show, to whom."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from documents.archive import by_own_number, matching
from documents.filing import keep_search_text
from documents.finding import find_papers
from documents.models import Paper, SignedCopy
from documents.tests.factories import make_filed_order
from participants.tests.factories import make_coordinator, make_curator, make_organization, make_person, make_staff

pytestmark = pytest.mark.django_db
ARCHIVE = reverse("documents:archive")


@pytest.fixture
def organization():
    return make_organization()


def make_paper(organization, *, people=(), **values):
    values = {
        "kind": "agreement",
        "title": "Соглашение",
        "dated_on": date(2026, 10, 1),
        "content": {},
        "text": "",
        "pdf": "papers/x.pdf",
        "pdf_sha256": "0" * 64,
    } | values
    paper = Paper.objects.create(organization=organization, **values)
    paper.people.set(people)
    keep_search_text(paper)
    return paper


# --- search -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["56-од", "№ 56-ОД", "НАСТАВНИЧЕСТВА", "наставничество", "о внедрении наставничества", "Ёлкина", "елкина мария"],
)
def test_paper_is_found_by_number_words_and_people(organization, text):
    person = make_person(organization=organization, last_name="Ёлкина", first_name="Мария")
    paper = make_paper(organization, number="56-од", title="О внедрении наставничества", people=[person])
    make_paper(organization, number="7", title="О премировании")

    assert list(matching(Paper.objects.all(), text)) == [paper]


@pytest.mark.parametrize(
    "text",
    [
        "соглашения",
        "соглашениями о сотрудничестве",
        "наставников",
        "наставникам",
        "педагогическими",
        "приказом",
        "приказов",
        "года",
        "Ёлкиной",
        "елкину",
        "кужугетом",
        "школами",
    ],
)
def test_paper_is_found_by_words_in_any_case(organization, text):
    words = "Соглашение о сотрудничестве наставника Ёлкиной и Кужугета, приказ, учебный год, педагогический, школа"
    paper = make_paper(organization, text=words)
    make_paper(organization, title="О премировании")

    assert list(matching(Paper.objects.all(), text)) == [paper]


def test_paper_of_the_number_stands_before_those_that_cite_it(organization):
    order = make_paper(organization, number="01-12/203", number_key="01-12/203", dated_on=date(2026, 9, 1))
    papers = [make_paper(organization, text="на основании приказа № 01-12/203") for _number in range(2)]

    assert list(by_own_number(matching(Paper.objects.all(), "№ 01-12/203"), "№ 01-12/203")) == [order, *papers[::-1]]


@pytest.mark.parametrize("text", ["😀", "' OR 1=1 --", "& | ! : *", "%", "я" * 300, "нет такого слова"])
def test_odd_questions_find_nothing_and_break_nothing(organization, text):
    make_paper(organization, number="56", title="О внедрении")

    assert list(matching(Paper.objects.all(), text)) == []


def test_words_of_the_sheets_are_found_when_the_paper_is_filed():
    order = make_filed_order()

    assert order.paper in matching(Paper.objects.all(), "приказываю закрепить")


def test_search_of_the_portal_finds_papers_of_own_organizations_alone(organization):
    paper = make_paper(organization, title="О внедрении")
    make_paper(make_organization(), title="О внедрении")

    (hit,) = find_papers(make_staff(organization), "внедрение")

    assert hit.url == paper.get_absolute_url()


if connection.vendor == "postgresql":  # a test that is not there is not a skipped one

    def test_search_by_words_uses_the_index(organization):
        papers = [
            Paper(
                organization=organization,
                kind="agreement",
                dated_on=date(2026, 1, 1),
                content={},
                title="x",
                search_text=f"соглашение наставник номер{number} {'слово ' * 50}",
            )
            for number in range(5000)
        ]
        Paper.objects.bulk_create(papers, batch_size=1000)
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('paper_by_words')")
            cursor.execute("ANALYZE documents_paper")

        plan = matching(Paper.objects.all(), "номер4711").explain()

        assert "Bitmap Index Scan on paper_by_words" in plan


# --- list -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def papers(organization):
    """{name: paper} of an archive with one of each sort."""
    signed = make_paper(organization, title="подписан", dated_on=date(2025, 9, 1))
    SignedCopy.objects.create(paper=signed, file="x.pdf", sha256="1" * 64, page_count=2)
    ended = make_paper(organization, title="отменён", ended_on=date(2025, 10, 1))
    return {
        "signed": signed,
        "ended": ended,
        "order": make_paper(organization, title="приказ", kind="assignment_order"),
        "missing": make_paper(organization, title="без файла", pdf="", pdf_sha256=""),
        "old": make_paper(organization, title="старый", dated_on=date(2010, 1, 1)),
    }


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"signed", "ended", "order", "missing", "old"}),
        ({"kind": "assignment_order"}, {"order"}),
        ({"year": "2025"}, {"signed"}),
        ({"state": "repealed"}, {"ended"}),
        ({"state": "in_force"}, {"signed", "order", "missing", "old"}),
        ({"signed": "yes"}, {"signed"}),
        ({"signed": "no"}, {"ended", "order", "missing", "old"}),
        ({"file": "missing"}, {"missing"}),
        ({"term": "over"}, {"old"}),
        ({"q": "старый"}, {"old"}),
        ({"person": "Никто"}, set()),
        ({"kind": "nonsense", "page": "99"}, {"signed", "ended", "order", "missing", "old"}),
    ],
)
def test_filters_of_the_archive(client, organization, papers, asked, names, time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)
    client.force_login(make_curator(organization))

    response = client.get(ARCHIVE, asked)

    assert set(response.context["filter"].qs) == {papers[name] for name in names}


def test_ended_paper_is_struck_through(client, organization, papers):
    client.force_login(make_curator(organization))

    page = client.get(ARCHIVE, {"state": "repealed"}).content.decode()

    assert "paper-row--ended" in page


def test_archive_goes_to_excel_as_the_filter_shows(client, organization, papers):
    client.force_login(make_curator(organization))

    content = client.get(ARCHIVE, {"signed": "yes", "export": "xlsx"}).content

    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert len(rows) == 2
    assert papers["signed"].code in rows[1]


def test_queries_do_not_grow_with_the_papers(client, organization, django_assert_max_num_queries):
    for _count in range(10):
        make_paper(organization)
    client.force_login(make_curator(organization))

    with django_assert_max_num_queries(20):
        client.get(ARCHIVE)


# --- page of a paper --------------------------------------------------------------------------------------------------
def test_page_tells_what_is_known_of_a_paper(client):
    order = make_filed_order()
    paper = order.paper
    client.force_login(make_staff(order.organization))

    page = client.get(paper.get_absolute_url()).content.decode()

    assert paper.pdf_sha256 in page
    assert paper.code in page
    assert order.get_absolute_url() in page
    for person in paper.people.all():
        assert person.full_name in page
    assert client.get(reverse("documents:paper-file", args=[paper.pk])).content == paper.pdf.read()


def test_papers_of_others_are_not_there(client, organization):
    paper = make_paper(organization)
    copy = SignedCopy.objects.create(paper=paper, file="x.pdf", sha256="1" * 64, page_count=2)
    client.force_login(make_curator())

    answers = [
        client.get(paper.get_absolute_url()),
        client.get(reverse("documents:paper-file", args=[paper.pk])),
        client.get(reverse("documents:signed-copy", args=[paper.pk, copy.pk])),
    ]

    assert {response.status_code for response in answers} == {404}


def test_names_do_not_go_upward(client, organization):
    client.force_login(make_coordinator(organization))

    assert client.get(ARCHIVE).status_code == 403


def test_signed_copy_that_is_lost_is_not_found(client, organization):
    paper = make_paper(organization)
    copy = SignedCopy.objects.create(paper=paper, file="scans/lost.pdf", sha256="1" * 64, page_count=2)
    client.force_login(make_curator(organization))

    assert client.get(reverse("documents:signed-copy", args=[paper.pk, copy.pk])).status_code == 404
