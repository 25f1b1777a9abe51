"""What Celery runs for orders; each task performs the job row whose id it gets."""

from celery import shared_task

from orders import confirmations, jobs, services


@shared_task(name="orders.send_confirmation")
def send_confirmation(job_id: str) -> None:
    confirmations.send_confirmation(job_id)


@shared_task(name="orders.send_cancellation")
def send_cancellation(job_id: str) -> None:
    confirmations.send_cancellation(job_id)


@shared_task(name="orders.release_places")
def release_places(job_id: str) -> None:
    jobs.perform(job_id, lambda _job: services.release_places())


@shared_task(name="orders.send_change")
def send_change(job_id: str) -> None:
    confirmations.send_change(job_id)
