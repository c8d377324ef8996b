from datetime import date

import pytest
import time_machine
from django.urls import reverse

from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_organization,
    make_staff,
)
from roadmap.activities import set_status
from roadmap.models import Activity
from roadmap.panels import own_roadmap
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def roadmap():
    return make_roadmap(organization=make_organization(parent=make_organization(kind="education_office")), activities=2)


def sign_in(client, make_member, organization):
    client.force_login(make_member(organization))
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_roadmap_list_query_count_does_not_grow(client, count, django_assert_max_num_queries):
    organization = make_organization()
    for _number in range(count):
        make_roadmap(organization=organization, activities=2)
    client.force_login(make_curator(organization))

    with django_assert_max_num_queries(9):
        response = client.get(reverse("roadmap:roadmap-list"))

    assert len(response.context["roadmaps"]) == count


@pytest.mark.parametrize("count", [1, 8])
def test_roadmap_page_query_count_does_not_grow(client, count, django_assert_max_num_queries):
    roadmap = make_roadmap(activities=count)
    client.force_login(make_curator(roadmap.organization))

    with django_assert_max_num_queries(18):
        response = client.get(roadmap.get_absolute_url())

    assert response.context["whole"].total == count


@time_machine.travel("2026-11-10 10:00Z")
def test_roadmap_page_shows_what_is_late(client, roadmap):
    client.force_login(make_curator(roadmap.organization))

    response = client.get(roadmap.get_absolute_url(), {"show": "late"})

    assert (response.context["whole"].late, response.context["shown"]) == (2, "late")


@time_machine.travel("2026-11-10 10:00Z")
def test_filter_shows_the_stages_that_hold_something(client, roadmap):
    make_activity(stage=make_stage(roadmap=roadmap, title="Без опоздания"), windows=[(None, date(2026, 11, 12))])
    client.force_login(make_curator(roadmap.organization))

    found = {
        shown: [part.stage.title for part in client.get(roadmap.get_absolute_url(), {"show": shown}).context["parts"]]
        for shown in ("late", "week", "started", "", "nonsense")
    }
    empty = client.get(roadmap.get_absolute_url(), {"show": "started"}).content.decode()

    both = ["Этап 1", "Без опоздания"]
    assert found == {"late": ["Этап 1"], "week": ["Без опоздания"], "started": [], "": both, "nonsense": both}
    assert 'class="empty"' in empty


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("?show=late", "{plan}?show=late#stage-{stage}"),
        ("?show=nonsense", "{activity}"),
        ("", "{activity}"),
    ],
)
def test_who_works_through_a_filter_stays_in_it(client, roadmap, came_from, leads_to):
    activity = make_activity(stage=make_stage(roadmap=roadmap))
    client.force_login(make_curator(roadmap.organization))
    plan = roadmap.get_absolute_url()

    response = client.post(
        reverse("roadmap:activity-status", args=[activity.pk]),
        {"status": "started"},
        headers={"referer": f"http://testserver{plan}{came_from}"},
    )

    addresses = {"plan": plan, "stage": activity.stage_id, "activity": activity.get_absolute_url()}
    assert response.url == leads_to.format(**addresses)


@time_machine.travel("2026-11-10 10:00Z")
def test_pages_without_the_table_name_the_group_of_an_activity(client, roadmap):
    activity = make_activity(stage=make_stage(roadmap=roadmap), group="Контроль журналов", content="Просмотр записей")
    client.force_login(make_curator(roadmap.organization))

    addresses = [reverse("home"), reverse("roadmap:timeline", args=[roadmap.pk])]
    addresses.append(f"{reverse('roadmap:calendar', args=[roadmap.pk])}?month=2026-10")

    pages = [client.get(address).content.decode() for address in addresses]

    assert ["Контроль журналов: Просмотр записей" in page for page in pages] == [True] * 3
    assert str(activity) == "Контроль журналов: Просмотр записей"


@time_machine.travel("2026-11-10 10:00Z")
def test_home_page_shows_what_is_late_due_this_week_and_due(client, roadmap):
    stage = make_stage(roadmap=roadmap)
    week = make_activity(stage=stage, windows=[(date(2026, 11, 1), date(2026, 11, 12))])
    due = make_activity(stage=stage, windows=[(date(2026, 11, 1), date(2026, 11, 30))])
    client.force_login(make_curator(roadmap.organization))

    panel = own_roadmap(client.get(reverse("home")).wsgi_request)

    assert (len(panel["late"]), panel["week"], panel["due"]) == (2, [week], [due])
    assert panel["whole"].unowned == 4


