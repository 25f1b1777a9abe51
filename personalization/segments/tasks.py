"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.segments import services


@shared_task(name=services.REFRESH)
def refresh(job_id: str) -> None:
    services.refresh_job(job_id)
