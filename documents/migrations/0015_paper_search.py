"""The search in papers: what it looks into is filled for papers that are there; PostgreSQL gets its full-text index."""

from django.db import migrations

from participants.models.people import fold_for_search

INDEX = "paper_by_words"


def fill(apps, schema_editor):
    Paper = apps.get_model("documents", "Paper")
    for paper in Paper.objects.prefetch_related("people").iterator(chunk_size=200):
        names = (f"{each.last_name} {each.first_name} {each.patronymic}" for each in paper.people.all())
        words = " ".join([paper.number, paper.title, *names, paper.text])
        Paper.objects.filter(pk=paper.pk).update(search_text=fold_for_search(words))


def add_index(apps, schema_editor):
    # To the letter what SearchVector("search_text", config="russian") asks for: see documents/archive.py.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON documents_paper "
            "USING gin (to_tsvector('russian'::regconfig, COALESCE(search_text, '')))"
        )


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("documents", "0014_archive")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(add_index, remove_index),
    ]
