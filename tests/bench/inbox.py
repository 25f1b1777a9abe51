"""The inbox and codes at size: python -m tests.bench.inbox [talks] [codes]

Whole pages (session, sign-in check, queries, template), in-process. Told are the processor's
milliseconds on SQLite (of PostgreSQL, the clock's), the best of three. Goal: at most 300 ms each,
with 100,000 talks and 1,000,000 codes.
"""

import os
import sys
from datetime import datetime, timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from configurator.catalog.models import Product  # noqa: E402
from orders.promo.models import PromoCode, Promotion  # noqa: E402
from personalization.dialogue.models import Message, SavedAnswer, Thread  # noqa: E402
from personalization.offering.models import Offer  # noqa: E402
from tests.bench.results import best  # noqa: E402
from tests.orders import kit  # noqa: E402

BATCH = 5_000
WORDS = ["oak", "brass", "lamp", "shade", "cable", "height", "color", "when", "where", "why"]


def talks(count: int) -> None:
    """Questions of two years; one in a hundred waits for its answer."""
    kit.import_lamp()
    product, chance, now = Product.objects.get(), Random(1), timezone.now()
    for start in range(0, count, BATCH):
        made = [_talk(product, chance, now - timedelta(days=chance.random() * 730))]
        made += [
            _talk(product, chance, now - timedelta(days=chance.random() * 730))
            for _ in range(min(BATCH, count - start) - 1)
        ]
        Thread.objects.bulk_create(made, batch_size=500)
        Message.objects.bulk_create(
            (
                Message(thread=each, texts={"en": text}, found_by=text)
                for each in made
                for text in [" ".join(chance.choices(WORDS, k=12))]
            ),
            batch_size=500,
        )
    SavedAnswer.objects.bulk_create(
        SavedAnswer(name=f"Answer {n}", texts={"en": "Dear {name}"}) for n in range(200)
    )


def _talk(product: Product, chance: Random, at: datetime) -> Thread:
    state = "open" if chance.random() < 0.01 else chance.choice(["answered", "closed"])
    due = timezone.now() if state == "open" else None
    return Thread(product=product, state=state, asked_at=at, due_at=due, author="Ana")


def codes(count: int) -> Offer:
    deal = Promotion.objects.create(kind="percent", percent=10, name="For you")
    offer = Offer.objects.create(promotion=deal)
    for start in range(0, count, BATCH):
        PromoCode.objects.bulk_create(
            (
                PromoCode(promotion=deal, code=f"C{n:09}", limit=1)
                for n in range(start, min(start + BATCH, count))
            ),
            batch_size=500,
        )
    return offer


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]]
    many_talks, many_codes = [*sizes, *(100_000, 1_000_000)[len(sizes) :]][:2]
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    talks(many_talks)
    offer = codes(many_codes)
    asked = Client()
    asked.force_login(User.objects.create_superuser("marketer"))
    talk = Thread.objects.filter(state="open").values_list("pk", flat=True)[0]
    inbox, promo = "/marketing/inbox/", "/admin/promo"
    print(f"{many_talks:,} talks, {many_codes:,} codes")
    for url in (
        *(inbox, f"{inbox}?page=2", f"{inbox}?show=all", f"{inbox}?show=all&page=1000"),
        *(f"{inbox}?show=all&q=brass", f"{inbox}?q=nowhere", f"{inbox}talk/{talk}/"),
        *(f"{inbox}saved/", "/marketing/offers/", f"/marketing/offers/{offer.pk}/"),
        *(f"{promo}/promocode/", f"{promo}/promocode/?p=500", f"{promo}/promocode/?q=C000012345"),
        *(f"{promo}/promotion/", f"{promo}/promotion/?q=C000012345"),
        f"{promo}/promotion/{offer.promotion_id}/change/",
    ):
        status = asked.get(url, follow=True).status_code
        took = best(lambda url=url: asked.get(url, follow=True))  # type: ignore[misc]
        print(f"{took:>8,.0f} ms  {url}{'' if status == 200 else f'  ({status})'}", flush=True)


if __name__ == "__main__":
    main()
