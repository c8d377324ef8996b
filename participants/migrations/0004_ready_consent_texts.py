from django.db import migrations

from participants.ready_consent_texts import load_ready_consent_texts


def load(apps, schema_editor):
    """The ready texts of consents."""
    load_ready_consent_texts(apps.get_model("participants", "ConsentText"))


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_people_consents_applications")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
