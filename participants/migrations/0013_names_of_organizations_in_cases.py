from django.db import migrations, models


def carry_the_genitive_over(apps, schema_editor):
    """The genitive that was typed stays what papers print."""
    organizations = apps.get_model("participants", "Organization").objects
    for organization in organizations.exclude(full_name_genitive="").iterator():
        organization.name_forms = {"of": organization.full_name, "genitive": organization.full_name_genitive}
        organization.save(update_fields=["name_forms"])


def carry_the_genitive_back(apps, schema_editor):
    for organization in apps.get_model("participants", "Organization").objects.exclude(name_forms={}).iterator():
        organization.full_name_genitive = organization.name_forms.get("genitive", "")
        organization.save(update_fields=["full_name_genitive"])


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_fill_former_names")]

    operations = [
        migrations.AddField("organization", "name_forms", models.JSONField(blank=True, default=dict, verbose_name="the full name in cases")),
        migrations.AddField("organization", "short_name_forms", models.JSONField(blank=True, default=dict, verbose_name="the short name in cases")),
        migrations.AddField("organization", "head_position_forms", models.JSONField(blank=True, default=dict, verbose_name="the position of the head in cases")),
        migrations.AddField(
            "organization", "initials_style",
            models.CharField(choices=[("tight", "И.О. Фамилия"), ("spaced", "И. О. Фамилия")], default="tight", max_length=10, verbose_name="initials in papers"),
        ),
        migrations.AddField(
            "organization", "date_style",
            models.CharField(choices=[("words", "29 августа 2026 г."), ("digits", "29.08.2026")], default="words", max_length=10, verbose_name="date of orders"),
        ),
        migrations.RunPython(carry_the_genitive_over, carry_the_genitive_back),
        migrations.RemoveField("organization", "full_name_genitive"),
    ]
