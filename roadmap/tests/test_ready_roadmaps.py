import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mentorship.school_year import SchoolYear
from participants.tests.factories import make_curator, make_organization, make_staff
from roadmap.deadlines import parse
from roadmap.document_checks import PAIRS_STAGE
from roadmap.models import Activity, Roadmap
from roadmap.ready_roadmaps import KINDS, ready_roadmap, ready_roadmaps, take_ready
from roadmap.responsibles import roles_of

SURE = 0.95


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("kind", KINDS)
def test_ready_roadmap_reads_without_a_remark(kind, year):
    reading = ready_roadmap(kind, year).reading

    assert reading.remarks == []
    assert len(reading.stages) == 7
    assert 22 <= len(reading.activities) <= 31
    assert any(PAIRS_STAGE.search(stage.title) for stage in reading.stages)


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("kind", KINDS)
def test_ready_deadlines_are_read_surely_within_the_year(kind, year):
    year = SchoolYear(year)
    for activity in ready_roadmap(kind, year.start).reading.activities:
        read = parse(activity.deadline_text, year.start, (year.starts_on, year.ends_on))
        days = [side for window in read.windows for side in window if side]
        assert read.confidence >= SURE, activity.deadline_text
        assert not read.remark
        assert days
        assert all(day in year for day in days)
        assert "20" not in activity.deadline_text.replace("до 20 ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_ready_activities_name_who_answers_and_what_comes_out(kind):
    for activity in ready_roadmap(kind, 2026).reading.activities:
        assert roles_of(activity.responsible_text), activity.responsible_text
        assert activity.document_text


def test_the_own_kind_stands_first():
    assert ready_roadmaps(2026, first="centre")[0].kind == "centre"
    assert ready_roadmap("university", 2026) is None


@pytest.mark.django_db
def test_take_ready_makes_a_plan_with_days_owners_and_occurrences():
    organization = make_organization(kind="school")
    ready = ready_roadmap("school", 2026)

    roadmap = take_ready(ready, organization=organization, school_year=2026, title=ready.title_for(2026), by=None)

    assert roadmap.title.endswith("на 2026/2027 учебный год")
    assert (roadmap.starts_on, roadmap.ends_on) == (SchoolYear(2026).starts_on, SchoolYear(2026).ends_on)
    activities = Activity.objects.filter(stage__roadmap=roadmap)
    assert activities.count() == len(ready.reading.activities)
    assert not activities.filter(owners=None).exists()
    assert not activities.filter(windows=None).exists()
    assert activities.filter(deadline_kind="recurring", occurrences__isnull=False).exists()
    assert not roadmap.remarks.exists()


@pytest.mark.django_db
def test_take_ready_twice_is_refused_by_its_title_and_leaves_the_ready_one_as_it_is():
    organization, ready = make_organization(), ready_roadmap("school", 2026)
    values = {"organization": organization, "school_year": 2026, "by": None}
    take_ready(ready, title="План", **values)

    with pytest.raises(ValidationError):
        take_ready(ready, title="План", **values)
    take_ready(ready, title="Другой план", **values)

    assert Roadmap.objects.count() == 2
    assert ready_roadmap("school", 2026).title.startswith("Дорожная карта")


@pytest.mark.django_db
def test_ready_pages_belong_to_the_curator(client):
    organization = make_organization()
    address = reverse("roadmap:ready", args=["school"])
    client.force_login(make_staff(organization))
    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "План"}).status_code == 403

    client.force_login(make_curator(organization))
    assert client.get(reverse("roadmap:ready-list")).status_code == 200
    assert client.get(reverse("roadmap:ready", args=["university"])).status_code == 404
    assert client.post(address, {"title": ""}).status_code == 422
    assert client.post(address, {"title": "П" * 501}).status_code == 422
    response = client.post(address, {"title": "План 🎉"})

    roadmap = Roadmap.objects.get()
    assert response.url == roadmap.get_absolute_url()
    assert (roadmap.title, roadmap.organization) == ("План 🎉", organization)
    assert client.get(response.url).status_code == 200
    assert client.post(address, {"title": "План 🎉"}).status_code == 422
