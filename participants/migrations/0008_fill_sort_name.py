from django.db import migrations

from participants.models.people import fold_for_sorting

BATCH = 1000


def fill(apps, schema_editor):
    """By what each person who is there already is put in order."""
    person_model = apps.get_model("participants", "Person")
    batch = []
    for person in person_model.objects.only("pk", "last_name", "first_name", "patronymic").iterator(chunk_size=BATCH):
        names = filter(None, [person.last_name, person.first_name, person.patronymic])
        person.sort_name = fold_for_sorting(" ".join(names))
        batch.append(person)
        if len(batch) == BATCH:
            person_model.objects.bulk_update(batch, ["sort_name"])
            batch = []
    person_model.objects.bulk_update(batch, ["sort_name"])


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_sort_name")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
