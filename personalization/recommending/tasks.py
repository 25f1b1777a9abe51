"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.recommending import services


@shared_task(name=services.LEARN, time_limit=1_200, soft_time_limit=1_200)
def learn(job_id: str) -> None:
    services.perform(job_id)