@pytest.mark.parametrize(
    ("make_member", "may_change", "may_export"),
    [(make_curator, True, True), (make_head, False, True), (make_staff, False, True)],
)
def test_roadmap_page_offers_what_the_role_may_do(client, roadmap, make_member, may_change, may_export):
    client.force_login(make_member(roadmap.organization))

    context = client.get(roadmap.get_absolute_url()).context

    assert (context["may_change"], context["may_export"]) == (may_change, may_export)


def test_roadmap_of_an_organization_below_is_open_to_its_coordinator(client, roadmap):
    client.force_login(make_coordinator(roadmap.organization.parent))

    assert client.get(roadmap.get_absolute_url()).status_code == 200
    assert client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "tsv"])).status_code == 200


@pytest.mark.parametrize(("make_reader", "is_named"), [(make_staff, True), (make_coordinator, False)])
def test_roadmap_page_tells_the_organization_alone_who_changed_it(client, roadmap, make_reader, is_named):
    curator = make_curator(roadmap.organization)
    curator.people.update(last_name="Корзинкина")
    set_status(Activity.objects.first(), "done", by=curator, today=date(2026, 11, 10))
    is_coordinator = make_reader is make_coordinator
    client.force_login(make_reader(roadmap.organization.parent if is_coordinator else roadmap.organization))

    response = client.get(roadmap.get_absolute_url())

    assert ("Корзинкина" in response.content.decode()) == is_named


@pytest.mark.parametrize(("text", "count"), [("ДОРОЖНАЯ  карта", 1), ("школа ёлочка", 0), ("елочк", 1), ("", 1)])
def test_roadmap_list_finds_titles_letter_case_aside(client, text, count):
    roadmap = make_roadmap(title="Дорожная карта «Ёлочки»")
    client.force_login(make_curator(roadmap.organization))

    response = client.get(reverse("roadmap:roadmap-list"), {"q": text})

    assert len(response.context["roadmaps"]) == count


def test_roadmap_of_another_organization_is_not_there(client, roadmap):
    activity = Activity.objects.first()
    client.force_login(make_curator())

    addresses = [
        client.get(roadmap.get_absolute_url()),
        client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "pdf"])),
        client.get(reverse("roadmap:activity-dates", args=[activity.pk])),
        client.post(reverse("roadmap:activity-status", args=[activity.pk]), {"status": "done"}),
    ]

    assert [response.status_code for response in addresses] == [404] * 4


@pytest.mark.parametrize("make_member", [make_head, make_staff])
def test_activity_status_is_not_for_those_who_only_read(client, roadmap, make_member):
    activity = Activity.objects.first()
    client.force_login(make_member(roadmap.organization))

    response = client.post(reverse("roadmap:activity-status", args=[activity.pk]), {"status": "done"})

    activity.refresh_from_db()
    assert (response.status_code, activity.status) == (403, "planned")


def test_activity_status_posted_twice_is_one_step(client, roadmap):
    activity = Activity.objects.first()
    client.force_login(make_curator(roadmap.organization))

    for _time in range(2):
        response = client.post(reverse("roadmap:activity-status", args=[activity.pk]), {"status": "done"})

    activity.refresh_from_db()
    assert (response.status_code, activity.status, activity.events.count()) == (302, "done", 1)


def test_activity_status_unknown_changes_nothing(client, roadmap):
    activity = Activity.objects.first()
    client.force_login(make_curator(roadmap.organization))

    client.post(reverse("roadmap:activity-status", args=[activity.pk]), {"status": "готово"})

    activity.refresh_from_db()
    assert activity.status == "planned"


def test_item_tick_toggles(client):
    activity = make_activity(items=["изучить"])
    client.force_login(make_curator(activity.organization))

    client.post(reverse("roadmap:item-tick", args=[activity.items.get().pk]), {"is_done": "1"})

    assert activity.items.get().is_done is True


def test_activity_dates_confirms_and_returns(client):
    activity = make_activity(stage=make_stage())
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-dates", args=[activity.pk])
    management = {"windows-TOTAL_FORMS": "2", "windows-INITIAL_FORMS": "1"}

    wrong = client.post(address, management | {"windows-0-starts_on": "2026-11-30", "windows-0-ends_on": "2026-11-01"})
    right = client.post(address, management | {"windows-0-starts_on": "2026-11-01", "windows-0-ends_on": "2026-11-30"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert [str(window) for window in activity.windows.all()] == ["2026-11-01 – 2026-11-30"]


def test_roadmap_export_of_an_unknown_format_is_not_there(client, roadmap):
    client.force_login(make_staff(roadmap.organization))

    assert client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "exe"])).status_code == 404


def test_roadmap_export_pdf_is_for_staff(client, roadmap):
    client.force_login(make_staff(roadmap.organization))

    response = client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "pdf"]))

    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
