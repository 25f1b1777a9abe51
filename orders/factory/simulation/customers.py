"""Customers who order random designs of every product, each as often as the load asks for."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from configurator.capacity.calendar import Hours
from configurator.capacity.snapshot import centers_now, closures_from, hours_of
from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.models import Release
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Choices
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from configurator.wizard.options import unwritable
from orders import services, terms
from orders.deals import Where, Wish, deal_of
from orders.models import Order
from orders.offers import offer
from orders.services import Contact, Seen
from orders.specifications import Incomplete, store

SAMPLE = 120  # designs of a product by which its average work is known
NAMES = ("Ania", "Otto", "Zuza", "ANIA", "OTTO", "A", "7")
CONTACT = Contact(
    name="Simulated Customer",
    email="customer@example.com",
    street="Main Street 1",
    postal_code="00-001",
    city="Warszawa",
    country="PL",
)


@dataclass
class Line:
    """A product with random designs of it, and the minutes of an average one by work center."""

    product: ReleasedProduct
    designs: list[Configuration]
    minutes: dict[str, float]


@dataclass
class Market:
    """What is ordered: `lines` with how many a working day would fill the factory."""

    lines: list[Line]
    full: list[float]  # units a working day of each line that fill its narrowest work center

    @property
    def full_rate(self) -> float:
        return sum(self.full)

    def pick(self, dice: random.Random) -> Line:
        return dice.choices(self.lines, weights=self.full)[0]


def market(dice: random.Random) -> Market:
    """All live products that have a routing; each gets its share of the factory."""
    lines = [line for line in (_line(pk, dice) for pk in _live()) if line.minutes]
    daily = daily_minutes()
    shared = Counter(code for line in lines for code in line.minutes)
    full = [
        min(daily[code] / (used * shared[code]) for code, used in line.minutes.items() if used)
        for line in lines
    ]
    return Market(lines, full)


def _live() -> list[UUID]:
    return list(
        Release.objects.filter(live=True).order_by("product__slug").values_list("pk", flat=True)
    )


def daily_minutes() -> dict[str, float]:
    """Planned minutes that each work center gets done on an average weekday."""
    return {
        code: sum(span for span in _week(hours)) / 5 * hours.stations * hours.efficiency / 10_000
        for code, hours in calendars().items()
    }


def _week(hours: Hours) -> list[int]:
    return [stop - start for day in hours.week for start, stop in day]


def calendars() -> dict[str, Hours]:
    """The hours of every work center."""
    shut = closures_from(timezone.localdate())
    return {row[1]: hours_of(row, shut) for row in centers_now()}


def _line(release: UUID, dice: random.Random) -> Line:
    product = catalog.released(release)
    designs = [_design(product, dice) for _each in range(SAMPLE)]
    minutes: dict[str, float] = defaultdict(float)
    for configuration in designs:
        for line in product.operations(configuration):
            minutes[line.work_center] += float(line.setup_minutes + line.run_minutes) / SAMPLE
    return Line(product, designs, {code: used for code, used in minutes.items() if used})


def _design(product: ReleasedProduct, dice: random.Random) -> Configuration:
    """A random complete design without files of one's own."""
    for _attempt in range(200):
        choices = product.space.random(dice.randrange(2**31))
        texts = {
            option.code: _text(product, option, choices, dice)
            for option in product.options.values()
            if option.kind == "text" and product.applies(option.code, choices)
        }
        if _complete(product, choices, texts):
            return Configuration(choices, {code: text for code, text in texts.items() if text})
    raise ValueError(f"every design of {product.slug} needs a file")


def _text(
    product: ReleasedProduct, option: OptionInfo, choices: Choices, dice: random.Random
) -> str:
    """A name that the option allows and its typeface can write; "" if there is none."""
    fitting = [
        name
        for name in NAMES
        if len(name) <= (option.max_length or len(name))
        and re.fullmatch(f"[{option.characters}]*", name)
        and not unwritable(product, option.code, choices, name)
    ]
    return dice.choice(fitting) if fitting else ""


def _complete(product: ReleasedProduct, choices: Choices, texts: dict[str, str]) -> bool:
    return all(
        bool(texts.get(option.code))
        for option in product.options.values()
        if option.required and product.applies(option.code, choices)
    )


def order(line: Line, dice: random.Random, hurried: float, number: int) -> Order | None:
    """Design, review and order, as a customer would; None if there is no such offer."""
    design = wizard.start_design(slug=line.product.slug, language="en")
    state = dice.choice(line.designs)
    Design.objects.filter(pk=design.pk).update(state=state.to_json())
    design.refresh_from_db()
    browser = f"{number:064x}"
    offered = offer(design)
    quantity = 2 if dice.random() < 0.05 else 1
    rush = dice.random() < hurried and line.product.rush is not None
    try:
        place = services.keep_place(offered=offered, quantity=quantity, browser=browser, rush=rush)
    except Incomplete:
        return None
    if place is None:
        return None
    deal = deal_of([Wish(offered, quantity, rush)], Where(CONTACT.country))
    seen = Seen(
        revision=design.revision,
        specification=store(offered).sha,
        total=deal.sums.total,
        ready_on=place.ready_on,
        terms=terms.VERSION,
        rush=rush,
        arrives_on=deal.way.arrives(place.ready_on) if deal.way else None,
    )
    return services.place_order(
        design_id=design.pk,
        seen=seen,
        quantity=quantity,
        contact=CONTACT,
        language="en",
        browser=browser,
        shipping=deal.way.code if deal.way else "",
    )
