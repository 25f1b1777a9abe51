"""Pictures that many will look at are made ahead, in every format, by a job."""

import pytest
from django.db import transaction

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.work import RENDER, WARM, ask_for
from configurator.sharing import services
from configurator.wizard.models import Design
from configurator.wizard.preview.rendering import is_made
from orders import catalog_work
from orders.models import Job

pytestmark = pytest.mark.django_db


def warm() -> None:
    job = Job.objects.get(kind=WARM, state=Job.State.DUE)
    catalog_work.warm_pictures(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error


def test_a_shared_design(design: Design, lamp: ReleasedProduct) -> None:
    shown = Configuration.from_json(services.share(design=design).shown)
    assert not is_made(lamp, shown, 720, "avif", "")
    warm()
    assert is_made(lamp, shown, 720, "avif", "")
    assert is_made(lamp, shown, 1440, "webp", "")


def test_a_release(lamp: ReleasedProduct) -> None:
    with transaction.atomic():
        ask_for(WARM, queue=RENDER, release=str(lamp.release_id))
    warm()
    assert is_made(lamp, lamp.showcase, 480, "avif", "")
