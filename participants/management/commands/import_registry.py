import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Organization
from participants.registries import MENTEES, MENTORS
from participants.registry_check import full_report, match_reading
from participants.registry_import import read_upload
from participants.registry_reading import UnreadableRegistry
from participants.registry_storing import store
from participants.registry_writing import result_in_words
from participants.sheet_files import MAX_MEGABYTES, MEGABYTE


class Command(BaseCommand):
    help = "Bring a registry of mentors or mentees (xlsx, csv) into an organization; says what became of each row."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", required=True, metavar="SLUG")
        parser.add_argument("--kind", required=True, choices=[MENTORS, MENTEES])
        parser.add_argument("--school-year", required=True, type=int, help="first calendar year: 2025 means 2025/26")
        parser.add_argument("--dry-run", action="store_true", help="read and match, write nothing into the portal")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report of all rows as JSON")

    def handle(self, *args, file, organization, kind, school_year, dry_run, report, **options):
        organization = self._organization(organization)
        if not 2015 <= school_year <= 2100:
            raise CommandError(_("The school year is the year in which it begins, for example 2025 for 2025/26."))
        try:
            reading = read_upload(
                self._content(file), file.name, kind, today=timezone.localdate(), organization=organization
            )
        except UnreadableRegistry as refusal:
            raise CommandError(str(refusal)) from refusal
        with transaction.atomic():
            Organization.objects.select_for_update().get(pk=organization.pk)
            plan = match_reading(reading, organization, kind, school_year)
            if not dry_run:
                store(plan)
        full = full_report(reading.as_report(), plan)
        if report:
            report.write_text(json.dumps(full, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return "\n".join(self._summary(full, plan, dry_run=dry_run))

    def _organization(self, slug):
        found = Organization.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(_("There is no organization with the short address “%(slug)s”.") % {"slug": slug})
        return found

    def _content(self, file):
        try:
            with file.open("rb") as stream:
                return stream.read(MAX_MEGABYTES * MEGABYTE + 1)
        except OSError as error:
            message = _("The file %(file)s cannot be opened: %(reason)s.")
            raise CommandError(message % {"file": file, "reason": error.strerror}) from error

    def _summary(self, report, plan, *, dry_run):
        yield _("Sheet “%(sheet)s”, header in row %(row)s.") % {"sheet": report["sheet"], "row": report["header_row"]}
        yield ngettext("%(count)s person was read.", "%(count)s people were read.", report["read"]) % {
            "count": report["read"]
        }
        yield from self._rows(_("Refused:"), report["refused"])
        yield from self._rows(_("Remarks:"), report["remarks"])
        yield from self._rows(_("Skipped:"), report["skipped"])
        if dry_run:
            yield _("This was a trial: nothing was written. Without --dry-run it would end so:")
        yield result_in_words(plan)

    def _rows(self, title, reported):
        if reported:
            yield title
        for each in reported:
            column = f", {each['column']}" if each.get("column") else ""
            yield "  " + _("row %(row)s%(column)s: %(text)s") % {
                "row": each["row"],
                "column": column,
                "text": each["text"],
            }
