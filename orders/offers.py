"""What a design offers right now: is it complete, what does it cost, when is it ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo, PriceLine
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Value
from configurator.wizard.models import Design
from orders.dates import after_working_days
from orders.money import Amounts, line_amounts


@dataclass(frozen=True)
class Offer:
    """A design at one revision, completed in the cheapest way.

    `undecided` are the options which the customer still has to choose (`configuration` holds
    what the cheapest completion would take), `missing` the required texts and files.
    """

    design: Design
    product: ReleasedProduct
    configuration: Configuration
    undecided: tuple[OptionInfo, ...]
    missing: tuple[OptionInfo, ...]
    price_lines: tuple[PriceLine, ...]
    ready_on: date

    @property
    def complete(self) -> bool:
        return not self.undecided and not self.missing

    @property
    def unit_net(self) -> Decimal:
        return sum((line.amount for line in self.price_lines), Decimal(0))

    def amounts(self, quantity: int) -> Amounts:
        return line_amounts(self.unit_net, quantity, self.product.tax_rate)


def offer(design: Design) -> Offer:
    """What the design offers today. Options with a single possible value count as decided."""
    product = catalog.released(design.release_id)
    state = Configuration.from_json(design.state)
    answer = product.space.answer(state.choices, state.texts)
    whole = Configuration(answer.completion, state.texts, state.files)
    whole = Configuration(whole.choices, product.texts_of(whole), product.files_of(whole))
    return Offer(
        design=design,
        product=product,
        configuration=whole,
        undecided=_undecided(product, state, answer.possible),
        missing=_missing(product, whole),
        price_lines=tuple(product.price_lines(whole)),
        ready_on=after_working_days(timezone.localdate(), product.lead_days(whole.choices)),
    )


def _undecided(
    product: ReleasedProduct, state: Configuration, possible: Mapping[str, Mapping[Value, bool]]
) -> tuple[OptionInfo, ...]:
    return tuple(
        option
        for option in product.options.values()
        if option.code in possible
        and option.code not in state.choices
        and sum(possible[option.code].values()) > 1
    )


def _missing(product: ReleasedProduct, whole: Configuration) -> tuple[OptionInfo, ...]:
    given = {**whole.texts, **whole.files}
    return tuple(
        option
        for option in product.options.values()
        if option.kind in {"text", "file"}
        and option.required
        and product.applies(option.code, whole.choices)
        and not given.get(option.code, "").strip()
    )


def shown(offer: Offer) -> list[tuple[OptionInfo, Value]]:
    """The choices, toggles and numbers that apply, in the order of the wizard."""
    return [
        (option, offer.configuration.choices[option.code])
        for option in offer.product.options.values()
        if option.code in offer.configuration.choices
        and offer.configuration.choices[option.code] != NONE
    ]
