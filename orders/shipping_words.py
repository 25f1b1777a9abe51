"""Ways of shipping in words, to choose from."""

from dataclasses import dataclass
from datetime import date

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

    def free_from(amount: str) -> str:
        return _("free from %(amount)s of goods") % {"amount": amount}

    return [
        ToldWay(
            code=way.code,
            name=say(way.name, locale),
            price=say_money(way.net, deal.currency, locale) if way.net else pgettext("price", "free"),
            arrives=say_day(way.arrives(ready), locale),
            pickup=way.pickup,
            chosen=way is deal.way,
            more=free_from(say_money(way.free_above, deal.currency, locale))
            if way.net and way.free_above is not None
            else "",
        )
        for way in deal.ways
    ]
