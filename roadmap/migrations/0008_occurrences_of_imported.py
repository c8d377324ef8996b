"""Occurrences of the repeated activities of roadmaps that were imported before the import made them.

By the rules of roadmap/occurring.py as they stand; what has occurrences, or is chosen by a person, stays as it is.
"""

from django.db import migrations

from roadmap.recurrence import Frequency, frequency_of, spans_of


def make_missing(apps, schema_editor):
    activity_model, occurrence_model = (apps.get_model("roadmap", name) for name in ("Activity", "Occurrence"))
    rows = activity_model.objects.filter(deadline_kind="recurring", occurrences=None, status__in=["planned", "started"])
    for activity in rows.select_related("stage__roadmap").prefetch_related("windows").iterator(chunk_size=500):
        frequency = Frequency(activity.frequency) if activity.frequency else frequency_of(activity.deadline_text)
        if not frequency:
            continue
        roadmap, wanted = activity.stage.roadmap, {}
        windows = [
            (each.starts_on or roadmap.starts_on, each.ends_on or roadmap.ends_on) for each in activity.windows.all()
        ]
        is_calendar = "квартал" in activity.deadline_text.casefold()
        for starts_on, ends_on in windows or [(roadmap.starts_on, roadmap.ends_on)]:
            if starts_on <= ends_on:
                wanted |= dict(spans_of(frequency, starts_on, ends_on, is_calendar_quarter=is_calendar))
        occurrence_model.objects.bulk_create(
            occurrence_model(activity=activity, starts_on=starts_on, ends_on=ends_on)
            for starts_on, ends_on in sorted(wanted.items())
        )


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0007_templates")]

    operations = [migrations.RunPython(make_missing, migrations.RunPython.noop)]
