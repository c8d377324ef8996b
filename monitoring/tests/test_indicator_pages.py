"""Pages of indicators and targets: what they show, to whom, and what is changed by them."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from monitoring.models import Target
from monitoring.tests.factories import NOW, make_responses, make_survey, ready_indicator, sign_in
from participants.models import Person
from participants.tests.factories import make_organization
from programs.tests.factories import make_pair, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOW)


# --- indicators -------------------------------------------------------------------------------------------------------
def test_indicator_page_compares_with_the_target(client, program):
    sign_in(client, "head", program.organization)

    row = client.get(reverse("monitoring:indicator-list")).context["rows"][0]

    assert (row.outcome.percent, row.target.percent, row.target.year, row.is_reached) == (10, 70, 2025, False)


def test_coordinator_sees_the_sum_and_each_organization(client, program):
    sign_in(client, "coordinator", program.organization)

    context = client.get(reverse("monitoring:indicator-list")).context

    assert [line.organization for line in context["lines"]] == [program.organization]
    assert context["rows"][0].outcome.percent == 10


def test_coordinator_sees_counts_and_no_names(client, program):
    sign_in(client, "coordinator", program.organization)
    address = reverse("monitoring:indicator-evidence", args=[program.organization.slug, "mentee_share"])

    response = client.get(address)

    names = [person.last_name for person in Person.objects.all() if person.last_name in response.content.decode()]
    assert (response.context["evidence"].people, names) == ([], [])


def test_curator_sees_the_people_behind_a_figure(client, program):
    sign_in(client, "curator", program.organization)
    address = reverse("monitoring:indicator-evidence", args=[program.organization.slug, "mentee_share"])

    people = client.get(address).context["evidence"].people

    assert people == program.pairs.get().mentees


def test_evidence_of_satisfaction_names_nobody(client, survey):
    make_responses(survey=survey, scales=[9, 8, 7, 6, 5])
    sign_in(client, "curator", survey.organization)
    address = reverse("monitoring:indicator-evidence", args=[survey.organization.slug, "mentee_satisfaction"])

    evidence = client.get(address).context["evidence"]

    assert evidence.people == []
    assert evidence.means == [(9.0, True), (8.0, True), (7.0, True), (6.0, False), (5.0, False)]


def test_evidence_of_an_office_lists_who_is_left_out(client, program):
    silent = make_organization(parent=program.organization.parent)
    sign_in(client, "coordinator", program.organization)
    address = reverse("monitoring:indicator-evidence", args=[program.organization.parent.slug, "mentee_share"])

    evidence = client.get(address).context["evidence"]

    assert [place for place, _outcome in evidence.parts] == [program.organization]
    assert [place for place, _reason in evidence.left_out] == [silent]


def test_indicators_are_exported_as_they_are_shown(client, program):
    sign_in(client, "coordinator", program.organization)

    response = client.get(reverse("monitoring:indicator-list"), {"export": "xlsx"})

    book = openpyxl.load_workbook(BytesIO(response.content))
    table, organizations = book.worksheets
    first = [cell.value for cell in table[5]]
    assert first[1:7] == [30, 50, 70, 10, 1, 10]
    assert [cell.value for cell in organizations[2]][:5] == [program.organization.short_name, 1, 10, 1, 10]


def test_export_does_not_tell_small_groups(client, survey):
    make_responses(survey=survey, scales=[8] * 4)
    sign_in(client, "curator", survey.organization)

    response = client.get(reverse("monitoring:indicator-list"), {"export": "xlsx"})

    row = openpyxl.load_workbook(BytesIO(response.content)).active[7]
    assert [cell.value for cell in row][4:7] == [None, None, None]


@pytest.mark.parametrize("count", [1, 3])
def test_indicator_page_query_count_does_not_grow(client, django_assert_num_queries, school, count):
    for _number in range(count):
        program = make_program(organization=make_organization(parent=school.parent), teachers_count=10)
        make_pair(program=program, status="active")
        make_responses(survey=make_survey(program=program), scales=[8, 8])
    sign_in(client, "coordinator", school)

    with django_assert_num_queries(26):
        client.get(reverse("monitoring:indicator-list"))


# --- targets ----------------------------------------------------------------------------------------------------------
def target_data(**values):
    indicator = ready_indicator("mentee_share")
    return {"indicator": indicator.pk, "year": "2026", "percent": "45,5", "source": "Приказ № 5"} | values


def test_target_is_set(client, school):
    sign_in(client, "curator", school)

    response = client.post(reverse("monitoring:target-list", args=[school.slug]), target_data())

    target = Target.objects.get(organization=school)
    assert (response.status_code, str(target.percent), target.year) == (302, "45.5", 2026)


@pytest.mark.parametrize("values", [{"percent": "101"}, {"year": "1889"}, {"percent": ""}])
def test_target_with_a_fault_is_shown_again(client, school, values):
    sign_in(client, "curator", school)

    response = client.post(reverse("monitoring:target-list", args=[school.slug]), target_data(**values))

    assert response.status_code == 422
    assert Target.objects.filter(organization=school).count() == 0


def test_target_is_taken_away(client, school):
    sign_in(client, "curator", school)
    client.post(reverse("monitoring:target-list", args=[school.slug]), target_data())
    target = Target.objects.get(organization=school)

    client.post(reverse("monitoring:target-delete", args=[target.pk]))

    assert Target.objects.filter(organization=school).count() == 0


def test_common_target_is_not_taken_away(client, school):
    sign_in(client, "curator", school)
    common = Target.objects.filter(organization=None).first()

    assert client.post(reverse("monitoring:target-delete", args=[common.pk])).status_code == 404


def test_foreign_target_is_not_taken_away(client, school):
    target = Target.objects.create(
        indicator=ready_indicator("mentee_share"), organization=school.parent, year=2026, percent=40
    )
    sign_in(client, "coordinator", make_organization(parent=make_organization(kind="education_office")))

    assert client.post(reverse("monitoring:target-delete", args=[target.pk])).status_code == 404
