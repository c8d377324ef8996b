"""Bring the database up to date and, when it is empty, fill the demo.

One process does both, since each start of Django costs a second.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    from participants.models import Organization  # models exist only after the set-up

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    if not Organization.objects.exists():
        call_command("demo")
