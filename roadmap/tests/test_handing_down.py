"""A template of an office: handed down, taken, declined, changed and offered anew."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mentorship.models import OutboxLetter
from participants.tests.factories import make_coordinator, make_curator, make_organization
from roadmap import editing
from roadmap.activities import confirm_deadline, set_status
from roadmap.handing_down import (
    changes_to_hand_down,
    decline_offer,
    hand_down,
    mark_template,
    propose_taking,
    take_offer,
    template_from,
)
from roadmap.linking import link_activities
from roadmap.models import Activity, ActivityLink, Roadmap, TemplateOffer
from roadmap.next_year import copy_roadmap, propose_copy
from roadmap.owning import tasks_of
from roadmap.template_comparing import update_of
from roadmap.template_updating import apply_update
from roadmap.tests.factories import make_activity, make_roadmap, make_stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


class World:
    """An office with a template of two activities, an organization below it, and those who work there."""

    def __init__(self):
        self.office = make_organization(kind="education_office", short_name="УО")
        self.school = make_organization(
            parent=self.office, short_name="Школа № 3", head_position="Директор МАОУ «Школа № 3»"
        )
        self.coordinator, self.curator = make_coordinator(self.office), make_curator(self.school)
        self.template = make_roadmap(organization=self.office, is_template=True, title="План {организация}")
        self.stage = make_stage(roadmap=self.template, title="Формирование пар")
        self.first, self.second = self.add("Собрать пары", items=["Список"]), self.add("Издать приказ")

    def add(self, content, **values):
        values = {"deadline_text": "октябрь", "responsible_text": "Куратор"} | values
        return make_activity(stage=self.stage, content=content, **values)

    def hand_down(self, *organizations, note=""):
        return hand_down(self.template, organizations or [self.school], note=note, by=self.coordinator)

    def offer(self):
        return TemplateOffer.objects.get(template=self.template, organization=self.school)

    def take(self, **values):
        offer = self.offer()
        values = {"school_year": 2026, "title": "Наш план", "edition": offer.edition_id, "by": self.curator} | values
        return take_offer(offer, **values)

    def taken(self):
        self.hand_down()
        return self.take()

    def own(self, source):
        return Activity.objects.get(stage__roadmap=self.offer().roadmap, origin=source.pk)

    def edit(self, activity, **values):
        return editing.change_activity(activity, values, version=activity.version, by=self.curator)

    def change(self, activity, **values):
        activity.refresh_from_db()
        return self.edit(activity, **values)

    def update(self, *keys, everything=False):
        """Hand down anew and bring in the lines of these keys, or those that are ticked at first."""
        offer = self.offer()
        update = update_of(offer)
        ticked = {line.key for line in update.lines if everything or not line.is_own}
        return apply_update(offer, set(keys) or ticked, shown=update.fingerprint, by=self.curator, today=TODAY)

    def lines(self):
        return {line.key: line for line in update_of(self.offer()).lines}


@pytest.fixture
def world():
    return World()


def contents_of(roadmap):
    return list(Activity.objects.filter(stage__roadmap=roadmap).in_order().values_list("content", flat=True))


# --- handing down -----------------------------------------------------------------------------------------------------
def test_organization_takes_it_with_its_dates_names_and_owners(world):
    confirm_deadline(world.second, [(date(2026, 10, 5), date(2026, 10, 9))], by=world.coordinator)
    link_activities(world.first, world.second, kind="after", lag_days=2)
    world.change(world.first, responsible_text="{руководитель}", content="Собрать пары в {организация}")

    roadmap = world.taken()

    first, second = Activity.objects.filter(stage__roadmap=roadmap).in_order()
    assert propose_taking(world.offer(), 2026)[0].title == "План Школа № 3"
    assert world.offer().title == "План Школа № 3"
    assert (first.content, first.responsible_text) == ("Собрать пары в Школа № 3", "Директор")
    assert [(window.starts_on, window.ends_on) for window in first.windows.all()] == [
        (date(2026, 10, 1), date(2026, 10, 31))
    ]
    assert [(window.starts_on, window.ends_on) for window in second.windows.all()] == [
        (date(2026, 10, 5), date(2026, 10, 9))
    ]
    assert [item.text for item in first.items.all()] == ["Список"]
    assert first.owners.get().role == "head"
    assert ActivityLink.objects.get(leader=first).follower == second
    assert (roadmap.organization, roadmap.is_template) == (world.school, False)
    assert (world.offer().status, world.offer().taken_edition.number) == ("taken", 1)
    assert not world.lines()


def test_taken_for_a_later_year_it_is_redated(world):
    world.change(world.first, deadline_text="до 25 мая 2027 г.", content="Итоги 2026–2027 учебного года")
    world.hand_down()

    roadmap = world.take(school_year=2027)

    first = world.own(world.first)
    assert (first.deadline_text, first.content) == ("до 25 мая 2028 г.", "Итоги 2027–2028 учебного года")
    assert first.windows.get().ends_on == date(2028, 5, 25)
    assert (roadmap.school_year, roadmap.starts_on) == (2027, date(2027, 9, 1))
    assert not world.lines()
    with pytest.raises(ValidationError):
        propose_taking(world.offer(), 2025)


def test_what_is_of_another_organization_becomes_a_remark(world):
    world.change(world.first, responsible_text="Заведующий", content="Встреча в МБДОУ «Ромашка»")

    codes = set(world.taken().remarks.values_list("code", flat=True))

    assert {"foreign_name", "other_head"} <= codes


def test_curators_are_written_to_once_an_edition(world):
    world.hand_down(note="До 20 сентября")
    with pytest.raises(ValidationError):
        world.hand_down()
    world.change(world.first, content="Собрать пары и группы")
    world.take()
    world.hand_down()

    letters = OutboxLetter.objects.filter(name="template-offered").order_by("pk")
    assert [letter.recipient for letter in letters] == [world.curator.email] * 2
    assert "До 20 сентября" in letters[0].body
    assert world.template.editions.count() == 2


def test_it_goes_to_organizations_below_the_office_alone(world):
    with pytest.raises(ValidationError):
        world.hand_down(make_organization(), world.office)
    with pytest.raises(PermissionDenied):
        hand_down(world.template, [world.school], note="", by=make_coordinator())
    with pytest.raises(PermissionDenied):
        hand_down(world.template, [world.school], note="", by=world.curator)
    Activity.objects.all().delete()
    with pytest.raises(ValidationError):
        world.hand_down()

    assert not TemplateOffer.objects.exists()


def test_declined_it_may_be_taken_later_or_offered_again(world):
    world.hand_down()
    declined = decline_offer(world.offer(), reason="Есть свой план", by=world.curator)

    assert (declined.status, declined.reason) == ("declined", "Есть свой план")
    assert not TemplateOffer.objects.waiting().exists()
    assert [offer.status for offer in world.hand_down()] == ["offered"]
    decline_offer(world.offer(), reason="", by=world.curator)
    world.take()
    with pytest.raises(ValidationError):
        decline_offer(world.offer(), reason="", by=world.curator)
    with pytest.raises(ValidationError):
        world.take(title="Второй")


def test_taking_what_was_changed_meanwhile_or_stands_already_is_refused(world):
    world.hand_down()
    seen = world.offer().edition_id
    world.change(world.first, content="Иначе")
    world.hand_down()

    with pytest.raises(ValidationError):
        world.take(edition=seen)
    make_roadmap(organization=world.school, title="Наш план")
    with pytest.raises(ValidationError):
        world.take()
    with pytest.raises(PermissionDenied):
        world.take(title="Другой", by=make_curator())
    assert world.offer().status == "offered"


def test_template_is_marked_and_unmarked_until_it_is_handed_down(world):
    plan = make_roadmap(organization=world.office, activities=1)
    assert mark_template(plan, True).is_template
    assert not mark_template(plan, False).is_template
    with pytest.raises(ValidationError):
        mark_template(make_roadmap(), True)
    world.hand_down()
    with pytest.raises(ValidationError):
        mark_template(world.template, False)


def test_template_from_a_roadmap_leaves_it_as_it_is(world):
    source = make_roadmap(organization=world.school, activities=2)
    activity = Activity.objects.filter(stage__roadmap=source).first()
    set_status(activity, "done", by=world.curator, today=TODAY)
    link_activities(*Activity.objects.filter(stage__roadmap=source), kind="after", lag_days=1)

    made = template_from(source, office=world.office, title="Образец", by=world.coordinator)

    assert (made.is_template, made.organization) == (True, world.office)
    assert contents_of(made) == contents_of(source)
    assert set(Activity.objects.filter(stage__roadmap=made).values_list("status", "origin")) == {("planned", None)}
    assert ActivityLink.objects.filter(leader__stage__roadmap=made).count() == 1
    assert activity.stage.roadmap.stages.get().origin is None
    with pytest.raises(ValidationError):
        template_from(source, office=world.school, title="Нет", by=world.coordinator)


def test_template_is_nobodys_task_and_its_copy_is_a_template(world):
    editing.Activity.objects.filter(pk=world.first.pk).update(status="started")
    world.first.owners.create(role="office")

    assert not tasks_of(world.coordinator, TODAY).exists()
    assert not Roadmap.objects.plans().filter(pk=world.template.pk).exists()
    shown = propose_copy(world.template, school_year=2027).fingerprint
    copy = copy_roadmap(world.template, school_year=2027, title="На год позже", by=None, shown=shown)
    assert copy.is_template


# --- the office changes it --------------------------------------------------------------------------------------------
def test_changed_added_and_removed_lines_are_told_to_both(world):
    world.taken()
    world.change(world.first, deadline_text="ноябрь")
    added = world.add("Поздравить")
    world.second.delete()

    _last, changes = changes_to_hand_down(world.template)
    world.hand_down()

    told = {(activity.text.split(" ", 1)[1], line.what) for activity in changes for line in activity.lines}
    assert told == {("Собрать пары", "changed"), ("Поздравить", "added"), ("Издать приказ", "removed")}
    assert {line.what for line in world.lines().values()} == {"changed", "added", "removed"}
    assert not any(line.is_own for line in world.lines().values())
    assert world.update() == 3

    roadmap = world.offer().roadmap
    assert contents_of(roadmap) == ["Собрать пары", "Поздравить"]
    assert world.own(world.first).windows.get().ends_on == date(2026, 11, 30)
    assert world.own(added).owners.get().role == "curator"
    assert not world.offer().has_update


def test_what_the_organization_has_changed_is_not_ticked_and_stays(world):
    world.taken()
    world.edit(world.own(world.first), deadline_text="декабрь")
    world.change(world.first, deadline_text="ноябрь", content="Собрать пары и группы")
    world.hand_down()

    lines = world.lines()
    deadline = lines[f"{world.first.pk}:deadline"]
    assert (deadline.is_own, deadline.before, deadline.theirs, deadline.mine) == (True, "октябрь", "ноябрь", "декабрь")
    assert not lines[f"{world.first.pk}:content"].is_own
    world.update()

    own = world.own(world.first)
    assert (own.content, own.deadline_text) == ("Собрать пары и группы", "декабрь")
    # What was left is not offered again with the next change of something else.
    world.change(world.second, content="Издать приказ о парах")
    world.hand_down()
    assert set(world.lines()) == {f"{world.second.pk}:content"}


def test_title_period_columns_and_links_are_offered_as_lines(world):
    link_activities(world.first, world.second, kind="after", lag_days=2)
    roadmap = world.taken()
    columns = [{"role": "content", "title": "Что делаем"}, {"role": "deadline", "title": "Когда"}]
    values = {"title": "Карта {организация}", "ends_on": date(2027, 6, 30), "columns": columns}
    Roadmap.objects.filter(pk=world.template.pk).update(**values)
    ActivityLink.objects.filter(leader=world.first).update(kind="with", lag_days=0)
    world.template.refresh_from_db()

    _last, changes = changes_to_hand_down(world.template)
    world.hand_down()

    link = f"{world.second.pk}:link:{world.first.pk}"
    assert {line.key for change in changes for line in change.lines} == {
        "whole:title", "whole:period", "whole:columns", link
    }  # fmt: skip
    lines = world.lines()
    title = lines["whole:title"]
    assert (title.before, title.theirs, title.mine) == ("План Школа № 3", "Карта Школа № 3", "Наш план")
    # The organization has a title of its own; the rest stands as the office handed it down.
    assert [key for key, line in lines.items() if line.is_own] == ["whole:title"]
    assert world.update() == 3

    roadmap.refresh_from_db()
    assert (roadmap.title, roadmap.ends_on, roadmap.columns) == ("Наш план", date(2027, 6, 30), columns)
    own = ActivityLink.objects.get(leader=world.own(world.first))
    assert (own.follower, own.kind, own.lag_days) == (world.own(world.second), "with", 0)


def test_a_link_taken_away_goes_and_one_that_closes_a_circle_is_refused(world):
    link_activities(world.first, world.second, kind="after", lag_days=2)
    world.taken()
    third = world.add("Провести встречу")
    ActivityLink.objects.filter(leader=world.first).delete()
    world.hand_down()
    world.update()
    assert not ActivityLink.objects.filter(leader=world.own(world.first)).exists()

    link_activities(world.own(third), world.own(world.first), kind="after", lag_days=1)
    link_activities(world.first, third, kind="after", lag_days=1)
    world.hand_down()
    with pytest.raises(ValidationError):
        world.update()
    assert world.offer().has_update
    assert not ActivityLink.objects.filter(leader=world.own(world.first)).exists()


def test_a_title_that_another_roadmap_has_is_refused(world):
    roadmap = world.taken()
    make_roadmap(organization=world.school, title="Карта")
    Roadmap.objects.filter(pk=world.template.pk).update(title="Карта")
    world.template.refresh_from_db()
    world.hand_down()

    with pytest.raises(ValidationError):
        world.update("whole:title")

    roadmap.refresh_from_db()
    assert roadmap.title == "Наш план"


def test_own_words_are_replaced_where_the_organization_chooses_so(world):
    world.taken()
    world.edit(world.own(world.first), content="Своё")
    world.change(world.first, content="Собрать пары и группы")
    world.hand_down()

    assert world.update(f"{world.first.pk}:content") == 1

    own = world.own(world.first)
    assert own.content == "Собрать пары и группы"
    assert own.source_texts == {}


def test_what_stands_so_already_is_not_offered(world):
    world.taken()
    world.edit(world.own(world.first), content="Одинаково")
    world.change(world.first, content="Одинаково")
    world.hand_down()

    assert not world.lines()
    assert world.offer().has_update
    assert world.update() == 0
    assert not world.offer().has_update


def test_removed_by_the_office_done_stays_started_is_cancelled(world):
    third = world.add("Провести встречу")
    world.taken()
    set_status(world.own(world.first), "done", by=world.curator, today=TODAY)
    set_status(world.own(world.second), "started", by=world.curator, today=TODAY)
    for source in (world.first, world.second, third):
        Activity.objects.filter(pk=source.pk).update(status="cancelled")
    world.add("Новое")
    world.hand_down()

    lines = world.lines()
    assert f"{world.first.pk}:removed" not in lines
    assert lines[f"{world.second.pk}:removed"].is_own
    assert not lines[f"{third.pk}:removed"].is_own
    world.update(*lines)

    assert world.own(world.first).status == "done"
    assert world.own(world.second).status == "cancelled"
    assert contents_of(world.offer().roadmap) == ["Новое", "Собрать пары", "Издать приказ"]


def test_what_the_organization_has_deleted_comes_back_by_its_choice_alone(world):
    world.taken()
    editing.delete_activity(world.own(world.second))
    world.change(world.second, content="Издать приказ о парах")
    world.hand_down()

    (line,) = world.lines().values()
    assert (line.what, line.is_own) == ("dropped_here", True)
    world.update(line.key)
    assert contents_of(world.offer().roadmap) == ["Собрать пары", "Издать приказ о парах"]


def test_points_keep_their_ticks_and_stages_are_made_moved_and_renamed(world):
    world.taken()
    world.own(world.first).items.update(is_done=True)
    editing.add_item(world.first, "Приказ")
    earlier = editing.add_stage(world.template, number="0", title="Подготовка условий")
    editing.step_stage(earlier, -1)
    editing.place_activity(world.second, earlier, 0)
    world.stage.refresh_from_db()
    editing.change_stage(world.stage, number="1", title="Создание пар")
    world.hand_down()

    world.update()

    roadmap = world.offer().roadmap
    assert [stage.title for stage in roadmap.stages.all()] == ["Подготовка условий", "Создание пар"]
    assert world.own(world.second).stage.origin == earlier.pk
    items = world.own(world.first).items.values_list("text", "is_done")
    assert list(items) == [("Список", True), ("Приказ", False)]


def test_a_number_a_title_and_a_kind_of_a_stage_are_offered_each_by_itself(world):
    editing.change_stage(world.stage, number="1", title="Пары в {организация}")
    world.taken()
    editing.change_stage(world.own(world.first).stage, number="1", title="Наши пары")
    world.stage.refresh_from_db()
    editing.change_stage(world.stage, number="2", title="Создание пар в {организация}", kind="pairs")
    (changed,) = changes_to_hand_down(world.template)[1]
    assert [(line.before, line.theirs) for line in changed.lines] == [
        ("1", "2"),
        ("Пары в {организация}", "Создание пар в {организация}"),
        ("", "Формирование пар и групп"),
    ]
    world.hand_down()

    lines = world.lines().values()
    offered = [(line.name, line.before, line.theirs, line.is_own) for line in lines]
    assert offered == [
        ("stage_number", "1", "2", False),
        ("stage_title", "Пары в Школа № 3", "Создание пар в Школа № 3", True),
        ("stage_kind", "", "Формирование пар и групп", False),
    ]
    world.update()
    stage = world.own(world.first).stage
    assert (stage.number, stage.title, stage.kind) == ("2", "Наши пары", "pairs")


def test_update_seen_before_another_change_is_refused(world):
    world.taken()
    world.change(world.first, content="Собрать пары и группы")
    world.hand_down()
    offer = world.offer()
    seen = update_of(offer)
    world.edit(world.own(world.first), content="Своё")

    with pytest.raises(ValidationError):
        apply_update(offer, {line.key for line in seen.lines}, shown=seen.fingerprint, by=world.curator, today=TODAY)

    assert world.own(world.first).content == "Своё"


def test_comparing_takes_a_constant_number_of_queries(world, django_assert_max_num_queries):
    for number in range(20):
        world.add(f"Мероприятие {number}")
    world.taken()
    offer = TemplateOffer.objects.select_related("roadmap", "organization", "edition", "taken_edition").get()
    with django_assert_max_num_queries(9):
        update_of(offer)
