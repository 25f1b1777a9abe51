"""Reading shared designs."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import whole_of
from configurator.catalog.texts import say
from configurator.sharing.models import Share
from configurator.wizard.money import gross, money, net_within
from configurator.wizard.renewing import Renewal, live_id_of, offered
from configurator.wizard.screen import is_priced
from configurator.wizard.tariffs import tariff_of
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
        return "" if minor is None else told_there(minor, self.product, locale)


def price_of(product: ReleasedProduct, whole: Configuration) -> int | None:
    """What a complete design costs, in minor units with tax; None where nothing has a price."""
    if not is_priced(product):
        return None
    net = sum(int(line.amount.scaleb(2)) for line in product.price_lines(whole))
    return gross(net, product.tax_rate)


def told_there(minor: int, product: ReleasedProduct, locale: str) -> str:
    """An amount with tax as the product's is at home, in the customer's currency and with the tax
    of where it is to go."""
    tariff = tariff_of(product)
    if tariff.charge.same and tariff.tax == product.tax_rate:
        return money(minor, product.currency, locale)
    return tariff.money(net_within(minor, product.tax_rate), locale)


def told_at_home(minor: int, product: ReleasedProduct) -> int:
    """A budget as customers enter it, as it would be at home."""
    tariff = tariff_of(product)
    if tariff.charge.same and tariff.tax == product.tax_rate:
        return minor
    return gross(tariff.within(minor), product.tax_rate)
