from django.db import migrations

from monitoring.ready_indicators import load_ready_indicators


def load(apps, schema_editor):
    """The four indicators with their common targets."""
    load_ready_indicators(apps.get_model("monitoring", "Indicator"), apps.get_model("monitoring", "Target"))


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
