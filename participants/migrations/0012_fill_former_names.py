from django.db import migrations

from participants.models.people import fold_for_search

LONGEST = 400


def fill(apps, schema_editor):
    """Let the search find those whose names were changed or whose files were joined before."""
    former = {}
    for change in apps.get_model("participants", "NameChange").objects.order_by("pk"):
        names = filter(None, [change.last_name, change.first_name, change.patronymic])
        former.setdefault(change.person_id, []).append(" ".join(names))
    for merge in apps.get_model("participants", "PersonMerge").objects.order_by("pk"):
        former.setdefault(merge.person_id, []).append(merge.former_name)
    for person in apps.get_model("participants", "Person").objects.filter(pk__in=former):
        name = " ".join(filter(None, [person.last_name, person.first_name, person.patronymic]))
        person.former_names = " ".join(each for each in dict.fromkeys(former[person.pk]) if each != name)[-LONGEST:]
        words = f"{name} {person.former_names} {person.email} {person.phone} {person.position}"
        person.search_text = fold_for_search(words)[:600]
        person.save(update_fields=["former_names", "search_text"])


class Migration(migrations.Migration):
    dependencies = [("participants", "0011_former_names")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
