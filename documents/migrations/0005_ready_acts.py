from django.db import migrations

from documents.ready_acts import load_ready_acts


def load(apps, schema_editor):
    """The acts that every installation knows."""
    load_ready_acts(apps.get_model("documents", "LegalAct"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_acts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
