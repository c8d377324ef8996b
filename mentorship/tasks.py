"""Tasks of the shared ground."""

from celery import shared_task
from django.utils import timezone

from mentorship import digests, jobs, outbox
from mentorship.models import Heartbeat


@shared_task(name="mentorship.send_letter")
def send_letter_task(letter_id):
    outbox.send_letter(letter_id)


@shared_task(name="mentorship.send_waiting_letters")
def send_waiting_letters_task():
    outbox.send_waiting_letters()


@shared_task(name="mentorship.heartbeat")
def heartbeat_task():
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})


@shared_task(name="mentorship.run_job")
def run_job_task(job_id):
    jobs.run_job(job_id)


@shared_task(name="mentorship.take_up_lost_jobs")
def take_up_lost_jobs_task():
    jobs.take_up_lost_jobs(timezone.now())


@shared_task(name="mentorship.send_digests")
def send_digests_task():
    digests.send_digests(timezone.now())
