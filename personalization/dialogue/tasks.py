"""What Celery runs; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.dialogue import answering, reminding, telling


@shared_task(name=answering.TELL)
def tell(job_id: str) -> None:
    telling.tell(job_id)


@shared_task(name=answering.TELL_OF_IDEA)
def tell_of_idea(job_id: str) -> None:
    telling.tell_of_idea(job_id)


@shared_task(name=reminding.REMIND)
def remind(job_id: str) -> None:
    reminding.remind(job_id)
