from django.db import migrations

from programs.ready_forms import load_ready_forms


def load(apps, schema_editor):
    """The ready forms of mentoring."""
    load_ready_forms(apps.get_model("programs", "MentoringForm"))


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
