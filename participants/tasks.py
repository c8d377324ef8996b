"""Work of the worker about people: imports of registries, files that are no longer needed."""

from celery import shared_task
from django.utils import timezone

from mentorship.jobs import job
from participants import applications, registry_import, registry_undo, registry_writing

job(registry_import.READ_JOB, give_up=registry_import.give_up_reading)(registry_import.read_import)
job(registry_writing.WRITE_JOB, give_up=registry_writing.give_up_writing)(registry_writing.write_import)
job(registry_undo.UNDO_JOB)(registry_undo.undo_in_job)


@shared_task(name="participants.remove_old_uploads")
def remove_old_uploads_task():
    registry_import.remove_old_uploads(timezone.now())


@shared_task(name="participants.look_after_drafts")
def look_after_drafts_task():
    """One reminder of drafts that were left, and the end of drafts and declined applications after their term."""
    now = timezone.now()
    applications.chase_drafts(now)
    applications.destroy_old_applications(now)
