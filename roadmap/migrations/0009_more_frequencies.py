from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0008_occurrences_of_imported")]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="frequency",
            field=models.CharField(
                blank=True,
                choices=[
                    ("weekly", "every week"),
                    ("half_monthly", "twice a month"),
                    ("monthly", "every month"),
                    ("bimonthly", "every two months"),
                    ("quarterly", "every quarter"),
                    ("trimesterly", "every trimester"),
                    ("half_yearly", "every half-year"),
                    ("yearly", "once a year"),
                ],
                max_length=12,
                verbose_name="how often",
            ),
        )
    ]
