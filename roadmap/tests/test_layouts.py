"""Sets of columns: ready ones, own ones, those of the office above; making, changing, printing by them."""

import io
from datetime import date

import docx
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_organization,
    make_person,
    make_staff,
)
from roadmap.activities import set_status
from roadmap.exporting import ANNEX, NO_MARK, PrintedRoadmap, Sheet, export_roadmap
from roadmap.layouts import READY, as_chosen, layouts_for, layouts_of, make_layout, ready_layouts, save_layout
from roadmap.models import ActivityOwner, RoadmapLayout
from roadmap.printed_tables import TEXTS, table_of
from roadmap.tests.factories import make_activity, make_roadmap, make_stage
from roadmap.tests.test_exporting import pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_organization(kind="education_office")


@pytest.fixture
def school(office):
    return make_organization(parent=office, short_name="Школа № 3", head_position="Директор")


def columns(*keys):
    return [{"role": key, "title": as_chosen(key).header, "width": as_chosen(key).width} for key in keys]


def test_layouts_are_own_ones_ready_ones_and_those_of_offices_above(school, office):
    for organization, name in ((school, "Наша"), (office, "Форма управления"), (make_organization(), "Чужая")):
        make_layout(organization, name=name)

    layouts = layouts_for(school)

    assert [(layout.name, layout.office, layout.is_own) for layout in layouts] == [
        ("Наша", "", True),
        *((layout.name, "", False) for layout in ready_layouts()),
        ("Форма управления", office.short_name, False),
    ]


def test_every_column_of_a_layout_can_be_filled():
    assert {key for keys in READY.values() for key in keys} <= {*TEXTS, "stage"}
    assert not [each.key for layout in ready_layouts() for each in layout.chosen if not each.header]


def test_make_layout_copies_another_one_and_refuses_a_name_that_is_taken(school):
    row = make_layout(school, name=" Контроль ", start="control")

    assert (row.name, [each["key"] for each in row.columns]) == ("Контроль", READY["control"])
    with pytest.raises(ValidationError):
        make_layout(school, name="Контроль")


def test_a_stored_column_that_is_known_no_more_is_left_out(school):
    row = make_layout(school, name="Старая")
    RoadmapLayout.objects.filter(pk=row.pk).update(columns=[*row.columns, {"key": "gone", "header": "?", "width": 9}])

    assert [each.key for each in layouts_for(school)[0].chosen] == READY["plan"]


# --- tables -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stage_number", "numbers"), [("2.", ["2.1", "2.2"]), ("2-й этап", ["2.1", "2.2"]), ("", ["1", "2"])]
)
def test_table_of_a_layout_counts_where_the_document_has_no_numbers(stage_number, numbers):
    stage = make_stage(number=stage_number)
    for _each in range(2):
        make_activity(stage=stage, number="")

    printed = [row.cells[0].text for row in table_of(stage.roadmap, columns("number", "content"))[1:]]
    own = [row.cells[0].text for row in table_of(stage.roadmap)[1:]]

    assert (printed, own) == (numbers, ["", ""])


def test_table_of_a_layout_says_state_dates_and_what_other_columns_held(school):
    roadmap = make_roadmap(organization=school)
    activity = make_activity(stage=make_stage(roadmap=roadmap), content="Опрос", extra={"Бюджет": "нет", "Место": ""})
    set_status(activity, "done", by=None, today=date(2026, 10, 3))

    _stage, row = table_of(roadmap, columns("content", "dates", "state", "done_on", "mark", "rest"))

    assert [cell.text for cell in row.cells][:2] == ["Опрос", "октябрь 2026 г."]
    assert [cell.text for cell in row.cells][3:] == ["03.10.2026", "", "Бюджет: нет"]
    assert row.cells[2].text


def test_a_layout_without_groups_says_the_group_once_within_its_activities(school):
    stage = make_stage(roadmap=make_roadmap(organization=school))
    for content in ("Издать приказ", "Назначить куратора"):
        make_activity(stage=stage, content=content, group="Нормативная база")

    rows = table_of(stage.roadmap, columns("content"))[1:]

    assert [row.cells[0].text for row in rows] == ["Нормативная база\nИздать приказ", "Назначить куратора"]


def test_columns_that_name_people_are_left_out_for_those_who_may_not_read_them(school):
    row = make_layout(school, name="Поимённо")
    save_layout(row, name="Поимённо", chosen=[as_chosen(key) for key in ("content", "owners", "proofs")])
    layout = layouts_for(school)[0]

    assert [each["role"] for each in layout.columns(names_people=True)] == ["content", "owners", "proofs"]
    assert [each["role"] for each in layout.columns(names_people=False)] == ["content"]


