"""The results over 100,000 orders and 1,000,000 events: python -m tests.bench.results [orders]

The whole page (session, sign-in check, queries, counting, template), in-process; two years of
orders, ten events an order, and as many decisions about messages. Told are the processor's
milliseconds on SQLite (of PostgreSQL, the clock's), the best of three: with the months counted in
the night, and before they were. Goal: at most 700 ms for a year with the one before it.
"""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from configurator.catalog.models import Product  # noqa: E402
from orders.factory.figures.period import Period  # noqa: E402
from orders.models import Order, OrderLine, Specification  # noqa: E402
from orders.voices.models import Voice  # noqa: E402
from personalization.dialogue.models import Thread  # noqa: E402
from personalization.marketing.results import keeping, pages  # noqa: E402
from personalization.marketing.results.pages import Facts  # noqa: E402
from personalization.messages.models import Message, Verdict  # noqa: E402
from personalization.people.models import Decision, Event, Person  # noqa: E402
from project.roles import make_groups  # noqa: E402
from tests.orders import kit  # noqa: E402

DAYS = 730
BATCH = 5_000
SHARED = 10
"""Orders of one specification."""


def build(count: int) -> None:
    """Orders of one product, and what people did around them."""
    kit.import_lamp()
    first = kit.order(kit.whole_design())
    line = first.lines.get()
    chance, now = Random(1), timezone.now()
    content = line.specification.content
    people = Person.objects.bulk_create([Person() for _ in range(count)], batch_size=BATCH)
    product = line.specification.release.product
    for start in range(0, count, BATCH):
        rows = range(start, min(start + BATCH, count))
        at = [now - timedelta(days=chance.random() * DAYS) for _ in rows]
        specs = [
            Specification(sha=uuid.uuid4().hex * 2, release_id=line.specification.release_id)
            for _ in rows[::SHARED]
        ]
        for spec in specs:
            spec.content = content
        Specification.objects.bulk_create(specs, batch_size=500)
        made = Order.objects.bulk_create(_orders(first, rows, at), batch_size=500)
        OrderLine.objects.bulk_create(_lines(line, made, specs), batch_size=500)
        _around(product, people, at, chance)
    voiced = OrderLine.objects.exclude(pk=line.pk)[: count // 20]
    Voice.objects.bulk_create(
        Voice(line=each, specification_id=each.specification_id, revision=1, stars=4)
        for each in voiced
    )


def _orders(first: Order, rows: range, at: list[datetime]) -> list[Order]:
    fields = {
        field.name: getattr(first, field.name)
        for field in Order._meta.concrete_fields
        if field.name not in ("id", "token", "number", "placed_at")
    }
    return [
        Order(**fields, id=uuid.uuid4(), number=f"B{n}", placed_at=moment)
        for n, moment in zip(rows, at, strict=True)
    ]


def _lines(line: OrderLine, made: list[Order], specs: list[Specification]) -> list[OrderLine]:
    return [
        OrderLine(
            order=order,
            design_id=line.design_id,
            design_revision=1_000 + int(order.number[1:]),
            specification=specs[place // SHARED],
            quantity=1,
            unit_net=line.unit_net,
            net=line.net,
            tax_rate=line.tax_rate,
            promised_on=line.promised_on,
        )
        for place, order in enumerate(made)
    ]


def _around(product: Product, people: list[Person], at: list[datetime], chance: Random) -> None:
    kinds = ["chose"] * 7 + ["viewed", "began", "took"]
    Event.objects.bulk_create(
        (
            Event(
                person=chance.choice(people), kind=kind, product=product.slug, option="x", at=moment
            )
            for moment, each in zip(at, chance.choices(people, k=len(at)), strict=True)
            for kind in kinds
        ),
        batch_size=BATCH,
    )
    messages = Message.objects.bulk_create(
        Message(
            key=uuid.uuid4().hex,
            person=chance.choice(people),
            purpose="marketing",
            channel="mail",
            state="sent",
            sent_at=moment,
        )
        for moment in at
    )
    Verdict.objects.bulk_create(
        Verdict(message=message, outcome=outcome, reason=reason, at=moment)
        for message, moment in zip(messages, at, strict=True)
        for outcome, reason in (("delayed", "quiet"), ("sent", "allowed"))
    )
    Decision.objects.bulk_create(
        Decision(
            person=chance.choice(people),
            purpose="marketing",
            channel="mail",
            granted=True,
            at=moment,
        )
        for moment in at
    )
    Thread.objects.bulk_create(
        Thread(product=product, state="answered", asked_at=moment) for moment in at[::20]
    )


def client() -> Client:
    make_groups()
    user = User.objects.create_user("marketer", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    found = Client()
    found.force_login(user)
    return found


def best(work: Callable[[], object]) -> float:
    """Milliseconds."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    took = []
    for _turn in range(3):
        began = clock()
        work()
        took.append(clock() - began)
    return 1_000 * min(took)


def page(asked: Client, days: int) -> float:
    today = timezone.localdate()
    url = f"/marketing/?from={today - timedelta(days=days - 1)}&to={today}"
    assert asked.get(url).status_code == 200
    return best(lambda: asked.get(url))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    build(count)
    asked, today = client(), timezone.localdate()
    print(f"{Order.objects.count():,} orders, {Event.objects.count():,} events, ", end="")
    print(f"{Verdict.objects.count():,} decisions about messages")
    for told in ("before the first night", "with months counted in the night"):
        print(told)
        for days in (30, 90, 365):
            print(f"{days:>4} days and those before: {page(asked, days):>6,.0f} ms")
        keeping.keep_sales()
    period = Period(today - timedelta(days=364), today)
    for name in pages.ORDER:
        took = best(partial(pages.figure, Facts(period), name))
        print(f"     {name:<16}{took:>6,.0f} ms in a year")


if __name__ == "__main__":
    main()
