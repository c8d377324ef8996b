"""Search by a part of a surname: an index answers on PostgreSQL; SQLite has no such one, and there is nothing to ask."""

import pytest
from django.db import connection

from participants.models import Person
from participants.tests.factories import make_organization

# The plan depends on how many rows there are: of a few the table is read, whatever indexes there be.
PEOPLE = 20_000


@pytest.fixture
def many_people(db):
    organization = make_organization()
    names = ("Иванова", "Кузнецова", "Соколова", "Мельникова")
    people = [
        Person(organization=organization, last_name=f"{names[number % 4]}{number}", first_name="Мария")
        for number in range(PEOPLE)
    ]
    for person in people:
        person.fold()
    Person.objects.bulk_create(people, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE participants_person")


if connection.vendor == "postgresql":  # a test that is not there is not a skipped one

    @pytest.mark.parametrize("text", ["мельникова19", "ОКОЛОВА123"])
    def test_search_by_a_part_of_a_surname_uses_the_index(many_people, text):
        with connection.cursor() as cursor:  # what a worker of the database does by itself after a while
            cursor.execute("SELECT gin_clean_pending_list('person_by_part_of_name')")

        plan = Person.objects.matching(text).explain()

        assert plan.count("Bitmap Index Scan on person_by_part_of_name") == 1
