from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.tests.factories import make_curator, make_head, make_organization
from roadmap import editing
from roadmap.activities import confirm_deadline
from roadmap.models import Activity, Roadmap
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db


def texts_of(stage):
    return list(stage.activities.order_by("position").values_list("content", flat=True))


def values_of(activity, **values):
    return {name: getattr(activity, name) for name in editing.EDITED} | values


def test_change_activity_keeps_what_the_document_said():
    activity = make_activity(content="Собрание")

    for text in ("Общее собрание", "Собрание родителей"):
        activity = editing.change_activity(activity, {"content": text}, version=activity.version, by=None)

    assert (activity.content, activity.source_texts) == ("Собрание родителей", {"content": "Собрание"})


def test_change_activity_back_to_the_document_needs_no_note():
    activity = make_activity(content="Собрание")
    changed = editing.change_activity(activity, {"content": "Совет"}, version=0, by=None)

    changed = editing.change_activity(changed, {"content": "Собрание"}, version=1, by=None)

    assert changed.source_texts == {}


def test_change_activity_reads_a_new_deadline():
    activity = make_activity()

    editing.change_activity(activity, {"deadline_text": "ноябрь 2026 г."}, version=0, by=None)

    window = activity.windows.get()
    assert (window.starts_on, window.ends_on) == (date(2026, 11, 1), date(2026, 11, 30))


def test_change_of_an_older_version_is_refused_and_shows_the_newer_one():
    activity = make_activity()
    editing.change_activity(activity, {"content": "Первый"}, version=0, by=None)

    with pytest.raises(editing.ChangedMeanwhile) as refused:
        editing.change_activity(activity, {"content": "Второй"}, version=0, by=None)

    assert refused.value.current.content == "Первый"
    assert Activity.objects.get().content == "Первый"


def test_added_activity_has_no_words_of_a_document():
    activity = editing.add_activity(make_stage(), {"content": "Новое", "deadline_text": "ежемесячно"})

    changed = editing.change_activity(activity, {"content": "Новейшее"}, version=0, by=None)

    assert (changed.source_texts, changed.occurrences.count()) == ({}, 10)


@pytest.mark.parametrize(("step", "order"), [(-1, "bac"), (1, "acb")])
def test_step_activity_changes_places(step, order):
    stage = make_stage()
    activities = [make_activity(stage=stage, content=name) for name in "abc"]

    editing.step_activity(activities[1], step)

    assert texts_of(stage) == list(order)


def test_step_over_the_edge_goes_into_the_neighbouring_stage():
    roadmap = make_roadmap()
    first, second = make_stage(roadmap=roadmap), make_stage(roadmap=roadmap)
    activity = make_activity(stage=first, content="a")
    make_activity(stage=second, content="b")

    editing.step_activity(activity, 1)
    activity.refresh_from_db()

    assert (texts_of(first), texts_of(second)) == ([], ["a", "b"])
    assert editing.step_activity(activity, -1) is None
    assert texts_of(first) == ["a"]


def test_activity_does_not_move_into_another_roadmap():
    with pytest.raises(ValidationError):
        editing.place_activity(make_activity(), make_stage(), 0)


def test_stage_with_activities_is_not_deleted():
    stage = make_activity().stage

    with pytest.raises(ValidationError):
        editing.delete_stage(stage)


def test_second_who_sets_the_days_sees_those_of_the_first(client):
    activity = make_activity(windows=[(date(2026, 10, 1), date(2026, 10, 31))])
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-dates", args=[activity.pk])
    confirm_deadline(activity, [(date(2026, 11, 3), date(2026, 11, 9))], by=None)
    typed = {"windows-TOTAL_FORMS": 1, "windows-INITIAL_FORMS": 0, "windows-0-ends_on": "2026-12-25"}

    page = client.post(address, typed | {"version": 0})

    assert page.status_code == 409
    assert "03.11.2026 – 09.11.2026" in page.content.decode()
    assert 'value="2026-12-25"' in page.content.decode()
    client.post(address, typed | {"version": 1})
    assert [window.ends_on for window in activity.windows.all()] == [date(2026, 12, 25)]


@pytest.mark.parametrize(("moved", "before", "order"), [("c", "a", "cab"), ("a", "c", "bac"), ("a", None, "bca")])
def test_dragged_stage_stands_before_another_or_at_the_end(client, moved, before, order):
    roadmap = make_roadmap()
    stages = {name: make_stage(roadmap=roadmap, title=name) for name in "abc"}
    client.force_login(make_curator(roadmap.organization))

    client.post(reverse("roadmap:stage-move", args=[stages[moved].pk]), {"before": stages[before].pk if before else ""})

    assert list(roadmap.stages.order_by("position").values_list("title", flat=True)) == list(order)


