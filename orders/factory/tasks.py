"""What Celery runs for the factory; each task performs the job row whose id it gets."""

from uuid import UUID

from celery import shared_task

from orders import jobs
from orders.factory import change_sheets, printing, services, sheets


@shared_task(name="factory.release_work_orders")
def release_work_orders(job_id: str) -> None:
    """Make the work orders of the order in the job's payload."""
    jobs.perform(
        job_id,
        lambda job: _discard(services.release_work_orders(order_id=UUID(job.payload["order"]))),
    )


@shared_task(name="factory.render_build_sheet")
def render_build_sheet(job_id: str) -> None:
    """Draw the sheets of the work order in the job's payload."""
    sheets.render_job(job_id)


@shared_task(name="factory.render_change_sheet")
def render_change_sheet(job_id: str) -> None:
    """Draw the change sheets of the work order in the job's payload."""
    change_sheets.render_job(job_id)


@shared_task(name="factory.print_batch")
def print_batch(job_id: str) -> None:
    """Draw the batch of papers in the job's payload."""
    printing.draw_job(job_id)


def _discard(_result: object) -> None:
    """The effect of a job returns nothing."""
