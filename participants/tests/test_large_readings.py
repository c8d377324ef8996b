"""A reading of ten thousand rows is forty megabytes in memory: it is read once in a step, and by nobody who does not ask."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import RegistryImport
from participants.registry_import import step_with_reading
from participants.tests.factories import make_curator

Status = RegistryImport.Status
REPORT = '"participants_registryimport"."report"'


@pytest.mark.django_db
def test_a_step_reads_the_reading_no_more_and_is_kept_in_the_history():
    curator = make_curator()
    kept = RegistryImport.objects.create(
        organization=curator.people.get().organization,
        kind="mentors",
        school_year=2026,
        file_name="реестр.xlsx",
        status=Status.CHECKED,
        report={"rows": [{"last_name": "Ёлкина"}]},
    )

    with CaptureQueriesContext(connection) as queries, step_with_reading(kept, Status.WRITING, by=curator):
        pass

    assert [query["sql"] for query in queries if query["sql"].startswith("SELECT") and REPORT in query["sql"]] == []
    assert LogEntry.objects.get_for_object(kept).first().changes_dict["status"] == [Status.CHECKED, Status.WRITING]
    assert RegistryImport.objects.get(pk=kept.pk).report == {"rows": [{"last_name": "Ёлкина"}]}


@pytest.mark.django_db
def test_letters_of_a_reading_are_stored_as_they_are():
    curator = make_curator()
    RegistryImport.objects.create(
        organization=curator.people.get().organization, kind="mentors", school_year=2026, report={"name": "Ёлкина"}
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(report AS text) FROM participants_registryimport")
        (text,) = cursor.fetchone()

    assert "Ёлкина" in text
