"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.marketing.results import keeping


@shared_task(name=keeping.KEEP, time_limit=1_200, soft_time_limit=1_200)
def keep_sales(job_id: str) -> None:
    keeping.perform(job_id)
