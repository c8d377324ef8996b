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
    """A worker that has started gives its sign of life at once, not only when the schedule asks for one."""
    sender.app.send_task("mentorship.heartbeat")
