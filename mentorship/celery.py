"""The Celery application; tasks are found in each app's tasks.py."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

app = Celery("mentorship")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def show_presence(sender, **kwargs):
    """A worker that has started gives its sign of life by itself: a queue full of work must not hide that it lives."""
    sender.app.tasks["mentorship.heartbeat"].apply()
