"""A document becomes a roadmap: by the command and in the browser."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from participants.tests.factories import make_curator, make_head, make_organization
from roadmap.models import Activity, ImportRemark, Roadmap, RoadmapImport

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


# --- corrections on the check page ------------------------------------------------------------------------------------
@pytest.fixture
def checked(client):
    """(the import of DOCUMENT, a function that gives the address of a page about it)."""
    client.force_login(make_curator())
    upload(client)
    found = RoadmapImport.objects.get()
    return found, lambda name, *arguments: reverse(f"roadmap:import-{name}", args=[found.pk, *arguments])


ACTIVITY = {"windows-TOTAL_FORMS": "0", "windows-INITIAL_FORMS": "0", "content": "Издать приказ о парах"}


def test_corrections_are_kept_and_go_into_the_roadmap(client, checked):
    found, address = checked
    first, second, third = client.get(found.get_absolute_url()).context["reading"].activities
    windows = {"windows-TOTAL_FORMS": "1", "windows-0-starts_on": "2026-09-10", "windows-0-ends_on": "2026-09-12"}

    client.post(address("activity", first.key), {**ACTIVITY, **windows, "number": "1", "deadline_text": "сентябрь"})
    client.post(address("activity", second.key), {**ACTIVITY, "content": second.content, "split": "1"})
    client.post(address("line", third.source_row), {"decision": "drop"})
    client.post(
        address("facts"), {"title": "План", "school_year": 2026, "starts_on": "2026-09-01", "ends_on": "2027-06-30"}
    )
    client.post(address("confirm"))

    roadmap = Roadmap.objects.get()
    activities = [activity for stage in roadmap.stages.all() for activity in stage.activities.all()]
    assert (roadmap.title, roadmap.ends_on.isoformat()) == ("План", "2027-06-30")
    assert [activity.content for activity in activities] == [
        "Издать приказ о парах",
        "Собрать анкеты.",
        "Собрать согласия.",
    ]
    assert [str(window) for window in activities[0].windows.all()] == ["2026-09-10 – 2026-09-12"]
    assert activities[0].deadline_confirmed_by is not None


LONG = "Дорожная карта на 2026-2027 учебный год\n№\tМероприятие\tСрок\tОтветственный\n" + "".join(
    f"{number}\tМероприятие {number}\t{'октябрь 20267 года' if number % 2 else 'май'}\tДиректор\n"
    for number in range(1, 151)
)


@pytest.fixture
def long(client):
    """(the import of a document whose check page has several pages, a function as that of `checked`)."""
    client.force_login(make_curator())
    client.post(reverse("roadmap:import"), {"text": LONG})
    found = RoadmapImport.objects.get()
    return found, lambda name, *arguments: reverse(f"roadmap:import-{name}", args=[found.pk, *arguments])


def test_one_comes_back_to_the_line_on_its_page_among_those_that_were_shown(client, long):
    found, address = long

    whole = client.post(address("line", 100), {"decision": "join"})
    doubtful = client.post(address("activity-right", "101") + "?show=doubtful")

    assert whole.url == f"{found.get_absolute_url()}?line=100#line-100"
    assert doubtful.url == f"{found.get_absolute_url()}?show=doubtful&line=101#line-101"
    page = client.get(whole.url)
    assert (page.context["page"].number, 'id="line-100"' in page.content.decode()) == (2, True)
    assert 'id="line-101"' in client.get(doubtful.url).content.decode()
    assert client.get(f"{found.get_absolute_url()}?line=100&page=3").context["page"].number == 3


def test_a_doubtful_deadline_that_is_read_right_is_a_persons(client, long):
    found, address = long
    activity = client.get(found.get_absolute_url()).context["reading"].activities[0]

    client.post(address("activity-right", activity.key))
    page = client.get(found.get_absolute_url())
    client.post(address("confirm"))

    assert page.context["counts"] == {"sure": 75, "check": 74, "unclear": 0, "checked": 1}
    stored = Activity.objects.get(content="Мероприятие 1")
    assert (stored.deadline_text, stored.deadline_confidence, stored.deadline_confirmed_by is not None) == (
        "октябрь 20267 года",
        1,
        True,
    )
    assert [str(window) for window in stored.windows.all()] == ["2026-10-01 – 2026-10-31"]
    doubts = ImportRemark.objects.filter(activity=stored, code__startswith="deadline")
    assert list(doubts.values_list("is_settled", flat=True)) == [True]


def test_a_correction_that_is_wrong_keeps_what_was_typed(client, checked):
    found, address = checked
    key = client.get(found.get_absolute_url()).context["reading"].activities[0].key

    empty = client.post(address("activity", key), {**ACTIVITY, "content": " ", "responsible_text": "Завуч"})
    unsplit = client.post(address("activity", key), {**ACTIVITY, "split": "1"})

    assert (empty.status_code, unsplit.status_code) == (422, 422)
    assert "Завуч" in empty.content.decode()
    assert "Издать приказ о парах" in unsplit.content.decode()
    assert RoadmapImport.objects.get().corrections == {}


def test_columns_are_read_anew(client, checked):
    found, address = checked
    roles = {f"column_{place}": role for place, role in enumerate(["number", "stage", "other", "content"], 1)}

    client.post(address("columns"), roles)

    reading = client.get(found.get_absolute_url()).context["reading"]
    assert [role for role, _heading in reading.columns][:4] == ["number", "stage", "other", "content"]
    assert reading.activities[0].content.startswith("сентябрь")
    assert client.post(address("columns"), {"column_1": "nonsense"}).status_code == 400


def test_pages_of_corrections_are_for_their_curator(client, checked):
    found, address = checked
    pages = [
        address("activity", "4"),
        address("activity-right", "4"),
        address("facts"),
        address("columns"),
        address("line", 4),
        address("stage", 4),
    ]

    client.force_login(make_curator())
    strangers = {client.post(page).status_code for page in pages}
    client.force_login(make_head(found.organization))
    heads = {client.post(page).status_code for page in pages}

    assert (strangers, heads) == ({404}, {403})


def test_lines_and_activities_that_are_not_there_are_not_found(client, checked):
    _found, address = checked

    assert client.get(address("activity", "999")).status_code == 404
    assert client.get(address("stage", 999)).status_code == 404
    assert client.post(address("line", 4), {"decision": "nonsense"}).status_code == 400


def test_an_import_that_is_confirmed_is_corrected_no_more(client, checked):
    found, address = checked
    client.post(address("confirm"))

    answer = client.post(address("line", 4), {"decision": "drop"})

    found.refresh_from_db()
    assert (answer.url, found.corrections) == (Roadmap.objects.get().get_absolute_url(), {})


def test_a_pasted_table_is_an_import_like_any_other(client):
    client.force_login(make_curator())

    response = client.post(reverse("roadmap:import"), {"text": DOCUMENT})

    assert response.url == RoadmapImport.objects.get().get_absolute_url()
    assert len(client.get(response.url).context["reading"].activities) == 3


def test_nothing_pasted_and_nothing_chosen_is_named(client):
    client.force_login(make_curator())

    response = client.post(reverse("roadmap:import"), {"text": "  "})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])


def test_an_unfinished_import_is_listed_and_may_be_deleted(client, checked):
    found, address = checked
    assert list(client.get(reverse("roadmap:import")).context["unfinished"]) == [found]

    client.post(address("drop"))

    assert RoadmapImport.objects.count() == 0


def test_texts_that_a_field_does_not_hold_are_named_with_their_line(client, checked):
    found, address = checked
    found.source = [{"rows": [[1, False, ["№", "Мероприятие", "Срок"]], [2, False, ["1", "Приказ", "май" * 300]]]}]
    found.save()

    answer = client.post(address("confirm"), follow=True)

    assert Roadmap.objects.count() == 0
    assert [str(message).split()[1] for message in answer.context["messages"]] == ["2:"]


def test_a_long_check_page_is_shown_in_parts(client, checked):
    found, _address = checked
    rows = [[n, False, [str(n), f"Встреча {n} 🙂", "май"]] for n in range(2, 500)]
    found.source = [{"rows": [[1, False, ["№", "Мероприятие", "Срок"]], *rows]}]
    found.save()

    first, last = (client.get(found.get_absolute_url(), {"page": page}) for page in ("1", "99"))

    assert (len(first.context["page"]), last.context["page"].number) == (60, 9)


# --- quarters of the organization -------------------------------------------------------------------------------------
def test_quarters_are_set_and_deadlines_follow_them(client):
    curator = make_curator()
    client.force_login(curator)
    address = reverse("roadmap:terms")
    form = client.get(address).context["form"]
    values = {name: (field.initial.isoformat() if field.initial else "") for name, field in form.fields.items()}
    year = form.school_year.start

    answer = client.post(address, values | {"term_1_to": f"{year}-10-24"})

    document = DOCUMENT.replace("2026-2027", f"{year}-{year + 1}").replace("к 15 октября", "до конца 1 четверти")
    upload(client, document.replace("\tсентябрь", "\t1 четверть").encode())
    entry = next(e for e in client.get(RoadmapImport.objects.get().get_absolute_url()).context["page"] if e.activity)
    assert answer.status_code == 302
    assert [[side.isoformat() for side in window] for window in entry.windows] == [[f"{year}-09-01", f"{year}-10-24"]]
    assert entry.level == "sure"


@pytest.mark.parametrize(
    "change",
    [{"term_1_to": ""}, {"term_1_to": "2001-01-01"}, {"term_2_from": "{year}-09-05"}, {"term_1_to": "когда-то"}],
)
def test_quarters_that_cannot_be_are_named(client, change):
    client.force_login(make_curator())
    form = client.get(reverse("roadmap:terms")).context["form"]
    values = {name: (field.initial.isoformat() if field.initial else "") for name, field in form.fields.items()}
    change = {name: value.format(year=form.school_year.start) for name, value in change.items()}

    assert client.post(reverse("roadmap:terms"), values | change).status_code == 422


def test_every_form_of_the_check_page_carries_its_token(client, checked):
    found, address = checked
    client.post(address("activity", "12"), ACTIVITY)

    page = client.get(found.get_absolute_url()).content.decode()

    assert page.count('method="post"') == page.count('name="csrfmiddlewaretoken"') > 5
