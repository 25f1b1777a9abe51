"""What Celery runs for accounts; each task performs the job row whose id it gets."""

from celery import shared_task

from accounts import mails


@shared_task(name=mails.SEND)
def send_mail(job_id: str) -> None:
    mails.send(job_id)
