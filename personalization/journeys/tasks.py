"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.journeys import ticking


@shared_task(name=ticking.TICK)
def tick(job_id: str) -> None:
    ticking.tick_job(job_id)
