import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from participants import registries
from participants.models import MenteeEntry, MentorEntry, Person, RegistryImport
from participants.registries import PairCells
from participants.tests.books import make_workbook
from participants.tests.factories import (
    make_coordinator,
    make_curator,
    make_head,
    make_mentee_entry,
    make_mentor_entry,
    make_organization,
    make_person,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
MENTORS, MENTEES = reverse("participants:registry-mentors"), reverse("participants:registry-mentees")
ADD = reverse("participants:registry-add", args=["mentors"])


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


@pytest.fixture
def pairs(monkeypatch):
    """`pairs(build)`: the builder of the columns about pairs for this test, in place of the real one."""
    return lambda build: monkeypatch.setattr(registries, "_builder", [build])


def names(response):
    return [row.record.person.last_name for row in response.context["table"].rows]


# --- list -------------------------------------------------------------------------------------------------------------
def test_registry_shows_how_to_reach_a_minor_through_the_representative(client, organization, curator):
    contacts = {"representative_phone": "+79270000001", "representative_email": "m@example.org"}
    child = make_person(organization=organization, phone="", email="", **contacts)
    make_mentee_entry(organization=organization, person=child)

    (row,) = client.get(MENTEES).context["table"].rows

    cell = row.get_cell("contacts")
    assert (cell.count("+79270000001"), cell.count("m@example.org")) == (1, 1)


@pytest.mark.parametrize(("address", "make_entry"), [(MENTORS, make_mentor_entry), (MENTEES, make_mentee_entry)])
def test_registry_shows_the_rows_of_own_organization_and_year(client, organization, curator, address, make_entry):
    make_entry(organization=organization, person=make_person(organization=organization, last_name="Своя"))
    make_entry(person=make_person(organization=organization, last_name="Прошлая"), school_year=2025)
    make_entry(person=make_person(last_name="Чужая"))

    response = client.get(address)

    assert (response.status_code, names(response)) == (200, ["Своя"])


@pytest.mark.parametrize("make_member", [make_curator, make_head, make_staff])
def test_registry_is_open_to_those_in_charge(client, organization, make_member):
    client.force_login(make_member(organization))

    assert client.get(MENTORS).status_code == 200


def test_registry_is_closed_to_others(client, organization):
    mentor = make_mentor_entry(person=make_person(organization=organization, user=make_user())).person.user
    statuses = []
    for user in (make_coordinator(), mentor, make_user()):
        client.force_login(user)
        statuses.append(client.get(MENTORS).status_code)

    assert statuses == [403, 403, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_registry_query_count_does_not_grow(client, organization, curator, count, pairs, django_assert_num_queries):
    for _n in range(count):
        make_mentor_entry(organization=organization)
    pairs(lambda kind, entries: {entry.pk: [PairCells("Пара", "форма", "место")] for entry in entries})
    client.get(MENTORS)

    # session, user, his person, memberships, mentor's and mentee's organizations, layouts, count, rows
    with django_assert_num_queries(9):
        response = client.get(MENTORS)

    assert len(response.context["table"].rows) == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ФЕДОРОВА", ["Фёдорова"]),
        ("q=logoped@", ["Абрамова"]),
        ("q=9271234567", ["Абрамова"]),
        ("who=pupil", ["Фёдорова"]),
        ("account=yes", ["Абрамова"]),
        ("account=no", ["Фёдорова"]),
        ("completed=yes", ["Фёдорова"]),
        ("completed=nonsense", ["Абрамова", "Фёдорова"]),
        ("sort=-person", ["Фёдорова", "Абрамова"]),
    ],
)
def test_registry_finds_and_filters(client, organization, curator, query, found):
    user = make_user()
    make_mentor_entry(
        person=make_person(
            organization=organization,
            last_name="Абрамова",
            email="logoped@example.org",
            phone="+79271234567",
            user=user,
        )
    )
    make_mentor_entry(
        person=make_person(organization=organization, last_name="Фёдорова", kind="pupil"), completed_on="2026-10-01"
    )

    assert names(client.get(f"{MENTORS}?{query}")) == found


def test_registry_names_the_filters_in_force(client, organization, curator):
    response = client.get(f"{MENTORS}?who=pupil&q=а")

    assert [(name, str(value)) for name, _label, value in response.context["chips"]] == [
        ("q", "а"),
        ("who", str(dict(Person.Kind.choices)["pupil"])),
    ]


def test_registry_remembers_the_chosen_columns(client, organization, curator):
    make_mentor_entry(organization=organization)
    client.get(f"{MENTORS}?columns=person&columns=results&columns=nonsense")

    columns = [column.name for column in client.get(MENTORS).context["table"].columns]

    assert columns == ["tick", "person", "results"]


