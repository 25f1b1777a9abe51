"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.messages import services


@shared_task(name=services.SEND)
def send(job_id: str) -> None:
    services.send(job_id)
