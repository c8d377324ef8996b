"""System checks of accounts: demonstration accounts and production do not go together."""

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from participants.accounts import DEMO_EMAIL
from participants.models import User


def register():
    """Called once, when the app starts: asked by `check --deploy`, and by `migrate` as by every database check."""
    checks.register(demo_accounts_in_production, checks.Tags.security, deploy=True)
    checks.register(demo_accounts_in_production, checks.Tags.database)


def demo_accounts_in_production(app_configs=None, **options):
    """An error for every database of production that holds demonstration accounts; none where it cannot be asked."""
    if not settings.PRODUCTION:
        return []
    try:
        count = User.objects.filter(email__iregex=DEMO_EMAIL).count()
    except DatabaseError:  # no server, or no tables yet: nothing to find
        return []
    if not count:
        return []
    message = f"The database holds {count} demonstration accounts, whose password is published."
    hint = "Production starts on an empty database: the demo is for trying the portal out."
    return [checks.Error(message, hint=hint, id="participants.E001")]
