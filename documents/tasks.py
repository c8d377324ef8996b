"""Tasks of the papers."""

from celery import shared_task
from django.utils import timezone

from documents import batches, consent_piles, filing, inspection, signed_scans
from documents.models import Order, Paper
from mentorship.jobs import job

job(consent_piles.PRINT_JOB, give_up=consent_piles.remove_pile)(consent_piles.print_pile)
job(inspection.FOLDER_JOB, give_up=inspection.give_up_folder)(inspection.make_folder)
job(signed_scans.PILE_JOB, give_up=signed_scans.give_up_pile)(signed_scans.read_pile)
job(batches.MAKE_JOB)(batches.make_batch)


@shared_task(name="documents.file_order_papers", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def file_order_papers_task(order_id):
    for order in Order.objects.filter(pk=order_id, status=Order.Status.APPROVED):
        filing.file_order_papers(order)


@shared_task(name="documents.file_waiting_papers")
def file_waiting_papers_task():
    filing.file_waiting_papers()


@shared_task(name="documents.remove_old_piles")
def remove_old_piles_task():
    consent_piles.remove_old_piles(timezone.now())


@shared_task(name="documents.remove_old_folders")
def remove_old_folders_task():
    inspection.remove_old_folders(timezone.now())


@shared_task(name="documents.file_paper", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def file_paper_task(paper_id):
    for paper in Paper.objects.filter(pk=paper_id):
        filing.file_paper(paper)
