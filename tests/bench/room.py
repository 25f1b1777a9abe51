"""The lists of the marketer's room over 1,000,000 events of 100,000 people.

    python -m tests.bench.room [orders]

In-process, on SQLite, on the data of `tests.bench.results` with facts, a segment of half of the
people, an experiment that all met, and a promotion of as many codes. Told are the processor's
milliseconds of each page (the best of three) and its queries. The aim is at most 300 ms a page.
"""

import sys
from functools import partial

from tests.bench import results  # first: it sets Django up

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.promo.models import PromoCode, Promotion
from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.services import ArmPlan
from personalization.offering.models import Offer
from personalization.people.models import Fact, Person
from personalization.segments.models import Member, Segment

BATCH = 5_000
PAGES = (
    *("people/", "people/?segment=big", "people/?page=1500", "people/?q=ab", "segments/"),
    *("messages/", "messages/?page=900", "messages/?q=hello", "inbox/", "inbox/?show=answered"),
    *("inbox/?q=hello", "offers/", "experiments/", "journeys/", "brochures/", "ads/", "pages/"),
)


def enrich() -> tuple[str, ...]:
    """What lists are about, and the pages of one of each."""
    people, now = list(Person.objects.order_by("pk")), timezone.now()
    Fact.objects.bulk_create(
        (
            Fact(
                person=person,
                kind="transactional",
                name="orders",
                number=float(person.pk % 4),
                source="events",
                purpose="orders",
                since=now,
            )
            for person in people
        ),
        batch_size=BATCH,
    )
    segment = Segment.objects.create(slug="big", name="Big", rule="orders at least 1")
    Member.objects.bulk_create(
        (Member(person=person, segment=segment) for person in people[::2]), batch_size=BATCH
    )
    test = Experiment(code="one", name="One", metric="ordered", most_revenue=500)
    arms = [ArmPlan("one", "One"), ArmPlan("two", "Two")]
    experiments.start(experiment=experiments.plan(experiment=test, arms=arms))
    Exposure.objects.bulk_create(
        (
            Exposure(experiment=test, person=person, arm=("one", "two")[place % 2])
            for place, person in enumerate(people)
        ),
        batch_size=BATCH,
    )
    promotion = Promotion.objects.create(name="Big", kind="percent", percent=10)
    PromoCode.objects.bulk_create(
        (PromoCode(promotion=promotion, code=f"BIG{person.pk}") for person in people),
        batch_size=BATCH,
    )
    offer = Offer.objects.create(promotion=promotion)
    return f"people/{people[0].key}/", f"offers/{offer.pk}/", f"experiments/{test.pk}/"


def main(count: int) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    results.build(count)
    asked = results.client()
    for page in (*PAGES, *enrich()):
        url = f"/marketing/{page}"
        assert asked.get(url).status_code == 200, url
        with CaptureQueriesContext(connection) as queries:
            asked.get(url)
        told = len(queries)
        took = results.best(partial(asked.get, url))
        print(f"{took:>6,.0f} ms {told:>4} queries  {url}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
