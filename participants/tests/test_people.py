from datetime import date

import pytest

from participants.models import Person
from participants.names import NameParts
from participants.people import KnownPeople, Who, suggest
from participants.tests.factories import make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
IVANOVA = NameParts("Иванова", "Мария", "Петровна")


def make_ivanova(organization, **values):
    return make_person(**{"organization": organization, "last_name": "Иванова"} | values)


@pytest.mark.parametrize("birth_year", [None, 1985])
def test_known_people_same_by_folded_name_and_birth_year_known_on_one_side(birth_year):
    organization = make_organization()
    person = make_ivanova(organization, last_name="ИВАНОВА", birth_year=1985)

    found = KnownPeople.of(organization).same(Who(IVANOVA, birth_year))

    assert found == [person]


def test_known_people_same_differs_by_birth_year():
    organization = make_organization()
    make_ivanova(organization, birth_year=1985)

    assert KnownPeople.of(organization).same(Who(IVANOVA, 1990)) == []


def test_known_people_same_by_initials_needs_a_contact():
    organization = make_organization()
    person = make_ivanova(organization, phone="+79271234567")
    initials = NameParts("Иванова", "М.", "П.")
    known = KnownPeople.of(organization)

    assert known.same(Who(initials)) == []
    assert known.same(Who(initials, phone="+79271234567")) == [person]


def test_known_people_same_prefers_who_agrees_in_more():
    organization = make_organization()
    make_ivanova(organization, email="other@example.org")
    person = make_ivanova(organization, email="ivanova@example.org")
    known = KnownPeople.of(organization)

    assert known.same(Who(IVANOVA, email="Ivanova@example.org")) == [person]
    assert len(known.same(Who(IVANOVA))) == 2


def test_known_people_similar_by_contact_alone():
    organization = make_organization()
    person = make_person(organization=organization, last_name="Петров", email="school@example.org")
    who = Who(IVANOVA, email="school@example.org")

    assert KnownPeople.of(organization).same(who) == []
    assert KnownPeople.of(organization).similar(who) == [person]


def test_known_people_of_another_organization_are_not_known():
    make_ivanova(make_organization())

    assert KnownPeople.of(make_organization()).same(Who(IVANOVA)) == []


def test_suggest_finds_by_the_beginning_of_the_name():
    organization = make_organization()
    person = make_ivanova(organization)

    assert suggest(organization, "ИВАН", "мар") == [person]
    assert suggest(organization, "иван", "ольга") == []
    assert suggest(organization, "мария") == []
    assert suggest(organization, "и") == []


def test_people_stand_in_the_order_of_the_alphabet():
    organization = make_organization()
    names = ["Қасым", "Ёлкин", "де ла Круз", "Чульдум", "Айыжы", "Жуков", "Елкина", "ЗАЙЦЕВ", "Егоров", "Өрген"]
    for name in names:
        make_person(organization=organization, last_name=name)

    ordered = [person.last_name for person in organization.people.in_order()]

    assert ordered == [
        "Айыжы", "де ла Круз", "Егоров", "Ёлкин", "Елкина", "Жуков", "ЗАЙЦЕВ", "Қасым", "Өрген", "Чульдум",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"email": "own@a.example"}, ("own@a.example", False)),
        ({"email": "", "kind": "pupil"}, ("mother@a.example", True)),
        ({"email": "", "kind": "pupil", "birth_year": 2008}, ("mother@a.example", True)),  # turns 18 in the year
        ({"email": "", "kind": "pupil", "birth_year": 2007}, ("", False)),
        ({"email": "", "kind": "teacher"}, ("", False)),
        ({"email": "", "representative_email": "", "kind": "pupil"}, ("", False)),
    ],
)
def test_letters_to_a_minor_without_an_address_go_to_the_representative(values, address):
    person = make_person(**{"representative_email": "mother@a.example"} | values)
    day = date(2026, 10, 5)

    assert person.contact_address(day) == address
    assert Person.objects.with_address(day).filter(pk=person.pk).exists() == bool(address[0])


def test_letters_to_a_person_with_an_account_go_to_its_address():
    person = make_person(email="", user=make_user(), representative_email="mother@a.example", kind="pupil")

    assert person.contact_address() == (person.user.email, False)
    assert Person.objects.with_address(date(2026, 10, 5)).get() == person