def test_registry_shows_the_pairs_given_by_the_floor_above(client, organization, curator, pairs):
    make_mentor_entry(organization=organization)
    pairs(lambda kind, entries: {entries[0].pk: [PairCells("Орлов Пётр", "форма", "место", "/pair/")]})

    page = client.get(MENTORS).content.decode()

    assert page.count('<a href="/pair/">Орлов Пётр</a>') == 1


def test_registry_export_holds_what_the_filter_shows(client, organization, curator):
    for name in ("Абрамова", "Белова"):
        make_mentor_entry(person=make_person(organization=organization, last_name=name))

    response = client.get(f"{MENTORS}?q=белова&export=xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == ["Белова Мария Петровна"]
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_registry_of_an_empty_year_offers_the_import(client, organization, curator):
    page = client.get(MENTORS).content.decode()

    assert f"{reverse('participants:import')}?kind=mentors" in page


# --- adding, editing, removing ----------------------------------------------------------------------------------------
NEW = {"last_name": "иванова", "first_name": "Мария", "patronymic": "Петровна", "kind": "teacher"}


def test_registry_add_creates_person_and_row(client, organization, curator):
    response = client.post(ADD, NEW | {"phone": "8 (927) 123-45-67", "competences": "методика"})

    entry = MentorEntry.objects.get()
    assert (response.status_code, response.url) == (302, MENTORS)
    assert (entry.person.full_name, entry.person.gender, entry.person.phone) == (
        "Иванова Мария Петровна",
        "female",
        "+79271234567",
    )
    assert (entry.school_year, entry.competences, entry.person.organization) == (2026, "методика", organization)


@pytest.mark.parametrize(
    ("field", "value"),
    [("birth_year", "1889"), ("phone", "12"), ("email", "ivanova@"), ("last_name", ""), ("completed_on", "2026-09-01")],
)
def test_registry_add_says_what_is_wrong_and_keeps_what_was_typed(client, organization, curator, field, value):
    response = client.post(ADD, NEW | {"joined_on": "2026-10-01", "results": "итоги", field: value})

    errors = {**response.context["person_form"].errors, **response.context["entry_form"].errors}
    assert (response.status_code, list(errors)) == (422, [field])
    assert "итоги" in response.content.decode()
    assert MentorEntry.objects.count() == 0


def test_registry_add_asks_whether_it_is_a_known_person(client, organization, curator):
    known = make_person(organization=organization, last_name="Иванова")

    response = client.post(ADD, NEW)

    assert (response.status_code, response.context["person_form"].similar) == (422, [known])
    assert MentorEntry.objects.count() == 0


def test_registry_add_takes_the_known_person_and_fills_his_gaps(client, organization, curator):
    known = make_person(organization=organization, last_name="Иванова", position="логопед")

    client.post(ADD, NEW | {"same_person": known.pk, "birth_year": 1985, "position": "учитель"})

    known.refresh_from_db()
    assert MentorEntry.objects.get().person == known
    assert (known.birth_year, known.position) == (1985, "логопед")


def test_registry_add_believes_that_it_is_another_person(client, organization, curator):
    make_person(organization=organization, last_name="Иванова")

    client.post(ADD, NEW | {"same_person": "another"})

    assert Person.objects.filter(last_name="Иванова").count() == 2


def test_registry_add_by_suggestion_keeps_one_person(client, organization, curator):
    known = make_person(organization=organization, last_name="Иванова")

    client.post(f"{ADD}?person={known.pk}", NEW)
    again = client.post(f"{ADD}?person={known.pk}", NEW)

    assert (MentorEntry.objects.get().person, again.status_code) == (known, 422)


def test_registry_add_does_not_take_people_of_others(client, organization, curator):
    stranger = make_person()

    assert client.get(f"{ADD}?person={stranger.pk}").status_code == 404
    assert client.post(ADD, NEW | {"same_person": stranger.pk}).status_code == 302
    assert MentorEntry.objects.get().person.organization == organization


def test_registry_add_knows_two_registries(client, organization, curator):
    assert client.get(reverse("participants:registry-add", args=["teachers"])).status_code == 404


def test_suggestions_offer_people_of_the_organization(client, organization, curator):
    known = make_person(organization=organization, last_name="Абрамова")
    make_person(last_name="Абрамова")

    response = client.get(reverse("participants:suggest"), {"last_name": "абра", "first_name": "ма"})

    assert response.context["people"] == [known]


def test_registry_edit_changes_person_and_row(client, organization, curator):
    entry = make_mentee_entry(organization=organization)

    response = client.post(entry.get_absolute_url(), NEW | {"request": "английский", "is_completed": "on"})

    entry = MenteeEntry.objects.select_related("person").get()
    assert (response.url, entry.person.last_name, entry.request, entry.is_completed) == (
        MENTEES,
        "Иванова",
        "английский",
        True,
    )


def test_registry_remove_asks_first_and_keeps_the_person(client, organization, curator):
    entry = make_mentor_entry(organization=organization)
    address = reverse("participants:registry-remove", args=["mentors", entry.pk])

    asked = client.get(address)
    was_there = MentorEntry.objects.count()
    client.post(address)

    assert (asked.status_code, was_there, MentorEntry.objects.count()) == (200, 1, 0)
    assert Person.objects.filter(pk=entry.person.pk).count() == 1


@pytest.mark.parametrize("name", ["registry-edit", "registry-remove"])
def test_registry_row_is_for_curators_of_its_organization(client, organization, name):
    entry = make_mentor_entry(organization=organization)
    address = reverse(f"participants:{name}", args=["mentors", entry.pk])
    statuses = []
    for user in (make_curator(), make_staff(organization), make_head(organization), make_curator(organization)):
        client.force_login(user)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 403, 403, 200]


