"""What Celery runs for orders; each task performs the job row whose id it gets."""

from celery import shared_task
from django.conf import settings

from configurator.catalog.work import WARM
from orders import catalog_work, confirmations, jobs, services

LONGEST_PUBLICATION = 1_200 + int(settings.PUBLISH_SECONDS + settings.PUBLISH_SEARCH_SECONDS)
"""Seconds: a product that is searched, and very many designs to replay."""


@shared_task(name="orders.send_confirmation")
def send_confirmation(job_id: str) -> None:
    confirmations.send_confirmation(job_id)


@shared_task(name="orders.send_cancellation")
def send_cancellation(job_id: str) -> None:
    confirmations.send_cancellation(job_id)


@shared_task(name="orders.send_shipped")
def send_shipped(job_id: str) -> None:
    confirmations.send_shipped(job_id)


@shared_task(name="orders.release_places")
def release_places(job_id: str) -> None:
    jobs.perform(job_id, lambda _job: services.release_places())


@shared_task(name="orders.send_change")
def send_change(job_id: str) -> None:
    confirmations.send_change(job_id)


@shared_task(name=WARM)
def warm_pictures(job_id: str) -> None:
    catalog_work.warm_pictures(job_id)


@shared_task(
    name="catalog.check_publication",
    time_limit=LONGEST_PUBLICATION,
    soft_time_limit=LONGEST_PUBLICATION,
)
def check_publication(job_id: str) -> None:
    catalog_work.check_publication(job_id)


@shared_task(
    name="catalog.make_live", time_limit=LONGEST_PUBLICATION, soft_time_limit=LONGEST_PUBLICATION
)
def make_live(job_id: str) -> None:
    catalog_work.make_live(job_id)


@shared_task(
    name="catalog.examine", time_limit=LONGEST_PUBLICATION, soft_time_limit=LONGEST_PUBLICATION
)
def examine(job_id: str) -> None:
    catalog_work.examine(job_id)
