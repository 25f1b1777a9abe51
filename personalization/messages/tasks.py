"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.messages import phoning, services


@shared_task(name=services.SEND)
def send(job_id: str) -> None:
    services.send(job_id)


@shared_task(name=phoning.TEXT)
def text_code(job_id: str) -> None:
    phoning.text_code(job_id)


@shared_task(name=phoning.DROP)
def drop_code(job_id: str) -> None:
    phoning.drop_code(job_id)
