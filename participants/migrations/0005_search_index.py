"""Lists over many organizations, and search by a part of a name: on PostgreSQL by an index, on SQLite there is none such."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

INDEX = "person_by_part_of_name"


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON participants_person USING gin (search_text gin_trgm_ops)")


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    """The index for a part of a name is none of the model: it exists on one of the two databases alone."""

    dependencies = [("participants", "0004_ready_consent_texts")]
    operations = [
        migrations.AddIndex(
            "person",
            models.Index(fields=["last_name", "first_name", "patronymic", "id"], name="person_in_order"),
        ),
        TrigramExtension(),
        migrations.RunPython(add_index, remove_index),
    ]
