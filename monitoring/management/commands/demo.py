from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitoring.demo.accounts import accounts_in_words
from monitoring.demo.loading import is_loaded, leave_to_worker, load_demo, strangers
from monitoring.demo.people import LEAST_PEOPLE
from monitoring.demo.places import SLUGS


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
        self._refuse_strangers()
        if is_loaded():
            self.stdout.write("The demonstration is there already; nothing was changed.")
        else:
            load_demo(organizations=organizations, people=people, now=timezone.now())
            leave_to_worker()
        self.stdout.write(accounts_in_words())

    @staticmethod
    def _refuse_strangers():
        organizations, accounts = strangers()
        if organizations or accounts:
            raise CommandError(
                f"The database holds {organizations} organizations and {accounts} accounts that are not of the "
                "demonstration; nothing was changed. Give it an empty database: VAR_DIR or DATABASE_URL names another."
            )
