"""Tasks of the papers."""

from celery import shared_task

from documents import printing
from documents.models import Order


@shared_task(name="documents.file_order_papers", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def file_order_papers_task(order_id):
    for order in Order.objects.filter(pk=order_id, status=Order.Status.APPROVED):
        printing.file_order_papers(order)


@shared_task(name="documents.file_waiting_papers")
def file_waiting_papers_task():
    printing.file_waiting_papers()