def test_the_first_layout_of_a_roadmap_is_that_of_its_document(school):
    roadmap = make_roadmap(organization=school)

    layout = layouts_of(roadmap)[0]

    assert layout.columns(names_people=True) is None
    assert [each.header for each in layout.chosen] == [column["title"] for column in roadmap.columns]


# --- papers -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("is_landscape", "size"), [(True, "841.89 x 595.276"), (False, "595.276 x 841.89")])
def test_pdf_lies_as_it_was_chosen(school, is_landscape, size):
    from pypdf import PdfReader

    roadmap = make_roadmap(organization=school, activities=1)

    box = PdfReader(io.BytesIO(export_roadmap(roadmap, "pdf", Sheet(is_landscape=is_landscape)))).pages[0].mediabox

    assert f"{box.width:.6g} x {box.height:.6g}".replace("841.890", "841.89") == size


def test_mark_is_the_day_of_the_order_not_that_of_the_grif(school):
    roadmap = make_roadmap(
        organization=school, order_number="56", order_on=date(2026, 8, 29), approved_on=date(2026, 9, 1)
    )
    roadmap.approver_position, roadmap.approver_name = "Директор", "И.И. Осина"

    def lines(**values):
        return PrintedRoadmap(roadmap, Sheet(**values)).mark_lines

    assert lines() == ["УТВЕРЖДЕНО", "приказом от 29.08.2026 № 56", "(Директор И.И. Осина)"]
    assert lines(mark=ANNEX, annex_number="2") == ["Приложение № 2", "к приказу от 29.08.2026 № 56"]
    assert lines(mark=NO_MARK) == []
    roadmap.order_number, roadmap.order_on = "", None
    assert lines(mark=ANNEX) == ["Приложение", "к приказу от ____________ № ______"]
    assert lines() == ["УТВЕРЖДАЮ", "Директор", "____________ И.И. Осина", "01.09.2026"]


def test_every_paper_has_the_chosen_columns_and_the_mark(school):
    roadmap = make_roadmap(organization=school, activities=2, order_number="56", order_on=date(2026, 8, 29))
    sheet = Sheet(columns("number", "content", "mark"), is_landscape=False, mark=ANNEX, annex_number="1")

    text = " ".join(pdf_text(export_roadmap(roadmap, "pdf", sheet)).split())
    paper = docx.Document(io.BytesIO(export_roadmap(roadmap, "docx", sheet)))
    page = load_workbook(io.BytesIO(export_roadmap(roadmap, "xlsx", sheet))).active

    assert "Приложение № 1 к приказу от 29.08.2026 № 56" in text
    assert "Отметка о выполнении" in text
    assert [cell.text for cell in paper.tables[0].rows[0].cells][2] == "Отметка о выполнении"
    assert paper.sections[0].page_width < paper.sections[0].page_height
    assert [row[2].value for row in list(page.iter_rows())[:4]][0::3] == ["Приложение № 1", "Отметка о выполнении"]
    assert page.page_setup.orientation == "portrait"


def test_word_file_has_tall_cells_as_one_cell(school):
    roadmap = make_roadmap(organization=school)
    stage = make_stage(roadmap=roadmap, title="Подготовка")
    for content in ("Опрос", "Приказ"):
        make_activity(stage=stage, content=content)

    paper = docx.Document(io.BytesIO(export_roadmap(roadmap, "docx", Sheet(columns("stage", "content")))))

    first, second = paper.tables[0].rows[1:]
    assert first.cells[0]._tc is second.cells[0]._tc
    assert [row.cells[1].text for row in (first, second)] == ["Опрос", "Приказ"]


def test_ics_has_an_event_for_every_window_and_none_for_what_is_cancelled(school):
    roadmap = make_roadmap(organization=school)
    stage = make_stage(roadmap=roadmap)
    make_activity(
        stage=stage, content="Отчёт", windows=[(None, date(2027, 5, 25)), (date(2026, 9, 1), date(2026, 9, 2))]
    )
    make_activity(stage=stage, content="Без срока", windows=[])
    set_status(make_activity(stage=stage, content="Отменено"), "cancelled", by=None, today=date(2026, 9, 1))

    lines = export_roadmap(roadmap, "ics").decode().splitlines()

    assert [line for line in lines if line.startswith("SUMMARY")] == ["SUMMARY:Отчёт"] * 2
    assert "DTSTART;VALUE=DATE:20270525" in lines
    assert "DTEND;VALUE=DATE:20260903" in lines


