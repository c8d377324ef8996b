import pytest

from participants.names import NameParts
from participants.people import KnownPeople, Who, suggest
from participants.tests.factories import make_organization, make_person

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
