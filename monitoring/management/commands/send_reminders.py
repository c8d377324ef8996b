from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentorship.digests import send_digests
from monitoring.reminders import send_reminders
from monitoring.surveys import send_invitations


class Command(BaseCommand):
    help = "Write to those who have not answered a survey (first letters, then reminders), and the digests of the day."

    def add_arguments(self, parser):
        parser.add_argument("--now", help="the moment to take as now, for example 2026-11-20T09:00")

    def handle(self, *args, now, **options):
        moment = moment_of(now) if now else timezone.now()
        invited = send_invitations(moment)
        reminded = send_reminders(moment)
        digests = send_digests(moment)
        return f"First letters: {invited}\nReminders: {reminded}\nDigests of the roadmap: {digests}"


def moment_of(text):
    """An aware moment from ISO text; without a zone it is one of the portal's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a moment such as 2026-11-20T09:00.") from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
