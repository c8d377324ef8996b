from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from roadmap.exporting import EXPORTS, export_roadmap
from roadmap.models import Roadmap


class Command(BaseCommand):
    help = "Write a roadmap into a file: the columns of its document (pdf, docx, xlsx), or every cell filled (tsv)."

    def add_arguments(self, parser):
        parser.add_argument("roadmap", type=int, metavar="ID")
        parser.add_argument("--format", dest="file_format", choices=sorted(EXPORTS), required=True)
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args, roadmap, file_format, output, **options):
        found = Roadmap.objects.select_related("organization").filter(pk=roadmap).first()
        if found is None:
            raise CommandError(f"There is no roadmap {roadmap}.")
        content = export_roadmap(found, file_format)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{output}: {len(content)} bytes")
