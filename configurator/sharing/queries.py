"""Reading shared designs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.http import Http404

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import whole_of
from configurator.catalog.texts import say
from configurator.sharing.models import Share
from configurator.shops.destination import rate_of
from configurator.wizard.limits import net_within
from configurator.wizard.money import gross, money
from configurator.wizard.renewing import Renewal, live_id_of, offered
from configurator.wizard.screen import is_priced
from configurator.wizard.timing import ready_day


def share_or_404(token: str) -> Share:
    """The shared design at this address, ended ones too."""
    found = Share.objects.filter(token=token).select_related("release").first()
    if found is None:
        raise Http404("no such link")
    return found


@dataclass(frozen=True)
class Shown:
    """A shared design beside today's release: what it looks like, costs, and would become."""

    share: Share

    @cached_property
    def product(self) -> ReleasedProduct:
        """Of the release of the link, for ever."""
        return released(self.share.release_id)

    @cached_property
    def whole(self) -> Configuration:
        return Configuration.from_json(self.share.shown)

    @cached_property
    def today(self) -> ReleasedProduct | None:
        """Today's release of the product; None while it is not on sale."""
        live_id = live_id_of(self.share.release_id)
        return None if live_id is None else released(live_id)

    @cached_property
    def renewal(self) -> Renewal | None:
        """What today's release changes; None where that is nothing."""
        return offered(self.share.release_id, self.share.state)

    @cached_property
    def new_whole(self) -> Configuration | None:
        """The complete design that would be made today."""
        if self.today is None:
            return None
        if self.today is self.product:
            return self.whole
        state = self.renewal.replay.state if self.renewal else self.share_state
        return whole_of(self.today, state)

    @property
    def share_state(self) -> Configuration:
        """What the owner had decided."""
        return Configuration.from_json(self.share.state)

    @cached_property
    def price(self) -> int | None:
        """What it costs today, in minor units with tax."""
        if self.today is None or self.new_whole is None:
            return None
        return price_of(self.today, self.new_whole)

    @cached_property
    def ready_on(self) -> date | None:
        """The day on which it could be ready if it were ordered today."""
        if self.today is None or self.new_whole is None:
            return None
        return ready_day(desk(self.today), self.new_whole)

    def name(self, locale: str) -> str:
        """What it is called: its own name, else the product's."""
        return self.share.title or say(self.product.name, locale)

    def money(self, minor: int | None, locale: str) -> str:
        """An amount as at home, told with the tax of where it is to go."""
        told = told_there(minor, self.product.tax_rate)
        return "" if told is None else money(told, self.product.currency, locale)


def price_of(product: ReleasedProduct, whole: Configuration) -> int | None:
    """What a complete design costs, in minor units with tax; None where nothing has a price."""
    if not is_priced(product):
        return None
    net = sum(int(line.amount.scaleb(2)) for line in product.price_lines(whole))
    return gross(net, product.tax_rate)


def told_there(minor: int | None, home: Decimal) -> int | None:
    """An amount with tax as a product's is at home, with the tax of where it is to go."""
    there = rate_of(home)
    return minor if minor is None or there == home else gross(net_within(minor, home), there)


def told_at_home(minor: int | None, home: Decimal) -> int | None:
    """A budget with the tax of where it is to go, with that at home."""
    there = rate_of(home)
    return minor if minor is None or there == home else gross(net_within(minor, there), home)
