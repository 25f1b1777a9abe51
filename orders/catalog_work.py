"""What the catalog asks to be done: publications, checked and made live. The jobs are kept here."""

from uuid import UUID

from configurator.catalog import publications
from orders import jobs
from orders.models import Job


def check_publication(job_id: str) -> None:
    """Check what an admin wants live; go on with what it comes to."""

    def prepare(job: Job) -> publications.Checked:
        with jobs.holding(job):
            return publications.check(_publication(job), alive=lambda: jobs.keep(job))

    jobs.perform_prepared(
        job_id, prepare, lambda job, found: publications.finish(_publication(job), found)
    )


def make_live(job_id: str) -> None:
    """Make a publication live whose moment has come."""

    def prepare(job: Job) -> publications.Checked:
        with jobs.holding(job):
            return publications.check_again(_publication(job))

    jobs.perform_prepared(
        job_id, prepare, lambda job, found: publications.make_live(_publication(job), found)
    )


def _publication(job: Job) -> UUID:
    return UUID(job.payload["publication"])
