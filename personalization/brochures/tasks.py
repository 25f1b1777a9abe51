"""What Celery runs for brochures; each task performs the job row whose id it gets."""

from celery import shared_task

from personalization.brochures import making, services

LONGEST = 1_800  # seconds, of laying very many on sheets


@shared_task(name=services.PLAN)
def plan(job_id: str) -> None:
    making.plan(job_id)


@shared_task(name=services.DRAW)
def draw(job_id: str) -> None:
    making.draw(job_id)


@shared_task(name=services.LAY, time_limit=LONGEST, soft_time_limit=LONGEST)
def lay(job_id: str) -> None:
    making.lay(job_id)


@shared_task(name=services.EXPIRE)
def expire(job_id: str) -> None:
    making.expire(job_id)
