from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.school_year import SchoolYear
from participants.models import Organization
from roadmap.importing import read_file, store_reading
from roadmap.occurring import make_occurrences_of
from roadmap.reading import UnreadableDocument


class Command(BaseCommand):
    help = "Import a roadmap from a document (txt or tsv with tabs, csv, docx, xlsx, html, pdf)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", required=True, metavar="SLUG")
        parser.add_argument(
            "--school-year",
            type=int,
            default=None,
            help="first calendar year: 2025 means 2025/26; unless given, the document's, else today's",
        )

    def handle(self, *args, file, organization, school_year, **options):
        owner = Organization.objects.filter(slug=organization).first()
        if owner is None:
            raise CommandError(f"There is no organization with the short address “{organization}”.")
        today = SchoolYear.of(timezone.localdate()).start
        try:
            if file.stat().st_size > settings.UPLOAD_LIMIT_BYTES:
                raise CommandError(f"{file.name} is larger than 20 MB: save the table without pictures, or in parts.")
            reading = read_file(file.read_bytes(), file.name, organization=owner, school_year=school_year or today)
            school_year = school_year or reading.school_year or today
            roadmap = store_reading(reading, organization=owner, school_year=school_year, source_name=file.name)
            make_occurrences_of(roadmap)
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        except UnreadableDocument as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"roadmap: {roadmap.pk}")
        self.stdout.write(f"title: {roadmap.title}")
        self.stdout.write(f"stages: {len(reading.stages)}")
        self.stdout.write(f"activities: {sum(len(stage.activities) for stage in reading.stages)}")
        self.stdout.write(f"remarks: {len(reading.remarks)}")
        for remark in reading.remarks:
            line = f"line {remark.row}: " if remark.row else ""
            self.stdout.write(f"  {line}{remark.text}")
