"""The pages of numbers: series, kept numbers, the journal as a book."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from documents.journal_book import journal_book
from documents.letter_contents import Subject
from documents.letter_kinds import LETTER_KINDS
from documents.letters import make_letter
from documents.models import KeptNumber, NumberSeries
from documents.tests.factories import make_approved, make_order
from participants.tests.factories import make_curator, make_head, make_organization, make_staff
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db
NUMBERS = reverse("documents:numbers")


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-20 12:00", tick=False)


@pytest.fixture
def organization():
    return make_organization(short_name="МОУ СШ № 7", full_name="Средняя школа № 7")


@pytest.fixture
def curator(organization):
    return make_curator(organization)


@pytest.fixture
def register(organization, curator):
    """`register(number, day)`: an approved order."""
    program = make_program(organization=organization)
    make_head(organization)

    def approve(number, day):
        return make_approved(
            make_order(program=program, status="submitted", by=curator), number=number, approved_on=day
        )

    return approve


# --- series and kept numbers ------------------------------------------------------------------------------------------
def test_a_series_is_added_changed_and_deleted(client, organization, curator):
    client.force_login(curator)
    client.post(reverse("documents:series-add"), {"name": "по личному составу", "template": "{n}-лс"})
    row = NumberSeries.objects.get()
    client.post(reverse("documents:series-edit", args=[row.pk]), {"name": "по кадрам", "template": "{n}-к"})
    row.refresh_from_db()
    changed = (row.organization, row.name, row.template)

    client.post(reverse("documents:series-delete", args=[row.pk]))

    assert changed == (organization, "по кадрам", "{n}-к")
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    "data", [{"name": "по кадрам", "template": "без счётчика"}, {"name": "есть", "template": "{n}"}, {"name": ""}]
)
def test_a_series_that_cannot_be_is_refused_with_a_sentence(client, organization, curator, data):
    NumberSeries.objects.create(organization=organization, name="есть", template="{n}")
    client.force_login(curator)

    response = client.post(reverse("documents:series-add"), data)

    assert (response.status_code, NumberSeries.objects.count()) == (422, 1)


def test_a_number_is_kept_and_given_back(client, curator):
    client.force_login(curator)
    client.post(NUMBERS, {"series": "orders", "purpose": "об итогах года", "number": ""})
    kept = KeptNumber.objects.get()

    client.post(reverse("documents:number-release", args=[kept.pk]))

    assert (kept.number, kept.year, kept.purpose) == ("1-од", 2026, "об итогах года")
    assert not KeptNumber.objects.exists()


def test_the_head_sees_the_kept_numbers_where_he_gives_one(client, organization, curator):
    order = make_order(program=make_program(organization=organization), status="submitted", by=curator)
    head = make_head(organization)
    client.force_login(curator)
    client.post(NUMBERS, {"series": "orders", "purpose": "о наставниках", "number": ""})
    client.force_login(head)

    response = client.get(order.get_absolute_url())

    assert "1-од (о наставниках)" in response.content.decode()


@pytest.mark.parametrize("name", ["series-edit", "series-delete", "number-release"])
def test_what_is_another_organizations_is_not_found(client, curator, name):
    other = make_organization(slug="other")
    row = NumberSeries.objects.create(organization=other, name="чужая", template="{n}")
    kept = KeptNumber.objects.create(
        organization=other, year=2026, number="5", number_key="5", purpose="чужое", kept_on=date(2026, 10, 1)
    )
    client.force_login(curator)

    response = client.post(reverse(f"documents:{name}", args=[kept.pk if name == "number-release" else row.pk]))

    assert response.status_code == 404
    assert (NumberSeries.objects.count(), KeptNumber.objects.count()) == (1, 1)


def test_staff_read_the_journal_and_manage_nothing(client, organization):
    client.force_login(make_staff(organization))

    assert [client.get(address).status_code for address in (reverse("documents:journal"), NUMBERS)] == [200, 403]


# --- the journal ------------------------------------------------------------------------------------------------------
def test_the_journal_stands_in_the_order_of_dates_and_names_what_is_left_out(organization, register, curator):
    register("3-од", date(2026, 10, 5))
    register("1-од", date(2026, 10, 1))
    register("5-од", date(2026, 9, 20))

    book = journal_book(organization, series="orders", first=date(2026, 1, 1), last=date(2026, 12, 31))

    assert [(line.number, line.day) for line in book.lines] == [
        ("5-од", date(2026, 9, 20)),
        ("1-од", date(2026, 10, 1)),
        ("3-од", date(2026, 10, 5)),
    ]
    assert book.faults == [
        "2026: пропущены номера: 2, 4.",
        "№ 5-од от 20.09.2026 стоит раньше по дате, чем № 3-од от 05.10.2026.",
    ]


def test_the_journal_holds_its_period_and_series_alone(organization, register):
    register("1-од", date(2026, 10, 1))
    register("2-од", date(2026, 10, 20))

    book = journal_book(organization, series="orders", first=date(2026, 10, 10), last=date(2026, 10, 31))

    assert [line.number for line in book.lines] == ["2-од"]


def test_the_journal_is_printed_and_exported(client, organization, register, curator, pdf_text):
    register("1-од", date(2026, 10, 1))
    client.force_login(curator)
    client.post(NUMBERS, {"series": "orders", "purpose": "об итогах года", "number": ""})

    printed = client.get(reverse("documents:journal"), {"export": "pdf"})
    exported = client.get(reverse("documents:journal"), {"export": "xlsx"})

    words = pdf_text(b"".join(printed.streaming_content) if printed.streaming else printed.content)
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.iter_rows(min_row=3, values_only=True))
    assert "Журнал регистрации приказов по основной деятельности" in words
    assert "Всего зарегистрировано приказов: 1" in words
    assert [row[1] for row in rows] == ["1-од", "2-од"]


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"first": "0001-01-01", "last": "2026-01-01"},
        {"first": "2001-01-01"},
        {"series": "series-0"},
        {"first": "завтра"},
    ],
)
def test_a_journal_of_no_sense_is_refused_with_a_sentence(client, curator, query):
    client.force_login(curator)

    response = client.get(reverse("documents:journal"), query)

    assert (response.status_code, bool(response.context["form"].errors)) == (422, True)


# --- papers beside the orders -----------------------------------------------------------------------------------------
@pytest.fixture
def certify(organization, curator):
    """`certify(number, day)`: a certificate; without a number the next one."""
    subject = Subject(organization, program=make_program(organization=organization), outside="ООО «Рассвет»")
    kind = LETTER_KINDS["certificate"]
    usual = {field.name: field.usual for field in kind.fields}

    def make(number="", day=date(2026, 10, 1)):
        return make_letter(kind, subject, usual | {"dated_on": day, "number": number}, by=curator).paper

    return make


def test_each_kind_of_papers_has_a_journal_with_its_gaps(client, organization, curator, certify, pdf_text):
    certify()
    certify("№ 5", date(2026, 9, 20))
    certify("", date(2026, 10, 7))
    client.force_login(curator)

    book = journal_book(organization, series="certificates", first=date(2026, 1, 1), last=date(2026, 12, 31))
    printed = client.get(reverse("documents:journal"), {"series": "certificates", "export": "pdf"})

    assert [line.number for line in book.lines] == ["5", "1", "6"]
    assert len(book.faults) == 2
    assert "Журнал регистрации сертификатов" in pdf_text(b"".join(printed))


def test_papers_beside_the_orders_get_the_form_of_numbers_of_their_organization(client, organization, curator, certify):
    client.force_login(curator)
    address = reverse("documents:series-of", args=["certificates"])
    assert client.get(address).status_code == 200
    client.post(address, {"name": "сертификат", "template": "С-{n:03}"})

    assert [certify().number, certify("С-7").number, certify().number] == ["С-001", "С-7", "С-008"]
    assert client.post(address, {"name": "ещё раз", "template": "{n}"}).status_code == 422
    assert client.get(reverse("documents:series-of", args=["nothing"])).status_code == 404


def test_a_number_is_kept_for_a_certificate_and_taken_up_by_it(client, curator, certify):
    client.force_login(curator)
    client.post(NUMBERS, {"series": "certificates", "purpose": "партнёру", "number": ""})
    other, kept = certify(), certify("1")

    assert (other.number, KeptNumber.objects.get().paper) == ("2", kept)
    with pytest.raises(ValidationError, match="1"):
        certify("1")
