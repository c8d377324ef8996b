"""Bring the database up to date and, when it is empty, fill the demo; leave its accounts for announce.py.

Usage: prepare_demo.py FILE_FOR_THE_ACCOUNTS

One process does all, since each start of Django costs a second.
"""

import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    from monitoring.demo.accounts import accounts_in_words  # models exist only after the set-up
    from monitoring.demo.loading import is_loaded
    from participants.models import Organization

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):  # to find nothing to do takes migrate two seconds
        call_command("migrate", interactive=False, verbosity=0)
    if not Organization.objects.exists():
        call_command("demo", stdout=StringIO())
    if is_loaded():
        Path(sys.argv[1]).write_text(f"{accounts_in_words()}\n", encoding="utf-8")
