"""What Celery runs for the ERP door; each task performs the job row whose id it gets."""

from celery import shared_task

from orders import jobs
from orders.erp import webhooks


@shared_task(name="erp.tell")
def tell(job_id: str) -> None:
    """Write the deliveries of a move."""
    jobs.perform(job_id, webhooks.tell)


@shared_task(name="erp.deliver")
def deliver(job_id: str) -> None:
    """Try to deliver an event."""
    webhooks.deliver(job_id)
