"""Search by a part of a name uses an index on PostgreSQL; SQLite has none that could, and reads the rows."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEX = "person_by_part_of_name"


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON participants_person USING gin (search_text gin_trgm_ops)")


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    """Not an index of the model: it exists on one of the two databases alone."""

    dependencies = [("participants", "0004_ready_consent_texts")]
    operations = [TrigramExtension(), migrations.RunPython(add_index, remove_index)]
