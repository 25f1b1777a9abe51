"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from orders.voices import services


@shared_task(name=services.INVITE)
def invite(job_id: str) -> None:
    services.invite(job_id)
