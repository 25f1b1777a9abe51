"""What Celery runs for quotes; each task performs the job row whose id it gets."""

from celery import shared_task

from orders.quotes import letters


@shared_task(name="quotes.send")
def send(job_id: str) -> None:
    letters.send(job_id)


@shared_task(name="quotes.remind")
def remind(job_id: str) -> None:
    letters.remind(job_id)
