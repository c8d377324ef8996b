"""Layouts: the official forms, own ones, those of the office above; making, changing, preview."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.models import RegistryLayout
from participants.registry_layouts import (
    COLUMNS,
    FORM_TITLES,
    PASSED_UPWARD,
    READY,
    Chosen,
    layout_for,
    layouts_for,
    make_layout,
    ready_layout,
    save_layout,
)
from participants.registry_samples import sample_lines
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_organization,
    make_staff,
)

# domain.md §3.6, after the number: the official forms word for word.
MENTORS_FORM = [
    "ФИО наставника",
    "Контактные данные для связи",
    "Место работы/учёбы наставника",
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы/учёбы наставляемого",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника, размещённые на сайте организации",
]
MENTEES_FORM = [
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
    "Отметка о прохождении программы",
]
OF_TEACHERS = {"position", "education", "qualification", "experience", "experience_here", "subject", "order"}


@pytest.fixture
def office(db):
    return make_organization(kind="education_office", short_name="Управление образования")


@pytest.fixture
def school(office):
    return make_organization(parent=office)


@pytest.mark.parametrize(("kind", "headers"), [("mentors", MENTORS_FORM), ("mentees", MENTEES_FORM)])
def test_official_form_has_its_columns_in_its_order(kind, headers):
    assert [each.header for each in ready_layout(kind, "official").chosen] == headers


@pytest.mark.parametrize(("kind", "own"), [("mentors", "courses"), ("mentees", "difficulties")])
def test_variant_for_teachers_has_the_columns_of_teachers(kind, own):
    assert {*OF_TEACHERS, own} - set(READY[kind]["teachers"]) == set()


@pytest.mark.parametrize("kind", list(COLUMNS))
def test_every_column_can_be_printed(kind):
    lines = sample_lines(kind)

    values = [[column.value(line) if callable(column.value) else getattr(line, column.value) for line in lines]
              for column in COLUMNS[kind].values()]  # fmt: skip

    assert {len(each) for each in values} == {3}


def test_layouts_are_own_ones_ready_ones_and_those_of_offices_above(school, office):
    ministry = make_organization(kind="education_office", short_name="Министерство")
    office.parent = ministry
    office.save()
    for organization, name in ((school, "Наша"), (office, "Форма управления"), (ministry, "Форма министерства")):
        make_layout(organization, "mentors", start="official", name=name)
    make_layout(make_organization(), "mentors", start="official", name="Чужая")

    found = [(layout.name, layout.office) for layout in layouts_for(school, "mentors") if layout.key.isdecimal()]

    assert sorted(found) == [
        ("Наша", ""),
        ("Форма министерства", "Министерство"),
        ("Форма управления", "Управление образования"),
    ]


def test_default_layout_is_used_unless_another_is_chosen(school, office):
    own = make_layout(school, "mentors", start="teachers", name="Наша")
    save_layout(own, name="Наша", title="", chosen=[Chosen("name", "Имя", 20)], is_default=True)
    of_office = make_layout(office, "mentors", start="official", name="Форма управления")
    save_layout(of_office, name="Форма", title="", chosen=[Chosen("name", "ФИО", 20)], is_default=True)

    keys = [layout_for(school, "mentors", key).key for key in ("", "official", str(of_office.pk), "nonsense")]

    assert keys == [str(own.pk), "official", str(of_office.pk), str(own.pk)]
    assert layout_for(school, "mentees").key == "official"


def test_a_new_default_layout_takes_the_place_of_the_former(school):
    former, new = (make_layout(school, "mentors", start="official", name=name) for name in ("А", "Б"))
    columns = [Chosen("name", "ФИО", 20)]
    save_layout(former, name="А", title="", chosen=columns, is_default=True)

    save_layout(new, name="Б", title="", chosen=columns, is_default=True)

    assert list(RegistryLayout.objects.filter(is_default=True)) == [new]


def test_a_layout_name_is_taken_once(school):
    make_layout(school, "mentors", start="official", name="Наша")

    with pytest.raises(ValidationError):
        make_layout(school, "mentors", start="official", name="Наша ")


def test_a_layout_forgets_columns_that_the_portal_does_not_know(school):
    row = make_layout(school, "mentors", start="official", name="Наша")
    row.columns = [{"key": "shoe_size", "header": "Обувь", "width": 9}, {"key": "name", "header": "Имя", "width": 20}]
    row.save()

    assert layout_for(school, "mentors", str(row.pk)).keys == ["name"]


def test_layout_for_an_office_has_only_what_the_consent_covers():
    passed = ready_layout("mentors", "official").passed_upward()

    assert passed.keys[:2] == ["organization", "name"]
    assert set(passed.keys) - PASSED_UPWARD == set()
    assert {"contacts", "competences", "interests"} & set(passed.keys) == set()


# --- pages ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def curator(client, school):
    curator = make_curator(school)
    client.force_login(curator)
    return curator


def posted(*rows, **values):
    """What the page of a layout sends: rows are (key, header, width, is shown)."""
    return {
        "name": "Наша",
        "title": "",
        "key": [row[0] for row in rows],
        "header": [row[1] for row in rows],
        "width": [row[2] for row in rows],
        "shown": [row[0] for row in rows if row[3]],
        **values,
    }


NAME, RESULTS, ORDER = ("name", "Имя", "30", True), ("results", "Итоги", "25", True), ("order", "Приказ", "20", False)


def test_layout_page_makes_a_copy_and_leads_to_its_columns(client, school, curator):
    response = client.post(
        reverse("participants:layout-add", args=["mentors"]), {"start": "teachers", "name": "Форма 2026"}
    )

    row = RegistryLayout.objects.get()
    assert (row.name, row.organization, response.url) == ("Форма 2026", school, row.get_absolute_url())
    assert [each["key"] for each in row.columns] == list(READY["mentors"]["teachers"])


def test_layout_page_saves_headers_order_choice_and_widths(client, school, curator):
    row = make_layout(school, "mentors", start="official", name="Наша")

    client.post(row.get_absolute_url(), posted(RESULTS, ORDER, NAME, title="Реестр", is_default="on"))

    row.refresh_from_db()
    assert row.columns == [
        {"key": "results", "header": "Итоги", "width": 25},
        {"key": "name", "header": "Имя", "width": 30},
    ]
    assert (row.title, row.is_default) == ("Реестр", True)


def test_layout_page_moves_a_row_and_saves_nothing(client, school, curator):
    row = make_layout(school, "mentors", start="official", name="Наша")
    before = row.columns

    response = client.post(row.get_absolute_url(), posted(NAME, RESULTS, moved="up:results"))

    row.refresh_from_db()
    assert (response.status_code, row.columns) == (200, before)
    assert [each["key"] for each in response.context["form"].rows][:2] == ["results", "name"]
    assert [column.header for column in response.context["preview"]["columns"]] == ["Итоги", "Имя"]


@pytest.mark.parametrize("moved", ["up:name", "down:nonsense", "sideways:name", ":", "up:"])
def test_layout_page_ignores_a_move_that_cannot_be(client, school, curator, moved):
    row = make_layout(school, "mentors", start="official", name="Наша")

    response = client.post(row.get_absolute_url(), posted(NAME, RESULTS, moved=moved))

    assert [each["key"] for each in response.context["form"].rows][:2] == ["name", "results"]


def test_layout_page_shows_the_preview_as_a_fragment(client, school, curator):
    row = make_layout(school, "mentors", start="official", name="Наша")

    response = client.post(
        row.get_absolute_url(),
        posted(NAME, preview="yes"),
        headers={"HX-Request": "true", "HX-Target": "layout-preview"},
    )

    page = response.content.decode()
    assert (page.count("<tr>"), page.count("<h1>"), page.count("<th>Имя</th>")) == (4, 0, 1)


@pytest.mark.parametrize(
    "rows",
    [
        [("name", "Имя", "30", False)],
        [("name", "Имя", "0", True)],
        [("name", "Имя", "1000", True)],
        [("name", "Имя", "широкая", True)],
        [("name", "Имя", "-5", True)],
        [("name", "Имя", "²", True)],
    ],
)
def test_layout_page_refuses_what_cannot_be_printed(client, school, curator, rows):
    row = make_layout(school, "mentors", start="official", name="Наша")

    response = client.post(row.get_absolute_url(), posted(*rows))

    assert (response.status_code, len(response.context["form"].non_field_errors())) == (422, 1)


def test_layout_page_takes_an_emptied_header_for_the_official_one(client, school, curator):
    row = make_layout(school, "mentors", start="official", name="Наша")

    client.post(row.get_absolute_url(), posted(("name", "  ", "30", True)))

    row.refresh_from_db()
    assert row.columns == [{"key": "name", "header": "ФИО наставника", "width": 30}]


def test_layout_is_deleted(client, school, curator):
    row = make_layout(school, "mentors", start="official", name="Наша")

    client.post(reverse("participants:layout-delete", args=[row.pk]))

    assert RegistryLayout.objects.count() == 0


def test_layout_pages_are_for_curators_and_for_the_coordinator_of_the_office(client, school, office):
    own = make_layout(school, "mentors", start="official", name="Наша")
    of_office = make_layout(office, "mentors", start="official", name="Форма управления")
    statuses = {}
    for name, user in {
        "curator": make_curator(school),
        "coordinator": make_coordinator(office),
        "head": make_head(school),
        "staff": make_staff(school),
        "stranger": make_curator(),
    }.items():
        client.force_login(user)
        pages = [reverse("participants:layouts"), own.get_absolute_url(), of_office.get_absolute_url()]
        statuses[name] = [client.get(page).status_code for page in pages]

    assert statuses == {
        "curator": [200, 200, 404],
        "coordinator": [200, 403, 200],
        "head": [403, 403, 404],
        "staff": [403, 403, 404],
        "stranger": [200, 404, 404],
    }


def test_titles_are_those_of_the_forms():
    assert {kind: ready_layout(kind, "official").title for kind in READY} == FORM_TITLES
