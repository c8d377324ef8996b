"""What an education office sees of the orders below it, and what it does not."""

import io

import openpyxl
import pytest
from django.urls import reverse

from documents.tests.factories import make_order
from participants.models import Person
from participants.tests.factories import make_coordinator, make_curator, make_organization
from programs.tests.factories import make_program

pytestmark = pytest.mark.django_db
ADDRESS = "/documents/orders/below/"


@pytest.fixture
def office():
    return make_organization(kind="education_office", slug="office", short_name="Управление")


@pytest.fixture
def order(office):
    school = make_organization(parent=office, short_name="МОУ СШ № 7")
    return make_order(program=make_program(organization=school), status="approved")


def test_the_coordinator_reads_number_date_kind_and_nobody_s_name(client, office, order):
    make_order(program=order.program)  # a draft
    make_order(status="approved")  # of nobody below
    client.force_login(make_coordinator(office))

    response = client.get(ADDRESS)

    page = response.content.decode()
    assert [row.record for row in response.context["table"].rows] == [order]
    assert order.number in page
    assert reverse("paper-check", args=[order.paper.code]) in page
    assert not [person for person in Person.objects.filter(papers=order.paper) if person.last_name in page]
    assert order.title not in page
    assert client.get(order.get_absolute_url()).status_code == 404


def test_the_sheet_holds_what_the_page_shows(client, office, order):
    client.force_login(make_coordinator(office))

    book = openpyxl.load_workbook(io.BytesIO(client.get(ADDRESS, {"export": "xlsx"}).content))

    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2]) for row in rows] == [("МОУ СШ № 7", order.number)]


@pytest.mark.parametrize("query", [{"kind": "assignment_order"}, {"year": "2026"}, {}])
def test_the_list_is_filtered_and_its_queries_do_not_grow(client, office, order, query, django_assert_max_num_queries):
    for _number in range(2):
        make_order(program=order.program, status="approved")
    client.force_login(make_coordinator(office))
    client.get(ADDRESS, query)

    with django_assert_max_num_queries(16):
        response = client.get(ADDRESS, query)

    assert len(response.context["table"].rows) == 3
    assert not client.get(ADDRESS, {"kind": "results_order"}).context["table"].rows


def test_schools_have_no_such_page(client, order):
    client.force_login(make_curator(order.organization))

    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize("name", ["order-read", "order", "paper", "order-file"])
def test_a_number_larger_than_any_key_is_no_fault_of_the_portal(client, order, name):
    client.force_login(order.created_by)

    address = reverse(f"documents:{name}", args=[10**20])

    assert client.get(address).status_code in {400, 404}


def test_a_form_with_a_number_larger_than_any_key_is_refused(client, order):
    client.force_login(order.created_by)

    response = client.post(reverse("documents:order-draft", args=[order.program_id]), {"pairs": str(10**20)})

    assert response.status_code in {400, 422}
