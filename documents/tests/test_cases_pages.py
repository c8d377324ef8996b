import pytest
from django.urls import reverse

from participants.models import Person
from participants.tests.factories import make_coordinator, make_curator, make_head, make_organization, make_person

pytestmark = pytest.mark.django_db
OBLIQUE = ["genitive", "dative", "accusative", "instrumental", "prepositional"]


@pytest.fixture
def organization():
    return make_organization(short_name="МОУ СШ № 1", head_position="Директор")


@pytest.fixture
def person(organization):
    return make_person(
        organization=organization,
        last_name="Кужугет",
        first_name="Айыран",
        patronymic="",
        gender="",
        position="учитель математики",
    )


def address_of(found):
    if isinstance(found, Person):
        return reverse("documents:person-cases", args=[found.pk])
    return reverse("documents:organization-cases", args=[found.slug])


def states_of(form):
    """{prefix_case: "own", "unsure" or "proposed"}"""
    fields = [item for row in form.rows for item in row.fields]
    return {
        item.field.name: "own" if item.form.is_own else "unsure" if item.form.is_unsure else "proposed"
        for item in fields
    }


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_forms_are_for_the_curator(client, kind, organization, person):
    found = {"person": person, "organization": organization}[kind]
    statuses = []
    for user in (make_curator(), make_head(organization), make_coordinator(), make_curator(organization)):
        client.force_login(user)
        statuses.append(client.get(address_of(found)).status_code)

    assert statuses == [404, 403, 404, 200]


def test_forms_of_a_person_stand_in_the_phrases_of_papers(client, organization, person):
    client.force_login(make_curator(organization))

    form = client.get(address_of(person)).context["form"]

    rows = list(form.rows)
    assert [len(row.fields) for row in rows] == [0, 2, 2, 2, 2, 2]
    assert rows[2].phrases[0] == "Объявить благодарность Кужугет Айыран, учителю математики"
    assert rows[2].initials == ["Кужугет\xa0А.", "А.\xa0Кужугет"]
    assert states_of(form)["name_dative"] == "unsure"
    assert states_of(form)["position_dative"] == "proposed"


def test_one_form_is_corrected_and_the_rest_stays_proposed(client, organization, person):
    client.force_login(make_curator(organization))

    response = client.post(address_of(person), {"name_dative": " Кужугету Айырану "})

    person.refresh_from_db()
    assert response.url == address_of(person)
    assert person.name_forms == {"of": "Кужугет Айыран", "dative": "Кужугету Айырану"}
    assert person.position_forms == {}
    states = states_of(client.get(address_of(person)).context["form"])
    assert [states[f"name_{case}"] for case in OBLIQUE] == ["unsure", "own", "unsure", "unsure", "unsure"]


def test_doubtful_forms_are_confirmed_at_once(client, organization, person):
    client.force_login(make_curator(organization))

    client.post(address_of(person), {"name_dative": "Кужугету Айырану", "confirmed": "on"})

    form = client.get(address_of(person)).context["form"]
    assert [states_of(form)[f"name_{case}"] for case in OBLIQUE] == ["own"] * 5
    assert [form.case_forms[case]["name"].text for case in OBLIQUE[:2]] == ["Кужугет Айыран", "Кужугету Айырану"]
    assert "confirmed" not in form.fields


def test_own_forms_are_given_up_for_the_proposals(client, organization, person):
    person.name_forms = {"dative": "Кужугету Айырану"}
    person.save()
    client.force_login(make_curator(organization))

    client.post(address_of(person), {"reset": "yes", "name_dative": "Кужугету Айырану"})

    person.refresh_from_db()
    assert (person.name_forms, person.position_forms) == ({}, {})


def test_a_person_without_position_has_no_fields_for_it(client, organization):
    person = make_person(organization=organization, position="")
    client.force_login(make_curator(organization))

    assert {name.split("_")[0] for name in states_of(client.get(address_of(person)).context["form"])} == {"name"}


def test_forms_of_an_organization_are_corrected(client, organization):
    client.force_login(make_curator(organization))

    before = client.get(address_of(organization)).context["form"].case_forms["genitive"]
    client.post(address_of(organization), {"full_genitive": "МОУ «СШ»", "head_genitive": "И.о. директора МОУ СШ № 1"})

    organization.refresh_from_db()
    assert before["head"].text == "Директора МОУ СШ № 1"
    assert organization.name_forms == {"of": organization.full_name, "genitive": "МОУ «СШ»"}
    assert organization.head_position_forms == {"of": "Директор", "genitive": "И.о. директора МОУ СШ № 1"}
    assert organization.short_name_forms == {}
