"""Ways of shipping in words, to choose from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from configurator.catalog.texts import say
from orders.deals import Deal
from orders.money import say_money
from orders.summary import say_day


@dataclass(frozen=True)
class ToldWay:
    """A way of shipping: what it costs without tax, and when it is there. `more` says from how much
    of goods on it is free."""

    code: str
    name: str
    price: str
    arrives: str
    pickup: bool
    chosen: bool
    more: str = ""


def told_ways(deal: Deal, ready: date, locale: str) -> list[ToldWay]:
    """The ways of a deal, if it is ready in the workshop on a day."""

    def told(amount: Decimal) -> str:
        return say_money(amount, deal.currency, locale)

    def free_from(amount: Decimal | None) -> str:
        said = _("free from %(amount)s of goods")
        return "" if amount is None else said % {"amount": told(amount)}

    return [
        ToldWay(
            code=way.code,
            name=say(way.name, locale),
            price=told(way.net) if way.net else pgettext("price", "free"),
            arrives=say_day(way.arrives(ready), locale),
            pickup=way.pickup,
            chosen=way is deal.way,
            more=free_from(way.free_above) if way.net else "",
        )
        for way in deal.ways
    ]
