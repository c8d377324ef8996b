"""The office's overview: organization × stage, what is done and late; its rights, files and queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from participants.tests.factories import make_coordinator, make_curator, make_organization
from roadmap import overview
from roadmap.lateness import late_on
from roadmap.models import Activity, Occurrence
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
OVER, AHEAD = (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 12, 1), date(2026, 12, 20))


@pytest.fixture
def office():
    return make_organization(kind="education_office")


def make_below(office, **values):
    return make_organization(parent=office, **values)


def plan(organization, *, titles=("Формирование базы наставников",), per_stage=1, **values):
    roadmap = make_roadmap(organization=organization, **values)
    for title in titles:
        stage = make_stage(roadmap=roadmap, title=title)
        for _number in range(per_stage):
            make_activity(stage=stage)
    return roadmap


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"status": "done", "done_on": TODAY},
        {"status": "cancelled"},
        {"status": "started"},
        {"windows": [AHEAD]},
        {"windows": [OVER, AHEAD]},
        {"windows": [(None, TODAY)]},
        {"windows": [(None, TODAY - timedelta(days=1))]},
        {"windows": [(TODAY - timedelta(days=30), None)]},
        {"windows": [(TODAY - timedelta(days=30), None), OVER]},
        {"windows": []},
        {"deadline_kind": "ongoing"},
        {"deadline_kind": "unscheduled"},
        {"deadline_kind": "recurring"},
        {"times": [(OVER, None)]},
        {"times": [(OVER, OVER[1])]},
        {"times": [(OVER, OVER[1]), (AHEAD, None)]},
        {"times": [(AHEAD, None)], "deadline_kind": "ongoing"},
        {"times": [(OVER, None)], "deadline_kind": "ongoing"},
    ],
)
def test_lateness_of_the_database_is_that_of_the_activity(values):
    times = values.pop("times", ()) if "times" in values else ()
    activity = make_activity(**values)
    for (starts_on, ends_on), done_on in times:
        Occurrence.objects.create(activity=activity, starts_on=starts_on, ends_on=ends_on, done_on=done_on)
    found = Activity.objects.filter(late_on(TODAY)).exists()

    assert found == Activity.objects.get(pk=activity.pk).is_late(TODAY)


def test_organizations_without_a_roadmap_stand_first_then_the_latest(office):
    good, late, without = (make_below(office, short_name=name) for name in ("А", "Б", "Я"))
    make_below(office, kind="education_office")
    make_roadmap(organization=without, school_year=2025)
    plan(late)
    make_activity(
        stage=make_stage(roadmap=plan(good, titles=()), title="Заключение соглашений"), status="done", done_on=TODAY
    )

    lines = overview.lines_of(office, 2026, TODAY)

    assert [line.organization.short_name for line in lines] == ["Я", "Б", "А"]
    assert lines[0].states == {"missing"}
    assert (lines[1].cells["mentors"].total, lines[1].cells["mentors"].late) == (1, 1)
    assert (lines[2].cells["other"].done, lines[2].whole.late) == (1, 0)
    assert {"finished", "unapproved"} <= lines[2].states
    summary = overview.sum_of(lines)
    assert (summary.organizations, summary.missing, summary.late, summary.whole.total) == (3, 1, 1, 2)


def test_kind_by_hand_says_more_than_the_title_and_cancelled_ones_do_not_count(office):
    roadmap = plan(make_below(office), titles=())
    stage = make_stage(roadmap=roadmap, title="Формирование базы наставников", kind="pairs")
    make_activity(stage=stage)
    make_activity(stage=stage, status="cancelled")
    make_stage(roadmap=roadmap, title="Формирование пар")

    (line,) = overview.lines_of(office, 2026, TODAY)

    assert (line.cells["pairs"].total, line.cells["pairs"].stage, line.cells["mentors"].total) == (1, stage.pk, 0)


def test_two_roadmaps_are_two_lines_of_one_organization_and_templates_none(office):
    organization = make_below(office)
    plan(organization), plan(organization, per_stage=3)
    plan(make_below(office), per_stage=2)
    plan(organization, is_template=True)
    lines = overview.lines_of(office, 2026, TODAY)

    assert [line.whole.late for line in lines] == [1, 3, 2]
    assert [line.is_one_of_several for line in lines] == [True, True, False]
    assert overview.sum_of(lines).organizations == 2


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ({"text": "сад"}, {"Сад № 7"}),
        ({"kind": "school"}, {"Школа"}),
        ({"state": "missing"}, {"Сад № 7"}),
        ({"state": "late"}, {"Школа"}),
        ({"state": "finished"}, set()),
        ({"text": "дорожная"}, {"Школа"}),
        ({}, {"Школа", "Сад № 7"}),
    ],
)
def test_filters(office, words, names):
    make_below(office, short_name="Сад № 7", kind="kindergarten")
    plan(make_below(office, short_name="Школа", kind="school"))

    lines = overview.chosen(overview.lines_of(office, 2026, TODAY), **words)

    assert {line.organization.short_name for line in lines} == names


@pytest.mark.parametrize("count", [1, 6])
def test_query_count_does_not_grow(client, office, count, django_assert_max_num_queries):
    for _number in range(count):
        plan(make_below(office), titles=("Формирование пар", "Завершение"), per_stage=2)
        make_below(office)
    client.force_login(make_coordinator(office))
    with django_assert_max_num_queries(10):
        response = client.get(reverse("roadmap:overview"))

    assert response.status_code == 200


def test_page_leads_to_the_stage_and_its_files_give_what_is_shown(client, office):
    roadmap = plan(make_below(office, short_name="МАОУ «Школа № 3»"))
    make_below(office, short_name="Сад без плана")
    plan(make_below(None, short_name="Чужая школа"))
    client.force_login(make_coordinator(office))
    address = reverse("roadmap:overview")
    page = client.get(address).content.decode()

    assert f'"{roadmap.stages.get().get_absolute_url()}"' in page
    assert "Сад без плана" in page
    assert "Чужая школа" not in page
    assert client.get(roadmap.get_absolute_url()).status_code == 200
    assert client.get(address, {"format": "pdf"}).content.startswith(b"%PDF")
    assert client.get(address, {"format": "xlsx", "state": "missing"}).content.startswith(b"PK")


def test_overview_is_the_coordinators(client, office):
    address = reverse("roadmap:overview")
    assert client.get(address).status_code == 302
    client.force_login(make_curator(make_below(office)))
    assert client.get(address).status_code == 403
