import io

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from participants.models import (
    Answers,
    Application,
    ApplicationCall,
    Membership,
    MenteeEntry,
    MentorEntry,
    Organization,
    Person,
    Questionnaire,
    RegistryImport,
    User,
)
from participants.tests.factories import (
    make_application,
    make_call,
    make_consent,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_questionnaire,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
MODELS = [
    Application,
    ApplicationCall,
    MenteeEntry,
    MentorEntry,
    Membership,
    Organization,
    Person,
    Questionnaire,
    RegistryImport,
]


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-10-05 12:00")


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def curator(client, organization):
    curator = make_curator(organization)
    client.force_login(curator)
    return curator


def page_of(model, name, *args):
    return reverse(f"admin:participants_{model._meta.model_name}_{name}", args=args)


def make_row(model, organization):
    """A row of the model that belongs to the organization."""
    if model is Organization:
        return organization
    if model is Membership:
        return make_staff(organization).memberships.get()
    if model is Questionnaire:
        return make_questionnaire(organization=organization)
    if model is Application:
        return make_application(organization=organization, status="submitted")
    if model is ApplicationCall:
        year = 2026 - organization.application_calls.count()
        return make_call(organization=organization, school_year=year)
    if model is RegistryImport:
        return RegistryImport.objects.create(
            organization=organization, school_year=2026, kind="mentors", file_name="a.xlsx", report={"plan": []}
        )
    makers = {Person: make_person, MentorEntry: make_mentor_entry, MenteeEntry: make_mentee_entry}
    return makers[model](organization=organization)


@pytest.mark.parametrize("model", MODELS)
def test_admin_lists_and_opens_rows_of_own_organization_alone(client, organization, curator, model):
    own, foreign = make_row(model, organization), make_row(model, make_organization())

    listed = client.get(page_of(model, "changelist")).context["cl"].queryset

    assert (own in listed, foreign in listed) == (True, False)
    assert client.get(page_of(model, "change", own.pk)).status_code == 200
    assert client.get(page_of(model, "change", foreign.pk)).status_code == 302
    assert client.get(page_of(model, "delete", foreign.pk)).status_code in {302, 403}


@pytest.mark.parametrize("model", MODELS)
def test_admin_offers_and_filters_by_own_organization_alone(client, organization, curator, model):
    own, foreign = make_row(model, organization), make_row(model, make_organization(short_name="Чужая школа"))
    make_person(organization=make_organization(), user=make_user(email="foreign@example.org"), last_name="Чужая")
    addresses = [page_of(model, "changelist"), page_of(model, "change", own.pk), page_of(model, "export")]
    if model not in (Application, Organization, RegistryImport):
        addresses.append(page_of(model, "add"))

    pages = [client.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [word for page in pages for word in ("Чужая", "foreign@") if word in page.content.decode()] == []
    assert foreign.pk != own.pk


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("count", [1, 3])
def test_admin_list_query_count_does_not_grow(
    client, organization, curator, model, count, django_assert_max_num_queries
):
    for _n in range(count):
        make_row(model, organization)
    client.get(page_of(model, "changelist"))

    with django_assert_max_num_queries(12):
        response = client.get(page_of(model, "changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("model", [Person, MentorEntry, MenteeEntry])
def test_admin_staff_read_and_export_but_do_not_change(client, organization, model):
    row = make_row(model, organization)
    client.force_login(make_staff(organization))

    exported = client.post(page_of(model, "export"), export_form(client, model))

    assert exported.headers["Content-Disposition"].startswith("attachment")
    assert client.post(page_of(model, "change", row.pk), {}).status_code == 403
    assert [client.get(page_of(model, name)).status_code for name in ("add", "import")] == [403, 403]


def export_form(client, model):
    """The export form filled in: xlsx, all columns."""
    form = client.get(page_of(model, "export")).context["form"]
    formats = [key for key, label in form.fields["format"].choices if label == "xlsx"]
    return {"format": formats[0], "resource": ""} | {
        name: "on" for name, field in form.fields.items() if field.__class__.__name__ == "BooleanField"
    }


def test_admin_is_closed_to_those_without_a_role_in_it(client, organization):
    statuses = []
    for user in (make_head(organization), make_user()):
        client.force_login(user)
        statuses.append(client.get("/admin/").status_code)

    assert statuses == [302, 302]


def test_admin_does_not_take_a_foreign_organization_or_person(client, organization, curator):
    foreign = make_person(last_name="Чужая")
    person = {"organization": foreign.organization_id, "last_name": "А", "first_name": "Б", "kind": "teacher"}
    person |= {
        f"{name}-{part}_FORMS": 0 for name in ("mentor_entries", "mentee_entries") for part in ("TOTAL", "INITIAL")
    }

    added = client.post(page_of(Person, "add"), person)
    entered = client.post(page_of(MentorEntry, "add"), {"person": foreign.pk, "school_year": 2026})

    assert list(added.context["adminform"].form.errors) == ["organization"]
    assert list(entered.context["adminform"].form.errors) == ["person"]


def test_admin_autocomplete_offers_own_people_alone(client, organization, curator):
    own = make_person(organization=organization, last_name="Абрамова")
    make_person(last_name="Абрамова")
    query = {"app_label": "participants", "model_name": "mentorentry", "field_name": "person", "term": "абрам"}

    found = client.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [each["id"] for each in found] == [str(own.pk)]


def test_admin_curator_appoints_no_coordinator(client, organization, curator):
    form = client.get(page_of(Membership, "add")).context["adminform"].form

    assert [value for value, _label in form.fields["role"].choices] == ["", "staff", "head", "curator"]


def test_admin_accounts_are_for_the_superuser(client, organization, curator):
    closed = client.get(page_of(User, "changelist")).status_code
    client.force_login(User.objects.create_superuser("root@example.org", "portal-tests-1"))
    client.post(page_of(User, "add"), {"email": "new@example.org", "is_active": "on"})

    assert (closed, client.get(page_of(User, "changelist")).status_code) == (403, 200)
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_admin_superuser_opens_every_list_and_add_page(client):
    client.force_login(User.objects.create_superuser("root@example.org", "portal-tests-1"))
    own = [model for model in admin.site._registry if model._meta.app_label == "participants"]

    lists = [client.get(page_of(model, "changelist")).status_code for model in own]

    assert (len(own), set(lists)) == (15, {200})
    assert client.get(page_of(Organization, "add")).status_code == 200


# --- questionnaires ---------------------------------------------------------------------------------------------------
def test_admin_questionnaires_ready_made_and_answered_are_only_read(client, organization, curator):
    ready, answered = make_questionnaire(), make_questionnaire(organization=organization)
    Answers.objects.create(questionnaire=answered)

    statuses = [
        (client.get(page).status_code, client.post(page, {}).status_code)
        for page in (page_of(Questionnaire, "change", row.pk) for row in (ready, answered))
    ]

    assert statuses == [(200, 403), (200, 403)]


def test_admin_ends_a_role_by_the_rule_of_the_portal(client, organization, curator):
    only = Membership.objects.get(user=curator)
    other = Membership.objects.get(user=make_staff(organization))
    data = {"action": "end_roles", "_selected_action": [only.pk, other.pk]}

    answers = [
        str(each) for each in client.post(page_of(Membership, "changelist"), data, follow=True).context["messages"]
    ]
    removed = client.post(page_of(Membership, "delete", only.pk), {"post": "yes"})

    assert removed.status_code == 403
    assert list(Membership.objects.in_force().filter(organization=organization)) == [only]
    assert sum("единственный куратор" in answer for answer in answers) == 1


def test_admin_questionnaire_of_a_curator_belongs_to_his_organization(client, organization, curator):
    data = {"title": "Анкета", "purpose": "survey", "organization": ""} | {
        f"questions-{part}_FORMS": 0 for part in ("TOTAL", "INITIAL")
    }

    response = client.post(page_of(Questionnaire, "add"), data)

    assert list(response.context["adminform"].form.errors) == ["organization"]


# --- import and export ------------------------------------------------------------------------------------------------
PEOPLE_HEADERS = ["Фамилия", "Имя", "Отчество", "Год рождения", "Телефон", "Кто"]


def workbook(headers, *rows):
    book = Workbook()
    for values in (headers, *rows):
        book.active.append(values)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("people.xlsx", stream.getvalue())


def preview(client, model, file):
    formats = client.get(page_of(model, "import")).context["form"].fields["format"].choices
    chosen = next(key for key, label in formats if label == "xlsx")
    return client.post(page_of(model, "import"), {"import_file": file, "format": chosen, "resource": ""})


def confirm(client, model, previewed):
    data = {name: value or "" for name, value in previewed.context["confirm_form"].initial.items()}
    return client.post(page_of(model, "process_import"), data)


def test_admin_import_previews_then_writes_into_the_users_organization(client, organization, curator):
    known = make_person(organization=organization, last_name="Абрамова", birth_year=1985)
    file = workbook(
        [*PEOPLE_HEADERS, "Организация"],
        ["Абрамова", "Мария", "Петровна", 1985, "8 927 123-45-67", "", "Чужая"],
        ["Котов", "Илья", "Олегович", 2012, "", str(Person.Kind.PUPIL.label), "Чужая"],
    )

    previewed = preview(client, Person, file)
    before = Person.objects.count()
    confirm(client, Person, previewed)

    known.refresh_from_db()
    assert [row.import_type for row in previewed.context["result"].valid_rows()] == ["update", "new"]
    assert (Person.objects.count() - before, known.phone) == (1, "+79271234567")
    assert Person.objects.get(last_name="Котов").organization == organization


def test_admin_import_names_broken_rows_and_writes_nothing(client, organization, curator):
    file = workbook(PEOPLE_HEADERS, ["Котов", "Илья", "", "позавчера", "12", "волшебник"])

    result = preview(client, Person, file).context["result"]

    assert result.has_errors() or result.has_validation_errors()
    assert Person.objects.filter(last_name="Котов").count() == 0


def test_admin_import_without_a_name_column_says_which(client, organization, curator):
    response = preview(client, Person, workbook(["ФИО"], ["Котов Илья"]))

    assert response.status_code == 422
    assert response.context["form"].errors["import_file"] == [
        "В таблице нет столбца «Фамилия»: как называются столбцы, видно в выгруженном файле."
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.xlsx", b"\x89PNG not a table"),
        ("people.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("people.png", b"\x89PNG"),
        ("people.csv", b"\xff\xfe\x00\x00"),
        ("people.xlsx", b"PK\x03\x04" + bytes(20_000_001)),
    ],
)
def test_admin_import_refuses_what_is_no_table_with_a_sentence(client, organization, curator, name, content):
    response = preview(client, Person, SimpleUploadedFile(name, content))

    page = response.content.decode()
    assert (response.status_code, len(response.context["form"].errors["import_file"])) == (422, 1)
    assert [word for word in ("Traceback", "BadZipFile", "Error", "NoneType") if word in page] == []


def test_admin_import_takes_a_csv_as_excel_writes_it(client, organization, curator):
    file = SimpleUploadedFile("people.csv", "Фамилия;Имя;Отчество\nКотов;Илья;Олегович\n".encode("cp1251"))

    confirm(client, Person, preview(client, Person, file))

    assert Person.objects.filter(last_name="Котов", organization=organization).count() == 1


def test_admin_import_tells_broken_rows_without_source_code(client, organization, curator):
    page = preview(client, MentorEntry, workbook(["Фамилия", "Имя"], ["Абрамова", "Мария"]))

    assert page.status_code == 422
    assert "Traceback" not in page.content.decode()


def test_admin_import_of_rows_finds_the_people_and_the_year(client, organization, curator):
    person = make_person(organization=organization, last_name="Абрамова")
    file = workbook(
        ["Фамилия", "Имя", "Отчество", "Основные компетенции", "Дата вхождения в программу"],
        ["Абрамова", "Мария", "Петровна", "методика", "01.10.2026"],
    )

    confirm(client, MentorEntry, preview(client, MentorEntry, file))

    entry = MentorEntry.objects.get()
    assert (entry.person, entry.school_year, entry.competences) == (person, 2026, "методика")
    assert str(entry.joined_on) == "2026-10-01"


def test_admin_import_of_rows_refuses_unknown_people(client, organization, curator):
    file = workbook(["Фамилия", "Имя"], ["Абрамова", "Мария"])

    result = preview(client, MentorEntry, file).context["result"]

    assert len(result.invalid_rows) + len(result.row_errors()) == 1


def test_admin_export_can_be_read_back_unchanged(client, organization, curator):
    make_mentor_entry(
        person=make_person(organization=organization, last_name="Абрамова", birth_year=1985, phone="+79271234567"),
        competences="методика",
        joined_on="2026-10-01",
    )

    for model in (Person, MentorEntry):
        content = client.post(page_of(model, "export"), export_form(client, model)).content
        result = preview(client, model, SimpleUploadedFile("again.xlsx", content)).context["result"]
        assert {row.import_type for row in result.rows} == {"skip"}, model
        assert load_workbook(io.BytesIO(content)).active["A1"].value == "Фамилия"


def test_admin_export_holds_links_to_cases_only_with_the_consent_and_takes_none_away(client, organization, curator):
    _hidden, shown = (
        make_mentor_entry(
            person=make_person(organization=organization, last_name=name, birth_year=1985),
            case_url=f"https://school.example/{number}",
        )
        for number, name in enumerate(("Абрамова", "Яшина"))
    )
    make_consent(person=shown.person, kind="publication")

    content = client.post(page_of(MentorEntry, "export"), export_form(client, MentorEntry)).content
    result = preview(client, MentorEntry, SimpleUploadedFile("again.xlsx", content)).context["result"]

    sheet = load_workbook(io.BytesIO(content)).active
    place = [cell.value for cell in sheet[1]].index("Ссылка на кейс или отзыв")
    links = {row[0].value: row[place].value or "" for row in sheet.iter_rows(min_row=2)}
    assert links == {"Абрамова": "", "Яшина": shown.case_url}
    assert {row.import_type for row in result.rows} == {"skip"}


@pytest.mark.parametrize("year", ["abc", "²", "-1"])
def test_entries_filtered_by_a_year_that_is_none_lead_to_the_whole_list(client, curator, organization, year):
    make_mentor_entry(organization=organization)

    response = client.get(page_of(MentorEntry, "changelist"), {"school_year": year})

    assert (response.status_code, response.url) == (302, f"{page_of(MentorEntry, 'changelist')}?e=1")
