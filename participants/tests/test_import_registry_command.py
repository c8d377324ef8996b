import json

import pytest
from django.core.management import CommandError, call_command

from participants.models import MentorEntry, Person
from participants.tests.books import make_workbook
from participants.tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(tmp_path):
    file = tmp_path / "mentors.xlsx"
    file.write_bytes(
        make_workbook(
            ["Иванова Мария Петровна", "ivanova@example.org", "методика", "01.10.2026"],
            ["Орлов Пётр Ильич", "8 927 000-00-01", "", "32.10.2026"],
            ["Иванова Мария Петровна", "ivanova@example.org", "", ""],
            ["Петрова", "petrova@example.org", "", ""],
        )
    )
    return file


def run(file, organization, **options):
    options = {"kind": "mentors", "school_year": 2026} | options
    return call_command("import_registry", file, organization=organization.slug, **options)


def test_import_registry_writes_and_reports_every_row(registry, tmp_path, capsys):
    organization = make_organization()
    make_person(organization=organization, last_name="Орлов", first_name="Пётр", patronymic="Ильич", gender="male")

    run(registry, organization, report=tmp_path / "report.json")

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert list(report) == [
        "sheet", "header_row", "read", "accepted", "refused", "remarks", "skipped", "duplicates", "rows", "created",
        "updated",
    ]  # fmt: skip
    assert (report["read"], report["accepted"], report["duplicates"]) == (4, [2, 3], [[2, 4]])
    assert [refused["row"] for refused in report["refused"]] == [5]
    assert (report["created"], report["updated"]) == (2, 0)
    assert report["rows"][0]["email"] == "ivanova@example.org"
    assert (Person.objects.count(), MentorEntry.objects.count()) == (2, 2)


def test_import_registry_twice_changes_nothing(registry, tmp_path):
    organization = make_organization()
    run(registry, organization)

    run(registry, organization, report=tmp_path / "report.json")

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["created"], report["updated"], MentorEntry.objects.count()) == (0, 0, 2)


def test_import_registry_dry_run_writes_nothing(registry, tmp_path):
    organization = make_organization()

    run(registry, organization, dry_run=True, report=tmp_path / "report.json")

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["created"], Person.objects.count(), MentorEntry.objects.count()) == (2, 0, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04 broken", make_workbook(headers=["Класс", "Оценка"])],
    ids=["empty", "another kind", "damaged", "no registry"],
)
def test_import_registry_refuses_a_file_with_one_sentence(tmp_path, content):
    file = tmp_path / "mentors.xlsx"
    file.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        run(file, make_organization(), report=tmp_path / "report.json")

    assert (refusal.value.returncode, "\n" in str(refusal.value)) == (1, False)
    assert not (tmp_path / "report.json").exists()


def test_import_registry_names_an_unknown_organization_and_a_missing_file(tmp_path, registry):
    with pytest.raises(CommandError, match="no-such"):
        call_command("import_registry", registry, organization="no-such", kind="mentors", school_year=2026)
    with pytest.raises(CommandError, match=r"absent\.xlsx"):
        run(tmp_path / "absent.xlsx", make_organization())
