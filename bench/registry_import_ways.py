"""One way of bringing a registry file into an empty portal, timed: python -m bench.registry_import_ways WAY FILE.

WAY is `ours`, `floor` or `import_export`. Prints {"seconds", "megabytes", "stored"} as JSON. For
bench_registry_import.py, which gives each run its own VAR_DIR.
"""

import io
import json
import os
import resource
import sys
import time
from pathlib import Path

import django
from django.urls import reverse

YEAR = 2026


def ours(data, organization, user):
    """Upload, columns as recognized, check page, confirmation: what the worker does for a curator.

    Each step is a request or a job of its own, and holds of the one before no more than the key, as in the portal.
    """
    from mentorship.jobs import run_job
    from mentorship.models import Job
    from participants.models import RegistryImport

    key = _upload(data, organization, user)
    run_job(RegistryImport.objects.values_list("job", flat=True).get(pk=key))
    _confirm(key, user)
    run_job(RegistryImport.objects.values_list("job", flat=True).get(pk=key))
    status = RegistryImport.objects.values_list("status", flat=True).get(pk=key)
    if Job.objects.exclude(status="done").exists() or status != "confirmed":
        raise RuntimeError(f"The import ended as {status}.")


def _upload(data, organization, user):
    from participants.registry_import import choose_columns, receive_file

    received = receive_file(data, "registry.xlsx", kind="mentors", organization=organization, school_year=YEAR, by=user)
    fields = {column["index"]: column["field"] for column in received.report["look"]["columns"]}
    return choose_columns(received, fields, by=user).pk


def _confirm(key, user):
    from participants.models import RegistryImport
    from participants.registry_writing import begin_writing

    begin_writing(RegistryImport.objects.get(pk=key), scope="sound_rows", by=user)


def floor(data, organization, user):
    """Read, make the rows, let every field validate its value, write: nothing is understood, compared or logged."""
    from python_calamine import CalamineWorkbook

    from participants.models import MentorEntry, Person

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    people, entries = [], []
    for row in rows:
        person, entry = _instances(row, organization)
        person.clean_fields(exclude={"organization", "user"})
        person.fold()
        entry.clean_fields(exclude={"person"})
        people.append(person)
        entries.append(entry)
    Person.objects.bulk_create(people, batch_size=1000)
    for entry, person in zip(entries, people, strict=True):
        entry.person = person
    MentorEntry.objects.bulk_create(entries, batch_size=1000)


def _instances(row, organization):
    from participants.models import MentorEntry, Person

    last, first, patronymic = row[1].split()
    phone, email = row[2].split(", ")
    person = Person(
        organization=organization,
        last_name=last,
        first_name=first,
        patronymic=patronymic,
        gender="female",
        phone="+7" + "".join(filter(str.isdigit, phone))[1:],
        email=email,
        workplace=row[3],
    )
    entry = MentorEntry(
        school_year=YEAR,
        competences=row[4],
        achievements=row[5],
        interests=row[6],
        preferred_age=row[7],
        time_resource=row[8],
        joined_on=row[9] or None,
        completed_on=row[13] or None,
        results=row[14],
        case_url=row[15],
    )
    return person, entry


def import_export(data, organization, user):
    """django-import-export with its defaults: a dry run that shows the changes, then the import, both row by row."""
    from import_export import fields, resources
    from tablib import Dataset

    from participants.models import MentorEntry, Person

    class MentorResource(resources.ModelResource):
        """The person is found or made before the row, as the columns of a registry demand."""

        competences = fields.Field("competences", "Основные компетенции наставника")
        achievements = fields.Field("achievements", "Важные для программы достижения наставника")
        interests = fields.Field("interests", "Интересы наставника")
        preferred_age = fields.Field("preferred_age", "Желаемый возраст наставляемых")
        time_resource = fields.Field("time_resource", "Ресурс времени на программу наставничества")
        joined_on = fields.Field("joined_on", "Дата вхождения в программу")
        results = fields.Field("results", "Результаты программы")
        case_url = fields.Field("case_url", "Ссылка на кейс/отзыв наставника, размещённые на сайте организации")
        person = fields.Field("person_id", "person")
        school_year = fields.Field("school_year", "school_year")

        class Meta:
            model = MentorEntry
            fields = [
                "competences", "achievements", "interests", "preferred_age", "time_resource", "joined_on", "results",
                "case_url", "person", "school_year",
            ]  # fmt: skip
            import_id_fields = ["person", "school_year"]
            clean_model_instances = True

        def before_import_row(self, row, **kwargs):
            last, first, patronymic = row["ФИО наставника"].split()
            phone, email = row["Контактные данные для связи"].split(", ")
            person, _is_new = Person.objects.get_or_create(
                organization=organization,
                last_name=last,
                first_name=first,
                patronymic=patronymic,
                email=email,
                defaults={"phone": phone.replace(" ", "")},
            )
            row["person"], row["school_year"] = person.pk, YEAR

    dataset = Dataset().load(data, format="xlsx")
    for name in ("person", "school_year"):
        dataset.append_col([""] * len(dataset), header=name)
    for dry_run in (True, False):
        MentorResource().import_data(dataset, dry_run=dry_run, raise_errors=True)


def main(way, path):
    from django.core.management import call_command

    from participants.models import MentorEntry, Organization, User

    call_command("migrate", verbosity=0)
    organization = Organization.objects.create(
        kind="school",
        slug="school",
        full_name="Школа",
        short_name="Школа",
        place="г. Кедровск",
        head_position="Директор",
    )
    user = User.objects.create_user(email="curator@school.example")
    data = Path(path).read_bytes()
    reverse("home")  # a running portal has its addresses loaded
    started = time.perf_counter()
    {"ours": ours, "floor": floor, "import_export": import_export}[way](data, organization, user)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "stored": MentorEntry.objects.count()}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    main(*sys.argv[1:3])
