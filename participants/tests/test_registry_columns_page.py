"""The columns of an uploaded file: what they were taken for, what the curator corrects, what is remembered."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from participants.models import ColumnMatch, MentorEntry, RegistryImport
from participants.tests.factories import make_curator, make_organization, make_staff
from participants.tests.registry_books import workbook, workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["№", "ФИО наставника", "Телефон", "Чем силён"]
IVANOVA = [1, "Иванова Мария Петровна", "8 927 123-45-67", "методика"]


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def curator(client):
    curator = make_curator(make_organization())
    client.force_login(curator)
    return curator


def upload(client, content, kind="mentors", name="наставники.xlsx"):
    return client.post(
        reverse("participants:import"), {"kind": kind, "file": SimpleUploadedFile(name, content)}, follow=True
    )


def answers(response, **changes):
    return {field.html_name: field.value() for _column, field in response.context["form"].rows} | changes


def columns_of(response):
    return [(column["header"], field.value()) for column, field in response.context["form"].rows]


def test_columns_page_shows_each_column_with_its_guess_and_first_values(client, curator):
    rows = [[number, f"Иванова{number} Мария", "8 927 123-45-67", ""] for number in range(1, 6)]

    page = upload(client, workbook(["База наставников"], HEADER, *rows))

    assert columns_of(page) == [
        ("№", "number"),
        ("ФИО наставника", "full_name"),
        ("Телефон", "contact"),
        ("Чем силён", ""),
    ]
    columns = page.context["look"]["columns"]
    assert [column["samples"] for column in columns] == [
        ["1", "2", "3"],
        ["Иванова1 Мария", "Иванова2 Мария", "Иванова3 Мария"],
        ["8 927 123-45-67"],
        [],
    ]
    assert page.context["is_all_known"] is False


def test_columns_page_reads_the_file_as_the_curator_says(client, curator):
    page = upload(client, workbook(HEADER, IVANOVA))

    checked = client.post(page.request["PATH_INFO"], answers(page, **{"column-3": "competences"}), follow=True)
    client.post(reverse("participants:import-confirm", args=[checked.context["checked"].pk]))

    assert MentorEntry.objects.get().competences == "методика"


def test_columns_page_remembers_corrections_for_the_organization(client, curator):
    first = upload(client, workbook(HEADER, IVANOVA))
    client.post(first.request["PATH_INFO"], answers(first, **{"column-3": "competences"}))

    again = upload(client, workbook([*HEADER[:3], "ЧЕМ СИЛЕН?"], IVANOVA))

    match = ColumnMatch.objects.get()
    assert (match.header, match.field) == ("чем силен", "competences")
    assert columns_of(again)[3] == ("ЧЕМ СИЛЕН?", "competences")
    assert again.context["is_all_known"] is True


def test_columns_of_another_organization_are_not_remembered(client, curator):
    ColumnMatch.objects.create(
        organization=make_organization(), kind="mentors", header="чем силен", field="competences"
    )

    page = upload(client, workbook(HEADER, IVANOVA))

    assert columns_of(page)[3] == ("Чем силён", "")


@pytest.mark.parametrize("status", ["uploaded", "checked", "unreadable", "confirmed"])
@pytest.mark.parametrize("step", ["columns", "header", "decide", "confirm"])
def test_an_import_whose_file_was_destroyed_says_so_at_each_step(client, curator, status, step):
    organization = curator.people.get().organization
    emptied = RegistryImport.objects.create(
        organization=organization, school_year=2026, kind="mentors", status=status, refusal="Файл уничтожен.", report={}
    )
    address = reverse(f"participants:import-{step}", args=[emptied.pk])

    response = client.get(address, follow=True) if step == "columns" else client.post(address, follow=True)

    shown = [str(message) for message in response.context["messages"]]
    if (step, status) == ("columns", "confirmed"):  # leads to the check page, where the result stands
        assert (response.status_code, shown) == (200, [])
    else:
        assert (response.redirect_chain[-1][0], shown) == (reverse("participants:import-list"), ["Файл уничтожен."])


def test_command_uses_the_remembered_columns(curator, tmp_path):
    organization = curator.memberships.get().organization
    ColumnMatch.objects.create(organization=organization, kind="mentors", header="чем силен", field="competences")
    file, report = tmp_path / "mentors.xlsx", tmp_path / "report.json"
    file.write_bytes(workbook(HEADER, IVANOVA))

    call_command(
        "import_registry", file, organization=organization.slug, kind="mentors", school_year=2026, report=report
    )

    assert json.loads(report.read_text(encoding="utf-8"))["rows"][0]["competences"] == "методика"
    assert MentorEntry.objects.get().competences == "методика"


@pytest.mark.parametrize(
    "changes",
    [
        {"column-1": ""},
        {"column-1": "no such field"},
        {"column-3": "full_name"},
        {"column-3": "request"},
        {"column-2": "birth_year", "column-3": "birth_year"},
    ],
    ids=[
        "nobody has a name",
        "unknown field",
        "two columns of names",
        "field of mentees",
        "two columns of birth years",
    ],
)
def test_columns_page_refuses_what_cannot_be_read(client, curator, changes):
    page = upload(client, workbook(HEADER, IVANOVA))

    response = client.post(page.request["PATH_INFO"], answers(page, **changes))

    assert (response.status_code, RegistryImport.objects.get().status) == (422, "uploaded")


def test_columns_page_takes_another_row_for_the_header(client, curator):
    rows = (["ФИО", "Телефон"], ["Старый список", "2020"], ["ФИО наставника", "Класс", "Стаж"], ["Орлов Пётр", "5А", 3])
    page = upload(client, workbook(*rows))
    header = reverse("participants:import-header", args=[page.context["uploaded"].pk])

    chosen = client.post(header, {"header_row": 2, "sheet": 0}, follow=True)

    assert columns_of(chosen) == [
        ("ФИО наставника", "full_name"),
        ("Класс", "class_name"),
        ("Стаж", "experience_years"),
    ]
    checked = client.post(chosen.request["PATH_INFO"], answers(chosen), follow=True).context["checked"]
    assert (checked.report["header_row"], checked.report["accepted"]) == (3, [4])


def test_columns_page_takes_another_sheet(client, curator):
    book = workbook_of({"2025": [HEADER, IVANOVA], "2026": [HEADER, [1, "Орлов Пётр Ильич", "", ""]]})
    page = upload(client, book)
    header = reverse("participants:import-header", args=[page.context["uploaded"].pk])

    chosen = client.post(header, {"sheet": 1, "header_row": 0}, follow=True)
    checked = client.post(chosen.request["PATH_INFO"], answers(chosen), follow=True).context["checked"]

    assert (checked.report["sheet"], [row["last_name"] for row in checked.report["rows"]]) == ("2026", ["Орлов"])


def test_columns_page_lets_the_curator_name_the_column_of_names(client, curator):
    page = upload(client, workbook(["№", "Кто наставляет", "Телефон", "Должность"], [1, "Орлов Пётр", "", "учитель"]))

    checked = client.post(page.request["PATH_INFO"], answers(page, **{"column-1": "full_name"}), follow=True)

    assert (page.context["look"]["fault"] != "", checked.context["checked"].status) == (True, "checked")
    assert [row["name"] for row in checked.context["page"]] == ["Орлов Пётр"]


def test_columns_page_asks_which_of_two_columns_of_one_title_counts(client, curator):
    page = upload(client, workbook(["Фамилия", "Фамилия", "Телефон"], ["Орлов Пётр", "Белова Анна", "8 927 000-00-01"]))

    both = client.post(page.request["PATH_INFO"], answers(page))
    one = client.post(page.request["PATH_INFO"], answers(page, **{"column-1": ""}), follow=True)

    assert (both.status_code, [row["name"] for row in one.context["page"]]) == (422, ["Орлов Пётр"])


def test_columns_page_can_be_visited_again_from_the_check(client, curator):
    page = upload(client, workbook(HEADER, IVANOVA))
    client.post(page.request["PATH_INFO"], answers(page, **{"column-3": "interests"}))

    again = client.get(page.request["PATH_INFO"])
    client.post(page.request["PATH_INFO"], answers(again, **{"column-3": "competences"}))

    assert columns_of(again)[3] == ("Чем силён", "interests")
    assert RegistryImport.objects.get().report["rows"][0]["competences"] == "методика"


def test_columns_page_says_why_the_rows_cannot_be_read(client, curator):
    page = upload(client, workbook(HEADER, ["Итого: 0"]))

    response = client.post(page.request["PATH_INFO"], answers(page), follow=True)

    assert response.context["checked"].status == "unreadable"
    assert response.content.decode().count(response.context["checked"].refusal) == 1


def test_import_is_closed_to_others_at_every_step(client, curator):
    page = upload(client, workbook(HEADER, IVANOVA))
    uploaded = page.context["uploaded"]
    names = ["columns", "header", "check", "decide", "confirm", "refused", "undo"]
    addresses = [reverse(f"participants:import-{name}", args=[uploaded.pk]) for name in names]
    statuses = set()
    for user in (make_curator(), make_staff(uploaded.organization)):
        client.force_login(user)
        for address in addresses:
            statuses.add((client.get(address).status_code, client.post(address).status_code))

    assert statuses == {(404, 404), (403, 403), (405, 404), (405, 403)}


UNKNOWN_TABLE = (
    ["Список к приказу"],
    ["Душа коллектива", "Телефонная книга", "Сильна в чём"],
    ["Иванова Мария Петровна", "8 927 123-45-67", "методика"],
)


@pytest.mark.parametrize("name", ["наставники.xlsx", "наставники.csv"])
def test_columns_page_takes_a_table_of_which_no_header_is_understood(client, curator, name):
    content = workbook(*UNKNOWN_TABLE)
    if name.endswith("csv"):
        content = "\n".join(";".join(row) for row in UNKNOWN_TABLE).encode("cp1251")
    page = upload(client, content, name=name)

    chosen = {"column-0": "full_name", "column-1": "contact", "column-2": "competences"}
    checked = client.post(page.request["PATH_INFO"], chosen, follow=True).context["checked"]

    assert (page.context["look"]["header_row"], bool(page.context["look"]["fault"])) == (1, True)
    assert [row[:20] for row in page.context["look"]["rows"]] == [
        "Список к приказу",
        "Душа коллектива · Те",
        "Иванова Мария Петров",
    ]
    (row,) = checked.report["rows"]
    assert (row["last_name"], row["phone"], row["competences"]) == ("Иванова", "+79271234567", "методика")


def test_columns_page_lets_the_curator_say_which_row_is_the_header(client, curator):
    rows = (["Приказ", "от 1 сентября"], ["Душа коллектива", "Сильна в чём"], ["Иванова Мария", "методика"])
    page = upload(client, workbook(*rows))

    address = reverse("participants:import-header", args=[page.context["uploaded"].pk])
    chosen = client.post(address, {"sheet": 0, "header_row": 1}, follow=True)

    assert [header for header, _field in columns_of(page)] == ["Приказ", "от 1 сентября"]
    assert columns_of(chosen) == [("Душа коллектива", ""), ("Сильна в чём", "")]
    assert [column["samples"] for column in chosen.context["look"]["columns"]] == [["Иванова Мария"], ["методика"]]


@pytest.mark.parametrize("rows", [UNKNOWN_TABLE, [HEADER, IVANOVA]], ids=["unknown table", "known table"])
def test_columns_page_gives_each_form_its_token(client, curator, rows):
    page = upload(client, workbook(*rows)).content.decode()

    assert page.count("csrfmiddlewaretoken") == page.count('method="post"')
    assert page.count(reverse("participants:import-header", args=[RegistryImport.objects.get().pk])) == 1


@pytest.mark.parametrize("rows", [[["Одна строка", "двух слов"]], [["Заметки"], ["купить мел"]], [[1, 2], [3, 4]]])
def test_upload_refuses_a_sheet_without_a_table(client, curator, rows):
    response = upload(client, workbook(*rows))

    assert (response.status_code, RegistryImport.objects.count()) == (422, 0)
