from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitoring.demo.loading import is_loaded, leave_to_worker, load_demo, strangers
from monitoring.demo.people import LEAST_PEOPLE, PASSWORD
from monitoring.demo.places import OFFICE_SLUG, SLUGS
from participants.models import Organization, Person

ROLES = {
    "curator": "keeps the registries, pairs, roadmap, surveys",
    "head": "approves orders",
    "staff": "takes papers and registries",
    "mentor": "logs meetings, writes reports",
    "mentee": "sees the plan, answers surveys",
}


class Command(BaseCommand):
    help = (
        "Fill an empty database with a demonstration: an education office, organizations below it, a school year in "
        "full swing. Where the demonstration is there already, nothing is changed."
    )

    def add_arguments(self, parser):
        least = len(SLUGS)
        parser.add_argument("--organizations", type=int, default=least, help=f"below the office, at least {least}")
        parser.add_argument("--people", type=int, default=30, help=f"in each of them, at least {LEAST_PEOPLE}")

    def handle(self, *args, organizations, people, **options):
        if settings.PRODUCTION:
            raise CommandError("The demonstration has published passwords: production settings refuse it.")
        if organizations < len(SLUGS) or people < LEAST_PEOPLE:
            raise CommandError(f"At least {len(SLUGS)} organizations and {LEAST_PEOPLE} people in each, please.")
        if is_loaded():
            self.stdout.write("The demonstration is there already; nothing was changed.")
        else:
            self._refuse_strangers()
            load_demo(organizations=organizations, people=people, now=timezone.now())
            leave_to_worker()
        self._announce()

    @staticmethod
    def _refuse_strangers():
        organizations, accounts = strangers()
        if organizations or accounts:
            raise CommandError(
                f"The database holds {organizations} organizations and {accounts} accounts that are not of the "
                "demonstration; nothing was changed. Give it an empty database: VAR_DIR or DATABASE_URL names another."
            )

    def _announce(self):
        organizations = Organization.objects.filter(slug__startswith="demo-").exclude(slug=OFFICE_SLUG)
        people = Person.objects.filter(organization__in=organizations).count()
        self.stdout.write(f"{organizations.count()} organizations with {people} people, below {OFFICE_SLUG}.")
        self.stdout.write(f"Sign in with the password {PASSWORD} as one of these:")
        self.stdout.write(f"  {f'coordinator@{OFFICE_SLUG}.example':36} the education office, all organizations below")
        for role, what in ROLES.items():
            self.stdout.write(f"  {f'{role}@demo-school.example':36} {what}")
        others = ", ".join(slug for slug in SLUGS if slug != "demo-school")
        self.stdout.write(f"The same people are in {others}: curator@{others.split(', ')[0]}.example and so on.")
