"""A document becomes a roadmap: by the command and in the browser."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from participants.tests.factories import make_curator, make_head, make_organization
from roadmap.models import Roadmap, RoadmapImport

pytestmark = pytest.mark.django_db

DOCUMENT = """
Утверждаю:
Директор МОУ СШ № 5
_____ И.И. Осина
«30» августа 2026 г.

**План наставничества на 2026-2027 учебный год**

№\tЭтап\tМероприятие\tСроки\tОтветственные\tОтметка
1.\tПодготовка\tИздать приказ\tсентябрь\tДиректор\tда
\t\t1. Собрать анкеты. 2. Собрать согласия.\tк 15 октября\t\t
2.\tРабота пар\tПроводить встречи\tабракадабра\tНаставники\t
"""
FOUND = {"000": (7, 16), "001": (7, 24), "002": (7, 7), "003": (8, 21), "004": (6, 22)}
YEARS = {"000": 2023, "001": 2022, "002": 2022, "003": 2023, "004": 2023}


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "план.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def import_by_command(path, **options):
    out = StringIO()
    organization = make_organization()
    call_command("import_roadmap", str(path), organization=organization.slug, school_year=2026, stdout=out, **options)
    return Roadmap.objects.get(organization=organization), out.getvalue()


def test_import_keeps_texts_as_written_and_reads_dates_beside(document):
    roadmap, out = import_by_command(document)

    activities = [activity for stage in roadmap.stages.all() for activity in stage.activities.all()]
    assert out.splitlines()[0] == f"roadmap: {roadmap.pk}"
    assert roadmap.title == "План наставничества на 2026-2027 учебный год"
    assert [activity.deadline_text for activity in activities] == ["сентябрь", "к 15 октября", "абракадабра"]
    assert [activity.deadline_kind for activity in activities] == ["range", "by", "unscheduled"]
    assert [[str(window) for window in activity.windows.all()] for activity in activities] == [
        ["2026-09-01 – 2026-09-30"],
        ["… – 2026-10-15"],
        [],
    ]
    assert [item.text for item in activities[1].items.all()] == ["Собрать анкеты.", "Собрать согласия."]
    assert activities[1].content == "1. Собрать анкеты. 2. Собрать согласия."


def test_import_keeps_columns_grif_and_what_it_has_no_place_for(document):
    roadmap, _out = import_by_command(document)

    assert [column["title"] for column in roadmap.columns] == [
        "№",
        "Этап",
        "Мероприятие",
        "Сроки",
        "Ответственные",
        "Отметка",
    ]
    assert (roadmap.approver_position, roadmap.approver_name) == ("Директор МОУ СШ № 5", "И.И. Осина")
    assert roadmap.approved_on.isoformat() == "2026-08-30"
    assert roadmap.stages.first().activities.first().extra == {"Отметка": "да"}


def test_import_lists_what_looks_wrong(document):
    roadmap, out = import_by_command(document)

    found = {(remark.code, remark.activity and remark.activity.content[:9]) for remark in roadmap.remarks.all()}
    assert len(found) >= 2
    assert f"remarks: {roadmap.remarks.count()}" in out
    assert {"1. Собрат", "Проводить"} <= {content for _code, content in found}


@pytest.mark.parametrize(
    ("name", "content"),
    [("пусто.txt", b""), ("письмо.txt", "Добрый день.".encode()), ("карта.docx", b"PK\x03\x04 broken")],
)
def test_import_of_a_file_without_a_roadmap_says_so_and_stores_nothing(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        import_by_command(path)

    assert str(refusal.value).endswith(".")
    assert Roadmap.objects.count() == 0


def test_import_of_a_missing_file_or_organization_says_which(tmp_path, document):
    with pytest.raises(CommandError, match=r"нет\.txt"):
        import_by_command(tmp_path / "нет.txt")
    with pytest.raises(CommandError, match="no-such"):
        call_command("import_roadmap", str(document), organization="no-such")


# --- the five documents -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", FOUND)
def test_import_of_a_real_document_gives_its_table_back(seeds, tmp_path, number):
    document = next(seeds.glob(f"{number}_*.txt"))
    organization = make_organization()

    call_command(
        "import_roadmap", str(document), organization=organization.slug, school_year=YEARS[number], stdout=StringIO()
    )

    roadmap = Roadmap.objects.get()
    table = tmp_path / "out.tsv"
    call_command("export_roadmap", roadmap.pk, file_format="tsv", output=table, stdout=StringIO())
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    with (seeds.parent / "acceptance" / f"{number}.tsv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = ["stage_title", "group", "content", "deadline_text", "responsible_text", "document_text"]
    assert (roadmap.stages.count(), len(rows)) == FOUND[number]
    assert [[" ".join(row[name].split()) for name in columns] for row in rows] == [
        [" ".join(row[name].split()) for name in columns] for row in expected
    ]


# --- in the browser ---------------------------------------------------------------------------------------------------
def upload(client, content=None, name="план.txt"):
    content = DOCUMENT.encode() if content is None else content
    return client.post(reverse("roadmap:import"), {"file": SimpleUploadedFile(name, content)})


def test_upload_shows_what_was_read_and_stores_no_roadmap(client):
    curator = make_curator()
    client.force_login(curator)

    response = upload(client)
    check = client.get(response.url)

    assert (response.status_code, check.status_code, Roadmap.objects.count()) == (302, 200, 0)
    assert len(check.context["reading"].activities) == 3


def test_confirm_twice_makes_one_roadmap(client):
    client.force_login(make_curator())
    upload(client)
    address = reverse("roadmap:import-confirm", args=[RoadmapImport.objects.get().pk])

    answers = [client.post(address) for _time in range(2)]

    roadmap = Roadmap.objects.get()
    assert [answer.url for answer in answers] == [roadmap.get_absolute_url()] * 2


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "план.txt"), (b"MZ", "план.exe"), ("Добрый день.".encode(), "план.txt")]
)
def test_upload_of_a_wrong_file_says_what_is_wrong(client, content, name):
    client.force_login(make_curator())

    response = upload(client, content, name)

    assert (response.status_code, RoadmapImport.objects.count()) == (422, 0)
    assert response.context["form"].errors["file"][0].endswith(".")


def test_upload_is_for_curators(client):
    client.force_login(make_head())

    assert upload(client).status_code == 403


def test_check_page_of_another_organization_is_not_there(client):
    client.force_login(make_curator())
    upload(client)
    client.force_login(make_curator())

    found = RoadmapImport.objects.get()
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.post(reverse("roadmap:import-confirm", args=[found.pk])).status_code == 404
