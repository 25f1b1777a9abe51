"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.segments import learning, services


@shared_task(name=services.REFRESH)
def refresh(job_id: str) -> None:
    services.refresh_job(job_id)


@shared_task(name=learning.LEARN, time_limit=1_200, soft_time_limit=1_200)
def learn(job_id: str) -> None:
    learning.perform(job_id)
