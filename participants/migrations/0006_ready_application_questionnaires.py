from django.db import migrations

from participants.ready_application_questionnaires import load_ready_application_questionnaires


def load(apps, schema_editor):
    """The ready application questionnaires."""
    load_ready_application_questionnaires(
        apps.get_model("participants", "Questionnaire"), apps.get_model("participants", "Question")
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0005_search_index")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
