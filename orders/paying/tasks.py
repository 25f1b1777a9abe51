"""What Celery runs for payments; each task performs the job row whose id it gets."""

from celery import shared_task

from orders.paying import bills, services


@shared_task(name="paying.expire")
def expire(job_id: str) -> None:
    services.expire(job_id)


@shared_task(name="paying.refund")
def refund(job_id: str) -> None:
    services.refund(job_id)


@shared_task(name="paying.issue_invoice")
def issue_invoice(job_id: str) -> None:
    bills.issue(job_id)
