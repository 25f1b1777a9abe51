"""What Celery runs for accounts; each task performs the job row whose id it gets."""

from celery import shared_task

from accounts import artwork, decisions, erasing, exporting, mails
from configurator.sharing import gallery
from configurator.wizard import uploads


@shared_task(name=mails.SEND)
def send_mail(job_id: str) -> None:
    mails.send(job_id)


@shared_task(name=gallery.TELL)
def tell_decision(job_id: str) -> None:
    decisions.tell(job_id)


@shared_task(name=exporting.EXPORT)
def export(job_id: str) -> None:
    exporting.make(job_id)


@shared_task(name=exporting.SWEEP)
def sweep(job_id: str) -> None:
    exporting.sweep(job_id)


@shared_task(name=uploads.DROP)
def drop_artwork(job_id: str) -> None:
    artwork.drop_later(job_id)


@shared_task(name=erasing.ERASE)
def erase(job_id: str) -> None:
    erasing.erase(job_id)


@shared_task(name=erasing.CLOSE)
def forget_order(job_id: str) -> None:
    erasing.forget_order(job_id)
