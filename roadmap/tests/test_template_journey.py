"""A template from the office to an organization and its update, in the browser, wide and on a telephone."""

import pytest

from participants.tests.factories import make_coordinator, make_curator, make_organization
from roadmap import editing
from roadmap.models import Activity, TemplateOffer
from roadmap.tests.browsing import looked_at, press
from roadmap.tests.factories import make_activity, make_roadmap, make_stage


@pytest.fixture
def office(transactional_db, time_machine):
    time_machine.move_to("2026-11-10 09:30+03:00")
    return make_organization(kind="education_office", short_name="Управление образования Заречного района")


@pytest.fixture
def template(office):
    made = make_roadmap(organization=office, is_template=True, title="Дорожная карта наставничества в {организация}")
    stage = make_stage(roadmap=made, number="1", title="Подготовка условий для запуска программы наставничества")
    for content in ("Издать приказ о внедрении целевой модели", "Провести опрос педагогов"):
        make_activity(stage=stage, content=content, deadline_text="октябрь", responsible_text="Куратор")
    return made


@pytest.mark.parametrize("width", [1280, 360])
def test_a_template_is_handed_down_taken_and_updated(office, template, sit_down, axe, width):
    school = make_organization(parent=office, short_name="МБОУ «СОШ № 12»")
    desk = sit_down(make_coordinator(office), width=width)
    curators = sit_down(make_curator(school), width=width)

    # The office hands its template down.
    desk.goto("/roadmap/templates/")
    assert "Дорожная карта наставничества" in looked_at(desk, axe)
    desk.goto(f"/roadmap/{template.pk}/hand-down/")
    assert "СОШ № 12" in looked_at(desk, axe)
    press(desk, "Передать и написать кураторам")
    assert TemplateOffer.objects.get().organization == school

    # The curator takes it under the name of the school.
    offer = TemplateOffer.objects.get()
    curators.goto(offer.get_absolute_url())
    assert "Издать приказ о внедрении целевой модели" in looked_at(curators, axe)
    press(curators, "Взять на")
    curators.wait_for_selector(".plan-views")
    assert "Дорожная карта наставничества в МБОУ «СОШ № 12»" in looked_at(curators, axe)

    # The office changes a deadline and the number of a stage; the curator sees both and takes them over.
    activity = Activity.objects.get(stage__roadmap=template, content="Провести опрос педагогов")
    editing.change_activity(activity, {"deadline_text": "ноябрь"}, version=activity.version, by=offer.edition.handed_by)
    editing.change_stage(activity.stage, number="2", title=activity.stage.title)
    desk.goto(f"/roadmap/{template.pk}/hand-down/")
    assert "ноябрь" in looked_at(desk, axe)
    press(desk, "Передать и написать кураторам")
    curators.goto(f"/roadmap/offers/{offer.pk}/update/")
    text = looked_at(curators, axe)
    assert ("Номер этапа" in text, "октябрь" in text, "ноябрь" in text) == (True, True, True)
    press(curators, "Перенести отмеченное")
    curators.wait_for_selector(".plan-views")
    taken = Activity.objects.get(stage__roadmap__organization=school, origin=activity.pk)
    assert (taken.deadline_text, taken.stage.number) == ("ноябрь", "2")
    looked_at(curators, axe)
