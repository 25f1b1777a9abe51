"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.offering import services


@shared_task(name=services.MINT)
def mint(job_id: str) -> None:
    services.mint_job(job_id)