# --- import -----------------------------------------------------------------------------------------------------------
IMPORT = reverse("participants:import")
ROWS = (
    ["Иванова Мария Петровна", "", "методика", ""],
    ["Орлов Пётр Ильич", "", "", ""],
    ["Петрова", "+7 927 000-00-01", "", ""],
)


def upload(client, content, name="registry.xlsx", kind="mentors"):
    return client.post(IMPORT, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def upload_and_read(client, content):
    """Upload a file and go on with its columns as they were recognized."""
    columns = client.get(upload(client, content).url)
    return client.post(columns.request["PATH_INFO"], columns_as_shown(columns))


def columns_as_shown(response, **changes):
    return {field.html_name: field.value() for _column, field in response.context["form"].rows} | changes


def test_import_goes_from_file_to_check_to_registry(client, organization, curator):
    uploaded = upload_and_read(client, make_workbook(*ROWS))
    checked = client.get(uploaded.url)
    was_there = MentorEntry.objects.count()
    confirm = reverse("participants:import-confirm", args=[RegistryImport.objects.get().pk])
    confirmed = client.post(confirm, follow=True)
    again = client.post(confirm, follow=True)

    assert [row["fate"] for row in checked.context["page"]] == ["new", "new", "refused"]
    assert (was_there, confirmed.context["checked"].status) == (0, "confirmed")
    assert names(client.get(MENTORS)) == ["Иванова", "Орлов"]
    assert (again.status_code, MentorEntry.objects.count()) == (200, 2)
    assert [message.level_tag for message in again.context["messages"]] == ["warning"]


def test_import_check_shows_the_rows_of_one_fate(client, organization, curator):
    address = upload_and_read(client, make_workbook(*ROWS)).url

    page = client.get(f"{address}?fate=refused").context["page"]

    assert [row["row"] for row in page] == [4]


def test_import_confirm_shows_the_check_again_when_the_base_has_changed(client, organization, curator):
    address = upload_and_read(client, make_workbook(*ROWS)).url
    make_person(organization=organization, last_name="Иванова")

    response = client.post(reverse("participants:import-confirm", args=[RegistryImport.objects.get().pk]))

    assert (response.url, MentorEntry.objects.count()) == (address, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("registry.xlsx", b""),
        ("registry.xlsx", b"PK\x03\x04 broken"),
        ("registry.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("registry.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("registry.pdf", b"%PDF-1.7"),
        ("registry.csv", "Класс\n5А".encode()),
        ("registry.csv", b"\xff\xfe"),
    ],
)
def test_import_refuses_a_bad_file_with_a_sentence(client, organization, curator, name, content):
    response = upload(client, content, name)

    assert (response.status_code, RegistryImport.objects.count()) == (422, 0)
    assert len(response.context["form"].errors["file"]) == 1


def test_import_refuses_a_file_that_is_too_large(client, organization, curator):
    response = upload(client, b"\1" * (20 * 1024 * 1024 + 1))

    assert (response.status_code, RegistryImport.objects.count()) == (422, 0)


def test_import_is_for_curators_of_the_organization(client, organization, curator):
    address = upload_and_read(client, make_workbook(*ROWS)).url
    statuses = []
    for user in (make_curator(), make_staff(organization)):
        client.force_login(user)
        statuses += [client.get(address).status_code, client.post(f"{address}confirm/").status_code]
    statuses.append(client.get(IMPORT).status_code)

    assert statuses == [404, 404, 403, 403, 403]
