"""A plan is shown by pages: stages whole where they fit, every activity once."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from participants.tests.factories import make_curator
from roadmap.models import Activity
from roadmap.plan_pages import number_of, pages_of
from roadmap.tests.factories import make_activity, make_roadmap, make_stage


def stages(*counts):
    keys = iter(range(1, 10_000))
    return [
        SimpleNamespace(
            stage=SimpleNamespace(pk=place),
            activities=[
                SimpleNamespace(pk=next(keys), signs={"late"} if number % 2 else set()) for number in range(count)
            ],
        )
        for place, count in enumerate(counts, 1)
    ]


def shape(pages):
    return [[(part.stage.pk, len(part.activities)) for part in parts] for parts in pages]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], [[]]),
        ([0], [[(1, 0)]]),
        ([20, 20, 5], [[(1, 20), (2, 20), (3, 5)]]),
        ([20, 31], [[(1, 20)], [(2, 31)]]),
        ([120, 10], [[(1, 50)], [(1, 50)], [(1, 20), (2, 10)]]),
        ([50, 0, 1], [[(1, 50), (2, 0)], [(3, 1)]]),
    ],
)
def test_stages_are_torn_only_where_they_are_longer_than_a_page(counts, expected):
    assert shape(pages_of(stages(*counts))) == expected


def test_under_a_filter_stages_without_anything_to_show_are_left_out():
    assert shape(pages_of(stages(3, 1, 2), "late")) == [[(1, 1), (3, 1)]]


def test_a_part_knows_what_stands_behind_it():
    first, second, third = (parts[0] for parts in pages_of(stages(70, 50)))

    assert (first.next_activity.pk, first.is_continued, first.next_stage.pk) == (51, False, 2)
    assert (second.next_activity, second.is_continued) == (None, True)
    assert (third.next_activity, third.next_stage, third.is_continued) == (None, None, False)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_every_activity_and_stage_is_shown_once_in_its_order(counts):
    found = stages(*counts)

    pages = pages_of(found, size=10)

    parts = [part for page in pages for part in page]
    assert [each.pk for part in parts for each in part.activities] == list(range(1, sum(counts) + 1))
    assert [part.stage.pk for part in parts if not part.is_continued] == list(range(1, len(counts) + 1))
    assert all(sum(len(part.activities) for part in page) <= 10 for page in pages)
    assert all(pages) or pages == [[]]
    assert all(
        any(each.pk == key for part in pages[number_of(pages, activity=str(key)) - 1] for each in part.activities)
        for key in range(1, sum(counts) + 1)
    )


@pytest.mark.django_db
def test_an_address_of_an_activity_opens_its_page(client):
    roadmap = make_roadmap()
    stage = make_stage(roadmap=roadmap)
    rows = Activity.objects.bulk_create(
        Activity(stage=stage, position=place, content=f"Дело {place}", deadline_kind="ongoing", deadline_confidence=1)
        for place in range(1, 61)
    )
    client.force_login(make_curator(roadmap.organization))

    answers = [client.get(rows[place].get_absolute_url()) for place in (0, 59)]
    second = client.get(reverse("roadmap:roadmap", args=[roadmap.pk]), {"page": 2})

    assert [answer.context["page"].number for answer in answers] == [1, 2]
    assert [len(part.activities) for part in second.context["parts"]] == [10]
    assert "?page=1" in second.content.decode()


@pytest.mark.django_db
def test_line_of_stages_leads_to_the_beginning_of_a_stage_longer_than_a_page(client):
    stage = make_stage()
    rows = Activity.objects.bulk_create(
        Activity(stage=stage, position=place, content=f"Дело {place}", deadline_kind="ongoing", deadline_confidence=1)
        for place in range(1, 61)
    )
    client.force_login(make_curator(stage.organization))

    second = client.get(rows[59].get_absolute_url()).content.decode()

    assert f'href="?stage={stage.pk}#stage-{stage.pk}"' in second


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["activity-links", "activity-proofs", "activity-delete", "activity-dates"])
def test_pages_of_an_activity_lead_back_to_it(client, name):
    activity = make_activity()
    client.force_login(make_curator(activity.organization))

    page = client.get(reverse(f"roadmap:{name}", args=[activity.pk])).content.decode()

    assert f'class="btn btn-link" href="{activity.get_absolute_url()}"' in page
    assert f'<li><a href="{reverse("home")}">Главная</a></li>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["activity-new", "stage-edit"])
def test_pages_of_a_stage_lead_back_to_it(client, name):
    stage = make_stage()
    client.force_login(make_curator(stage.organization))

    page = client.get(reverse(f"roadmap:{name}", args=[stage.pk])).content.decode()

    assert page.count(f'href="{stage.get_absolute_url()}"') == 2
    assert f'<li><a href="{reverse("home")}">Главная</a></li>' in page
