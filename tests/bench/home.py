"""What a home page takes that is made for somebody, beside the one for whoever is not known.

    python -m tests.bench.home [rounds] [--offer]

Needs the demo in DATA_DIR (`manage.py set_up --demo`, on SQLite); works on a copy of its database.
Somebody with an account, designs and orders gets a variant by rules at every place of the page,
one of them drawn by lot, beside a holdout. Both pages are asked for in turns; told are the
processor's milliseconds (median and best) and the queries. The aim: at most 1.5 times. Once more
where they did something just before, so that their profile is folded anew. With `--offer` one place
shows an offer of theirs.
"""

# ruff: noqa: E402

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
SCRATCH = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/db.sqlite3"

import django

django.setup()

import sqlite3

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from configurator.catalog import places
from configurator.catalog.queries import storefront
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.promo.models import Promotion
from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment
from personalization.experiments.services import ArmPlan
from personalization.offering.models import Offer
from personalization.people import events
from personalization.people.models import Event, Person
from personalization.segments.models import Segment
from personalization.slots.models import Variant

ROUNDS, AIM = 60, 1.5
RULE = "designs at least 1 and orders at least 1 and last_seen within 30 days"


def copied() -> None:
    """The demo's database, as it is now."""
    source = sqlite3.connect(Path(settings.DATA_DIR) / "db.sqlite3")
    target = sqlite3.connect(f"{SCRATCH.name}/db.sqlite3")
    source.backup(target)
    source.close()
    target.close()


def known() -> Client:
    """Somebody with an account, two designs and an order."""
    client = Client(HTTP_HOST="127.0.0.1")
    user = User.objects.create_user("bench-of-homes")
    client.force_login(user)
    for product in storefront()[:2]:
        client.post(f"/p/{product.slug}/start/")
        design = Design.objects.latest("created_at")
        wizard.finish(edit=wizard.Edit(design.pk, design.revision))
    events.append(
        person=Person.objects.get(user=user), kind=Event.Kind.ORDERED, amount=100, currency="EUR"
    )
    return client


def planned(offered: bool) -> None:
    """A variant by what is known at every place; a lot and a holdout."""
    Variant.objects.all().delete()
    products = storefront()
    segment = Segment.objects.create(slug="bench", name="Bench", rule=RULE)
    test = Experiment(code="bench", name="Bench", metric="ordered", most_revenue=500)
    arms = [ArmPlan("one", "One"), ArmPlan("two", "Two")]
    experiments.start(experiment=experiments.plan(experiment=test, arms=arms))
    experiments.hold_out(code=experiments.GLOBAL, name="Holdout", percent=1)
    words: dict[str, Any] = {"title": {"en": "For you"}, "text": {"en": "Words."}}
    picture = {"picture": products[0].slug, "link": products[0].slug}
    promotion = Promotion.objects.create(name_en="Bench", kind="percent", percent=10)
    Offer.objects.create(promotion=promotion, reached=False)
    rule: dict[str, Any] = {"whom": "rule", "rule": RULE}
    whole = [
        Variant(place=places.OPENING, whom="segment", segment=segment, **words, **picture),
        Variant(place=places.PRODUCTS, source="seen", **rule),
        Variant(place=places.DESIGNS, items=_designs(), **rule),
        *(
            Variant(
                place=places.HOME,
                experiment="bench",
                arm=arm,
                source="offer" if offered else "hand",
                **rule,
                **words,
                **picture,
            )
            for arm in ("one", "two")
        ),
    ]
    for variant in whole:
        variant.name = variant.place
    Variant.objects.bulk_create(whole)


def _designs() -> list[str]:
    return [f"{each.slug}/{one.code}" for each in storefront() for one in each.inspirations][::-1]


def act() -> None:
    """Somebody does something: what was found out about them has to be found out anew."""
    events.append(person=Person.objects.latest("pk"), kind=Event.Kind.VIEWED, product="x")


def milliseconds(client: Client, *, active: bool) -> float:
    if active:
        act()
    begun = time.process_time()
    client.get("/")
    return 1000 * (time.process_time() - begun)


def main(rounds: int, offered: bool) -> None:
    copied()
    nobody, somebody = Client(HTTP_HOST="127.0.0.1"), known()
    planned(offered)
    visitors = {"anonymous": nobody, "personal": somebody, "just active": somebody}
    for client in visitors.values():
        for _turn in range(5):
            assert client.get("/").status_code == 200
    assert somebody.get("/").content.count(b'<details class="why"') == 4
    assert b'class="why"' not in nobody.get("/").content
    times: dict[str, list[float]] = {name: [] for name in visitors}
    for _turn in range(rounds):
        for name, client in visitors.items():
            times[name].append(milliseconds(client, active=name == "just active"))
    print(f"{'':12}{'median ms':>11}{'best ms':>10}{'queries':>9}{'kB':>7}")
    for name, client in visitors.items():
        if name == "just active":
            act()
        with CaptureQueriesContext(connection) as asked:
            size = len(client.get("/").content) / 1000
        cells = f"{statistics.median(times[name]):11.1f}{min(times[name]):10.1f}"
        print(f"{name:12}{cells}{len(asked):9}{size:7.1f}")
    for name in ("personal", "just active"):
        by = [some / none for none, some in zip(times["anonymous"], times[name], strict=True)]
        best = min(times[name]) / min(times["anonymous"])
        print(f"{name} / anonymous: {statistics.median(by):.2f} (best {best:.2f}; aim {AIM})")


if __name__ == "__main__":
    said = [each for each in sys.argv[1:] if each.isdigit()]
    main(int(said[0]) if said else ROUNDS, "--offer" in sys.argv)
