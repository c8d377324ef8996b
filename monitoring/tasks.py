"""Scheduled work: letters of surveys, the figures of the day."""

from celery import shared_task
from django.utils import timezone

from mentorship.school_year import SchoolYear
from monitoring import measurements, reminders, surveys


@shared_task(name="monitoring.send_reminders")
def send_reminders_task():
    now = timezone.now()
    surveys.send_invitations(now)
    reminders.send_reminders(now)


@shared_task(name="monitoring.recalculate_indicators")
def recalculate_indicators_task():
    today = timezone.localdate()
    measurements.freeze_indicators(SchoolYear.of(today).start, today=today)
