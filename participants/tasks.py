"""Work of the worker about people: imports of registries, files that are no longer needed."""

from celery import shared_task
from django.utils import timezone

from mentorship.jobs import job
from participants import applications, registry_import, registry_undo

job(registry_import.READ_JOB, give_up=registry_import.give_up_reading)(registry_import.read_import)
job(registry_import.WRITE_JOB, give_up=registry_import.give_up_writing)(registry_import.write_import)
job(registry_import.UNDO_JOB)(registry_undo.undo_in_job)


@shared_task(name="participants.remove_old_uploads")
def remove_old_uploads_task():
    registry_import.remove_old_uploads(timezone.now())


@shared_task(name="participants.look_after_drafts")
def look_after_drafts_task():
    """Applications that were begun and not sent: one reminder, and in the end the destruction."""
    now = timezone.now()
    applications.chase_drafts(now)
    applications.destroy_old_drafts(now)
