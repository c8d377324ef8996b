"""Pages of a registry over many organizations: the first of them are read in the order of names, without sorting all.

To sort a hundred thousand rows for the fifty of a page takes a database as long as to count them. The index
`person_in_order` has the people in this order already: one walks along it and stops when the page is full.
"""

from django.db.models import Exists, OuterRef
from django_tables2.data import TableQuerysetData

from participants.models import Person

BY_NAME = ("person__sort_name", "pk")
# As long as the page ends within this part of the rows, few people are passed by on the way to it.
FIRST_PART = 10


class RowsByName(TableQuerysetData):
    """Rows of a registry as django-tables2 asks for them; of a school year, so each person has one."""

    def __getitem__(self, key):
        if not isinstance(key, slice) or tuple(self.data.query.order_by) != BY_NAME:
            return self.data[key]
        rows = self.data.order_by("person__sort_name", "person")  # namesakes as the people stand, on all pages alike
        if key.stop * FIRST_PART > len(self):
            return rows[key]
        of_person = rows.filter(person=OuterRef("pk")).order_by()
        people = Person.objects.filter(Exists(of_person)).in_order().values_list("pk", flat=True)[key]
        return list(rows.filter(person__in=list(people)))