def test_stage_is_changed_in_its_place(client):
    stage = make_activity().stage
    client.force_login(make_curator(stage.organization))
    address = reverse("roadmap:stage-edit", args=[stage.pk])

    form = client.get(address, headers={"HX-Request": "true"}).content.decode()
    head = client.post(address, {"number": "1", "title": "Готовим почву"}, headers={"HX-Request": "true"})

    assert "<html" not in form
    assert "Готовим почву" in head.content.decode()
    assert "0 / 1" in head.content.decode()
    assert client.post(address, {"title": ""}, headers={"HX-Request": "true"}).status_code == 422


def test_step_stage_changes_places():
    roadmap = make_roadmap()
    stages = [make_stage(roadmap=roadmap, title=name) for name in "abc"]

    editing.step_stage(stages[2], -1)

    assert list(roadmap.stages.order_by("position").values_list("title", flat=True)) == ["a", "c", "b"]


def test_new_roadmap_from_scratch(client):
    organization = make_organization()
    client.force_login(make_curator(organization))

    values = {"title": "План", "starts_on": "2026-09-01", "ends_on": "2027-08-31"}
    response = client.post(reverse("roadmap:roadmap-new"), values)

    roadmap = Roadmap.objects.get()
    assert response.url == roadmap.get_absolute_url()
    assert (roadmap.organization, roadmap.stages.count()) == (organization, 1)


def test_second_editor_sees_the_first_change_and_chooses(client):
    activity = make_activity()
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-edit", args=[activity.pk])
    editing.change_activity(activity, {"content": "Чужое"}, version=0, by=None)

    response = client.post(address, values_of(activity, content="Моё", version=0))

    assert response.status_code == 409
    assert [line[1:] for line in response.context["differing"]] == [("Чужое", "Моё")]
    again = client.post(address, values_of(activity, content="Моё", version=response.context["form"].data["version"]))
    assert (again.status_code, Activity.objects.get().content) == (302, "Моё")


def test_second_editor_keeps_what_he_left_alone_as_the_first_changed_it(client):
    activity = make_activity(content="Собрание", responsible_text="Куратор")
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-edit", args=[activity.pk])
    opened = client.get(address).context["form"]
    typed = {name: opened[name].value() for name in opened.fields}
    editing.change_activity(activity, {"responsible_text": "Директор", "frequency": "weekly"}, version=0, by=None)

    refused = client.post(address, typed | {"content": "Совет"})
    form = refused.context["form"]

    assert (refused.status_code, [line[1:] for line in refused.context["differing"]]) == (
        409,
        [("Собрание", "Совет"), ("Директор", None), ("каждую неделю", None)],
    )
    client.post(address, {name: form[name].value() for name in form.fields})
    activity.refresh_from_db()
    assert (activity.content, activity.responsible_text, activity.frequency) == ("Совет", "Директор", "weekly")


@pytest.mark.parametrize("seen", ["[1]", "{}", '{"content": 5}'])
def test_second_editor_whose_page_tells_nothing_changes_all_fields(client, seen):
    activity = make_activity(content="Собрание")
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-edit", args=[activity.pk])
    editing.change_activity(activity, {"content": "Чужое"}, version=0, by=None)

    response = client.post(address, values_of(activity, content="Моё", version=0, seen=seen))

    assert [line[1:] for line in response.context["differing"]] == [("Чужое", "Моё")]


def test_edit_in_place_returns_the_article(client):
    activity = make_activity()
    client.force_login(make_curator(activity.organization))
    address = reverse("roadmap:activity-edit", args=[activity.pk])

    response = client.post(address, values_of(activity, content="Моё", version=0), headers={"HX-Request": "true"})

    assert response.templates[0].name == "roadmap/_activity.html"


def test_drag_puts_before_another(client):
    stage = make_stage()
    first, _second, third = (make_activity(stage=stage, content=name) for name in "abc")
    client.force_login(make_curator(stage.organization))

    client.post(reverse("roadmap:activity-move", args=[third.pk]), {"stage": stage.pk, "before": first.pk})
    client.post(reverse("roadmap:activity-move", args=[first.pk]), {"stage": stage.pk, "before": ""})

    assert texts_of(stage) == ["c", "b", "a"]


@pytest.mark.parametrize("name", ["activity-edit", "activity-delete", "activity-links", "followers", "activity-dates"])
def test_plan_is_changed_by_its_curator_alone(client, name):
    activity = make_activity()
    address = reverse(f"roadmap:{name}", args=[activity.pk])

    client.force_login(make_head(activity.organization))
    assert client.get(address).status_code == 403
    client.force_login(make_curator())
    assert client.get(address).status_code == 404
    client.force_login(make_curator(activity.organization))
    assert client.get(address).status_code == 200


def test_point_is_deleted_by_its_button(client):
    activity = make_activity(items=["Собрать анкеты", "Подвести итоги"])
    first, second = activity.items.all()
    address = reverse("roadmap:item-delete", args=[first.pk])
    client.force_login(make_curator())
    assert client.post(address).status_code == 404

    client.force_login(make_curator(activity.organization))
    assert address in client.get(activity.stage.roadmap.get_absolute_url()).content.decode()
    assert client.post(address).status_code == 302
    assert list(activity.items.all()) == [second]
