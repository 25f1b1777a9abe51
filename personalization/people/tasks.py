"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.people import reaching


@shared_task(name=reaching.MAIL_LINK)
def mail_link(job_id: str) -> None:
    reaching.mail_link(job_id)
