"""A table whose head the portal does not know: a person shows it and names its columns, once for all such files."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from participants.tests.factories import make_curator, make_organization, make_staff
from roadmap.blocks import NoRoadmapFound
from roadmap.heads import ChosenHead, key_of, tables_of
from roadmap.importing import choose_head, confirm_import, read_import, upload_roadmap
from roadmap.models import RoadmapImport, TableHead
from roadmap.reading import read_document
from roadmap.table_files import blocks_from_text
from roadmap.tests.test_reading import lines, outline

pytestmark = pytest.mark.django_db
ODD = """
Пажеский перечень на 2026-2027 учебный год
А | Бе | Ве | Ге
1 | Назначить куратора | октябрь | Директор
2 | Провести опрос | ноябрь | Куратор
"""
ROLES = ("number", "content", "deadline", "responsible")


@pytest.fixture
def school():
    return make_organization()


def uploaded(school, text=ODD):
    file = ContentFile(lines(text).encode(), name="перечень.txt")
    return upload_roadmap(file, organization=school, school_year=2026, by=make_curator(school))


def test_a_chosen_line_is_the_head_of_the_table():
    blocks = blocks_from_text(lines(ODD))
    head = next(row for rows in tables_of(blocks) for row in rows)

    reading = read_document(blocks, head=ChosenHead(head.row, ROLES))

    assert outline(reading) == [("", "", ["Назначить куратора", "Провести опрос"])]
    assert reading.columns == list(zip(ROLES, ["А", "Бе", "Ве", "Ге"], strict=True))
    assert [each.deadline_text for each in reading.activities] == ["октябрь", "ноябрь"]


def test_a_table_without_a_head_begins_with_its_first_activity():
    blocks = blocks_from_text(lines(ODD.replace("А | Бе | Ве | Ге\n", "")))
    first = next(row for rows in tables_of(blocks) for row in rows)

    reading = read_document(blocks, head=ChosenHead(first.row, ROLES, is_head=False))

    assert outline(reading) == [("", "", ["Назначить куратора", "Провести опрос"])]
    assert [heading for _role, heading in reading.columns] == ["№", "Мероприятие", "Срок", "Ответственный"]


def test_a_chosen_table_goes_before_one_that_looks_better():
    better = "\nДорожная карта\n№ | Мероприятие | Срок | Ответственный\n1 | Чужое | май | Куратор\n"
    blocks = blocks_from_text(lines(ODD + better))
    head = next(row for rows in tables_of(blocks) for row in rows)

    assert outline(read_document(blocks)) == [("", "", ["Чужое"])]
    assert outline(read_document(blocks, head=ChosenHead(head.row, ROLES)))[0][2][:2] == [
        "Назначить куратора",
        "Провести опрос",
    ]


def test_what_was_said_of_a_head_is_remembered_in_the_organization_alone(school):
    upload = uploaded(school)
    head = next(row for rows in tables_of(blocks_from_text(lines(ODD))) for row in rows)
    choose_head(upload, ChosenHead(head.row, ROLES))

    again = uploaded(school, ODD.replace("А | Бе", "а | БЕ"))

    assert len(read_import(again).activities) == 2
    assert again.corrections == {}
    assert list(TableHead.objects.values_list("organization", "headings")) == [
        (school.pk, key_of(["А", "Бе", "Ве", "Ге"]))
    ]
    other = uploaded(make_organization())
    assert other.get_absolute_url()
    with pytest.raises(NoRoadmapFound):
        read_import(other)


def test_pages_lead_from_an_unknown_head_to_a_roadmap(client, school):
    client.force_login(make_curator(school))
    client.post(reverse("roadmap:import"), {"text": lines(ODD), "markup": ""})
    upload = RoadmapImport.objects.get()
    address = reverse("roadmap:import-table", args=[upload.pk])

    page = client.get(upload.get_absolute_url(), follow=True)
    assert page.redirect_chain == [(address, 302)]
    row = page.context["tables"][0][0].row
    chosen = client.get(address, {"row": row})
    assert [heading for _name, heading, _choices in chosen.context["columns"]] == ["А", "Бе", "Ве", "Ге"]
    posted = {f"column_{place}": role for place, role in enumerate(ROLES, 1)}
    answer = client.post(address, {"row": row, "is_head": "yes", **posted})

    assert answer.url == upload.get_absolute_url()
    upload.refresh_from_db()
    roadmap = confirm_import(upload, by=None)
    assert [activity.deadline_kind for activity in roadmap.stages.get().activities.all()] == ["range", "range"]


@pytest.mark.parametrize("roles", [("content", "content", "other", "other"), ("number", "other", "other", "other")])
def test_columns_that_make_no_sense_are_refused_and_nothing_is_kept(client, school, roles):
    upload = uploaded(school)
    client.force_login(make_curator(school))
    address = reverse("roadmap:import-table", args=[upload.pk])
    row = client.get(address).context["tables"][0][0].row
    posted = {f"column_{place}": role for place, role in enumerate(roles, 1)}

    answer = client.post(address, {"row": row, **posted})

    upload.refresh_from_db()
    assert (answer.status_code, bool(answer.context["fault"]), upload.corrections) == (422, True, {})


def test_a_last_line_has_nothing_below_and_is_refused(client, school):
    upload = uploaded(school)
    client.force_login(make_curator(school))
    address = reverse("roadmap:import-table", args=[upload.pk])
    row = client.get(address).context["tables"][0][-1].row
    posted = {f"column_{place}": role for place, role in enumerate(ROLES, 1)}

    answer = client.post(address, {"row": row, **posted})

    upload.refresh_from_db()
    assert (answer.status_code, upload.corrections) == (422, {})


def test_an_import_whose_table_nobody_has_shown_has_nothing_to_correct(client, school):
    upload = uploaded(school)
    client.force_login(make_curator(school))

    assert client.get(reverse("roadmap:import-facts", args=[upload.pk])).status_code == 404
    assert client.post(reverse("roadmap:import-confirm", args=[upload.pk])).url == upload.get_absolute_url()


def test_the_table_of_others_is_not_there(client, school):
    address = reverse("roadmap:import-table", args=[uploaded(school).pk])

    answers = []
    for who in (make_curator(make_organization()), make_staff(school)):
        client.force_login(who)
        answers.append(client.get(address).status_code)

    assert answers == [404, 403]


def test_text_without_a_table_is_still_refused(client, school):
    client.force_login(make_curator(school))

    answer = client.post(reverse("roadmap:import"), {"text": "Просто слова\nбез таблицы", "markup": ""})

    assert answer.status_code == 422
    assert not RoadmapImport.objects.exists()
