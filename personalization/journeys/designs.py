"""What a kept design is today: in today's release, with its price, its day and its picture."""

from dataclasses import dataclass
from datetime import date

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import whole_of
from configurator.catalog.spaces import CompileError
from configurator.catalog.texts import say
from configurator.engine import EngineError
from configurator.sharing.queries import price_of
from configurator.wizard.models import Design
from configurator.wizard.money import money
from configurator.wizard.renewing import live_id_of, offered
from configurator.wizard.telling import day_words
from configurator.wizard.timing import ready_day
from orders.mailing import Picture, Shown, picture_of


@dataclass(frozen=True)
class Seen:
    """A design completed in the cheapest way in today's release. `price`: minor units, with tax."""

    product: ReleasedProduct
    whole: Configuration
    name: str
    price: int | None
    ready_on: date | None

    def title(self, language: str) -> str:
        """As its customer calls it, else the product."""
        return self.name or say(self.product.name, language)

    def price_words(self, language: str) -> str:
        return money_words(self.price, self.product, language)

    def ready_words(self, language: str) -> str:
        return day_words(self.ready_on, language) if self.ready_on else ""

    def picture(self) -> Picture | None:
        return picture_of(self.product, self.whole, "1")

    def shown(self) -> Shown:
        """For a mail: the picture alone, what it costs stands in the words."""
        return Shown(None, self.picture())


def money_words(minor: int | None, product: ReleasedProduct, language: str) -> str:
    return "" if minor is None else money(minor, product.currency, language)


def seen(design: Design, *, dated: bool = True) -> Seen | None:
    """The design as it is today; None where it can't be made any more, or is not on sale."""
    live_id = live_id_of(design.release_id)
    if live_id is None or not design.revision:
        return None
    try:
        product = released(live_id)
        renewal = offered(design.release_id, design.state)
        state = renewal.replay.state if renewal else Configuration.from_json(design.state)
        whole = whole_of(product, state)
        if whole is None:
            return None
        ready = ready_day(desk(product), whole) if dated else None
        return Seen(product, whole, design.name, price_of(product, whole), ready)
    except (EngineError, CompileError):
        return None
