"""What the catalog asks to be done: publications and examinations. The jobs are kept here."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from configurator.catalog import examinations, publications
from configurator.catalog.configuration import Configuration
from configurator.catalog.examinations import Found
from configurator.catalog.publications import Checked
from configurator.catalog.queries import released
from configurator.sharing.models import Share
from configurator.wizard.preview import ahead
from orders import jobs
from orders.models import Job

logger = logging.getLogger(__name__)


def check_publication(job_id: str) -> None:
    """Check what an admin wants live; go on with what it comes to."""

    def check(job: Job) -> Checked:
        return publications.check(_publication(job), alive=lambda: jobs.keep(job))

    jobs.perform_prepared(
        job_id,
        lambda job: _held(job, check),
        lambda job, found: publications.finish(_publication(job), found),
    )


def make_live(job_id: str) -> None:
    """Make a publication live whose moment has come."""

    def check(job: Job) -> Checked:
        return publications.check_again(_publication(job))

    jobs.perform_prepared(
        job_id,
        lambda job: _held(job, check),
        lambda job, found: publications.make_live(_publication(job), found),
    )


def examine(job_id: str) -> None:
    """Let the doctor look at a product that was edited."""

    def look(job: Job) -> Found | None:
        product_id = int(job.payload["product"])
        try:
            with jobs.holding(job):
                return examinations.perform(product_id)
        except Exception as error:
            if job.attempts < settings.JOB_MAX_ATTEMPTS:
                raise
            logger.exception("%s is given up", job)
            return examinations.failed(product_id, error)

    jobs.perform_prepared(
        job_id,
        look,
        lambda job, found: examinations.finish(int(job.payload["product"]), found),
    )


def warm_pictures(job_id: str) -> None:
    """Make ahead what many will look at: of a release that went live, or of a shared design."""

    def warm(job: Job) -> int:
        with jobs.holding(job):
            return _warm(job)

    jobs.perform_prepared(job_id, warm, lambda _job, _made: None)


def _warm(job: Job) -> int:
    if "release" in job.payload:
        product = released(UUID(job.payload["release"]))
        return ahead.warm_release(product) if product.picture else 0
    share = Share.objects.filter(pk=job.payload["share"], revoked_at=None).first()
    if share is None:
        return 0
    product = released(share.release_id)
    whole = Configuration.from_json(share.shown)
    return ahead.warm_design(product, whole) if product.picture else 0


def _held(job: Job, check: Callable[[Job], Checked]) -> Checked:
    """Check while the job is held. One that fails to the last is refused: nobody waits for ever."""
    try:
        with jobs.holding(job):
            return check(job)
    except jobs.Lost:
        raise
    except Exception as error:
        if job.attempts < settings.JOB_MAX_ATTEMPTS:
            raise
        logger.exception("%s is given up", job)
        return publications.failed(error)


def _publication(job: Job) -> UUID:
    return UUID(job.payload["publication"])
