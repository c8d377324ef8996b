"""A new surname: the file bears it from a day on, papers and registries of the time before keep the former one."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import NameChange, Person
from participants.names import NameParts

EARLIEST_YEAR = 1930  # of a change of the name where the birth year is not known


@transaction.atomic
def change_name(person: Person, name: NameParts, *, changed_on: date, by, today: date) -> Person:
    """Give the person a new name that is borne from `changed_on`; the former one is kept with its last day.

    Forms of the old name in cases are forgotten: they decline the former name. Approved papers are frozen and do not
    change. Raises ValidationError where nothing changes, or the day is in the future, before the birth or before a
    former change.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    person.check_is_open()
    former = NameParts(person.last_name, person.first_name, person.patronymic)
    if former == name:
        raise ValidationError(_("The name is the same as before: write the new one."))
    if changed_on > today:
        raise ValidationError({"changed_on": _("The day has not come yet: enter the change when it is in force.")})
    born_in = person.birth_year or EARLIEST_YEAR
    if changed_on.year < born_in:
        sentence = _("Check the year: nobody in the files can have changed the name before %(year)s.")
        raise ValidationError({"changed_on": sentence % {"year": born_in}})
    last_day = changed_on - timedelta(days=1)
    if person.name_changes.filter(borne_until__gte=last_day).exists():
        raise ValidationError({"changed_on": _("A later change of the name is recorded already.")})
    change = NameChange(
        person=person,
        last_name=former.last,
        first_name=former.first,
        patronymic=former.patronymic,
        borne_until=last_day,
        recorded_by=by,
    )
    change.full_clean()
    change.save()
    person.last_name, person.first_name, person.patronymic = name
    person.remember_name(former.full)
    person.name_forms = {}
    person.full_clean()
    person.save(update_fields=["last_name", "first_name", "patronymic", "name_forms", "former_names"])
    return person
