from django.core.management.base import BaseCommand
from django.utils import timezone

from mentorship.school_year import SchoolYear
from monitoring.measurements import freeze_indicators


class Command(BaseCommand):
    help = "Count the indicators of every organization and freeze the figures under today's date."

    def add_arguments(self, parser):
        parser.add_argument(
            "--school-year", type=int, help="first calendar year: 2026 means 2026/27; this year if absent"
        )

    def handle(self, *args, school_year, **options):
        today = timezone.localdate()
        written, left_out = freeze_indicators(school_year or SchoolYear.of(today).start, today=today)
        return f"Figures frozen: {written}\nWithout a figure (no data or too few answers): {left_out}"