# --- pages ------------------------------------------------------------------------------------------------------------
def test_export_page_previews_what_is_chosen(client, school):
    roadmap = make_roadmap(organization=school, activities=9)
    client.force_login(make_curator(school))

    plain = client.get(reverse("roadmap:export", args=[roadmap.pk]))
    chosen = client.get(
        reverse("roadmap:export", args=[roadmap.pk]), {"layout": "control", "mark": "annex", "annex_number": "3"}
    )

    assert [column["title"] for column in plain.context["preview"].columns] == [
        each["title"] for each in roadmap.columns
    ]
    assert [column["role"] for column in chosen.context["preview"].columns] == READY["control"]
    assert (chosen.context["preview"].mark_lines[0], chosen.context["more_count"]) == ("Приложение № 3", 4)


def test_export_page_refuses_a_layout_of_others_and_the_file_too(client, school):
    roadmap = make_roadmap(organization=school, activities=1)
    foreign = make_layout(make_organization(), name="Чужая")
    client.force_login(make_curator(school))

    for address in (
        reverse("roadmap:export", args=[roadmap.pk]),
        reverse("roadmap:roadmap-export", args=[roadmap.pk, "pdf"]),
    ):
        assert client.get(address, {"layout": foreign.pk}).status_code in (400, 422)


def test_coordinator_gets_files_without_the_names(client, school, office):
    roadmap = make_roadmap(organization=school, activities=1)
    person = make_person(organization=school, last_name="Берёзова")
    ActivityOwner.objects.create(activity=roadmap.stages.get().activities.get(), person=person)
    row = make_layout(office, name="Поимённо")
    save_layout(row, name=row.name, chosen=[as_chosen(key) for key in ("content", "owners")])

    seen = {}
    for who in (make_curator(school), make_coordinator(office)):
        client.force_login(who)
        response = client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "docx"]), {"layout": row.pk})
        seen[who] = "Берёзова" in docx.Document(io.BytesIO(response.content))._body._element.xml

    assert list(seen.values()) == [True, False]


@pytest.mark.parametrize("count", [1, 8])
def test_export_query_count_does_not_grow(client, school, count, django_assert_max_num_queries):
    roadmap = make_roadmap(organization=school, activities=count)
    row = make_layout(school, name="Всё")
    save_layout(row, name=row.name, chosen=[as_chosen(key) for key in TEXTS])
    client.force_login(make_curator(school))

    with django_assert_max_num_queries(16):
        client.get(reverse("roadmap:roadmap-export", args=[roadmap.pk, "xlsx"]), {"layout": row.pk})


def test_layout_pages_make_change_and_delete(client, school):
    client.force_login(make_curator(school))
    client.post(reverse("roadmap:layout-add"), {"start": "plan", "name": "Наша"})
    row = RoadmapLayout.objects.get()
    address = reverse("roadmap:layout-edit", args=[row.pk])
    posted = {
        "name": "Наша форма",
        "key": ["number", "content", "deadline"],
        "header": ["№", "Что делаем", "Когда"],
        "width": ["5", "40", "12,5"],
        "shown": ["content", "deadline"],
    }

    moved = client.post(address, {**posted, "moved": "up:deadline"})
    assert [each.key for each in moved.context["form"].chosen] == ["deadline", "content"]
    client.post(address, posted)
    row.refresh_from_db()

    assert (row.name, row.columns) == (
        "Наша форма",
        [
            {"key": "content", "header": "Что делаем", "width": 40},
            {"key": "deadline", "header": "Когда", "width": 12.5},
        ],
    )
    assert client.get(reverse("roadmap:layouts")).status_code == 200
    client.post(reverse("roadmap:layout-delete", args=[row.pk]))
    assert not RoadmapLayout.objects.exists()


@pytest.mark.parametrize("shown", [[], ["deadline"]])
def test_a_layout_without_the_activity_is_refused(client, school, shown):
    row = make_layout(school, name="Наша")
    client.force_login(make_curator(school))
    posted = {"name": "Наша", "key": ["content", "deadline"], "header": ["Что", "Когда"], "width": ["9", "9"]}

    response = client.post(reverse("roadmap:layout-edit", args=[row.pk]), {**posted, "shown": shown})

    row.refresh_from_db()
    assert (response.status_code, [each["key"] for each in row.columns]) == (422, READY["plan"])


def test_layouts_are_for_curators_and_for_the_coordinator_of_the_office(client, school, office):
    address = reverse("roadmap:layout-edit", args=[make_layout(school, name="Наша").pk])

    answers = []
    for who in (make_curator(school), make_coordinator(office), make_staff(school), make_curator(make_organization())):
        client.force_login(who)
        answers.append(client.get(address).status_code)

    assert answers[0] == 200
    assert answers[2:] == [403, 404]
