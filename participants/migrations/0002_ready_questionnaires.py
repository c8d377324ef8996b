from django.db import migrations

from participants.ready_questionnaires import load_ready_questionnaires


def load(apps, schema_editor):
    """The ready-made questionnaires."""
    load_ready_questionnaires(
        apps.get_model("participants", "Questionnaire"), apps.get_model("participants", "Question")
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
